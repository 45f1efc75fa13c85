//! Attacks on whole statements: assignments that no honest input can express, signed by whoever the attacker controls, and everything that
//! follows from the lie recomputed. What is left broken is what stops the attack.
#![allow(clippy::unwrap_used, missing_docs)]

mod attack_forger;
mod support;

use ark_ff::{One, Zero};
use attack_forger::{Edits, Forged, Forger, PublicRows, decompose, forger, freedom::Freedom, minus_one, power_of_two};
use support::scenario::{EligibilityScenario, MintScenario, Party, eligible, minting};
use tradeseal_circuits::{
    Statement, digest,
    receivable::{eligibility::Eligibility, mint::Mint},
};
use tradeseal_primitives::{
    Fr,
    hash::{Domain, hash},
};

/// What a supplier would like its invoice to say. `None` leaves the truth.
#[derive(Default, Clone, Copy)]
struct Lie {
    amount: Option<Fr>,
    currency: Option<Fr>,
    issue_day: Option<Fr>,
    due_day: Option<Fr>,
    /// A bit of the flags by number, lowest first, and its value.
    flag: Option<(usize, Fr)>,
}

/// A mint in the attacker's hands: it holds the supplier's and the debtor's keys and writes the public rows.
struct MintAttack {
    scenario: MintScenario,
    forger: Forger,
}

impl MintAttack {
    fn new(seed: u64, acknowledged: bool) -> Self {
        let scenario = minting(seed, acknowledged);
        let forger = forger::<Mint>(PublicRows::Chosen, &scenario.public, &scenario.private);
        Self { scenario, forger }
    }

    /// The section's bits are those of the issue day, the flags, the amount, the currency and the due day; each integer follows its bits.
    fn edits(&self, lie: &Lie) -> Edits {
        let bits = self.forger.bits_of("receivable");
        assert_eq!(bits.len(), 32 + 16 + 64 + 16 + 32);
        let mut edits = Edits::new();
        let integers = [
            (0, 32, lie.issue_day),
            (48, 64, lie.amount),
            (112, 16, lie.currency),
            (128, 32, lie.due_day),
        ];
        for (at, width, lie) in integers {
            if let Some(value) = lie {
                edits.extend(bits[at..at + width].iter().copied().zip(decompose(value, width)));
            }
        }
        edits.extend(lie.flag.map(|(flag, value)| (bits[32 + flag], value)));
        edits
    }

    fn acknowledgment(&self, lie: &Lie) -> Fr {
        let private = &self.scenario.private;
        let invoice = &private.invoice;
        let issue_day = lie.issue_day.unwrap_or(Fr::from(invoice.issue_day.0));
        let fingerprint = hash(
            Domain::FINGERPRINT,
            &[private.supplier.party.to_fr(), invoice.number, issue_day, Fr::one()],
        );
        hash(
            Domain::ACKNOWLEDGMENT,
            &[
                fingerprint,
                lie.amount.unwrap_or(Fr::from(invoice.amount.0)),
                lie.currency.unwrap_or(Fr::from(invoice.currency.0)),
                lie.due_day.unwrap_or(Fr::from(invoice.due_day.0)),
                invoice.debtor.to_fr(),
                private.supplier.address.to_fr(),
                self.other_flags(lie),
            ],
        )
    }

    /// All flags but the lowest, with the lie about one of them.
    fn other_flags(&self, lie: &Lie) -> Fr {
        let flags = self.scenario.private.flags().bits();
        let honest = Fr::from(flags & !1);
        match lie.flag {
            Some((number, value)) if number > 0 => {
                honest + (value - Fr::from(flags >> number & 1)) * Fr::from(1u64 << number)
            }
            _ => honest,
        }
    }

    /// The lie, with the supplier's signature over the commitment that it leads to, and `debtor`'s over the acknowledgment.
    fn tell(&self, lie: &Lie, debtor: &Party) -> Forged {
        let mut edits = self.edits(lie);
        let rows = self.forger.propagate(&edits).values;
        let message = hash(Domain::MINT_SIGNATURE, &[rows[4], rows[1]]);
        let supplier = &self.scenario.supplier.secret;
        let signature = supplier.sign(message);
        self.forger
            .with_signature("owner's signature", &supplier.public(), message, &signature, &mut edits);
        let message = self.acknowledgment(lie);
        let signature = debtor.secret.sign(message);
        let section = "debtor's acknowledgment";
        self.forger
            .with_signature(section, &debtor.secret.public(), message, &signature, &mut edits);
        self.forger.propagate(&edits)
    }

    fn broken_by(&self, lie: &Lie) -> Vec<&'static str> {
        let forged = self.tell(lie, &self.scenario.debtor);
        self.forger.broken_sections(&forged)
    }
}

