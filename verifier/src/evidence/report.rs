//! The report on evidence as data. Its JSON keys are a contract: more may be added, none renamed.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;
use tradeseal_primitives::hash::sha256;
use tradeseal_primitives::receivable::UnixSeconds;

use super::verify::{Bracket, Times};
use crate::calendar::format_utc;
use crate::disclosure::Audience;
use crate::encoding;
use crate::groth16::{KeyId, Provenance};
use crate::verdict::{Asked, CheckResult, Claim, Cosigned, Verdict};

/// A verdict on evidence, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceReport {
    /// The verdict.
    pub verdict: Verdict,
    /// The verdict in a sentence for people, reason and remedy included.
    pub sentence: String,
    /// The statement, if the file could be read.
    pub statement: Option<&'static str>,
    /// Who asked for what, where somebody asked.
    pub asked: Option<Asked>,
    /// For whom it was made, where it answers no request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub made_for: Vec<Audience>,
    /// What was asked, or said, beside what is established.
    pub claims: Vec<Claim>,
    /// Every check, in a fixed order: the file's and its log's, then the statement's own.
    pub checks: Vec<CheckResult>,
    /// What the verdict does not establish, whatever it is.
    pub not_established: Vec<String>,
    /// What it rests on.
    pub basis: EvidenceBasis,
    /// When the file was made, by its maker's clock, unix seconds.
    pub made: Option<u64>,
    /// When the verdict was reached, by the reader's clock, unix seconds.
    pub checked: u64,
    /// The file itself.
    pub file: FileFacts,
}

/// Which file was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileFacts {
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Its length.
    pub bytes: usize,
}

impl FileFacts {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self {
            sha256: hex::encode(sha256(bytes)),
            bytes: bytes.len(),
        }
    }
}

/// What the verdict rests on, as far as the checks got.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct EvidenceBasis {
    /// The keys that the proofs were made for.
    pub keys: Vec<KeyFacts>,
    /// The log, if its signatures were checked.
    pub log: Option<String>,
    /// Its keys that signed, as C2SP verifier keys; only those that the trust file names.
    pub log_keys: Vec<String>,
    /// What must have cosigned by the trust file, in words; absent if nobody.
    pub required: Option<String>,
    /// How many log witnesses the trust file's policy names.
    pub log_witnesses: usize,
    /// The file's checkpoints, ascending, if the log signed them.
    pub checkpoints: Vec<SeenCheckpoint>,
    /// As of when the statement holds.
    pub moment: Option<Moment>,
}

/// A key that a proof was made for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyFacts {
    /// Its id.
    #[serde(serialize_with = "text")]
    pub key_id: KeyId,
    /// Where it came from, if the trust file names it.
    pub provenance: Option<Provenance>,
}

/// A checkpoint, and who of the trust file's policy cosigned it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeenCheckpoint {
    /// Entries in the log.
    pub size: u64,
    /// RFC 6962 root, base64.
    pub root: String,
    /// Log witnesses with their times; empty where the policy is not met.
    pub cosigned: Vec<Cosigned>,
}

/// A state record as of which something holds, and what log witnesses say of its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// The entry, from 0.
    pub index: u64,
    /// By the ledger's clock, unix seconds.
    pub time: u64,
    /// Log witnesses had last seen the log without it at this time, unix seconds.
    pub not_before: Option<u64>,
    /// A quorum of log witnesses had seen the log with it by this time, unix seconds.
    pub by: Option<u64>,
}

impl Moment {
    pub(super) fn of(index: u64, time: UnixSeconds, times: &Times) -> Self {
        let Bracket { not_before, by } = times.bracket(index);
        Self {
            index,
            time: time.0,
            not_before: not_before.map(|time| time.0),
            by: by.map(|time| time.0),
        }
    }

    /// `2026-09-21 14:11:40 UTC by the ledger's clock, and seen by its log witnesses by ...`.
    pub(super) fn in_words(&self) -> String {
        let time = |time: u64| format_utc(UnixSeconds(time));
        let ledger = format!("{} by the ledger's clock", time(self.time));
        match self.by {
            Some(by) => format!("{ledger}, in the log that its log witnesses saw by {}", time(by)),
            None => ledger,
        }
    }
}

impl EvidenceReport {
    /// The result of one check.
    pub fn check(&self, name: &str) -> Option<&CheckResult> {
        self.checks.iter().find(|check| check.name == name)
    }

    /// JSON with a final newline.
    pub fn to_json(&self) -> Vec<u8> {
        encoding::pretty_json(self)
    }
}

fn text<S: serde::Serializer>(id: &KeyId, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(&id.to_string())
}
