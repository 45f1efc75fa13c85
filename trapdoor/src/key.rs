//! One key with its secrets.

use ark_bn254::{Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::{CurveGroup, PrimeGroup};
use ark_ff::{Field, UniformRand, Zero};
use ark_std::rand::Rng;
use tradeseal_verifier::groth16::{PreparedKey, Proof, VerifyingKey};
use tradeseal_verifier::statement::StatementId;

/// Of secrets that are random and not zero nothing below can fail, but for one chance in 2^250.
const RANDOM: &str = "random secrets make a key and a proof";

/// A verifying key together with the secrets of its set-up.
#[derive(Debug, Clone)]
pub struct Trapdoor {
    /// alpha, beta, gamma, delta.
    secrets: [Fr; 4],
    /// The constant's, then one per public row.
    inputs: Vec<Fr>,
    key: PreparedKey,
}

impl Trapdoor {
    /// A fresh key of this statement.
    ///
    /// # Panics
    /// If a secret drawn is zero.
    pub fn new(statement: StatementId, rng: &mut impl Rng) -> Self {
        let secrets: [Fr; 4] = std::array::from_fn(|_| Fr::rand(rng));
        let inputs: Vec<Fr> = (0..=statement.row_count()).map(|_| Fr::rand(rng)).collect();
        let [alpha, beta, gamma, delta] = secrets;
        let points = inputs.iter().map(|input| g1(*input)).collect();
        let key = VerifyingKey::from_points(statement, g1(alpha), g2(beta), g2(gamma), g2(delta), points);
        Self {
            secrets,
            inputs,
            key: PreparedKey::new(key.expect(RANDOM)),
        }
    }

    /// The key, prepared.
    pub fn key(&self) -> &PreparedKey {
        &self.key
    }

    /// Random public rows, as many as the statement has.
    pub fn rows(&self, rng: &mut impl Rng) -> Vec<Fr> {
        (1..self.inputs.len()).map(|_| Fr::rand(rng)).collect()
    }

    /// A true proof of these rows.
    ///
    /// # Panics
    /// If a scalar drawn is zero.
    pub fn proof(&self, rows: &[Fr], rng: &mut impl Rng) -> Proof {
        let (a, b) = (Fr::rand(rng), Fr::rand(rng));
        Proof::from_points(g1(a), g2(b), g1(self.c(a * b, rows))).expect(RANDOM)
    }

    /// 256 bytes for which the equation holds with C the identity: only someone with the secrets can make them.
    ///
    /// # Panics
    /// If a scalar drawn is zero.
    pub fn proof_with_identity_c(&self, rows: &[Fr], rng: &mut impl Rng) -> Vec<u8> {
        let product = self.c(Fr::zero(), rows) * -self.secrets[3];
        let b = Fr::rand(rng);
        let a = product * b.inverse().expect(RANDOM);
        let mut bytes = Proof::from_points(g1(a), g2(b), g1(b))
            .expect(RANDOM)
            .to_bytes()
            .to_vec();
        bytes[192..].fill(0);
        bytes
    }

    /// The scalar of C for a product of A's and B's.
    fn c(&self, product: Fr, rows: &[Fr]) -> Fr {
        let [alpha, beta, gamma, delta] = self.secrets;
        let terms = self.inputs[1..].iter().zip(rows);
        let folded = terms.fold(self.inputs[0], |sum, (input, row)| sum + *input * row);
        (product - alpha * beta - gamma * folded) * delta.inverse().expect(RANDOM)
    }
}

fn g1(scalar: Fr) -> G1Affine {
    (G1Projective::generator() * scalar).into_affine()
}

fn g2(scalar: Fr) -> G2Affine {
    (G2Projective::generator() * scalar).into_affine()
}
