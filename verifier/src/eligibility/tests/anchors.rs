//! The state record behind a proof is in the log that the request names, or the presentation is refused.

use alloc::string::ToString;
use alloc::vec;

use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};

use super::scenario::*;
use crate::eligibility::{Check, verify_eligibility};
use crate::ledger_view::Offline;
use crate::log::{KeyName, LogSigner};
use crate::trust::{Trust, TrustedKey};
use crate::verdict::{Outcome, Verdict};

#[test]
fn a_state_record_that_is_none_is_refused() {
    let garbage = edited(|presentation| presentation.anchor.state_entry = vec![0xa0]);
    refused(&garbage, &[Check::StateRecord], "not an entry");
    assert_eq!(
        detail(&garbage, Check::RootFresh),
        "not reached: it needs state_record, which failed"
    );
    let empty = edited(|presentation| presentation.anchor.state_entry.clear());
    refused(&empty, &[Check::StateRecord], "");
}

#[test]
fn a_state_record_that_is_not_in_the_log_is_refused() {
    let report = edited(|presentation| {
        let mut other = state_of(presentation);
        other.note_count += 1;
        presentation.anchor.state_entry = other.encode();
    });
    refused(&report, &[Check::LogInclusion], "the inclusion proof leads to root");
    assert_eq!(report.basis.log, None);
}

#[test]
fn a_state_record_that_contradicts_its_place_is_refused() {
    let report = edited(|presentation| {
        let mut other = state_of(presentation);
        other.log_size = 4;
        presentation.anchor = anchor_in(other.encode(), &log_signer());
    });
    refused(
        &report,
        &[Check::LogInclusion],
        "the record says it is entry 4, it is entry 3",
    );
}

#[test]
fn a_checkpoint_signed_by_another_key_of_the_same_name_is_refused() {
    let origin = KeyName::new(ORIGIN).unwrap();
    let impostor = LogSigner::new(origin, bank(1)).unwrap();
    let report = edited(|presentation| {
        let entry = state_of(presentation).encode();
        presentation.anchor = anchor_in(entry, &impostor);
    });
    refused(
        &report,
        &[Check::CheckpointSignature],
        "none of the 1 signature lines is by a trusted key",
    );
}

#[test]
fn a_checkpoint_of_another_log_is_refused() {
    let other = LogSigner::new(KeyName::new("elsewhere.example").unwrap(), bank(1)).unwrap();
    let report = edited(|presentation| {
        let entry = state_of(presentation).encode();
        presentation.anchor = anchor_in(entry, &other);
    });
    refused(
        &report,
        &[Check::CheckpointSignature],
        "the checkpoint is of elsewhere.example",
    );
}

#[test]
fn a_log_proof_that_cannot_be_read_or_carries_unsigned_data_is_refused() {
    let garbage = edited(|presentation| presentation.anchor.tlog_proof = "\u{1b}[2J".to_string());
    refused(&garbage, &[Check::CheckpointSignature], "malformed tlog-proof");
    let extra = edited(|presentation| {
        let with_extra = presentation.anchor.tlog_proof.replace("@v1\n", "@v1\nextra AAAA\n");
        presentation.anchor.tlog_proof = with_extra;
    });
    refused(
        &extra,
        &[Check::CheckpointSignature],
        "an extra line, which nobody signed",
    );
}

#[test]
fn a_ledger_that_the_trust_file_does_not_name_is_inconclusive() {
    let key = TrustedKey::new(keys().verifying.clone(), CEREMONY);
    let trust = Trust::new(vec![], vec![key], false, None).unwrap();
    let bytes = presentation(&request()).to_json();
    let report = verify_eligibility(&bytes, &request(), &trust, UnixSeconds(NOW), &FREE);
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    assert!(
        report
            .sentence
            .contains("names no key of the ledger ledger.example/tradeseal. To settle it, add"),
        "{}",
        report.sentence
    );
    let unchecked = [
        Check::CheckpointSignature,
        Check::LogInclusion,
        Check::RootFresh,
        Check::DilutionFresh,
    ]
    .map(Check::name);
    assert_eq!(with_outcome(&report, Outcome::NotChecked), unchecked);
    // What nobody vouches for is not reported as proven, nor as the basis.
    assert!(report.claims.iter().all(|claim| claim.proven.is_none()) && report.basis.log.is_none());
}

#[test]
fn a_damaged_presentation_is_not_verified_even_offline() {
    let mut damaged = presentation(&request());
    damaged.rows.nullifier = Nullifier::from_fr(Fr::from(1u64));
    let trust = trust(CEREMONY, false, None);
    let report = verify_eligibility(&damaged.to_json(), &request(), &trust, UnixSeconds(NOW), &Offline);
    assert_eq!(report.verdict, Verdict::NotVerified, "{report}");
}
