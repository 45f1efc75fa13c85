//! For equal randomness our proof is ark-groth16's, bit for bit.

use std::sync::atomic::{AtomicU64, Ordering};

use ark_bn254::Bn254;
use ark_ff::UniformRand;
use ark_groth16::{Groth16, ProvingKey};
use ark_relations::gr1cs::ConstraintSynthesizer;
use ark_std::rand::{Rng, SeedableRng, rngs::StdRng};
use tradeseal_primitives::Fr;

use super::sums::Arithmetic;
use super::*;
use crate::reference::LaidOut;

mod random_circuit;
use random_circuit::RandomCircuit;

struct Case {
    key: ProvingKey<Bn254>,
    reference: LaidOut,
}

impl Case {
    fn new(circuit: impl ConstraintSynthesizer<Fr> + Clone, rng: &mut StdRng) -> Self {
        Self {
            key: Groth16::<Bn254>::generate_random_parameters_with_reduction(circuit.clone(), rng).unwrap(),
            reference: LaidOut::new(circuit).unwrap(),
        }
    }

    fn assert_proofs_are_equal(&self, arithmetic: Arithmetic, sets: BucketSets, rng: &mut StdRng) {
        let blinding = Blinding {
            r: Fr::rand(rng),
            s: Fr::rand(rng),
        };
        let expected = self.reference.prove(&self.key, blinding).unwrap();
        let matrices = Matrices::new(&self.reference.matrices).unwrap();
        let prover = PreparedProver::with_arithmetic(arithmetic, &self.key, matrices, sets).unwrap();
        let rows = prover.check(&self.reference.values).unwrap();
        assert_eq!(prover.prove(&self.reference.values, rows, blinding), expected);
    }
}

/// How many circuits: `TRADESEAL_RANDOM_CIRCUITS`, else as many as take seconds.
fn circuit_count() -> u64 {
    let asked = std::env::var("TRADESEAL_RANDOM_CIRCUITS").ok();
    asked.map_or(1_000, |count| count.parse().unwrap())
}

#[test]
fn proofs_of_random_circuits_are_arks() {
    let next = AtomicU64::new(0);
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= circuit_count() {
                return;
            }
            a_random_circuit_is_proven_as_by_ark(seed);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, Into::into) {
            scope.spawn(work);
        }
    });
}

fn a_random_circuit_is_proven_as_by_ark(seed: u64) {
    let mut rng = StdRng::seed_from_u64(seed);
    let case = Case::new(RandomCircuit::new(&mut rng), &mut rng);
    let sets = BucketSets::new(rng.gen_range(1..4u8).try_into().unwrap());
    let arithmetics = Arithmetic::all();
    let arithmetic = arithmetics[rng.gen_range(0..arithmetics.len())];
    case.assert_proofs_are_equal(arithmetic, sets, &mut rng);
}
