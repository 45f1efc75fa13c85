//! What a judge reads of evidence that holds, and what stays open.

use alloc::string::String;
use alloc::vec::Vec;

use super::scenario::*;
use crate::groth16::Provenance;

#[test]
fn evidence_that_holds_is_verified_years_later_as_of_its_own_time() {
    let report = report_on(good());
    assert_eq!(report.verdict, Verdict::Verified, "{report}");
    assert_eq!(with_outcome(&report, Outcome::Passed).len(), report.checks.len());
    assert_eq!(
        report.sentence,
        "Verified: as of 2026-09-21 14:11:40 UTC by the ledger's clock, in the log that its log witnesses saw by 2026-09-21 14:21:50 UTC, \
         the presenter owned a receivable of at least 1000.00 EUR, owed by an approved debtor, acknowledged by it and due from 2026-12-01 to \
         2027-03-31. It answered a request of Bank A, valid from 2026-09-21 14:13:20 UTC to 2026-09-21 15:13:20 UTC. It was unspent on \
         2026-09-21 14:30:00 UTC by the ledger's clock, in the log that its log witnesses saw by 2026-09-21 14:31:45 UTC. The verifier locked \
         it: entry 4, in the log by 2026-09-21 14:21:50 UTC: locked until 2026-09-21 15:30:00 UTC by the verifier that asked, in answer to \
         this request."
    );
    let early = verify_evidence(&good().to_json(), judge(), UnixSeconds(NOW));
    assert_eq!(early.sentence, report.sentence, "the clock has no say");
}

#[test]
fn an_entry_is_dated_between_the_log_witnesses_last_look_without_it_and_their_quorum_with_it() {
    let moment = report_on(good()).basis.moment.unwrap();
    let expected = Moment {
        index: STATE as u64,
        time: STATE_TIME,
        not_before: Some(STATE_TIME - 50),
        by: Some(ISSUED + 510),
    };
    assert_eq!(moment, expected);
}

/// A third signature that comes late does not move the time at which the quorum was complete.
#[test]
fn a_late_cosignature_beyond_the_quorum_moves_no_time() {
    let report = report_on(good());
    assert!(
        detail(&report, "unspent_later").contains("saw by 2026-09-21 14:31:45 UTC"),
        "{report}"
    );
    assert_eq!(report.basis.checkpoints[2].cosigned.len(), 3);
    assert_eq!(report.basis.log_witnesses, 3);
}

#[test]
fn every_claim_is_proven_and_the_lock_shows_by_when_the_answer_was_given() {
    let report = report_on(good());
    assert!(report.claims.iter().all(|claim| claim.proven.is_some()), "{report}");
    let names: Vec<&str> = report.claims.iter().map(|claim| claim.name).collect();
    assert_eq!(
        names,
        [
            "owner",
            "amount",
            "due_date",
            "debtor",
            "acknowledged",
            "other_payee_named",
            "unspent",
            "later_entry"
        ]
    );
    assert!(
        detail(&report, "request_validity")
            .ends_with("and was given by 2026-09-21 14:21:50 UTC: entry 4 locks the receivable in answer to it"),
        "{report}"
    );
    assert!(
        !report
            .not_established
            .iter()
            .any(|limit| limit.starts_with("when the answer was given"))
    );
}

#[test]
fn without_later_proofs_it_holds_and_says_that_neither_is_shown() {
    let report = edited(|evidence| {
        let subject = eligibility(evidence);
        subject.unspent = None;
        subject.entries.clear();
    });
    assert_eq!(report.verdict, Verdict::Verified, "{report}");
    assert!(report.check("unspent_later").is_none() && report.check("later_entries").is_none());
    let unspent = report.claims.iter().find(|claim| claim.name == "unspent").unwrap();
    assert_eq!(unspent.proven, None);
    for open in [
        "was unspent on 2026-09-21 14:11:40 UTC or later",
        "when the answer was given",
    ] {
        assert!(
            report.not_established.iter().any(|limit| limit.contains(open)),
            "{open}: {report}"
        );
    }
    assert!(!report.sentence.contains("unspent"), "{}", report.sentence);
}

