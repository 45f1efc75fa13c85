//! The report as data. Its JSON keys are a contract: more may be added, none renamed.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use crate::encoding;
use crate::groth16::{KeyId, Provenance};

/// The three states (as ETSI's total-passed, indeterminate, total-failed).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Every check passed.
    Verified,
    /// No check failed, but something needed could not be checked.
    Inconclusive,
    /// At least one check failed.
    NotVerified,
}

impl Verdict {
    /// What the outcomes of all checks add up to. No checks at all establish nothing.
    pub fn of(outcomes: impl IntoIterator<Item = Outcome>) -> Self {
        outcomes
            .into_iter()
            .map(|outcome| match outcome {
                Outcome::Passed => Self::Verified,
                Outcome::NotChecked => Self::Inconclusive,
                Outcome::Failed => Self::NotVerified,
            })
            .reduce(Self::worse)
            .unwrap_or(Self::Inconclusive)
    }

    fn worse(self, other: Self) -> Self {
        match (self, other) {
            (Self::NotVerified, _) | (_, Self::NotVerified) => Self::NotVerified,
            (Self::Inconclusive, _) | (_, Self::Inconclusive) => Self::Inconclusive,
            _ => Self::Verified,
        }
    }

    /// The command line's exit code: 0 verified, 1 not verified, 3 inconclusive (2 is an error).
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Verified => 0,
            Self::NotVerified => 1,
            Self::Inconclusive => 3,
        }
    }

    /// For people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Verified => "Verified",
            Self::Inconclusive => "Inconclusive",
            Self::NotVerified => "Not verified",
        }
    }
}

/// What became of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It held.
    Passed,
    /// It did not hold.
    Failed,
    /// It could not be made; the detail says why.
    NotChecked,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckResult {
    /// Stable name.
    pub name: &'static str,
    /// What holds if it passed, in plain words.
    pub meaning: &'static str,
    /// What became of it.
    pub outcome: Outcome,
    /// What was found, for people.
    pub detail: String,
}

/// One thing the request asks for, beside what was established of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// Stable name.
    pub name: &'static str,
    /// What was asked.
    pub requested: String,
    /// What is established; absent (JSON null) if nothing is.
    pub proven: Option<String>,
}

/// Who asked, for what, when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// The verifier's name in the request. Only the key is authenticated.
    pub by: String,
    /// The verifier's Ed25519 key, hexadecimal.
    pub key: String,
    /// Whether the request carries that key's signature.
    pub authenticated: bool,
    /// The statement asked for.
    pub statement: &'static str,
    /// From when the request holds, unix seconds.
    pub issued: u64,
    /// Until when, unix seconds.
    pub expires: u64,
}

/// What the verdict rests on, as far as the checks got.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Basis {
    /// The verifying key that the presentation names.
    #[serde(serialize_with = "text_or_null")]
    pub key_id: Option<KeyId>,
    /// Where that key came from, if the trust file names it.
    pub provenance: Option<Provenance>,
    /// Where in the log its state record is.
    pub log: Option<LogPosition>,
    /// Time of that state record, unix seconds.
    pub state_time: Option<u64>,
    /// Log witnesses of the trust file's policy that cosigned the log; only where the policy is met.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cosigned: Vec<Cosigned>,
}

/// A log witness that cosigned a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cosigned {
    /// What the trust file's policy calls it.
    pub name: String,
    /// When, by its clock, unix seconds.
    pub time: u64,
}

/// An entry's place in a log whose signature was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogPosition {
    /// The log.
    pub origin: String,
    /// The entry, from 0.
    pub index: u64,
    /// Entries in the log when it signed.
    pub size: u64,
}

/// A verdict with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The verdict.
    pub verdict: Verdict,
    /// The verdict in a sentence for people, reason and remedy included.
    pub sentence: String,
    /// Who asked for what.
    pub asked: Asked,
    /// What was asked beside what is established.
    pub claims: Vec<Claim>,
    /// Every check, in a fixed order.
    pub checks: Vec<CheckResult>,
    /// What the verdict does not establish, whatever it is.
    pub not_established: Vec<String>,
    /// What it rests on.
    pub basis: Basis,
}

impl Report {
    /// The result of one check.
    pub fn check(&self, name: &str) -> Option<&CheckResult> {
        self.checks.iter().find(|check| check.name == name)
    }

    /// JSON with a final newline.
    pub fn to_json(&self) -> Vec<u8> {
        encoding::pretty_json(self)
    }
}

fn text_or_null<S: serde::Serializer>(id: &Option<KeyId>, out: S) -> Result<S::Ok, S::Error> {
    match id {
        Some(id) => out.collect_str(id),
        None => out.serialize_none(),
    }
}