/// The tool itself: a lie within range passes, so a refusal below is the range's and not the tool's.
#[test]
fn a_supplier_and_debtor_who_agree_can_mint_any_amount_in_range() {
    let attack = MintAttack::new(1, true);
    let lie = Lie {
        amount: Some(power_of_two(64) - Fr::one()),
        due_day: Some(Fr::zero()),
        currency: Some(Fr::from(978u64)),
        issue_day: Some(power_of_two(32) - Fr::one()),
        flag: None,
    };
    let forged = attack.tell(&lie, &attack.scenario.debtor);
    assert_eq!(attack.forger.broken_sections(&forged), Vec::<&str>::new());
    assert_ne!(forged.values[1], attack.scenario.public.commitment.to_fr());
}

#[test]
fn no_number_outside_its_range_is_minted_even_if_supplier_and_debtor_sign_it() {
    let attack = MintAttack::new(2, true);
    let amount = |value| Lie {
        amount: Some(value),
        ..Lie::default()
    };
    let due = |value| Lie {
        due_day: Some(value),
        ..Lie::default()
    };
    let issued = |value| Lie {
        issue_day: Some(value),
        ..Lie::default()
    };
    let currency = |value| Lie {
        currency: Some(value),
        ..Lie::default()
    };
    for (what, lie) in [
        ("an amount of 0", amount(Fr::zero())),
        ("an amount of 2^64", amount(power_of_two(64))),
        ("an amount of -1", amount(minus_one())),
        ("an amount of 1/2", amount(-power_of_two(64))),
        ("a due day of 2^32", due(power_of_two(32))),
        ("a due day of -1", due(minus_one())),
        ("an issue day of 2^32", issued(power_of_two(32))),
        ("an issue day of -1", issued(minus_one())),
        ("a currency of 2^16", currency(power_of_two(16))),
    ] {
        assert_eq!(attack.broken_by(&lie), ["receivable"], "{what}");
    }
}

/// Flags that are no bits would carry into their neighbours: -1 in bit 1 and a half in bit 0 make one integer of another set.
#[test]
fn no_flag_is_anything_but_a_bit() {
    let attack = MintAttack::new(3, true);
    for (flag, value) in [
        (0, Fr::from(2u64)),
        (1, minus_one()),
        (1, Fr::from(2u64)),
        (15, power_of_two(240)),
    ] {
        let lie = Lie {
            flag: Some((flag, value)),
            ..Lie::default()
        };
        assert_eq!(attack.broken_by(&lie), ["receivable"], "flag {flag} = {value}");
    }
}

/// Of an unacknowledged mint everything about the debtor is free. Raising the flag makes it matter: the supplier signs the
/// acknowledgment itself, and only the directory stands in its way.
#[test]
fn raising_the_acknowledged_flag_needs_the_key_enrolled_for_the_debtor() {
    let attack = MintAttack::new(4, false);
    let lie = Lie {
        flag: Some((0, Fr::one())),
        ..Lie::default()
    };
    let forged = attack.tell(&lie, &attack.scenario.supplier);
    assert_eq!(forged.values[3], Fr::one(), "the public row says acknowledged");
    assert_eq!(attack.forger.broken_sections(&forged), ["debtor enrolled"]);
}

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
        let message = hash(Domain::ELIGIBILITY_SIGNATURE, &[rows[3], rows[2]]);
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
    let scenario = eligible(8);
    let forger = forger::<Eligibility>(PublicRows::Fixed, &scenario.public, &scenario.private);
    let found = forger.freedom();
    let expected = Freedom {
        // seven terms, amount; A, nk, rho, r, entry time; seven policy values, verifier key, lock until; R8; four children a level. The policy's
        // currency follows from the note's.
        inputs: 7 + 1 + 6 + 9 + 2 + 4 * (16 + 8),
        // A and R8 on the curve; a child on each path; three comparisons, due day's and amount's range, three sets of flags; nullifier,
        // note root, request digest, approved root; the signature's equation, and its challenge, which its bits hold.
        conditions: 2 + (16 + 8) + (3 + 2 + 3) + 4 + 2,
        // Two points on the curve with one x have one y to first order.
        spare: 1,
    };
    assert_eq!(found, expected);
}

#[test]
fn a_mint_proof_leaves_nothing_open_but_what_the_statement_leaves_open() {
    for acknowledged in [true, false] {
        let scenario = minting(9, acknowledged);
        let forger = forger::<Mint>(PublicRows::Fixed, &scenario.public, &scenario.private);
        let expected = Freedom {
            // creditor, number, salt, debtor, document, rho, r, owner, debtor's address; A and R8 of both; four children a level. Amount,
            // currency, days and flags follow from their bits.
            inputs: 9 + 8 + 4 * (12 + 12),
            // Four points on the curve; a child on each path; cm, directory root; the supplier's signature and challenge, the second
            // challenge. Only an acknowledgment asks for the directory root again and the second signature.
            conditions: 4 + (12 + 12) + 2 + 2 + 1 + if acknowledged { 2 } else { 0 },
            spare: if acknowledged { 2 } else { 1 },
        };
        assert_eq!(forger.freedom(), expected, "acknowledged: {acknowledged}");
    }
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
    let s = eligible(10);
    let laid = support::assign::<Eligibility>(&s.public, &s.private);
    assert!(rows(&laid.matrices) == rows(&digest::matrices::<Eligibility>().unwrap().0));
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
