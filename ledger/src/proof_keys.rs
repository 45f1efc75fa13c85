//! The proof checker that a ledger runs with: Groth16 verifying keys, by id.
//!
//! In scope: finding the key, the proof's equation. Out of scope: which keys the log accepts (its genesis entry).

use crate::rules::{ProofChecker, ProofProblem};
use std::collections::BTreeMap;
use tradeseal_primitives::Fr;
use tradeseal_verifier::groth16::{KeyId, PreparedKey, Proof, VerifyingKey, verify};
use tradeseal_verifier::statement::StatementId;

/// Verifying keys at hand.
#[derive(Debug, Clone, Default)]
pub struct ProofKeys(BTreeMap<KeyId, PreparedKey>);

impl ProofKeys {
    /// Prepares each key once.
    pub fn new(keys: impl IntoIterator<Item = VerifyingKey>) -> Self {
        Self(
            keys.into_iter()
                .map(|key| (key.key_id(), PreparedKey::new(key)))
                .collect(),
        )
    }

    /// The key of this id, if it is one for this statement.
    pub(crate) fn prepared(&self, statement: StatementId, key_id: &KeyId) -> Option<&PreparedKey> {
        self.0.get(key_id).filter(|key| key.key().statement() == statement)
    }
}

impl ProofChecker for ProofKeys {
    fn check(
        &self,
        statement: StatementId,
        key_id: &KeyId,
        proof: &[u8; 256],
        public_rows: &[Fr],
    ) -> Result<(), ProofProblem> {
        let key = self.prepared(statement, key_id).ok_or(ProofProblem::KeyMissing {
            statement,
            key_id: *key_id,
        })?;
        let proof = Proof::from_bytes(proof).map_err(|cause| ProofProblem::Invalid {
            reason: cause.to_string(),
        })?;
        verify(key, &proof, public_rows).map_err(|cause| ProofProblem::Invalid {
            reason: cause.to_string(),
        })
    }
}
