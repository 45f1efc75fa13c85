//! Does this credential satisfy what the request asks? From a presentation's bytes to a report.
//!
//! In scope: every check of `credential/presentation/v1`, in a fixed order, each with its reason. Out of scope: reading files, the clock,
//! reaching the ledger (the caller brings `now` and a [`LedgerView`]), recording that a credential is used up.
//! An attacker who owns this part decides what customs lets pass.

mod check;
mod claims;
mod ledger_checks;
mod limits;
mod log_checks;
mod proof_checks;
mod request_checks;
mod sentence;

pub use check::Check;

use alloc::string::String;
use alloc::vec::Vec;

use tradeseal_primitives::receivable::UnixSeconds;

use super::presentation::Presentation;
use super::request::Request;
use crate::ledger_view::LedgerView;
use crate::statement::credential::presentation::Public;
use crate::trust::Trust;
use crate::verdict::{Basis, Checklist, Finding, Report};

/// Makes every check that can be made on `presentation` in answer to `request`, at time `now`.
///
/// The request's signature is among the checks, so `request` may come from [`Request::parse_unchecked_signature`].
/// Checks that need one that did not pass are reported as not checked, naming it.
pub fn verify_credential(
    presentation: &[u8],
    request: &Request,
    trust: &Trust,
    now: UnixSeconds,
    ledger: &dyn LedgerView,
) -> Report {
    let mut verification = Verification {
        request,
        trust,
        now,
        ledger,
        checks: Checklist::new(),
        basis: Basis::default(),
        unwitnessed: false,
        shown: Vec::new(),
        presentation: None,
    };
    verification.run(presentation);
    verification.report()
}

/// The rows that a presentation must be proven for: the request's digest is this request's own, whatever the presentation names.
fn public(presentation: &Presentation, request: &Request) -> Public {
    Public {
        revocation_root: presentation.rows.revocation_root,
        nullifier: presentation.rows.nullifier,
        revealed_digest: presentation.rows.revealed_digest,
        request_digest: request.digest(),
    }
}

/// One verification under way.
struct Verification<'a> {
    request: &'a Request,
    trust: &'a Trust,
    now: UnixSeconds,
    ledger: &'a dyn LedgerView,
    checks: Checklist<Check>,
    basis: Basis,
    /// Whether no log witness was asked for.
    unwitnessed: bool,
    /// Slots and values that the presentation shows; they count once the proof holds.
    shown: Vec<(String, String)>,
    presentation: Option<Presentation>,
}

impl Verification<'_> {
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
            self.presentation = Some(presentation);
        }
    }

    fn report(self) -> Report {
        let conclusion = self.checks.conclude();
        Report {
            verdict: conclusion.verdict(),
            sentence: conclusion.sentence(|| sentence::verified(self.request, &self.shown, self.basis.provenance)),
            asked: claims::asked(self.request, &self.checks),
            claims: claims::claims(&self),
            checks: conclusion.results,
            not_established: limits::not_established(self.request, self.basis.provenance, self.unwitnessed),
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
mod tests;
