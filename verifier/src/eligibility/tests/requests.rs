//! The presentation answers this request, which is signed and valid, or is refused.

use alloc::string::String;

use tradeseal_primitives::receivable::UnixSeconds;

use super::scenario::*;
use crate::eligibility::{Check, verify_eligibility};
use crate::request::{Nonce, Request, RequestDraft};
use crate::statement::StatementId;
use crate::verdict::{Outcome, Verdict};

#[test]
fn bytes_that_are_no_presentation_leave_everything_about_it_unchecked() {
    let report = verdict_on(b"{}\n");
    refused(&report, &[Check::PresentationFormat], "missing field `statement`");
    let unchecked = with_outcome(&report, Outcome::NotChecked);
    assert_eq!(unchecked.len(), Check::ALL.len() - 4);
    for name in unchecked {
        let detail = &report.check(name).unwrap().detail;
        assert_eq!(
            detail, "not reached: it needs presentation_format, which failed",
            "{name}"
        );
    }
}

#[test]
fn a_presentation_of_another_statement_is_refused() {
    let report = edited(|presentation| presentation.statement = StatementId::RECEIVABLE_MINT_V2);
    refused(
        &report,
        &[Check::Statement],
        "the presentation is of receivable/mint/v2",
    );
}

#[test]
fn a_request_changed_after_signing_is_refused() {
    let text = String::from_utf8(request().to_json()).unwrap();
    let cheaper = Request::parse_unchecked_signature(text.replace("\"100000\"", "\"100\"").as_bytes()).unwrap();
    let bytes = presentation(&cheaper).to_json();
    let report = verify_eligibility(&bytes, &cheaper, &trust(CEREMONY, false, None), UnixSeconds(NOW), &FREE);
    refused(&report, &[Check::RequestSignature], "changed after signing");
    assert!(!report.asked.authenticated && report.to_string().contains("unauthenticated"));
    assert!(report.claims.iter().all(|claim| claim.proven.is_none()), "{report}");
}

#[test]
fn a_request_holds_from_its_issue_to_the_second_before_its_expiry() {
    let bytes = presentation(&request()).to_json();
    let at = |now| {
        verify_eligibility(
            &bytes,
            &request(),
            &trust(CEREMONY, false, None),
            UnixSeconds(now),
            &FREE,
        )
    };
    refused(&at(ISSUED - 1), &[Check::RequestValidity], "not yet valid");
    assert_eq!(at(ISSUED).verdict, Verdict::Verified);
    assert_eq!(at(EXPIRES - 1).verdict, Verdict::Verified);
    refused(&at(EXPIRES), &[Check::RequestValidity], "expired");
    assert!(
        at(EXPIRES + 7_200)
            .sentence
            .contains("expired on 2026-09-21 15:13:20 UTC; issue a new one")
    );
    refused(&at(u64::MAX), &[Check::RequestValidity], "expired");
    refused(&at(0), &[Check::RequestValidity], "not yet valid");
}

#[test]
fn an_answer_to_another_request_is_refused_whoever_asked_it() {
    let bytes = presentation(&request()).to_json();
    let trust = trust(CEREMONY, false, None);
    let another_bank = Request::sign(draft(), &bank(8)).unwrap();
    let nonce = Nonce::from_bytes([10; 32]);
    let another_time = Request::sign(RequestDraft { nonce, ..draft() }, &bank(7)).unwrap();
    for other in [another_bank, another_time] {
        let report = verify_eligibility(&bytes, &other, &trust, UnixSeconds(NOW), &FREE);
        refused(
            &report,
            &[Check::RequestMatch, Check::Proof],
            "this request's digest is",
        );
        // Relabelled to this request, the proof itself still tells.
        let mut relabelled = presentation(&request());
        relabelled.request_digest = other.digest();
        let report = verify_eligibility(&relabelled.to_json(), &other, &trust, UnixSeconds(NOW), &FREE);
        refused(&report, &[Check::Proof], "does not hold");
    }
}
