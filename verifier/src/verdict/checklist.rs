//! The list of checks as it fills up. Checks that were not reached name the one that kept them from being made.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{CheckResult, Finding, Outcome, Verdict};

/// The checks that a verdict on one kind of file is made of: their names, their order, and which needs which.
pub(crate) trait CheckTable: Copy + Eq + 'static {
    /// Every check, in the report's order.
    const ALL: &'static [Self];

    /// The name in reports; stable.
    fn name(self) -> &'static str;

    /// What holds if it passed, in words for people who never read a specification.
    fn meaning(self) -> &'static str {
        self.name()
    }

    /// Checks without which this one says nothing; all of them stand before it.
    fn needs(self) -> &'static [Self];
}

pub(crate) struct Checklist<C: CheckTable> {
    recorded: Vec<(C, Recorded)>,
}

struct Recorded {
    outcome: Outcome,
    /// For the report's sentence; empty if the check passed.
    reason: String,
    /// Likewise, if something can be done by the one who checks.
    remedy: &'static str,
    detail: String,
}

impl<C: CheckTable> Checklist<C> {
    pub(crate) const fn new() -> Self {
        Self { recorded: Vec::new() }
    }

    /// Records a finding; gives back what later checks may rely on.
    pub(crate) fn record<T>(&mut self, check: C, finding: Finding<T>) -> Option<T> {
        let (outcome, reason, remedy, detail, value) = match finding {
            Finding::Passed { detail, value } => (Outcome::Passed, String::new(), "", detail, Some(value)),
            Finding::Failed { reason, detail } => (Outcome::Failed, reason, "", detail, None),
            Finding::NotChecked { reason, remedy, detail } => (Outcome::NotChecked, reason, remedy, detail, None),
        };
        let recorded = Recorded {
            outcome,
            reason,
            remedy,
            detail,
        };
        self.recorded.push((check, recorded));
        value
    }

    fn find(&self, check: C) -> Option<&Recorded> {
        self.recorded
            .iter()
            .find(|(made, _)| *made == check)
            .map(|(_, found)| found)
    }

    pub(crate) fn outcome(&self, check: C) -> Outcome {
        self.find(check)
            .map_or(Outcome::NotChecked, |recorded| recorded.outcome)
    }

    pub(crate) fn all_passed(&self, checks: &[C]) -> bool {
        checks.iter().all(|check| self.outcome(*check) == Outcome::Passed)
    }

    /// Whether everything that this check needs passed.
    pub(crate) fn reached(&self, check: C) -> bool {
        self.all_passed(check.needs())
    }

    pub(crate) fn verdict(&self) -> Verdict {
        Verdict::of(C::ALL.iter().map(|check| self.outcome(*check)))
    }

    /// The verdict in one sentence: why not, what to do about what is missing, or else what is `verified`.
    pub(crate) fn sentence(&self, verified: impl FnOnce() -> String) -> String {
        let verdict = self.verdict();
        let label = verdict.label();
        match verdict {
            Verdict::Verified => format!("{label}: {}", verified()),
            Verdict::Inconclusive => format!(
                "{label}: nothing speaks against it, but {}. To settle it, {}.",
                self.reasons(Outcome::NotChecked).join(", and "),
                self.remedies(Outcome::NotChecked).join(", and "),
            ),
            Verdict::NotVerified => {
                let reasons = self.reasons(Outcome::Failed);
                format!("{label}: {}.", reasons.first().copied().unwrap_or_default())
            }
        }
    }

    /// Reasons recorded under an outcome, in order, without repeats.
    fn reasons(&self, outcome: Outcome) -> Vec<&str> {
        without_repeats(self.with_outcome(outcome).map(|recorded| recorded.reason.as_str()))
    }

    /// Remedies recorded under an outcome, in order, without repeats.
    fn remedies(&self, outcome: Outcome) -> Vec<&str> {
        without_repeats(self.with_outcome(outcome).map(|recorded| recorded.remedy))
    }

    fn with_outcome(&self, outcome: Outcome) -> impl Iterator<Item = &Recorded> {
        let in_order = C::ALL.iter().filter_map(|check| self.find(*check));
        in_order.filter(move |recorded| recorded.outcome == outcome)
    }

    pub(crate) fn into_results(self) -> Vec<CheckResult> {
        C::ALL.iter().map(|check| self.result(*check)).collect()
    }

    fn result(&self, check: C) -> CheckResult {
        let detail = match self.find(check) {
            Some(recorded) => recorded.detail.clone(),
            None => self.not_reached(check),
        };
        CheckResult {
            name: check.name(),
            meaning: check.meaning(),
            outcome: self.outcome(check),
            detail,
        }
    }

    fn not_reached(&self, check: C) -> String {
        let blocker = self.blocker(check);
        let state = if self.outcome(blocker) == Outcome::Failed {
            "failed"
        } else {
            "could not be made"
        };
        format!("not reached: it needs {}, which {state}", blocker.name())
    }

    /// The recorded check behind which this one was not reached.
    fn blocker(&self, check: C) -> C {
        let unmet = check
            .needs()
            .iter()
            .find(|needed| self.outcome(**needed) != Outcome::Passed);
        match unmet {
            Some(needed) if self.find(*needed).is_none() => self.blocker(*needed),
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
