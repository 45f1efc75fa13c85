//! Whom a verifier believes: logs, verifying keys and where these came from.
//!
//! In scope: the trust file. Out of scope: how it reached the verifier; that way must be authentic.
//! An attacker who owns this file can have any forgery verified.

mod error;
mod log;
mod wire;

pub use error::TrustError;
pub use log::TrustedLog;

use alloc::boxed::Box;
use alloc::vec::Vec;

use once_cell::race::OnceBox;

use crate::groth16::{KeyId, PreparedKey, Provenance, VerifyingKey};
use crate::log::{KeyName, LogKey, SignedCheckpoint, WitnessPolicy};
use crate::statement::StatementId;

/// Largest trust file read.
pub const MAX_TRUST_BYTES: usize = 4 * 1024 * 1024;

/// A trust file, checked.
#[derive(Debug)]
pub struct Trust {
    logs: Vec<TrustedLog>,
    keys: Vec<TrustedKey>,
    allow_insecure_dev: bool,
    max_state_age_seconds: Option<u64>,
}

/// A verifying key that the verifier believes, as far as its provenance goes.
#[derive(Debug)]
pub struct TrustedKey {
    id: KeyId,
    provenance: Provenance,
    key: VerifyingKey,
    prepared: OnceBox<PreparedKey>,
}

impl TrustedKey {
    /// A key with where it came from.
    pub fn new(key: VerifyingKey, provenance: Provenance) -> Self {
        Self {
            id: key.key_id(),
            provenance,
            key,
            prepared: OnceBox::new(),
        }
    }

    /// Its id.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// Its statement.
    pub fn statement(&self) -> StatementId {
        self.key.statement()
    }

    /// Where its set-up came from.
    pub fn provenance(&self) -> Provenance {
        self.provenance
    }

    /// The key itself.
    pub fn key(&self) -> &VerifyingKey {
        &self.key
    }

    /// The key prepared for verification; made on first use and kept.
    pub fn prepared(&self) -> &PreparedKey {
        self.prepared
            .get_or_init(|| Box::new(PreparedKey::new(self.key.clone())))
    }
}

impl Trust {
    /// Trust in these logs and keys. `max_state_age_seconds`: how long after its replacement a root is still accepted;
    /// absent, the ledger's own grace decides.
    ///
    /// # Errors
    /// `RepeatedLogKey` or `RepeatedKey`.
    pub fn new(
        logs: Vec<LogKey>,
        keys: Vec<TrustedKey>,
        allow_insecure_dev: bool,
        max_state_age_seconds: Option<u64>,
    ) -> Result<Self, TrustError> {
        let logs = logs.into_iter().map(TrustedLog::new).collect();
        Self::in_logs(logs, keys, allow_insecure_dev, max_state_age_seconds)
    }

    /// As [`Trust::new`], with a witness policy for any of the logs.
    ///
    /// # Errors
    /// As [`Trust::new`].
    pub fn in_logs(
        logs: Vec<TrustedLog>,
        keys: Vec<TrustedKey>,
        allow_insecure_dev: bool,
        max_state_age_seconds: Option<u64>,
    ) -> Result<Self, TrustError> {
        for (at, log) in logs.iter().enumerate() {
            if logs[..at].iter().any(|earlier| earlier.key() == log.key()) {
                return Err(TrustError::RepeatedLogKey {
                    origin: log.key().name().clone(),
                });
            }
        }
        for (at, key) in keys.iter().enumerate() {
            if keys[..at].iter().any(|earlier| earlier.id == key.id) {
                return Err(TrustError::RepeatedKey { id: key.id });
            }
        }
        Ok(Self {
            logs,
            keys,
            allow_insecure_dev,
            max_state_age_seconds,
        })
    }

    /// Parses a trust file: every key is checked, and its id must be its hash.
    ///
    /// # Errors
    /// `TrustError` naming the entry that was refused.
    pub fn parse(bytes: &[u8]) -> Result<Self, TrustError> {
        wire::read(bytes)
    }

    /// The JSON form, with a final newline.
    pub fn to_json(&self) -> Vec<u8> {
        wire::write(self)
    }

    /// Keys of the log of this origin.
    pub fn log_keys(&self, origin: &KeyName) -> Vec<LogKey> {
        self.logs_of(origin).map(|log| log.key().clone()).collect()
    }

    /// Every log.
    pub fn logs(&self) -> &[TrustedLog] {
        &self.logs
    }

    /// The keys of the log of this origin with their policies.
    pub fn logs_of(&self, origin: &KeyName) -> impl Iterator<Item = &TrustedLog> {
        self.logs.iter().filter(move |log| log.key().name() == origin)
    }

    /// Whether checkpoints of the log of this origin need cosignatures, under any of its keys.
    pub fn requires_log_witnesses(&self, origin: &KeyName) -> bool {
        self.logs_of(origin).any(|log| log.policy().is_some())
    }

    /// The witness policies that this checkpoint must meet: those of the trusted keys that its lines are by.
    pub fn policies_for<'t>(&'t self, checkpoint: &SignedCheckpoint) -> Vec<&'t WitnessPolicy> {
        let lines = checkpoint.note().signatures();
        let by = |key: &LogKey| {
            lines
                .iter()
                .any(|line| line.name() == key.name() && line.key_id() == key.id())
        };
        let signed = self.logs.iter().filter(|log| by(log.key()));
        signed.filter_map(TrustedLog::policy).collect()
    }

    /// The key of this id.
    pub fn key(&self, id: KeyId) -> Option<&TrustedKey> {
        self.keys.iter().find(|key| key.id == id)
    }

    /// Every key.
    pub fn keys(&self) -> &[TrustedKey] {
        &self.keys
    }

    /// Whether proofs under development keys count. Anyone who made such a key can forge under it.
    pub fn allow_insecure_dev(&self) -> bool {
        self.allow_insecure_dev
    }

    /// How many seconds after its replacement a root is still accepted.
    pub fn max_state_age_seconds(&self) -> Option<u64> {
        self.max_state_age_seconds
    }
}

#[cfg(test)]
mod tests;
