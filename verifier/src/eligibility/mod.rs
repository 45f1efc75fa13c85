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

use tradeseal_primitives::receivable::UnixSeconds;

use crate::ledger_view::LedgerView;
use crate::presentation::Presentation;
use crate::request::Request;
use crate::statement::receivable::eligibility::Public;
use crate::trust::Trust;
use crate::verdict::{Basis, Checklist, Finding, Report};

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
        request,
        trust,
        now,
        ledger,
        equation,
        checks: Checklist::new(),
        basis: Basis::default(),
    };
    verification.run(presentation);
    verification.report()
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
}

impl Verification<'_> {
    fn run(&mut self, bytes: &[u8]) {
        self.check_request();
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
        let not_established = limits::not_established(self.request, self.basis.provenance);
        let sentence = sentence::sentence(self.request, &self.checks, self.basis.provenance);
        Report {
            verdict: self.checks.verdict(),
            sentence,
            asked,
            claims,
            checks: self.checks.into_results(),
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
