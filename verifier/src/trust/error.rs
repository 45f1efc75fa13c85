//! Why a trust file was refused, and what to do about it.

use alloc::string::String;

use super::MAX_TRUST_BYTES;
use crate::groth16::{KeyError, KeyId};
use crate::log::{KeyName, LogError, PolicyError};
use crate::statement::StatementId;

/// Why bytes or values are no trust file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// Over the limit.
    #[error("the trust file has {bytes} bytes; at most {max} are read", max = MAX_TRUST_BYTES)]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Not JSON of the right shape, or a value that cannot be read.
    #[error("the trust file cannot be read: {cause}")]
    Json {
        /// What and where.
        cause: String,
    },
    /// Another version.
    #[error("the trust file is of version {found}; this program reads version 1")]
    Version {
        /// The version it names.
        found: u32,
    },
    /// A log's key text.
    #[error("the trust file's key of log {origin}: {cause}")]
    LogKey {
        /// The log.
        origin: KeyName,
        /// What is wrong with it.
        cause: LogError,
    },
    /// A log's key is named after another log.
    #[error("the trust file gives log {origin} a key named {name}; a log's key bears its origin")]
    LogKeyName {
        /// The log.
        origin: KeyName,
        /// The key's name.
        name: KeyName,
    },
    /// A verifying key.
    #[error("the trust file's verifying key {id}: {cause}")]
    Key {
        /// The id given for it.
        id: KeyId,
        /// What is wrong with it.
        cause: KeyError,
    },
    /// The id is not the key's hash.
    #[error("the trust file's verifying key {given} hashes to {computed}: one of the two was changed")]
    KeyId {
        /// The id given.
        given: KeyId,
        /// The key's hash.
        computed: KeyId,
    },
    /// The key is for another statement.
    #[error("the trust file lists key {id} under {listed}, but it was made for {made_for}")]
    Statement {
        /// The key.
        id: KeyId,
        /// The statement it stands under.
        listed: StatementId,
        /// The statement inside it.
        made_for: StatementId,
    },
    /// A log's witness policy.
    #[error("the witness policy of log {origin}: {cause}")]
    Policy {
        /// The log.
        origin: KeyName,
        /// The line at fault and what is wrong with it.
        cause: PolicyError,
    },
    /// A witness policy for another log, or for another key of it.
    #[error("the witness policy given for log {origin} has no log line with its key {key}")]
    PolicyLog {
        /// The log.
        origin: KeyName,
        /// Its key in the trust file.
        key: String,
    },
    /// A witness policy that asks for no cosignatures.
    #[error("the witness policy of log {origin} asks for no cosignatures (quorum none), and so would say nothing")]
    PolicyAsksNothing {
        /// The log.
        origin: KeyName,
    },
    /// One log key twice.
    #[error("the trust file names a key of log {origin} twice")]
    RepeatedLogKey {
        /// The log.
        origin: KeyName,
    },
    /// One verifying key twice: its provenance would be ambiguous.
    #[error("the trust file names verifying key {id} twice")]
    RepeatedKey {
        /// The key.
        id: KeyId,
    },
}

impl TrustError {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Policy { .. } => "correct that line of the policy (C2SP tlog-policy; docs/witnesses.md shows one)",
            Self::PolicyLog { .. } => "take the policy of this log, or add a line `log <verifier key>` for its key",
            Self::PolicyAsksNothing { .. } => "name log witnesses and a quorum in it, or leave the policy out",
            Self::Version { .. } => "use a trust file of version 1, or a newer program",
            _ => "obtain the trust file again from whoever you have it from, over a channel you trust",
        }
    }
}
