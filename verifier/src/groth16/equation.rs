//! The verification equation `e(A, B) = e(alpha, beta) e(inputs, gamma) e(C, delta)`.
//!
//! In scope: the number of rows, folding them into one point, the pairings. Out of scope: encodings (`Proof`, `VerifyingKey`).
//! An attacker who owns this part can have any false statement accepted.

use alloc::vec::Vec;

use ark_bn254::{Bn254, Fr, G1Affine, G1Projective, G2Affine};
use ark_ec::bn::G2Prepared;
use ark_ec::pairing::{Pairing, PairingOutput};
use ark_ec::{AdditiveGroup, CurveGroup};
use ark_ff::{BigInteger, PrimeField};

use super::{Proof, VerifyingKey};

/// Why a well-formed proof was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofRefusal {
    /// More or fewer public rows than the key was made for.
    #[error("the statement has {expected} public rows, got {got}")]
    RowCount {
        /// Rows of the key.
        expected: usize,
        /// Rows given.
        got: usize,
    },
    /// The pairing equation does not hold: the proof is not for these rows under this key.
    #[error("the proof does not hold for these public rows under this key")]
    Equation,
}

/// A verifying key with what every verification under it shares already computed.
#[derive(Debug, Clone)]
pub struct PreparedKey {
    key: VerifyingKey,
    alpha_beta: PairingOutput<Bn254>,
    minus_gamma: G2Prepared<ark_bn254::Config>,
    minus_delta: G2Prepared<ark_bn254::Config>,
}

impl PreparedKey {
    /// One pairing and two line precomputations.
    pub fn new(key: VerifyingKey) -> Self {
        Self {
            alpha_beta: Bn254::pairing(key.alpha, key.beta),
            minus_gamma: (-key.gamma).into(),
            minus_delta: (-key.delta).into(),
            key,
        }
    }

    /// The key itself.
    pub fn key(&self) -> &VerifyingKey {
        &self.key
    }
}

/// Holds `proof` to be one for exactly these public rows under `key`.
///
/// # Errors
/// `RowCount` if the number of rows is not the key's, `Equation` if the proof does not hold.
pub fn verify(key: &PreparedKey, proof: &Proof, rows: &[Fr]) -> Result<(), ProofRefusal> {
    let (constant, inputs) = key.key.inputs.split_first().ok_or(ProofRefusal::Equation)?;
    if rows.len() != inputs.len() {
        return Err(ProofRefusal::RowCount {
            expected: inputs.len(),
            got: rows.len(),
        });
    }
    let folded = (fold(inputs, rows) + constant).into_affine();
    let left = Bn254::multi_miller_loop(
        [proof.a, folded, proof.c],
        [
            line_coefficients(&proof.b),
            key.minus_gamma.clone(),
            key.minus_delta.clone(),
        ],
    );
    match Bn254::final_exponentiation(left) {
        Some(product) if product == key.alpha_beta => Ok(()),
        _ => Err(ProofRefusal::Equation),
    }
}

fn line_coefficients(point: &G2Affine) -> G2Prepared<ark_bn254::Config> {
    (*point).into()
}

/// Sum of `rows[i] * points[i]`, all rows sharing one chain of doublings.
fn fold(points: &[G1Affine], rows: &[Fr]) -> G1Projective {
    let scalars: Vec<_> = rows.iter().map(|row| row.into_bigint()).collect();
    let bits = scalars.iter().map(BigInteger::num_bits).max().unwrap_or(0) as usize;
    let mut sum = G1Projective::ZERO;
    for bit in (0..bits).rev() {
        sum.double_in_place();
        for (point, scalar) in points.iter().zip(&scalars) {
            if scalar.get_bit(bit) {
                sum += point;
            }
        }
    }
    sum
}
