//! Evidence of one receivable's history, as its owners disclosed it.

use alloc::vec;
use alloc::vec::Vec;

use super::scenario::*;
use crate::disclosure::Disclosure;
use crate::disclosure::tests::scenario::{both, keys as disclosure_keys, world};

/// The disclosures' log, with a state after theirs.
fn log_part() -> LogPart {
    let entries = &world().log;
    let head = cosigned(
        &checkpoint_at(entries, entries.len(), &log_signer()),
        &[("court", NOW), ("notary", NOW)],
    );
    LogPart {
        log_keys: vec![log_signer().key().clone()],
        log_witnesses: ["court", "notary"].map(|name| log_witness(name).key().clone()).to_vec(),
        checkpoints: vec![ChainedCheckpoint {
            checkpoint: head,
            consistency: Vec::new(),
        }],
        joins: Vec::new(),
    }
}

fn evidence_of(files: &[Vec<u8>]) -> Evidence {
    let disclosures = files.iter().map(|file| Disclosure::parse(file).unwrap()).collect();
    let subject = Subject::Disclosure(Disclosures { disclosures });
    Evidence::new(
        UnixSeconds(YEARS_LATER - 1),
        subject,
        log_part(),
        &[disclosure_keys().verifying.clone()],
    )
    .unwrap()
}

fn report(evidence: &Evidence) -> EvidenceReport {
    let log = TrustedLog::witnessed(log_signer().key().clone(), &test_log::policy()).unwrap();
    let key = TrustedKey::new(disclosure_keys().verifying.clone(), CEREMONY);
    let trust = Trust::in_logs(vec![log], vec![key], false, None).unwrap();
    verify_evidence(&evidence.to_json(), &trust, UnixSeconds(YEARS_LATER))
}

#[test]
fn a_whole_history_is_verified_under_a_cosigned_checkpoint() {
    let report = report(&evidence_of(both()));
    assert_eq!(report.verdict, Verdict::Verified, "{report}");
    assert!(
        report
            .sentence
            .contains("this is the whole history of one receivable of 1000.00 EUR"),
        "{}",
        report.sentence
    );
    assert!(
        report
            .claims
            .iter()
            .all(|claim| claim.proven.as_ref() == Some(&claim.requested)),
        "{report}"
    );
    let moment = report.basis.moment.unwrap();
    assert_eq!((moment.index, moment.by), (10, Some(NOW)));
    assert_eq!(report.made_for.len(), 2);
}

#[test]
fn a_history_with_an_owner_missing_is_inconclusive() {
    let report = report(&evidence_of(&both()[..1]));
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    assert_eq!(with_outcome(&report, Outcome::NotChecked), ["complete"], "{report}");
}

#[test]
fn disclosures_of_a_log_that_is_not_cosigned_prove_nothing() {
    let mut evidence = evidence_of(both());
    evidence.log.checkpoints[0].checkpoint = checkpoint_at(&world().log, world().log.len(), &log_signer());
    evidence.log.log_witnesses.clear();
    evidence.summary = summary::derive(&evidence);
    let report = report(&evidence);
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    assert!(report.claims.iter().all(|claim| claim.proven.is_none()), "{report}");
}

#[test]
fn no_disclosure_at_all_is_no_evidence() {
    let subject = Subject::Disclosure(Disclosures {
        disclosures: Vec::new(),
    });
    let keys = [disclosure_keys().verifying.clone()];
    assert!(Evidence::new(UnixSeconds(1), subject, log_part(), &keys).is_err());
}
