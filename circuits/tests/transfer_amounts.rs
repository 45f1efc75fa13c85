//! `receivable/transfer/v1` over the whole range of amounts: what balances passes, what does not is refused, and a dummy input is good for
//! nothing. Native check and circuit are asked the same each time.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use ark_ff::UniformRand;
use ark_std::rand::{Rng, SeedableRng};
use support::{
    TestRng, agree,
    scenario::{Party, TransferScenario, transferring},
};
use tradeseal_circuits::{
    Statement,
    receivable::transfer::{Transfer, Violation},
};
use tradeseal_primitives::{
    Fr,
    receivable::{AmountMinor, Nullifier},
    tree::{self, NOTE_DEPTH},
};

/// Circuits are laid out anew for each case, so there are few; the unit test in `receivable::transfer` tries a hundred thousand natively.
const CASES: u64 = 32;

fn accepted(what: &str, scenario: &TransferScenario) -> bool {
    agree::<Transfer>(what, &scenario.public, &scenario.private)
}

fn violation(scenario: &TransferScenario) -> Option<Violation> {
    Transfer::check(&scenario.public, &scenario.private).err()
}

/// An amount of a random width, or one at a border.
fn amount(rng: &mut TestRng) -> u64 {
    const BORDERS: [u64; 9] = [
        0,
        1,
        u32::MAX as u64,
        1 << 32,
        (1 << 63) - 1,
        1 << 63,
        (1 << 63) + 1,
        u64::MAX - 1,
        u64::MAX,
    ];
    if rng.r#gen() {
        BORDERS[rng.gen_range(0..BORDERS.len())]
    } else {
        rng.r#gen::<u64>() >> rng.gen_range(0..64)
    }
}

/// Four amounts of 64 bits with this sum, which is at most that of two.
fn split(rng: &mut TestRng, total: u128) -> [u64; 4] {
    let most = u128::from(u64::MAX);
    let mut left = total;
    let mut parts = [0; 4];
    for (i, part) in parts.iter_mut().enumerate() {
        let others = 3 - i as u128;
        let (least, largest) = (left.saturating_sub(others * most), left.min(most));
        let chosen = match rng.gen_range(0..4) {
            0 => least,
            1 => largest,
            _ => rng.gen_range(least..=largest),
        };
        *part = u64::try_from(chosen).unwrap();
        left -= chosen;
    }
    assert_eq!(left, 0);
    parts
}

fn sum(amounts: &[u64]) -> u128 {
    amounts.iter().map(|a| u128::from(*a)).sum()
}

fn with_outputs(mut scenario: TransferScenario, outputs: [u64; 4]) -> TransferScenario {
    for (output, amount) in scenario.private.outputs.iter_mut().zip(outputs) {
        output.amount = AmountMinor(amount);
    }
    scenario.reseal();
    scenario
}

#[test]
fn every_split_and_join_that_keeps_the_sum_is_accepted() {
    let rng = &mut TestRng::seed_from_u64(1);
    for seed in 0..CASES {
        let inputs = [amount(rng), amount(rng)];
        let outputs = split(rng, sum(&inputs));
        let scenario = with_outputs(transferring(seed, inputs), outputs);
        assert!(accepted("balanced", &scenario), "{inputs:?} into {outputs:?}");
    }
}

#[test]
fn outputs_of_any_other_sum_are_refused() {
    let rng = &mut TestRng::seed_from_u64(2);
    for seed in 0..CASES {
        let inputs = [amount(rng), amount(rng)];
        let mut outputs = split(rng, sum(&inputs));
        while sum(&outputs) == sum(&inputs) {
            let output = &mut outputs[rng.gen_range(0..4)];
            *output = match seed % 4 {
                0 => output.wrapping_add(1),
                1 => output.wrapping_sub(1),
                2 => *output ^ 1 << rng.gen_range(0..64),
                _ => amount(rng),
            };
        }
        let scenario = with_outputs(transferring(1000 + seed, inputs), outputs);
        assert!(!accepted("unbalanced", &scenario), "{inputs:?} into {outputs:?}");
        assert_eq!(
            violation(&scenario),
            Some(Violation::Unbalanced),
            "{inputs:?} into {outputs:?}"
        );
    }
}

/// What a sum of 64 bits would take for equal.
#[test]
fn sums_that_agree_only_modulo_2_to_the_64_are_refused() {
    const TOP: u64 = 1 << 63;
    for (inputs, outputs) in [
        ([0, 0], [TOP, TOP, 0, 0]),
        ([0, 1], [u64::MAX, 2, 0, 0]),
        ([7, 0], [u64::MAX, u64::MAX, u64::MAX, 10]),
        ([u64::MAX, 1], [0, 0, 0, 0]),
        ([u64::MAX, u64::MAX], [u64::MAX - 1, 0, 0, 0]),
        ([u64::MAX, u64::MAX], [u64::MAX, u64::MAX, TOP, TOP]),
        ([u64::MAX, u64::MAX], [u64::MAX; 4]),
    ] {
        let wrapped = |amounts: &[u64]| amounts.iter().fold(0u64, |sum, amount| sum.wrapping_add(*amount));
        let scenario = with_outputs(transferring(3, inputs), outputs);
        assert!(!accepted("wrapped", &scenario), "{inputs:?} into {outputs:?}");
        assert_eq!(violation(&scenario), Some(Violation::Unbalanced));
        if outputs != [u64::MAX; 4] {
            assert_eq!(wrapped(&inputs), wrapped(&outputs), "the case is of another kind");
        }
    }
}

