//! The list of checks as it fills up. Checks that were not reached name the one that kept them from being made.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Check, Finding};
use crate::verdict::{CheckResult, Outcome};

#[derive(Default)]
pub(super) struct Checklist {
    recorded: [Option<Recorded>; Check::ALL.len()],
}

struct Recorded {
    outcome: Outcome,
    /// For the report's sentence; empty if the check passed.
    reason: String,
    /// Likewise, if something can be done by the one who checks.
    remedy: &'static str,
    detail: String,
}

impl Checklist {
    /// Records a finding; gives back what later checks may rely on.
    pub(super) fn record<T>(&mut self, check: Check, finding: Finding<T>) -> Option<T> {
        let (outcome, reason, remedy, detail, value) = match finding {
            Finding::Passed { detail, value } => (Outcome::Passed, String::new(), "", detail, Some(value)),
            Finding::Failed { reason, detail } => (Outcome::Failed, reason, "", detail, None),
            Finding::NotChecked { reason, remedy, detail } => (Outcome::NotChecked, reason, remedy, detail, None),
        };
        self.recorded[check as usize] = Some(Recorded {
            outcome,
            reason,
            remedy,
            detail,
        });
        value
    }

    pub(super) fn outcome(&self, check: Check) -> Outcome {
        self.recorded[check as usize]
            .as_ref()
            .map_or(Outcome::NotChecked, |recorded| recorded.outcome)
    }

    pub(super) fn all_passed(&self, checks: &[Check]) -> bool {
        checks.iter().all(|check| self.outcome(*check) == Outcome::Passed)
    }

    pub(super) fn outcomes(&self) -> impl Iterator<Item = Outcome> + '_ {
        Check::ALL.into_iter().map(|check| self.outcome(check))
    }

    /// Reasons recorded under an outcome, in order, without repeats.
    pub(super) fn reasons(&self, outcome: Outcome) -> Vec<&str> {
        without_repeats(self.with_outcome(outcome).map(|recorded| recorded.reason.as_str()))
    }

    /// Remedies recorded under an outcome, in order, without repeats.
    pub(super) fn remedies(&self, outcome: Outcome) -> Vec<&str> {
        without_repeats(self.with_outcome(outcome).map(|recorded| recorded.remedy))
    }

    fn with_outcome(&self, outcome: Outcome) -> impl Iterator<Item = &Recorded> {
        self.recorded
            .iter()
            .flatten()
            .filter(move |recorded| recorded.outcome == outcome)
    }

    pub(super) fn into_results(self) -> Vec<CheckResult> {
        Check::ALL.into_iter().map(|check| self.result(check)).collect()
    }

    fn result(&self, check: Check) -> CheckResult {
        let detail = match &self.recorded[check as usize] {
            Some(recorded) => recorded.detail.clone(),
            None => self.not_reached(check),
        };
        CheckResult {
            name: check.name(),
            outcome: self.outcome(check),
            detail,
        }
    }

    fn not_reached(&self, check: Check) -> String {
        let blocker = self.blocker(check);
        let state = if self.outcome(blocker) == Outcome::Failed {
            "failed"
        } else {
            "could not be made"
        };
        format!("not reached: it needs {}, which {state}", blocker.name())
    }

    /// The recorded check behind which this one was not reached.
    fn blocker(&self, check: Check) -> Check {
        let unmet = check
            .needs()
            .iter()
            .find(|needed| self.outcome(**needed) != Outcome::Passed);
        match unmet {
            Some(needed) if self.recorded[*needed as usize].is_none() => self.blocker(*needed),
            Some(needed) => *needed,
            None => check,
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
