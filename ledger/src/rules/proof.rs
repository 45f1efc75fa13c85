//! Proofs: which keys a log accepts, and the checker that its operator brings.

use super::Refusal;
use tradeseal_primitives::Fr;
use tradeseal_verifier::entry::Genesis;
use tradeseal_verifier::groth16::KeyId;
use tradeseal_verifier::statement::StatementId;

/// Checks proofs; `ProofKeys` is the one over Groth16 keys. An attacker who supplies it mints from nothing.
pub trait ProofChecker: Send + Sync {
    /// Whether `proof` is one of `statement` under the key of this id, for exactly these public rows.
    ///
    /// # Errors
    /// `KeyMissing` if this checker does not have the key; `Invalid` if the proof does not hold.
    fn check(
        &self,
        statement: StatementId,
        key_id: &KeyId,
        proof: &[u8; 256],
        public_rows: &[Fr],
    ) -> Result<(), ProofProblem>;
}

/// Why a proof was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofProblem {
    /// The verifying key is not at hand, although the log accepts it.
    #[error("this ledger has no verifying key {key_id} for {statement}; give it the key file")]
    KeyMissing {
        /// The statement.
        statement: StatementId,
        /// The key.
        key_id: KeyId,
    },
    /// The proof's bytes or its equation do not hold.
    #[error("{reason}")]
    Invalid {
        /// The verifier's word.
        reason: String,
    },
}

/// The key must be accepted for the statement in the genesis entry, and the proof must hold under it.
pub(super) fn check_proof(
    statement: StatementId,
    key_id: &KeyId,
    proof: &[u8; 256],
    public_rows: &[Fr],
    genesis: &Genesis,
    proofs: &dyn ProofChecker,
) -> Result<(), Refusal> {
    if !genesis.accepts(statement, key_id) {
        return Err(Refusal::KeyNotAccepted {
            statement,
            key_id: *key_id,
        });
    }
    Ok(proofs.check(statement, key_id, proof, public_rows)?)
}