/// A dummy need not be anywhere, and two of them move nothing.
#[test]
fn dummies_alone_make_notes_of_nothing_and_no_others() {
    let mut scenario = transferring(4, [0, 0]);
    assert!(accepted("nothing into nothing", &scenario));
    for output in 0..4 {
        for made in [1, u64::MAX] {
            scenario.private.outputs[output].amount = AmountMinor(made);
            scenario.reseal();
            assert!(!accepted("something of nothing", &scenario), "output {output}: {made}");
            assert_eq!(violation(&scenario), Some(Violation::Unbalanced));
        }
        scenario.private.outputs[output].amount = AmountMinor(0);
    }
}

#[test]
fn a_dummy_that_claims_an_amount_needs_a_place_in_the_tree() {
    for (seed, claimed) in [(5, 1), (6, 1 << 63), (7, u64::MAX)] {
        for input in [0, 1] {
            let mut amounts = [0, 0];
            amounts[1 - input] = 1000;
            let mut scenario = transferring(seed, amounts);
            scenario.private.inputs[input].amount = AmountMinor(claimed);
            let outputs = split(&mut TestRng::seed_from_u64(seed), 1000 + u128::from(claimed));
            for (output, amount) in scenario.private.outputs.iter_mut().zip(outputs) {
                output.amount = AmountMinor(amount);
            }
            // As `reseal`, but the ledger gets no such note.
            scenario.public.nullifiers = scenario.private.nullifiers();
            scenario.public.commitments = scenario.private.output_commitments();
            assert!(!accepted("claimed", &scenario), "input {input} claims {claimed}");
            let expected = Violation::InputNotInTree { input: input + 1 };
            assert_eq!(violation(&scenario), Some(expected));
        }
    }
}

#[test]
fn one_dummy_cannot_stand_in_both_places() {
    let mut scenario = transferring(8, [0, 0]);
    scenario.private.inputs[1].randomness = scenario.private.inputs[0].randomness.clone();
    scenario.reseal();
    assert!(!accepted("one dummy twice", &scenario));
    assert_eq!(violation(&scenario), Some(Violation::SameInput));
}

/// A dummy of a real note's rho and r is another note: its nullifier spends nothing, and the real one's cannot be had without its amount.
#[test]
fn a_dummy_made_like_a_real_note_does_not_spend_it() {
    let real = transferring(9, [1000, 0]);
    let spent = real.public.nullifiers[0];
    let mut copy = transferring(9, [1000, 0]);
    copy.private.inputs[1].randomness = copy.private.inputs[0].randomness.clone();
    copy.reseal();
    assert!(accepted("beside the note it copies", &copy));
    assert_eq!(copy.public.nullifiers[0], spent);
    assert_ne!(copy.public.nullifiers[1], spent);
    for nullifiers in [[0, 0], [1, 0], [1, 1]] {
        let mut scenario = transferring(9, [1000, 0]);
        scenario.public.nullifiers = nullifiers.map(|i| real.public.nullifiers[i]);
        assert!(!accepted("another note's nullifier", &scenario), "{nullifiers:?}");
        let wrong = usize::from(nullifiers[0] == 0) + 1;
        assert_eq!(violation(&scenario), Some(Violation::Nullifier { input: wrong }));
    }
}

/// A sender knows all of a note that it made for somebody but the owner's nk and key, so it cannot spend it again, not even as a dummy.
#[test]
fn the_note_of_another_owner_is_no_dummy_of_ones_own() {
    let victim = transferring(10, [0, 0]);
    let target: Nullifier = victim.public.nullifiers[0];
    let mut thief = transferring(11, [1000, 0]);
    thief.private.terms = victim.private.terms;
    thief.private.inputs[1].randomness = victim.private.inputs[0].randomness.clone();
    thief.reseal();
    assert!(accepted("a note of the thief's own", &thief));
    assert_ne!(thief.public.nullifiers[1], target);
    thief.public.nullifiers[1] = target;
    assert!(!accepted("the victim's nullifier", &thief));
    assert_eq!(violation(&thief), Some(Violation::Nullifier { input: 2 }));
}

/// With nk too, as a hosted prover has it, only the owner's signature is missing.
#[test]
fn who_knows_nk_but_not_the_key_spends_not_even_a_dummy() {
    for amounts in [[0, 0], [1000, 0]] {
        let mut scenario = transferring(12, amounts);
        let thief = Party::random(&mut TestRng::seed_from_u64(13));
        scenario.private.signature = thief.secret.sign(scenario.public.digest.to_fr());
        assert!(!accepted("another's signature", &scenario));
        assert_eq!(violation(&scenario), Some(Violation::Signature));
        scenario.private.owner_key = thief.secret.public();
        assert!(!accepted("another's key and signature", &scenario));
    }
}

/// A note of amount 0 that is on the ledger is spent like a dummy, by its owner alone and for nothing.
#[test]
fn a_note_of_nothing_brings_nothing_wherever_it_is() {
    let mut scenario = transferring(14, [0, 500]);
    let commitment = scenario.private.input_commitments()[0];
    let leaf = commitment.leaf(scenario.private.inputs[0].entry_time);
    let index = scenario.indices[0];
    tree::set_leaf::<NOTE_DEPTH, _>(&mut scenario.nodes, index, leaf).unwrap();
    scenario.reseal();
    assert!(accepted("in the tree", &scenario));
    scenario.private.outputs[0].amount.0 += 1;
    scenario.reseal();
    assert_eq!(violation(&scenario), Some(Violation::Unbalanced));
    scenario.private.inputs[0].randomness.r = Fr::rand(&mut TestRng::seed_from_u64(15));
    scenario.private.outputs[0].amount.0 -= 1;
    scenario.reseal();
    assert!(accepted("in no tree", &scenario));
}
