//! Attacks on `receivable/transfer/v1` by an owner who signs anything and writes the ledger: making value out of field arithmetic.
#![allow(clippy::unwrap_used, missing_docs)]

mod attack_forger;
mod support;

use ark_ff::{BigInteger, One, PrimeField, UniformRand, Zero};
use ark_std::rand::{Rng, SeedableRng};
use attack_forger::{Edits, Forger, PublicRows, decompose, forger, freedom::Freedom, minus_one, power_of_two};
use support::{
    TestRng,
    scenario::{TransferScenario, transferring},
};
use tradeseal_circuits::receivable::transfer::Transfer;
use tradeseal_primitives::Fr;

struct Attack {
    scenario: TransferScenario,
    forger: Forger,
}

impl Attack {
    fn new(seed: u64, amounts: [u64; 2]) -> Self {
        let scenario = transferring(seed, amounts);
        let forger = forger::<Transfer>(PublicRows::Chosen, &scenario.public, &scenario.private);
        Self { scenario, forger }
    }

    /// Outputs of these amounts, with commitments, and the entry's digest signed as it stands.
    fn broken_by(&self, outputs: [Fr; 4]) -> Vec<&'static str> {
        // The bits before the signature's are the four outputs' amounts.
        let bits = &self.forger.bits()[..4 * 64];
        let edits: Edits = outputs
            .into_iter()
            .flat_map(|amount| decompose(amount, 64))
            .zip(bits)
            .map(|(bit, column)| (*column, bit))
            .collect();
        self.forger.broken_sections(&self.forger.propagate(&edits))
    }

    fn total(&self) -> Fr {
        self.scenario.private.inputs.iter().map(|i| Fr::from(i.amount.0)).sum()
    }
}

#[test]
fn outputs_that_balance_only_modulo_the_field_are_refused() {
    let attack = Attack::new(1, [1_000, 234]);
    let total = attack.total();
    let zero = Fr::zero();
    assert_eq!(attack.broken_by([total, zero, zero, zero]), Vec::<&str>::new());
    let (most, top) = (power_of_two(64) - Fr::one(), power_of_two(64));
    for (what, outputs) in [
        ("a gain paid by -gain", [total + most, -most, zero, zero]),
        ("one paid by -1", [total + Fr::one(), zero, zero, minus_one()]),
        ("2^64 paid by its negative", [total, top, -top, zero]),
        ("halves", [power_of_two(63), power_of_two(63), total - top, zero]),
    ] {
        assert_eq!(attack.broken_by(outputs), ["output"], "{what}");
    }
    assert_eq!(attack.broken_by([total + Fr::one(), zero, zero, zero]), ["balance"]);
}

/// Any four elements with the inputs' sum, not only those one would think of: unless each has 64 bits, a range is broken.
#[test]
fn no_random_elements_of_the_field_balance_an_input() {
    let rng = &mut TestRng::seed_from_u64(4);
    let attack = Attack::new(4, [u64::MAX, 1 << 40]);
    for case in 0..60 {
        let mut outputs = [0; 4].map(|_: u64| match rng.gen_range(0..3) {
            0 => Fr::rand(rng),
            1 => -Fr::from(rng.r#gen::<u64>()),
            _ => Fr::from(rng.r#gen::<u64>()),
        });
        let last = rng.gen_range(0..4);
        outputs[last] = Fr::zero();
        outputs[last] = attack.total() - outputs.iter().sum::<Fr>();
        let in_range = outputs.iter().all(|output| output.into_bigint().num_bits() <= 64);
        let expected: &[&str] = if in_range { &[] } else { &["output"] };
        assert_eq!(attack.broken_by(outputs), expected, "case {case}: {outputs:?}");
    }
}

/// A dummy may be followed by anything but an amount: the moment it has one, its path must lead to the root.
#[test]
fn an_input_outside_the_tree_brings_no_amount_however_it_is_written() {
    let attack = Attack::new(2, [1_000, 0]);
    let scenario = &attack.scenario;
    let dummy = attack.forger.column_of(scenario.private.inputs[1].randomness.rho) - 1;
    assert_eq!(
        attack.forger.assigned.values[dummy],
        Fr::zero(),
        "the column before rho is the amount"
    );
    for value in [Fr::one(), minus_one(), power_of_two(64)] {
        // The root is fixed by the real input; what the dummy brings is added to the first output.
        let first = Fr::from(scenario.private.outputs[0].amount.0) + value;
        let bits = &attack.forger.bits()[..64];
        let mut edits: Edits = bits.iter().copied().zip(decompose(first, 64)).collect();
        edits.insert(dummy, value);
        let broken = attack.forger.broken_sections(&attack.forger.propagate(&edits));
        assert!(broken.contains(&"input"), "{value}: {broken:?}");
    }
}

#[test]
fn a_transfer_proof_leaves_nothing_open_but_what_the_statement_leaves_open() {
    let scenario = transferring(3, [1_000, 234]);
    let forger = forger::<Transfer>(PublicRows::Fixed, &scenario.public, &scenario.private);
    let expected = Freedom {
        // terms, A, nk; amount, rho, r, time and four children a level of each input; owner, rho, r of each output; R8.
        inputs: 4 + 2 * (4 + 4 * 16) + 4 * 3 + 2,
        // A and R8 on the curve; a child on each path; nullifiers, roots, commitments, balance; signature and challenge.
        conditions: 2 + 2 * 16 + 2 + 2 + 4 + 1 + 2,
        spare: 1,
    };
    assert_eq!(forger.freedom(), expected);
}
