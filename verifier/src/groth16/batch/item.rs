//! One proof of a batch, from bytes to points.
//!
//! In scope: length, canonical coordinates, curve, identity, number of rows. Out of scope: membership of B in the subgroup, which
//! the Miller loop of the whole batch finds out (`pairing`).

use ark_bn254::{Fr, G1Affine, G2Affine};

use super::BatchRefusal;
use crate::groth16::{PreparedKey, Proof, ProofRefusal};

/// One proof to verify: its bytes, its key and its public rows.
#[derive(Debug, Clone, Copy)]
pub struct BatchItem<'a> {
    /// The key it must hold under.
    pub key: &'a PreparedKey,
    /// [`Proof::BYTES`] bytes, as on the wire.
    pub proof: &'a [u8],
    /// The public rows, in the statement's order.
    pub rows: &'a [Fr],
}

/// An item whose points are on their curves.
#[derive(Debug, Clone)]
pub(in crate::groth16) struct Claim<'a> {
    pub(in crate::groth16) key: &'a PreparedKey,
    pub(in crate::groth16) rows: &'a [Fr],
    pub(in crate::groth16) a: G1Affine,
    /// On the twist; not yet known to be in the subgroup.
    pub(in crate::groth16) b: G2Affine,
    pub(in crate::groth16) c: G1Affine,
}

impl<'a> BatchItem<'a> {
    pub(in crate::groth16) fn read(&self) -> Result<Claim<'a>, BatchRefusal> {
        let (expected, got) = (self.key.row_count(), self.rows.len());
        if expected != got {
            return Err(BatchRefusal::Refused(ProofRefusal::RowCount { expected, got }));
        }
        let (a, b, c) = Proof::read_points_unchecked_subgroup(self.proof).map_err(BatchRefusal::Encoding)?;
        Ok(Claim {
            key: self.key,
            rows: self.rows,
            a,
            b,
            c,
        })
    }
}
