//! Evidence: one file that a court checks offline, years later, with nothing but a trust file.
//!
//! In scope: the file, made by anyone who holds a presentation or disclosures and can ask the ledger, and the report of whoever checks it
//! ([`verify_evidence`]), also as a page to print ([`html::page`]). Out of scope: fetching proofs, reading files, the clock (callers bring them).
//! An attacker wrote the file, whoever handed it over: each value counts only after the check that names it. One who owns this part decides
//! what courts believe.

mod checkpoints;
mod error;
pub mod html;
mod report;
mod subject;
mod summary;
mod text;
mod verify;

pub use checkpoints::{ChainedCheckpoint, Join, LogPart};
pub use error::EvidenceError;
pub use report::{EvidenceBasis, EvidenceReport, FileFacts, KeyFacts, Moment, SeenCheckpoint};
pub use subject::{Disclosures, Eligibility, Subject, UnspentSince};
pub use verify::{Check, verify_evidence};

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use tradeseal_primitives::receivable::UnixSeconds;

use crate::encoding;
use crate::groth16::{KeyId, VerifyingKey};

/// Largest evidence file read.
pub const MAX_EVIDENCE_BYTES: usize = 16 * 1024 * 1024;
/// Most checkpoints in its chain, and most others that lead to it.
pub const MAX_CHECKPOINTS: usize = 64;
/// Most later entries shown of one receivable.
pub const MAX_LATER_ENTRIES: usize = 256;
/// Most log keys, log witnesses' keys and verifying keys, each.
pub const MAX_KEYS: usize = 64;

/// The form of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u32", try_from = "u32")]
pub enum EvidenceVersion {
    /// The only one.
    V1,
}

/// Evidence, read and not yet believed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    version: EvidenceVersion,
    /// Derived from the rest, for people who open the file; anything else is refused.
    summary: Vec<String>,
    /// By its maker's clock.
    made: u64,
    subject: Subject,
    log: LogPart,
    keys: Vec<KeyBytes>,
}

/// A verifying key by its id.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyBytes {
    #[serde(with = "encoding::text")]
    key_id: KeyId,
    #[serde(with = "encoding::hex_bytes")]
    verifying_key: Vec<u8>,
}

impl Evidence {
    /// Evidence of a subject, made at this time by the maker's clock. `keys`: the verifying keys that the subject's proofs were made for.
    ///
    /// # Errors
    /// `EvidenceError` naming the list out of bounds.
    pub fn new(
        made: UnixSeconds,
        subject: Subject,
        log: LogPart,
        keys: &[VerifyingKey],
    ) -> Result<Self, EvidenceError> {
        let mut keys: Vec<KeyBytes> = keys
            .iter()
            .map(|key| KeyBytes {
                key_id: key.key_id(),
                verifying_key: key.to_bytes(),
            })
            .collect();
        keys.sort_unstable_by_key(|key| key.key_id);
        let mut evidence = Self {
            version: EvidenceVersion::V1,
            summary: Vec::new(),
            made: made.0,
            subject,
            log,
            keys,
        };
        evidence.summary = summary::derive(&evidence);
        evidence.in_bounds()?;
        Ok(evidence)
    }

    /// Parses the canonical JSON form and no other.
    ///
    /// # Errors
    /// `EvidenceError` naming the length, the field, the first byte that is not canonical, or the list out of bounds.
    pub fn parse(bytes: &[u8]) -> Result<Self, EvidenceError> {
        if bytes.len() > MAX_EVIDENCE_BYTES {
            return Err(EvidenceError::TooLong { bytes: bytes.len() });
        }
        let evidence: Self = serde_json::from_slice(bytes).map_err(|cause| EvidenceError::Json {
            cause: encoding::printable(&cause.to_string()),
        })?;
        if let Some(at) = encoding::first_difference(&evidence.to_json(), bytes) {
            return Err(EvidenceError::NotCanonical { at });
        }
        evidence.in_bounds()?;
        Ok(evidence)
    }

    /// The canonical JSON form: two-space indent, fields in order, one final newline.
    pub fn to_json(&self) -> Vec<u8> {
        encoding::pretty_json(self)
    }

    /// What it is evidence of.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// When it was made, by its maker's clock.
    pub fn made(&self) -> UnixSeconds {
        UnixSeconds(self.made)
    }

    /// What people read who open the file.
    pub fn summary(&self) -> &[String] {
        &self.summary
    }

    fn in_bounds(&self) -> Result<(), EvidenceError> {
        error::count("verifying keys", self.keys.len(), 1, MAX_KEYS)?;
        self.log.in_bounds()?;
        self.subject.arm().in_bounds()
    }
}

impl From<EvidenceVersion> for u32 {
    fn from(version: EvidenceVersion) -> Self {
        match version {
            EvidenceVersion::V1 => 1,
        }
    }
}

impl TryFrom<u32> for EvidenceVersion {
    type Error = &'static str;

    fn try_from(number: u32) -> Result<Self, Self::Error> {
        match number {
            1 => Ok(Self::V1),
            _ => Err("the only version of an evidence file is 1; a newer program may read this one"),
        }
    }
}

#[cfg(test)]
mod tests;
