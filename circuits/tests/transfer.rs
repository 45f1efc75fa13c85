//! `receivable/transfer/v1`: native check and constraints agree, no value is made or lost, nothing private is free.
#![allow(clippy::unwrap_used, clippy::semicolon_if_nothing_returned, missing_docs)]

mod support;

use ark_ff::{One, UniformRand};
use ark_std::rand::{Rng, SeedableRng};
use support::{
    TestRng, agree, assign,
    scenario::{Party, TransferScenario, transferring},
};
use tradeseal_circuits::{
    Statement,
    receivable::transfer::{Transfer, Violation},
};
use tradeseal_primitives::{
    Fr,
    party::{Address, NullifierKey},
    receivable::{AmountMinor, Commitment, Nullifier, TermsHash},
    tree::MerklePath,
};
use tradeseal_verifier::statement::{EntryDigest, NoteRoot};

fn accepted(what: &str, scenario: &TransferScenario) -> bool {
    agree::<Transfer>(what, &scenario.public, &scenario.private)
}

fn violation(scenario: &TransferScenario) -> Option<Violation> {
    Transfer::check(&scenario.public, &scenario.private).err()
}

fn one() -> Fr {
    Fr::one()
}

/// Amounts at the edges of 64 bits, and in between.
const AMOUNTS: [[u64; 2]; 8] = [
    [1, 0],
    [0, 1],
    [1, 1],
    [u64::MAX, 0],
    [u64::MAX, u64::MAX],
    [u64::MAX, 1],
    [1 << 63, 1 << 63],
    [0, 0],
];

#[test]
fn transfers_that_balance_are_accepted_over_the_whole_range_of_amounts() {
    for (seed, amounts) in (0..).zip(AMOUNTS) {
        assert!(accepted("balanced", &transferring(seed, amounts)), "{amounts:?}");
    }
}

#[test]
fn no_private_variable_of_two_real_inputs_is_free() {
    let scenario = transferring(100, [500, 700]);
    let assigned = assign::<Transfer>(&scenario.public, &scenario.private);
    assert_eq!(
        assigned.free_private_variables(&mut TestRng::seed_from_u64(1)),
        Vec::<usize>::new()
    );
}

/// A dummy's path leads nowhere that anyone asks about, but it is still one consistent computation: no single variable of it can change.
#[test]
fn no_private_variable_changes_alone_beside_a_dummy_input() {
    let scenario = transferring(101, [500, 0]);
    let assigned = assign::<Transfer>(&scenario.public, &scenario.private);
    assert_eq!(
        assigned.free_private_variables(&mut TestRng::seed_from_u64(1)),
        Vec::<usize>::new()
    );
}

#[test]
fn every_public_row_is_constrained_against_private_variables() {
    let scenario = transferring(102, [500, 0]);
    let assigned = assign::<Transfer>(&scenario.public, &scenario.private);
    assert_eq!(assigned.idle_public_rows(), Vec::<usize>::new());
}

