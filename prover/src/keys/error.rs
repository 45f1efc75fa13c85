//! Why a key could not be made, kept or loaded.
//!
//! In scope: the causes. Out of scope: remedies for users (crate `server`). Errors hold paths and ids, no secrets.
//! An attacker who owns this part can mislead an operator about damaged files.

use std::io;
use std::path::PathBuf;

use ark_relations::gr1cs::SynthesisError;
use tradeseal_verifier::groth16::{self, KeyId};
use tradeseal_verifier::statement::StatementId;

/// Why a key could not be made, kept or loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The file system refused.
    #[error("cannot {doing} {}: {cause}", .path.display())]
    Files {
        /// What was being done, such as `read`.
        doing: &'static str,
        /// Where.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// A key file is not what was written.
    #[error("the key file {} is damaged: {why}", .path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// No folder holds this key.
    #[error("no key {key_id} in {}", folders(.searched))]
    Unknown {
        /// The key asked for.
        key_id: KeyId,
        /// The folders searched.
        searched: Vec<PathBuf>,
    },
    /// The circuit cannot be laid out, or has constraints that Groth16 does not prove.
    #[error("the circuit of {statement} cannot be laid out: {cause}")]
    Circuit {
        /// The statement.
        statement: StatementId,
        /// What the constraint system said.
        cause: SynthesisError,
    },
    /// The circuit's public rows are not the statement's.
    #[error("{statement} has {expected} public rows, its circuit has {got}")]
    PublicRows {
        /// The statement.
        statement: StatementId,
        /// Rows of the statement.
        expected: usize,
        /// Rows of the circuit.
        got: usize,
    },
    /// The set-up made a key whose shape is refused.
    #[error("the set-up of {statement} made a key that is refused: {cause}")]
    Refused {
        /// The statement.
        statement: StatementId,
        /// Why.
        cause: groth16::KeyError,
    },
}

fn folders(searched: &[PathBuf]) -> String {
    searched
        .iter()
        .map(|folder| folder.display().to_string())
        .collect::<Vec<_>>()
        .join(" or ")
}
