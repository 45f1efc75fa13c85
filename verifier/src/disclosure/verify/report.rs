//! The report as data. Its JSON keys are a contract: more may be added, none renamed.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use super::Check;
use crate::encoding;
use crate::groth16::{KeyId, Provenance};
use crate::verdict::{CheckResult, Cosigned, Verdict};

/// One thing that the files say, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// Stable name of its sort.
    pub name: &'static str,
    /// What is said.
    pub text: String,
    /// Whether every check that it rests on passed.
    pub established: bool,
}

/// For whom a file was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Audience {
    /// As people know it.
    pub name: String,
    /// When, by the discloser's clock, unix seconds.
    pub made: u64,
    /// Notes of the discloser's own that the file opens, dummies included.
    pub notes: usize,
}

/// What the verdict rests on, as far as the checks got.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct DisclosureBasis {
    /// The verifying keys that the files name.
    #[serde(serialize_with = "texts")]
    pub key_ids: Vec<KeyId>,
    /// Where the keys came from that the trust file names.
    pub provenances: Vec<Provenance>,
    /// The log, if its signature was checked.
    pub log: Option<String>,
    /// Entries of the log at the latest checkpoint shown.
    pub log_size: Option<u64>,
    /// Time of the state record as of which notes are shown unspent, unix seconds.
    pub as_of: Option<u64>,
    /// Log witnesses of the trust file's policy that cosigned the log; only where the policy is met.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cosigned: Vec<Cosigned>,
}

/// A verdict on disclosures of one receivable, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DisclosureReport {
    /// The verdict.
    pub verdict: Verdict,
    /// The verdict in a sentence for people, reason and remedy included.
    pub sentence: String,
    /// For whom the files were made.
    pub made_for: Vec<Audience>,
    /// The receivable's history and what is left of it, in order.
    pub claims: Vec<Claim>,
    /// Every check, in a fixed order.
    pub checks: Vec<CheckResult>,
    /// What the verdict does not establish, whatever it is.
    pub not_established: Vec<String>,
    /// What it rests on.
    pub basis: DisclosureBasis,
}

impl DisclosureReport {
    /// The result of one check.
    pub fn check(&self, check: Check) -> Option<&CheckResult> {
        self.checks.iter().find(|result| result.name == check.name())
    }

    /// JSON with a final newline.
    pub fn to_json(&self) -> Vec<u8> {
        encoding::pretty_json(self)
    }
}

fn texts<S: serde::Serializer>(ids: &[KeyId], out: S) -> Result<S::Ok, S::Error> {
    out.collect_seq(ids.iter().map(ToString::to_string))
}
