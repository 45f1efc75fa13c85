//! A set-up whose secrets are kept, so that true proofs, and false ones off by a known amount, cost a few multiplications.

use alloc::vec::Vec;

use ark_bn254::{Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::{CurveGroup, PrimeGroup};
use ark_ff::{Field, UniformRand};
use ark_std::rand::rngs::StdRng;

use crate::groth16::{PreparedKey, Proof, VerifyingKey};
use crate::statement::StatementId;

pub(super) struct Trapdoor {
    alpha: Fr,
    beta: Fr,
    gamma: Fr,
    delta: Fr,
    /// The constant's, then one per row.
    inputs: Vec<Fr>,
    pub(super) key: PreparedKey,
}

pub(super) fn g1(scalar: Fr) -> G1Affine {
    (G1Projective::generator() * scalar).into_affine()
}

fn g2(scalar: Fr) -> G2Affine {
    (G2Projective::generator() * scalar).into_affine()
}

impl Trapdoor {
    pub(super) fn new(statement: StatementId, rng: &mut StdRng) -> Self {
        let [alpha, beta, gamma, delta] = core::array::from_fn(|_| Fr::rand(rng));
        let inputs: Vec<Fr> = (0..=statement.row_count()).map(|_| Fr::rand(rng)).collect();
        let points = inputs.iter().map(|input| g1(*input)).collect();
        let key = VerifyingKey::from_points(statement, g1(alpha), g2(beta), g2(gamma), g2(delta), points).unwrap();
        Self {
            alpha,
            beta,
            gamma,
            delta,
            inputs,
            key: PreparedKey::new(key),
        }
    }

    pub(super) fn rows(&self, rng: &mut StdRng) -> Vec<Fr> {
        (1..self.inputs.len()).map(|_| Fr::rand(rng)).collect()
    }

    /// A proof of these rows whose C is off by `error` (0 for a true one) times the generator.
    pub(super) fn proof(&self, rows: &[Fr], error: Fr, rng: &mut StdRng) -> Proof {
        let (a, b) = (Fr::rand(rng), Fr::rand(rng));
        let folded = self.inputs[1..]
            .iter()
            .zip(rows)
            .fold(self.inputs[0], |sum, (input, row)| sum + *input * row);
        let c = (a * b - self.alpha * self.beta - self.gamma * folded) * self.delta.inverse().unwrap();
        Proof::from_points(g1(a), g2(b), g1(c + error)).unwrap()
    }
}
