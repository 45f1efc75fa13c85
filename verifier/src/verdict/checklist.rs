//! The list of checks as it fills up. Checks that were not reached name the one that kept them from being made.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{CheckResult, Conclusion, Finding, Outcome, Verdict};

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
    left_out: Vec<C>,
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
        Self {
            recorded: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// Nobody asks for this check: the report does not list it, and what needs it may go on.
    pub(crate) fn leave_out(&mut self, check: C) {
        if !self.left_out.contains(&check) {
            self.left_out.push(check);
        }
    }

    /// This check was not reached because of a check in another list, which stands for it in the sentence.
    pub(crate) fn not_reached_behind(&mut self, check: C, blocker: &str) {
        let recorded = Recorded {
            outcome: Outcome::NotChecked,
            reason: String::new(),
            remedy: "",
            detail: format!("not reached: it needs {blocker}, which did not pass"),
        };
        self.recorded.push((check, recorded));
    }

    fn listed(&self) -> impl Iterator<Item = C> {
        C::ALL.iter().copied().filter(|check| !self.left_out.contains(check))
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
        checks.iter().all(|check| self.holds(*check))
    }

    fn holds(&self, check: C) -> bool {
        self.left_out.contains(&check) || self.outcome(check) == Outcome::Passed
    }

    /// Whether everything that this check needs passed.
    pub(crate) fn reached(&self, check: C) -> bool {
        self.all_passed(check.needs())
    }

    pub(crate) fn verdict(&self) -> Verdict {
        self.conclude().verdict()
    }

    /// As [`Conclusion::sentence`].
    pub(crate) fn sentence(&self, verified: impl FnOnce() -> String) -> String {
        self.conclude().sentence(verified)
    }

    pub(crate) fn into_results(self) -> Vec<CheckResult> {
        self.conclude().results
    }

    /// What the checks add up to, without their own type.
    pub(crate) fn conclude(&self) -> Conclusion {
        let recorded = |outcome| {
            let in_order = self.listed().filter_map(|check| self.find(check));
            in_order.filter(move |recorded| recorded.outcome == outcome)
        };
        Conclusion {
            results: self.listed().map(|check| self.result(check)).collect(),
            failed: recorded(Outcome::Failed)
                .map(|recorded| recorded.reason.clone())
                .collect(),
            missing: recorded(Outcome::NotChecked)
                .filter(|recorded| !recorded.reason.is_empty())
                .map(|recorded| (recorded.reason.clone(), recorded.remedy))
                .collect(),
        }
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
        let unmet = check.needs().iter().find(|needed| !self.holds(**needed));
        match unmet {
            Some(needed) if self.find(*needed).is_none() => self.blocker(*needed),
            Some(needed) => *needed,
            None => check,
        }
    }
}
