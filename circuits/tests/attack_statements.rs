//! Attacks on eligibility and disclosure, and what holds for every statement: assignments that no honest input can express, signed by whoever the attacker controls, and everything that
//! follows from the lie recomputed. What is left broken is what stops the attack.
#![allow(clippy::unwrap_used, missing_docs)]

mod attack_forger;
mod support;

use ark_ff::{One, Zero};
use attack_forger::{Edits, Forger, PublicRows, forger, freedom::Freedom, minus_one, power_of_two};
use support::{
    dilution,
    disclosure::disclosing,
    minting::minting,
    scenario::{EligibilityScenario, eligible, transferring},
};
use tradeseal_circuits::{
    Statement, digest,
    receivable::{disclosure::Disclosure, eligibility::Eligibility, mint::Mint, transfer::Transfer},
};
use tradeseal_primitives::{
    Fr,
    hash::{Domain, hash},
};

/// An eligible note in the hands of an owner who also writes the ledger: any root, any nullifier, any request.
struct EligibilityAttack {
    scenario: EligibilityScenario,
    forger: Forger,
}

impl EligibilityAttack {
    fn new(seed: u64) -> Self {
        let scenario = eligible(seed);
        let forger = forger::<Eligibility>(PublicRows::Chosen, &scenario.public, &scenario.private);
        Self { scenario, forger }
    }

    fn broken_by(&self, mut edits: Edits) -> Vec<&'static str> {
        let rows = self.forger.propagate(&edits).values;
        let message = hash(Domain::ELIGIBILITY_SIGNATURE, &[rows[4], rows[3]]);
        let owner = &self.scenario.owner.secret;
        let signature = owner.sign(message);
        let section = "owner's signature";
        self.forger
            .with_signature(section, &owner.public(), message, &signature, &mut edits);
        self.forger.broken_sections(&self.forger.propagate(&edits))
    }
}

#[test]
fn an_owner_who_writes_the_ledger_still_presents_no_number_outside_its_range() {
    let attack = EligibilityAttack::new(5);
    let private = &attack.scenario.private;
    let column = |value: Fr| attack.forger.column_of(value);
    let (amount, due) = (
        column(Fr::from(private.amount.0)),
        column(Fr::from(private.terms.due_day.0)),
    );
    for (what, at, value) in [
        ("an amount of 2^64", amount, power_of_two(64)),
        ("an amount of -1", amount, minus_one()),
        ("a due day of 2^32", due, power_of_two(32)),
        ("a due day of -1", due, minus_one()),
    ] {
        assert_eq!(attack.broken_by([(at, value)].into()), ["amount and due day"], "{what}");
    }
    let truth = attack.scenario.private.entry_time.0;
    let harmless = (column(Fr::from(truth)), Fr::from(truth ^ 1));
    assert_eq!(
        attack.broken_by([harmless].into()),
        Vec::<&str>::new(),
        "another time is another root"
    );
}

/// The bits of the flags are compared with the policy's, so an integer that is not theirs would let a note show flags it does not have.
#[test]
fn the_flags_that_meet_the_policy_are_those_in_the_terms() {
    let attack = EligibilityAttack::new(6);
    let column = attack
        .forger
        .column_of(Fr::from(attack.scenario.private.terms.flags.bits()));
    for value in [power_of_two(16), Fr::zero(), minus_one()] {
        assert_eq!(attack.broken_by([(column, value)].into()), ["flags"], "{value}");
    }
    let bits = attack.forger.bits_of("flags");
    assert_eq!(bits.len(), 48, "the note's, the required and the forbidden flags");
    for at in [0, 20, 40] {
        assert_eq!(attack.broken_by([(bits[at], Fr::from(2u64))].into()), ["flags"]);
    }
}

/// A hosted prover has every private input, and here the ledger too, but not `sk`.
#[test]
fn without_the_owners_key_every_change_ends_at_its_signature() {
    let attack = EligibilityAttack::new(7);
    let private = &attack.scenario.private;
    for (what, value) in [
        ("another amount", Fr::from(private.amount.0)),
        ("another rho", private.randomness.rho),
        ("another context", private.request.context),
        ("another verifier", private.request.verifier_key),
        ("another creditor", private.terms.creditor.to_fr()),
    ] {
        let column = attack.forger.column_of(value);
        let changed = if what == "another amount" {
            value - Fr::one()
        } else {
            value + Fr::one()
        };
        let forged = attack.forger.propagate(&[(column, changed)].into());
        let broken = attack.forger.broken_sections(&forged);
        assert!(broken.contains(&"owner's signature"), "{what}: {broken:?}");
    }
}