type Change = (&'static str, fn(&mut TransferScenario));

/// Every field of both sides, each changed alone, nothing else adjusted, under what the native check then says.
const CHANGES: &[(Violation, &[Change])] = &[
    (
        Violation::InputNotInTree { input: 1 },
        &[
            ("note root", |s| {
                s.public.note_root = NoteRoot::from_fr(s.public.note_root.to_fr() + one())
            }),
            ("terms", |s| s.private.terms = TermsHash::from_fr(one())),
            ("owner key", |s| {
                s.private.owner_key = Party::random(&mut TestRng::seed_from_u64(9)).secret.public()
            }),
            ("nullifier key", |s| {
                s.private.nullifier_key = NullifierKey::from_fr(s.private.nullifier_key.expose() + one())
            }),
            ("input amount", |s| s.private.inputs[0].amount.0 += 1),
            ("input rho", |s| s.private.inputs[0].randomness.rho += one()),
            ("input time", |s| s.private.inputs[0].entry_time.0 ^= 1),
            ("inputs' paths swapped", |s| {
                let [a, b] = &mut s.private.inputs;
                std::mem::swap(&mut a.path, &mut b.path);
            }),
        ],
    ),
    (
        Violation::InputNotInTree { input: 2 },
        &[
            ("input r", |s| s.private.inputs[1].randomness.r += one()),
            ("input path", |s| {
                let path = &s.private.inputs[1].path;
                s.private.inputs[1].path = MerklePath::new(path.index() ^ 1, *path.siblings()).unwrap();
            }),
        ],
    ),
    (
        Violation::Nullifier { input: 1 },
        &[
            ("nullifier 1", |s| s.public.nullifiers[0] = Nullifier::from_fr(one())),
            ("nullifiers swapped", |s| s.public.nullifiers.swap(0, 1)),
        ],
    ),
    (
        Violation::Nullifier { input: 2 },
        &[("nullifier 2", |s| s.public.nullifiers[1] = Nullifier::from_fr(one()))],
    ),
    (
        Violation::Commitment { output: 1 },
        &[
            ("commitment 1", |s| s.public.commitments[0] = Commitment::from_fr(one())),
            ("commitments swapped", |s| s.public.commitments.swap(0, 3)),
            ("output amount", |s| s.private.outputs[0].amount.0 ^= 1),
        ],
    ),
    (
        Violation::Commitment { output: 2 },
        &[
            ("commitment 2", |s| s.public.commitments[1] = Commitment::from_fr(one())),
            ("output owner", |s| s.private.outputs[1].owner = Address::from_fr(one())),
        ],
    ),
    (
        Violation::Commitment { output: 3 },
        &[
            ("commitment 3", |s| s.public.commitments[2] = Commitment::from_fr(one())),
            ("output rho", |s| s.private.outputs[2].randomness.rho += one()),
        ],
    ),
    (
        Violation::Commitment { output: 4 },
        &[
            ("commitment 4", |s| s.public.commitments[3] = Commitment::from_fr(one())),
            ("output r", |s| s.private.outputs[3].randomness.r += one()),
        ],
    ),
    (
        Violation::Signature,
        &[
            ("digest", |s| {
                s.public.digest = EntryDigest::from_fr(s.public.digest.to_fr() + one())
            }),
            ("signature R8", |s| s.private.signature.r8 = -s.private.signature.r8),
            ("signature S", |s| s.private.signature.s = -s.private.signature.s),
        ],
    ),
];

#[test]
fn one_changed_field_is_refused_by_both() {
    for (expected, changes) in CHANGES {
        for (what, change) in *changes {
            let mut scenario = transferring(7, [123_456, 789]);
            change(&mut scenario);
            assert!(!accepted(what, &scenario), "{what}: accepted");
            assert_eq!(violation(&scenario), Some(*expected), "{what}");
        }
    }
}

/// The owner signs whatever it likes and the ledger holds its inputs; only the balance stands in its way.
#[test]
fn value_is_neither_made_nor_lost() {
    let rng = &mut TestRng::seed_from_u64(3);
    for seed in 0..12 {
        let mut scenario = transferring(200 + seed, [rng.r#gen(), rng.r#gen()]);
        let output = usize::from(rng.r#gen::<u8>() % 4);
        let amount = &mut scenario.private.outputs[output].amount.0;
        *amount = match seed % 4 {
            0 => amount.wrapping_add(1),
            1 => amount.wrapping_sub(1),
            2 => amount.wrapping_add(1 << 63),
            _ => rng.r#gen(),
        };
        scenario.reseal();
        assert!(!accepted("unbalanced", &scenario), "seed {seed}");
        assert_eq!(violation(&scenario), Some(Violation::Unbalanced), "seed {seed}");
    }
}

#[test]
fn a_note_that_is_not_on_the_ledger_cannot_be_an_input() {
    for input in [0, 1] {
        let mut scenario = transferring(400, [1000, 1000]);
        scenario.reseal();
        scenario.private.inputs[input].randomness.rho = Fr::rand(&mut TestRng::seed_from_u64(1));
        scenario.public.nullifiers = scenario.private.nullifiers();
        assert!(!accepted("invented input", &scenario));
        assert_eq!(
            violation(&scenario),
            Some(Violation::InputNotInTree { input: input + 1 })
        );
    }
}

#[test]
fn one_note_cannot_be_both_inputs() {
    let mut scenario = transferring(500, [1000, 1000]);
    let [first, second] = &mut scenario.private.inputs;
    second.amount = first.amount;
    second.randomness = first.randomness.clone();
    second.entry_time = first.entry_time;
    scenario.indices[1] = scenario.indices[0];
    scenario.reseal();
    assert!(!accepted("same note twice", &scenario));
    assert_eq!(violation(&scenario), Some(Violation::SameInput));
}

#[test]
fn a_dummy_brings_no_value() {
    let mut scenario = transferring(600, [1000, 0]);
    scenario.private.inputs[1].amount = AmountMinor(1000);
    scenario.private.outputs[0].amount.0 += 1000;
    scenario.public.nullifiers = scenario.private.nullifiers();
    scenario.public.commitments = scenario.private.output_commitments();
    assert!(!accepted("a dummy with an amount", &scenario));
    assert_eq!(violation(&scenario), Some(Violation::InputNotInTree { input: 2 }));
}

#[test]
fn a_hosted_prover_cannot_redirect_an_output_with_the_owners_signature() {
    let mut scenario = transferring(700, [1000, 0]);
    let signature = scenario.private.signature;
    scenario.private.outputs[0].owner = Party::random(&mut TestRng::seed_from_u64(5)).address();
    scenario.reseal();
    // The entry's digest covers the commitments, so another output is another digest.
    scenario.public.digest = EntryDigest::from_fr(scenario.public.digest.to_fr() + one());
    scenario.private.signature = signature;
    assert!(!accepted("redirected", &scenario));
    assert_eq!(violation(&scenario), Some(Violation::Signature));
}
