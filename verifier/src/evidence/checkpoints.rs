//! The log's part of evidence: signed checkpoints in a chain, each shown to continue the one before, and the keys of all who signed them.
//!
//! In scope: values and their JSON. Out of scope: checking them (`verify`), and whom to believe: the keys here only make every signature
//! line one that can be checked; a trust file says whose lines count.

use alloc::string::ToString;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::error::{EvidenceError, count};
use super::{MAX_CHECKPOINTS, MAX_KEYS};
use crate::log::{CosignerKey, LogHash, LogKey, SignedCheckpoint};

/// What ties a subject to its log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogPart {
    /// The log's keys that signed any checkpoint in the file.
    #[serde(with = "wire::log_keys")]
    pub log_keys: Vec<LogKey>,
    /// Keys of all others who signed one.
    #[serde(with = "wire::cosigner_keys")]
    pub log_witnesses: Vec<CosignerKey>,
    /// Ascending by size. Those around the subject's states say when these were made; the last one covers everything in the file.
    pub checkpoints: Vec<ChainedCheckpoint>,
    /// For each checkpoint in the subject that is not in the chain: that the next one of the chain continues it. Ascending by size.
    pub joins: Vec<Join>,
}

/// A checkpoint that continues the one before it in the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainedCheckpoint {
    /// The signed note.
    #[serde(with = "wire::note")]
    pub checkpoint: SignedCheckpoint,
    /// RFC 6962 consistency proof from the one before; empty for the first.
    #[serde(with = "wire::hashes")]
    pub consistency: Vec<LogHash>,
}

/// That the tree of this size is continued by the next larger checkpoint of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// Entries in the tree.
    pub size: u64,
    /// RFC 6962 consistency proof.
    #[serde(with = "wire::hashes")]
    pub consistency: Vec<LogHash>,
}

impl LogPart {
    pub(super) fn in_bounds(&self) -> Result<(), EvidenceError> {
        count("checkpoints", self.checkpoints.len(), 1, MAX_CHECKPOINTS)?;
        count("joined checkpoints", self.joins.len(), 0, MAX_CHECKPOINTS)?;
        count("keys of the log", self.log_keys.len(), 0, MAX_KEYS)?;
        count("keys of log witnesses", self.log_witnesses.len(), 0, MAX_KEYS)
    }

    /// The chain's checkpoints.
    pub(super) fn chain(&self) -> impl Iterator<Item = &SignedCheckpoint> {
        self.checkpoints.iter().map(|link| &link.checkpoint)
    }
}

mod wire {
    use super::{CosignerKey, LogHash, LogKey, SignedCheckpoint, ToString, Vec};
    use alloc::string::String;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) mod note {
        use super::{Deserialize, Deserializer, Error, Serializer, SignedCheckpoint, String};

        pub(in super::super) fn serialize<S: Serializer>(note: &SignedCheckpoint, out: S) -> Result<S::Ok, S::Error> {
            out.collect_str(note)
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<SignedCheckpoint, D::Error> {
            SignedCheckpoint::parse(&String::deserialize(input)?).map_err(D::Error::custom)
        }
    }

    pub(super) mod hashes {
        use super::{Deserialize, Deserializer, Error, LogHash, Serializer, String, ToString, Vec};

        pub(in super::super) fn serialize<S: Serializer>(hashes: &[LogHash], out: S) -> Result<S::Ok, S::Error> {
            out.collect_seq(hashes.iter().map(ToString::to_string))
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<LogHash>, D::Error> {
            let texts = Vec::<String>::deserialize(input)?;
            let read = |text: &String| LogHash::from_base64("consistency proof hash", text).map_err(D::Error::custom);
            texts.iter().map(read).collect()
        }
    }

    pub(super) mod log_keys {
        use super::{Deserialize, Deserializer, Error, LogKey, Serializer, String, ToString, Vec};

        pub(in super::super) fn serialize<S: Serializer>(keys: &[LogKey], out: S) -> Result<S::Ok, S::Error> {
            out.collect_seq(keys.iter().map(ToString::to_string))
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<LogKey>, D::Error> {
            let texts = Vec::<String>::deserialize(input)?;
            let read = |text: &String| LogKey::parse(text).map_err(D::Error::custom);
            texts.iter().map(read).collect()
        }
    }

    pub(super) mod cosigner_keys {
        use super::{CosignerKey, Deserialize, Deserializer, Error, Serializer, String, ToString, Vec};

        pub(in super::super) fn serialize<S: Serializer>(keys: &[CosignerKey], out: S) -> Result<S::Ok, S::Error> {
            out.collect_seq(keys.iter().map(ToString::to_string))
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<CosignerKey>, D::Error> {
            let texts = Vec::<String>::deserialize(input)?;
            let read = |text: &String| CosignerKey::parse(text).map_err(D::Error::custom);
            texts.iter().map(read).collect()
        }
    }
}