#[test]
fn development_keys_are_inconclusive_unless_the_judges_trust_file_allows_them() {
    let bytes = good().to_json();
    let policy = test_log::policy();
    let strict = trust_in(Some(&policy), Provenance::InsecureDev, false);
    let report = verify_evidence(&bytes, &strict, UnixSeconds(NOW));
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    assert_eq!(with_outcome(&report, Outcome::NotChecked), ["key_provenance"]);
    let lenient = trust_in(Some(&policy), Provenance::InsecureDev, true);
    let report = verify_evidence(&bytes, &lenient, UnixSeconds(NOW));
    assert_eq!(report.verdict, Verdict::Verified, "{report}");
    assert!(
        report.sentence.contains("Development keys were used"),
        "{}",
        report.sentence
    );
}

#[test]
fn a_judge_without_log_witnesses_is_told_that_nobody_independent_vouches_for_log_or_times() {
    let trust = trust_in(None, CEREMONY, false);
    let report = verify_evidence(&good().to_json(), &trust, UnixSeconds(NOW));
    assert_eq!(report.verdict, Verdict::Verified, "{report}");
    assert!(report.check("cosignatures").is_none() && report.check("ledger_time").is_none());
    let moment = report.basis.moment.as_ref().unwrap();
    assert_eq!((moment.not_before, moment.by), (None, None));
    for open in ["anybody independent", "the times, beyond the ledger's own word"] {
        assert!(
            report.not_established.iter().any(|limit| limit.contains(open)),
            "{open}: {report}"
        );
    }
}

#[test]
fn a_log_that_the_judge_does_not_know_leaves_everything_open() {
    let key = TrustedKey::new(keys().verifying.clone(), CEREMONY);
    let trust = Trust::new(Vec::new(), Vec::from([key]), false, None).unwrap();
    let report = verify_evidence(&good().to_json(), &trust, UnixSeconds(NOW));
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    assert!(report.claims.iter().all(|claim| claim.proven.is_none()), "{report}");
    assert_eq!((report.basis.log, report.basis.moment), (None, None));
}

#[test]
fn a_file_made_in_the_future_by_its_own_date_is_inconclusive() {
    let early = verify_evidence(&good().to_json(), judge(), UnixSeconds(MADE - 301));
    assert_eq!(early.verdict, Verdict::Inconclusive, "{early}");
    assert!(
        with_outcome(&early, Outcome::NotChecked).contains(&"evidence_made"),
        "{early}"
    );
}

#[test]
fn the_json_keys_are_the_contracts() {
    for report in [report_on(good()), verdict_on(b"")] {
        let json: serde_json::Value = serde_json::from_slice(&report.to_json()).unwrap();
        for key in [
            "verdict",
            "sentence",
            "checks",
            "claims",
            "not_established",
            "file",
            "basis",
            "asked",
        ] {
            assert!(json.get(key).is_some(), "{key}");
        }
        for check in json["checks"].as_array().unwrap() {
            assert!(check["name"].is_string() && check["outcome"].is_string() && check["detail"].is_string());
        }
        for claim in json["claims"].as_array().unwrap() {
            assert!(claim["name"].is_string() && claim["requested"].is_string() && !claim["proven"].is_object());
        }
    }
}

#[test]
fn the_summary_tells_what_the_file_says_and_no_verdict() {
    let summary: String = good().summary().join("\n");
    for told in [
        "receivable/eligibility/v2",
        "Bank A",
        "1000.00 EUR",
        "entry 3",
        "entry 4, lock",
        "witness.example/court",
        "3, 6, 8 entries",
    ] {
        assert!(summary.contains(told), "{told}: {summary}");
    }
    assert!(!summary.contains("Verified"), "{summary}");
}
