//! Is this receivable what the request asks for, and is it free? From a presentation's bytes to a report.
//!
//! In scope: every check of `receivable/eligibility/v2`, in a fixed order, each with its reason. Out of scope: reading
//! files, the clock, reaching the ledger (the caller brings `now` and a [`LedgerView`]), locking.
//! An attacker who owns this part decides what banks finance.

mod batch;
mod check;
mod claims;
mod ledger_checks;
mod limits;
mod log_checks;
mod proof_checks;
mod request_checks;
mod sentence;

pub use batch::{Handed, verify_eligibility_batch};
pub use check::Check;

use alloc::string::String;
use alloc::vec::Vec;

use tradeseal_primitives::receivable::UnixSeconds;

use crate::ledger_view::{LedgerView, Offline};
use crate::presentation::Presentation;
use crate::request::Request;
use crate::statement::receivable::eligibility::Public;
use crate::trust::Trust;
use crate::verdict::{Asked, Basis, Checklist, Claim, Conclusion, Finding, Report};

/// Makes every check that can be made on `presentation` in answer to `request`, at time `now`.
///
/// The request's signature is among the checks, so `request` may come from [`Request::parse_unchecked_signature`].
/// Checks that need one that did not pass are reported as not checked, naming it.
pub fn verify_eligibility(
    presentation: &[u8],
    request: &Request,
    trust: &Trust,
    now: UnixSeconds,
    ledger: &dyn LedgerView,
) -> Report {
    verify(presentation, request, trust, now, ledger, Equation::Evaluate)
}

fn verify(
    presentation: &[u8],
    request: &Request,
    trust: &Trust,
    now: UnixSeconds,
    ledger: &dyn LedgerView,
    equation: Equation,
) -> Report {
    let mut verification = Verification {
        equation,
        ..Verification::new(request, trust, now, ledger)
    };
    verification.run(presentation);
    verification.report()
}

/// The part of a verdict that neither the clock nor a ledger has a say in: what evidence rests on. Whoever judges evidence makes the checks
/// left out here in its own way.
pub(crate) fn judge_recorded(presentation: &[u8], request: &Request, trust: &Trust) -> Recorded {
    let mut verification = Verification::new(request, trust, UnixSeconds(0), &Offline);
    RECORDED_ELSEWHERE
        .into_iter()
        .for_each(|check| verification.checks.leave_out(check));
    verification.run(presentation);
    let checks = &verification.checks;
    Recorded {
        asked: claims::asked(request, checks),
        claims: claims::policy_claims(request, checks),
        not_established: limits::of_policy(request, verification.basis.provenance),
        conclusion: checks.conclude(),
        basis: verification.basis,
    }
}

/// What depends on when a presentation is looked at, and on the ledger as it is then.
const RECORDED_ELSEWHERE: [Check; 6] = [
    Check::RequestValidity,
    Check::Cosignatures,
    Check::RootFresh,
    Check::DilutionFresh,
    Check::NullifierUnspent,
    Check::NotLocked,
];

/// See [`judge_recorded`].
pub(crate) struct Recorded {
    pub(crate) conclusion: Conclusion,
    pub(crate) asked: Asked,
    pub(crate) claims: Vec<Claim>,
    pub(crate) not_established: Vec<String>,
    pub(crate) basis: Basis,
}

/// What the policy asks for, as a sentence's object: `a receivable of at least ...`.
pub(crate) fn policy_in_words(request: &Request) -> String {
    sentence::policy(request)
}

/// Where the answer of the proof's equation comes from.
#[derive(Debug, Clone, Copy)]
enum Equation {
    /// From the proof alone.
    Evaluate,
    /// A batch that this proof was part of found it to hold, or not.
    Known(bool),
}

/// The rows that a presentation must be proven for: the request's digest is this request's own, whatever the presentation names.
fn public(presentation: &Presentation, request: &Request) -> Public {
    Public {
        note_root: presentation.rows.note_root,
        dilution_root: presentation.rows.dilution_root,
        nullifier: presentation.rows.nullifier,
        request_digest: request.digest(),
    }
}

/// One verification under way.
struct Verification<'a> {
    request: &'a Request,
    trust: &'a Trust,
    now: UnixSeconds,
    ledger: &'a dyn LedgerView,
    equation: Equation,
    checks: Checklist<Check>,
    basis: Basis,
    /// Whether no log witness was asked for.
    unwitnessed: bool,
}

impl<'a> Verification<'a> {
    fn new(request: &'a Request, trust: &'a Trust, now: UnixSeconds, ledger: &'a dyn LedgerView) -> Self {
        Self {
            request,
            trust,
            now,
            ledger,
            equation: Equation::Evaluate,
            checks: Checklist::new(),
            basis: Basis::default(),
            unwitnessed: false,
        }
    }

    fn run(&mut self, bytes: &[u8]) {
        self.check_request();
        if !self.trust.requires_log_witnesses(&self.request.draft().origin) {
            self.leave_cosignatures_out();
        }
        if let Some(presentation) = self
            .checks
            .record(Check::PresentationFormat, presentation_format(bytes))
        {
            self.check_answer(&presentation);
            self.check_log(&presentation);
            self.check_proof(&presentation);
            self.check_ledger(&presentation);
        }
    }

    fn report(self) -> Report {
        let asked = claims::asked(self.request, &self.checks);
        let claims = claims::claims(self.request, &self.checks);
        let not_established = limits::not_established(self.request, self.basis.provenance, self.unwitnessed);
        let conclusion = self.checks.conclude();
        Report {
            verdict: conclusion.verdict(),
            sentence: conclusion.sentence(|| sentence::verified(self.request, self.basis.provenance)),
            asked,
            claims,
            checks: conclusion.results,
            not_established,
            basis: self.basis,
        }
    }
}

fn presentation_format(bytes: &[u8]) -> Finding<Presentation> {
    match Presentation::parse(bytes) {
        Ok(presentation) => Finding::passed("canonical form", presentation),
        Err(cause) => Finding::failed("the file handed over is not an intact presentation", cause),
    }
}

#[cfg(test)]
pub(crate) mod tests;
