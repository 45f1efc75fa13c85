//! The verification equation `e(A, B) = e(alpha, beta) e(inputs, gamma) e(C, delta)`.
//!
//! In scope: the number of rows, folding them into one point, the pairings. Out of scope: encodings (`Proof`, `VerifyingKey`).
//! An attacker who owns this part can have any false statement accepted.

use ark_bn254::{Bn254, Fr, G1Projective};
use ark_ec::pairing::Pairing;
use ark_ec::{AffineRepr, CurveGroup};

use super::comb::Combs;
use super::pairing::{Fe12, FixedLines, final_exponentiation, miller_loop};
use super::{KeyId, Proof, VerifyingKey};

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
    id: KeyId,
    alpha_beta: Fe12,
    minus_beta: FixedLines,
    minus_gamma: FixedLines,
    minus_delta: FixedLines,
    combs: Combs,
}

impl PreparedKey {
    /// One pairing, the lines of three points, and a table of 16 KiB per public row.
    pub fn new(key: VerifyingKey) -> Self {
        Self {
            alpha_beta: Fe12::from_fq12(Bn254::pairing(key.alpha, key.beta).0),
            id: key.key_id(),
            minus_beta: FixedLines::of(&-key.beta),
            minus_gamma: FixedLines::of(&-key.gamma),
            minus_delta: FixedLines::of(&-key.delta),
            combs: Combs::new(key.inputs.get(1..).unwrap_or_default()),
            key,
        }
    }

    /// The key itself.
    pub fn key(&self) -> &VerifyingKey {
        &self.key
    }

    /// Its id.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// Number of public rows.
    pub(super) fn row_count(&self) -> usize {
        self.key.inputs.len() - 1
    }

    /// Lines of -beta, -gamma and -delta.
    pub(super) fn fixed_lines(&self) -> [&FixedLines; 3] {
        [&self.minus_beta, &self.minus_gamma, &self.minus_delta]
    }

    /// `constant * (the constant's point) + sum(rows[i] * (row i's point))`.
    pub(super) fn fold(&self, constant: Fr, rows: &[Fr]) -> G1Projective {
        self.combs.fold(rows) + self.key.inputs[0] * constant
    }
}

/// Holds `proof` to be one for exactly these public rows under `key`.
///
/// # Errors
/// `RowCount` if the number of rows is not the key's, `Equation` if the proof does not hold.
pub fn verify(key: &PreparedKey, proof: &Proof, rows: &[Fr]) -> Result<(), ProofRefusal> {
    let (expected, got) = (key.row_count(), rows.len());
    if expected != got {
        return Err(ProofRefusal::RowCount { expected, got });
    }
    let folded = (key.combs.fold(rows) + key.key.inputs[0]).into_affine();
    let pairs = [(folded, &key.minus_gamma), (proof.c, &key.minus_delta)];
    // Rows that fold to the identity pair to 1: that pair is left out.
    let pairs = if folded.is_zero() { &pairs[1..] } else { &pairs };
    let product = final_exponentiation(&miller_loop(&proof.a, &proof.b, pairs));
    if product == Some(key.alpha_beta) {
        Ok(())
    } else {
        Err(ProofRefusal::Equation)
    }
}
