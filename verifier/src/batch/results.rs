//! What came of a folder, as data and for a terminal. The JSON keys are a contract: more may be added, none renamed.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::encoding;
use crate::evidence::EvidenceReport;
use crate::presentation::PresentationError;
use crate::verdict::{Outcome, Report, Verdict};

/// Why a file got no report: there was no request to judge it by.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// It cannot even be read, and so names no request.
    #[error("it is no intact presentation: {0}")]
    Presentation(#[from] PresentationError),
    /// It names a request that is not at hand.
    #[error("the request that it answers is not at hand")]
    NoRequest,
}

impl Unanswered {
    const fn code(&self) -> &'static str {
        match self {
            Self::Presentation(_) => "presentation_refused",
            Self::NoRequest => "no_request",
        }
    }

    const fn remedy(&self) -> &'static str {
        match self {
            Self::Presentation(_) => "ask for the file again",
            Self::NoRequest => "put the request that it answers beside it as *.request.json, or name it with --request",
        }
    }

    /// What cannot be read is not verified; what has no request is open.
    const fn verdict(&self) -> Verdict {
        match self {
            Self::Presentation(_) => Verdict::NotVerified,
            Self::NoRequest => Verdict::Inconclusive,
        }
    }
}

/// A report on a file of either kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum FileReport {
    /// On a presentation.
    Presentation(Report),
    /// On evidence.
    Evidence(EvidenceReport),
}

impl FileReport {
    /// Its verdict.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Presentation(report) => report.verdict,
            Self::Evidence(report) => report.verdict,
        }
    }

    fn sentence(&self) -> &str {
        match self {
            Self::Presentation(report) => &report.sentence,
            Self::Evidence(report) => &report.sentence,
        }
    }
}

/// One file's report, or why it got none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileResult {
    /// The file.
    pub file: String,
    /// What came of it.
    pub outcome: Result<FileReport, Unanswered>,
}

impl FileResult {
    /// Its verdict.
    pub fn verdict(&self) -> Verdict {
        match &self.outcome {
            Ok(report) => report.verdict(),
            Err(unanswered) => unanswered.verdict(),
        }
    }
}

impl Serialize for FileResult {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(Some(3))?;
        map.serialize_entry("file", &self.file)?;
        map.serialize_entry("verdict", &self.verdict())?;
        match &self.outcome {
            Ok(report) => map.serialize_entry("report", report)?,
            Err(unanswered) => map.serialize_entry(
                "error",
                &serde_json::json!({
                    "code": unanswered.code(),
                    "message": unanswered.to_string(),
                    "remedy": unanswered.remedy(),
                }),
            )?,
        }
        map.end()
    }
}

impl fmt::Display for FileResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.outcome {
            Ok(report) => write!(f, "{}: {}", self.file, report.sentence()),
            Err(unanswered) => write!(
                f,
                "{}: {}: {unanswered}. To settle it, {}.",
                self.file,
                self.verdict().label(),
                unanswered.remedy()
            ),
        }
    }
}

/// What came of all files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BatchResults {
    /// The worst verdict.
    pub verdict: Verdict,
    /// Files not verified, by name.
    pub not_verified: Vec<String>,
    /// Proofs that were checked in the one multi-pairing.
    pub proofs_together: usize,
    /// Every file, in order.
    pub results: Vec<FileResult>,
}

impl BatchResults {
    pub(super) fn new(results: Vec<FileResult>, proofs_together: usize) -> Self {
        let not_verified = results
            .iter()
            .filter(|result| result.verdict() == Verdict::NotVerified)
            .map(|result| result.file.clone())
            .collect();
        let outcomes = results.iter().map(|result| match result.verdict() {
            Verdict::Verified => Outcome::Passed,
            Verdict::Inconclusive => Outcome::NotChecked,
            Verdict::NotVerified => Outcome::Failed,
        });
        Self {
            verdict: Verdict::of(outcomes),
            not_verified,
            proofs_together,
            results,
        }
    }

    /// JSON with a final newline.
    pub fn to_json(&self) -> Vec<u8> {
        encoding::pretty_json(self)
    }
}

/// The bad ones first, then a line for each file.
impl fmt::Display for BatchResults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |verdict| self.results.iter().filter(|result| result.verdict() == verdict).count();
        writeln!(
            f,
            "{}: of {} files {} are verified, {} inconclusive, {} not verified",
            self.verdict.label(),
            self.results.len(),
            count(Verdict::Verified),
            count(Verdict::Inconclusive),
            self.not_verified.len()
        )?;
        for verdict in [Verdict::NotVerified, Verdict::Inconclusive, Verdict::Verified] {
            for result in self.results.iter().filter(|result| result.verdict() == verdict) {
                write!(f, "\n{result}")?;
            }
        }
        Ok(())
    }
}
