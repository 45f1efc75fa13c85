//! What a disclosure rests on: entries with their proofs from the log, and what remains of the receivable by the ledger's own tree.
//!
//! In scope: values and their JSON. Out of scope: checking them (`verify`).
//! An attacker can leave evidence out, which then is missing, but cannot make any.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use tradeseal_primitives::tree::DilutionProof;

use super::wire;
use crate::encoding;

/// An entry and the proof that it is in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoggedEntry {
    /// Its index.
    pub index: u64,
    /// Its bytes.
    #[serde(with = "encoding::base64_bytes")]
    pub entry: Vec<u8>,
    /// Its C2SP tlog-proof.
    pub tlog_proof: String,
}

/// What remained of the receivable when a state record was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "wire::Remaining", try_from = "wire::Remaining")]
pub struct Remaining {
    /// Index of the state record whose root of dilutions the proof leads to.
    pub state: u64,
    /// The leaf that says it. If the receivable was never diluted, the leaf names the published numbers on either side.
    pub proof: DilutionProof,
}
