//! What one or several lists of checks add up to, whatever the checks are of.
//!
//! In scope: the verdict, its sentence, the list for the report. Out of scope: making checks.
//! An attacker who owns this part turns a refusal into a verdict.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{CheckResult, Verdict};

/// The outcomes of checks with what people are told of them.
pub(crate) struct Conclusion {
    pub(crate) results: Vec<CheckResult>,
    /// Why checks failed, in order.
    pub(crate) failed: Vec<String>,
    /// Why checks could not be made, in order, each with its remedy.
    pub(crate) missing: Vec<(String, &'static str)>,
}

impl Conclusion {
    /// The checks of both lists, these first.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.results.extend(other.results);
        self.failed.extend(other.failed);
        self.missing.extend(other.missing);
        self
    }

    pub(crate) fn verdict(&self) -> Verdict {
        Verdict::of(self.results.iter().map(|result| result.outcome))
    }

    /// The verdict in one sentence: why not, what to do about what is missing, or else what is `verified`.
    pub(crate) fn sentence(&self, verified: impl FnOnce() -> String) -> String {
        let verdict = self.verdict();
        let label = verdict.label();
        match verdict {
            Verdict::Verified => format!("{label}: {}", verified()),
            Verdict::Inconclusive => {
                let reasons = without_repeats(self.missing.iter().map(|(reason, _)| reason.as_str()));
                let remedies = without_repeats(self.missing.iter().map(|(_, remedy)| *remedy));
                format!(
                    "{label}: nothing speaks against it, but {}. To settle it, {}.",
                    reasons.join(", and "),
                    remedies.join(", and "),
                )
            }
            Verdict::NotVerified => {
                format!(
                    "{label}: {}.",
                    self.failed.first().map(String::as_str).unwrap_or_default()
                )
            }
        }
    }
}

fn without_repeats<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    texts.fold(Vec::new(), |mut unique, text| {
        if !unique.contains(&text) {
            unique.push(text);
        }
        unique
    })
}
