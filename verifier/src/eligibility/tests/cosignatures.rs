//! Where the trust file names log witnesses, a log's own signature is not enough.

use alloc::string::ToString;
use alloc::vec;

use tradeseal_primitives::receivable::UnixSeconds;

use super::scenario::*;
use crate::eligibility::{Check, verify_eligibility};
use crate::log::{NoteSignature, TlogProof};
use crate::test_log::{cosigned, log_witness, policy, witnessed};
use crate::trust::{Trust, TrustedKey, TrustedLog};
use crate::verdict::{Cosigned, Outcome, Report, Verdict};

fn witnessing() -> Trust {
    let log = TrustedLog::witnessed(log_signer().key().clone(), &policy()).unwrap();
    let key = TrustedKey::new(keys().verifying.clone(), CEREMONY);
    Trust::in_logs(vec![log], vec![key], false, None).unwrap()
}

fn under(edit: impl FnOnce(&TlogProof) -> TlogProof) -> Report {
    let mut presentation = presentation(&request());
    let proof = TlogProof::parse(&presentation.anchor.tlog_proof).unwrap();
    presentation.anchor.tlog_proof = edit(&proof).to_string();
    verify_eligibility(
        &presentation.to_json(),
        &request(),
        &witnessing(),
        UnixSeconds(NOW),
        &FREE,
    )
}

fn cosigned_by(by: &[(&str, u64)]) -> Report {
    under(|proof| witnessed(proof, by))
}

#[test]
fn a_quorum_passes_and_the_detail_says_who_cosigned_when() {
    let report = cosigned_by(&[("court", STATE_TIME + 1), ("notary-b", STATE_TIME + 2)]);
    assert_eq!(report.verdict, Verdict::Verified, "{report}");
    assert_eq!(
        detail(&report, Check::Cosignatures),
        "cosigned by court on 2026-09-21 14:11:41 UTC, notary-b on 2026-09-21 14:11:42 UTC; required: both: all of (court, \
         notaries: 1 of (notary, notary-b))"
    );
    let cosigned = |name: &str, time| Cosigned {
        name: name.to_string(),
        time,
    };
    assert_eq!(
        report.basis.cosigned,
        [cosigned("court", STATE_TIME + 1), cosigned("notary-b", STATE_TIME + 2)]
    );
    assert!(!report.not_established.iter().any(|limit| limit.contains("independent")));
}

#[test]
fn without_its_quorum_a_verdict_is_inconclusive_and_nothing_of_the_policy_is_proven() {
    for (by, missing) in [
        (
            &[][..],
            "at 7 entries: both: 0 of 2 (missing court, notaries: 0 of 1 (missing notary, notary-b))",
        ),
        (
            &[("notary", STATE_TIME), ("notary-b", STATE_TIME)],
            "at 7 entries: both: 1 of 2 (missing court)",
        ),
    ] {
        let report = cosigned_by(by);
        assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
        assert_eq!(with_outcome(&report, Outcome::NotChecked), ["cosignatures"], "{report}");
        assert_eq!(detail(&report, Check::Cosignatures), missing);
        assert!(report.claims.iter().all(|claim| claim.proven.is_none()), "{report}");
        assert!(report.basis.cosigned.is_empty());
        let asked = "the log has not been cosigned by the log witnesses that your trust file requires";
        assert!(report.sentence.contains(asked), "{}", report.sentence);
    }
}

#[test]
fn a_cosignature_that_does_not_verify_is_refused_even_beside_a_quorum() {
    let by = [("court", STATE_TIME), ("notary", STATE_TIME)];
    let report = under(|proof| {
        let other = crate::log::Checkpoint::new(ORIGIN, 8, *proof.checkpoint().unchecked_checkpoint().root()).unwrap();
        let line = log_witness("notary-b").cosign(&other, UnixSeconds(STATE_TIME)).unwrap();
        let false_line = cosigned(proof.checkpoint(), &by).with_signature(line).unwrap();
        TlogProof::new(proof.index(), proof.hashes().to_vec(), false_line).unwrap()
    });
    refused(&report, &[Check::Cosignatures], "7 entries: ");
    assert_eq!(report.basis.cosigned, []);
}

#[test]
fn a_line_of_a_stranger_counts_for_nothing() {
    let report = under(|proof| {
        let stranger = log_witness("somebody-else");
        let line = stranger
            .cosign(proof.checkpoint().unchecked_checkpoint(), UnixSeconds(STATE_TIME))
            .unwrap();
        let notary = cosigned(proof.checkpoint(), &[("notary", STATE_TIME)]);
        TlogProof::new(
            proof.index(),
            proof.hashes().to_vec(),
            notary.with_signature(line).unwrap(),
        )
        .unwrap()
    });
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    assert_eq!(
        detail(&report, Check::Cosignatures),
        "at 7 entries: both: 1 of 2 (missing court)"
    );
}

/// Under another log witness's name the signature is of the wrong key.
#[test]
fn a_cosignature_moved_to_another_name_is_refused() {
    let report = under(|proof| {
        let line = log_witness("notary").cosign(proof.checkpoint().unchecked_checkpoint(), UnixSeconds(STATE_TIME));
        let (court, line) = (log_witness("court"), line.unwrap());
        let renamed = NoteSignature::new(court.key().name().clone(), court.key().id(), line.signature().to_vec());
        let signed = proof.checkpoint().with_signature(renamed.unwrap()).unwrap();
        TlogProof::new(proof.index(), proof.hashes().to_vec(), signed).unwrap()
    });
    refused(&report, &[Check::Cosignatures], "witness.example/court");
}

#[test]
fn a_cosignature_from_the_future_is_not_counted_yet() {
    let in_time = cosigned_by(&[("court", NOW + 300), ("notary", STATE_TIME)]);
    assert_eq!(in_time.verdict, Verdict::Verified, "{in_time}");
    let early = cosigned_by(&[("court", NOW + 301), ("notary", STATE_TIME)]);
    assert_eq!(early.verdict, Verdict::Inconclusive, "{early}");
    assert!(
        early
            .sentence
            .contains("at a time that has not come yet. To settle it, set your clock"),
        "{}",
        early.sentence
    );
    let beside_a_quorum = cosigned_by(&[("court", STATE_TIME), ("notary", NOW), ("notary-b", NOW + 10_000)]);
    assert_eq!(beside_a_quorum.verdict, Verdict::Verified, "{beside_a_quorum}");
    assert_eq!(beside_a_quorum.basis.cosigned.len(), 2);
}

#[test]
fn without_a_policy_the_check_is_left_out_and_the_verdict_says_that_nobody_independent_saw_the_log() {
    let report = verdict_on(&presentation(&request()).to_json());
    assert_eq!(report.verdict, Verdict::Verified);
    assert!(report.check("cosignatures").is_none(), "{report}");
    assert!(
        report
            .not_established
            .iter()
            .any(|limit| limit.starts_with("that anybody independent has seen this log's history")),
        "{report}"
    );
}

#[test]
fn a_checkpoint_that_the_log_did_not_sign_gets_no_further() {
    let report = verify_eligibility(b"{}", &request(), &witnessing(), UnixSeconds(NOW), &FREE);
    assert_eq!(
        detail(&report, Check::Cosignatures),
        "not reached: it needs presentation_format, which failed"
    );
}
