//! A statement's circuit as these files describe it: wires are the constant one, the public rows, the private variables.
//!
//! In scope: rows in the order that the files want. Out of scope: bytes.
//! An attacker who owns this part exports a circuit that proves less than its statement.

use ark_ff::Zero;
use ark_relations::gr1cs::SynthesisError;
use tradeseal_circuits::statement::Blank;
use tradeseal_circuits::{CircuitDigest, Statement, digest};
use tradeseal_primitives::Fr;
use tradeseal_verifier::groth16::KeyId;
use tradeseal_verifier::statement::StatementId;

use crate::groth16::{Matrices, SparseMatrix};
use crate::synthesis::layout_of;

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The circuit cannot be laid out.
    #[error("the circuit of {statement} cannot be laid out: {cause}")]
    Circuit {
        /// The statement.
        statement: StatementId,
        /// What the constraint system said.
        cause: SynthesisError,
    },
    /// The inputs do not satisfy the statement: other tools would make proofs of it that do not verify.
    #[error("the inputs do not satisfy {statement}: constraint {index} fails")]
    Unsatisfied {
        /// The statement.
        statement: StatementId,
        /// The first constraint that fails.
        index: usize,
    },
    /// The key is for another statement or another circuit.
    #[error("the key {key} was not made for this program's circuit of {statement}")]
    OtherCircuit {
        /// The key.
        key: KeyId,
        /// The statement.
        statement: StatementId,
    },
}

/// Digest of the circuit that this program has for a statement, computed from its matrices now.
///
/// # Errors
/// `Circuit` where it cannot be laid out.
pub fn circuit_digest<S: Statement>() -> Result<CircuitDigest, ExportError> {
    let described = digest::describe::<S>();
    described.map(|(digest, _)| digest).map_err(|cause| unlaid::<S>(cause))
}

pub(super) fn unlaid<S: Statement>(cause: SynthesisError) -> ExportError {
    ExportError::Circuit {
        statement: S::ID,
        cause,
    }
}

/// A circuit's matrices and sizes.
pub(super) struct Layout {
    pub(super) matrices: Matrices,
    pub(super) public_rows: usize,
    pub(super) wires: usize,
}

impl Layout {
    pub(super) fn of<S: Statement>() -> Result<Self, ExportError> {
        let laid_out = layout_of(Blank::<S>::default());
        let (matrices, shape) = laid_out.ok_or_else(|| unlaid::<S>(SynthesisError::Unsatisfiable))?;
        Ok(Self {
            matrices,
            public_rows: shape.public_rows,
            wires: 1 + shape.public_rows + shape.private_variables,
        })
    }

    pub(super) fn constraints(&self) -> usize {
        self.matrices.constraints()
    }

    /// The first constraint that an assignment breaks.
    pub(super) fn first_broken(&self, values: &[Fr]) -> Option<usize> {
        let Matrices { a, b, c } = &self.matrices;
        (0..self.constraints())
            .find(|row| a.row_value(*row, values) * b.row_value(*row, values) != c.row_value(*row, values))
    }

    /// Points of the evaluation domain: a power of two with room for all constraints, the constant and the public rows.
    pub(super) fn domain_size(&self) -> usize {
        (self.constraints() + self.public_rows + 1).next_power_of_two()
    }
}

/// A row's nonzeros, wires ascending, each once.
pub(super) fn sorted_row(matrix: &SparseMatrix, row: usize) -> Vec<(usize, Fr)> {
    let mut entries: Vec<(usize, Fr)> = matrix.row(row).collect();
    entries.sort_unstable_by_key(|(wire, _)| *wire);
    entries.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 += later.1;
        }
        same
    });
    entries.retain(|(_, coefficient)| !coefficient.is_zero());
    entries
}