/// Once the public rows are fixed, a satisfied assignment can move only where the statement leaves a choice. Inputs and conditions are
/// counted here by hand from docs/protocol.md; a value that nothing defines, or a condition left out, changes a number.
#[test]
fn an_eligibility_proof_leaves_nothing_open_but_what_the_statement_leaves_open() {
    for diluted in [false, true] {
        let mut scenario = eligible(8);
        if diluted {
            scenario.private.request.min_amount.0 = 1;
            scenario.dilute(dilution::ppb(500_000_000));
        }
        let forger = forger::<Eligibility>(PublicRows::Fixed, &scenario.public, &scenario.private);
        let found = forger.freedom();
        let expected = Freedom {
            // eight terms, amount; A, nk, rho, r, entry time; seven policy values, verifier key, lock until; R8; four children a level. The policy's
            // currency follows from the note's; what is in the dilution leaf follows from its bits.
            inputs: 8 + 1 + 6 + 9 + 2 + 4 * (16 + 8 + 8),
            // A and R8 on the curve; a child on each path; three comparisons, due day's and amount's range, three sets of flags; the number
            // above the leaf's; nullifier, both roots, request digest, approved root; the signature's equation, and its challenge, which its bits hold.
            conditions: 2 + (16 + 8 + 8) + (3 + 2 + 3) + 1 + 5 + 2,
            // Two points on the curve with one x have one y to first order. The number below the next holds what is held already, and so does
            // its being the leaf's own.
            spare: 2 + usize::from(diluted),
        };
        assert_eq!(found, expected, "diluted: {diluted}");
    }
}

#[test]
fn a_disclosure_leaves_nothing_open_but_the_note_and_the_signature() {
    let scenario = disclosing(11);
    let forger = forger::<Disclosure>(PublicRows::Fixed, &scenario.public, &scenario.private);
    let expected = Freedom {
        // A, nk, amount, terms, rho, r; R8.
        inputs: 7 + 2,
        // A and R8 on the curve; cm, nullifier; the signature's equation and its challenge.
        conditions: 2 + 2 + 2,
        spare: 1,
    };
    assert_eq!(forger.freedom(), expected);
}

/// A key is made from blank inputs. Were the constraints to follow the values, a prover's own would be others.
#[test]
fn the_constraints_do_not_depend_on_the_private_inputs() {
    fn rows(matrices: &[Vec<Vec<(Fr, usize)>>; 3]) -> Vec<Vec<(usize, Fr)>> {
        let sorted = |row: &Vec<(Fr, usize)>| {
            let mut row: Vec<_> = row.iter().map(|(k, column)| (*column, *k)).collect();
            row.sort_unstable_by_key(|(column, _)| *column);
            row
        };
        matrices.iter().flatten().map(sorted).collect()
    }
    let blank = rows(&digest::matrices::<Mint>().unwrap().0);
    for acknowledged in [true, false] {
        let s = minting(10, acknowledged);
        let laid = support::assign::<Mint>(&s.public, &s.private);
        assert!(rows(&laid.matrices) == blank, "acknowledged: {acknowledged}");
    }
    let blank = rows(&digest::matrices::<Transfer>().unwrap().0);
    for amounts in [[5, 0], [u64::MAX, 7]] {
        let s = transferring(10, amounts);
        let laid = support::assign::<Transfer>(&s.public, &s.private);
        assert!(rows(&laid.matrices) == blank, "{amounts:?}");
    }
    let s = disclosing(10);
    let laid = support::assign::<Disclosure>(&s.public, &s.private);
    assert!(rows(&laid.matrices) == rows(&digest::matrices::<Disclosure>().unwrap().0));
    let blank = rows(&digest::matrices::<Eligibility>().unwrap().0);
    let mut s = eligible(10);
    for diluted in [false, true] {
        if diluted {
            s.dilute(dilution::ppb(0));
        }
        let laid = support::assign::<Eligibility>(&s.public, &s.private);
        assert!(rows(&laid.matrices) == blank, "diluted: {diluted}");
    }
}

/// The native check may be stricter than the circuit (see docs/attacks), never laxer.
#[test]
fn what_the_native_check_accepts_the_circuit_accepts() {
    for seed in 20..24 {
        let s = minting(seed, seed % 2 == 0);
        assert!(Mint::check(&s.public, &s.private).is_ok());
        assert!(support::assign::<Mint>(&s.public, &s.private).is_satisfied());
    }
}
