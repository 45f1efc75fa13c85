//! What identifies a circuit: a digest of its matrices, and its size. Pinned, so that no edit changes a circuit unseen.
//!
//! In scope: hashing matrices. Out of scope: keys made for them (crate `prover`).
//! An attacker who owns this part passes off another circuit's key as this one's.

use ark_relations::gr1cs::{
    ConstraintSynthesizer, ConstraintSystem, Matrix, OptimizationGoal, R1CS_PREDICATE_LABEL, SynthesisError,
    SynthesisMode,
};
use core::{fmt, str::FromStr};
use sha2::{Digest, Sha256};
use tradeseal_primitives::{Fr, field};

use crate::statement::{Blank, Statement};

/// SHA-256 over the matrices; see [`describe`]. Text form: 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CircuitDigest([u8; 32]);

impl CircuitDigest {
    /// Wraps a digest.
    pub const fn from_bytes(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The digest.
    pub const fn to_bytes(self) -> [u8; 32] {
        self.0
    }
}

impl fmt::Display for CircuitDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for CircuitDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CircuitDigest({self})")
    }
}

impl FromStr for CircuitDigest {
    type Err = hex::FromHexError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut digest = [0; 32];
        hex::decode_to_slice(text, &mut digest)?;
        Ok(Self(digest))
    }
}

/// How large a circuit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CircuitSize {
    /// Rank-1 constraints.
    pub constraints: usize,
    /// Public rows, without the constant one.
    pub public_rows: usize,
    /// Private variables.
    pub private_variables: usize,
    /// Non-zero coefficients in A, B and C.
    pub nonzero: [usize; 3],
}

/// A, B and C; column 0 is the constant one, then public rows, then private variables.
pub type Matrices = [Matrix<Fr>; 3];

/// The matrices of a statement.
///
/// # Errors
/// arkworks' own.
pub fn matrices<S: Statement>() -> Result<(Matrices, CircuitSize), SynthesisError> {
    let system = ConstraintSystem::<Fr>::new_ref();
    system.set_optimization_goal(OptimizationGoal::Constraints);
    system.set_mode(SynthesisMode::Setup);
    Blank::<S>::default().generate_constraints(system.clone())?;
    system.finalize();
    let all = system.to_matrices()?.remove(R1CS_PREDICATE_LABEL).unwrap_or_default();
    let matrices: Matrices = all.try_into().map_err(|_| SynthesisError::Unsatisfiable)?;
    let size = CircuitSize {
        constraints: system.num_constraints(),
        public_rows: system.num_instance_variables() - 1,
        private_variables: system.num_witness_variables(),
        nonzero: [0, 1, 2].map(|i| matrices[i].iter().map(Vec::len).sum()),
    };
    Ok((matrices, size))
}

/// Digest and size of a statement's circuit: SHA-256 over the text `tradeseal/circuit/v1`, the counts of constraints, public rows and private
/// variables (u64, big-endian), then each row of A, B and C as a u64 count and that many (u64 column, 32-byte coefficient), columns ascending.
///
/// # Errors
/// arkworks' own.
pub fn describe<S: Statement>() -> Result<(CircuitDigest, CircuitSize), SynthesisError> {
    let (matrices, size) = matrices::<S>()?;
    let mut hasher = Sha256::new();
    let count = |hasher: &mut Sha256, n: usize| hasher.update((n as u64).to_be_bytes());
    hasher.update(b"tradeseal/circuit/v1");
    for n in [size.constraints, size.public_rows, size.private_variables] {
        count(&mut hasher, n);
    }
    for row in matrices.iter().flatten() {
        let mut row = row.clone();
        row.sort_unstable_by_key(|(_, column)| *column);
        count(&mut hasher, row.len());
        for (coefficient, column) in &row {
            count(&mut hasher, *column);
            hasher.update(field::to_bytes(coefficient));
        }
    }
    Ok((CircuitDigest::from_bytes(hasher.finalize().into()), size))
}
