//! Keys whose secrets are kept, so that true proofs cost a few multiplications.

use ark_bn254::{Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::{CurveGroup, PrimeGroup};
use ark_ff::{Field, UniformRand};
use ark_std::rand::rngs::StdRng;
use tradeseal_verifier::groth16::{PreparedKey, Proof, VerifyingKey};
use tradeseal_verifier::statement::StatementId;

pub(crate) struct Trapdoor {
    secrets: [Fr; 4],
    inputs: Vec<Fr>,
    pub(crate) key: PreparedKey,
}

pub(crate) fn g1(scalar: Fr) -> G1Affine {
    (G1Projective::generator() * scalar).into_affine()
}

fn g2(scalar: Fr) -> G2Affine {
    (G2Projective::generator() * scalar).into_affine()
}

impl Trapdoor {
    pub(crate) fn new(statement: StatementId, rng: &mut StdRng) -> Self {
        let secrets: [Fr; 4] = std::array::from_fn(|_| Fr::rand(rng));
        let inputs: Vec<Fr> = (0..=statement.row_count()).map(|_| Fr::rand(rng)).collect();
        let [alpha, beta, gamma, delta] = secrets;
        let points = inputs.iter().map(|input| g1(*input)).collect();
        let key = VerifyingKey::from_points(statement, g1(alpha), g2(beta), g2(gamma), g2(delta), points)
            .expect("random secrets make a key and a proof");
        Self {
            secrets,
            inputs,
            key: PreparedKey::new(key),
        }
    }

    pub(crate) fn rows(&self, rng: &mut StdRng) -> Vec<Fr> {
        (1..self.inputs.len()).map(|_| Fr::rand(rng)).collect()
    }

    pub(crate) fn proof(&self, rows: &[Fr], rng: &mut StdRng) -> Proof {
        let (a, b) = (Fr::rand(rng), Fr::rand(rng));
        Proof::from_points(g1(a), g2(b), g1(self.c(a * b, rows))).expect("random secrets make a key and a proof")
    }

    fn c(&self, product: Fr, rows: &[Fr]) -> Fr {
        let [alpha, beta, gamma, delta] = self.secrets;
        let terms = self.inputs[1..].iter().zip(rows);
        let folded = terms.fold(self.inputs[0], |sum, (input, row)| sum + *input * row);
        (product - alpha * beta - gamma * folded) * delta.inverse().expect("not zero")
    }
}
