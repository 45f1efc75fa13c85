//! The file's checkpoints: cosigned as the judge asks, every line accounted for, one history, at times that fit the ledger's.

use alloc::vec::Vec;

use super::scenario::*;
use crate::log::{Checkpoint, LogSigner};

fn recosigned(at: usize, by: &[(&str, u64)]) -> impl FnOnce(&mut Evidence) {
    move |evidence: &mut Evidence| {
        let world = World::new();
        let bare = checkpoint_at(&world.entries, COSIGNED[at].0, &log_signer());
        evidence.log.checkpoints[at].checkpoint = cosigned(&bare, by);
    }
}

#[test]
fn cosignatures_below_the_quorum_are_inconclusive_and_nothing_is_proven() {
    for at in 0..2 {
        let report = edited(recosigned(at, &[("notary", ISSUED), ("notary-b", ISSUED)]));
        assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
        assert_eq!(
            with_outcome(&report, Outcome::NotChecked),
            ["cosignatures", "ledger_time"],
            "{report}"
        );
        assert!(detail(&report, "cosignatures").contains("missing court"), "{report}");
        assert!(report.claims.iter().all(|claim| claim.proven.is_none()), "{report}");
        assert!(
            report
                .basis
                .checkpoints
                .iter()
                .all(|checkpoint| checkpoint.cosigned.is_empty())
        );
    }
}

#[test]
fn a_cosignature_by_a_key_that_is_not_in_the_file_is_refused() {
    let report = edited(recosigned(
        0,
        &[("court", ISSUED), ("notary", ISSUED), ("stranger", ISSUED)],
    ));
    refused(
        &report,
        &["signature_lines"],
        "a line by witness.example/stranger, whose key is not in the file",
    );
}

#[test]
fn a_cosignature_by_a_key_that_the_judge_does_not_know_counts_for_nothing() {
    let report = edited(|evidence| {
        recosigned(0, &[("stranger", ISSUED), ("notary", ISSUED)])(evidence);
        evidence.log.log_witnesses.push(log_witness("stranger").key().clone());
    });
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    assert!(detail(&report, "cosignatures").contains("missing court"), "{report}");
}

#[test]
fn a_key_that_signed_nothing_is_refused() {
    let report = edited(|evidence| evidence.log.log_witnesses.push(log_witness("stranger").key().clone()));
    refused(&report, &["signature_lines"], "5 keys, 4 of them signed");
}

#[test]
fn a_cosignature_from_the_future_is_inconclusive() {
    let report = edited(recosigned(1, &[("court", YEARS_LATER + 301), ("notary", ISSUED)]));
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    assert!(
        report.sentence.contains("at a time that has not come yet"),
        "{}",
        report.sentence
    );
}

#[test]
fn a_cosignature_over_another_tree_is_refused() {
    let report = edited(|evidence| {
        let link = &mut evidence.log.checkpoints[0];
        let other = Checkpoint::new(ORIGIN, 4, *link.checkpoint.unchecked_checkpoint().root()).unwrap();
        let line = log_witness("court").cosign(&other, UnixSeconds(ISSUED)).unwrap();
        link.checkpoint = link.checkpoint.with_signature(line).unwrap();
    });
    refused(&report, &["signature_lines", "cosignatures"], "at 3 entries");
}

#[test]
fn a_checkpoint_by_another_key_of_the_logs_name_is_refused() {
    let impostor = LogSigner::new(KeyName::new(ORIGIN).unwrap(), bank(1)).unwrap();
    let report = edited(|evidence| {
        let entries = World::new().entries;
        evidence.log.checkpoints[0].checkpoint = cosigned(&checkpoint_at(&entries, 3, &impostor), COSIGNED[0].1);
    });
    assert_eq!(report.verdict, Verdict::NotVerified, "{report}");
    assert_eq!(with_outcome(&report, Outcome::Failed), ["log_checkpoints"], "{report}");
}

#[test]
fn a_chain_that_is_not_one_history_is_refused() {
    let other = World::of(request(), 100);
    let forked = edited(|evidence| evidence.log.checkpoints[0] = other.log_part().checkpoints[0].clone());
    refused(&forked, &["log_history"], "3 entries to 6");
    let reordered = edited(|evidence| evidence.log.checkpoints.swap(1, 2));
    refused(&reordered, &["log_history"], "3 entries to 8");
    let spare = edited(|evidence| {
        let hash = evidence.log.checkpoints[1].consistency[0];
        evidence.log.checkpoints[0].consistency.push(hash);
    });
    refused(&spare, &["log_history"], "continues none");
    let unjoined = edited(|evidence| evidence.log.joins.clear());
    refused(
        &unjoined,
        &["log_history"],
        "1 checkpoints are to be joined to the chain, and 0 joins are given",
    );
    let uncovered = edited(|evidence| {
        evidence.log.checkpoints.truncate(1);
    });
    assert!(
        with_outcome(&uncovered, Outcome::Failed).contains(&"log_history"),
        "{uncovered}"
    );
}

#[test]
fn a_ledger_that_dates_its_state_before_its_log_witnesses_looked_is_refused() {
    let before = COSIGNED[0]
        .1
        .iter()
        .map(|(name, _)| (*name, STATE_TIME + 301))
        .collect::<Vec<_>>();
    let report = edited(recosigned(0, &before));
    refused(&report, &["ledger_time"], "log witnesses saw the log without it on");
    let within = COSIGNED[0]
        .1
        .iter()
        .map(|(name, _)| (*name, STATE_TIME + 300))
        .collect::<Vec<_>>();
    assert_eq!(
        edited(recosigned(0, &within)).verdict,
        Verdict::Verified,
        "clocks may differ by five minutes"
    );
}

#[test]
fn a_ledger_that_dates_its_state_after_its_log_witnesses_saw_it_is_refused() {
    let report = edited(recosigned(
        1,
        &[("court", STATE_TIME - 301), ("notary-b", STATE_TIME - 301)],
    ));
    refused(&report, &["ledger_time"], "log witnesses saw it in the log on");
}

#[test]
fn whose_cosignatures_count_is_for_the_judges_trust_file_to_say() {
    let policy = test_log::policy().replace("quorum both", "quorum notaries");
    let lenient = trust_in(Some(&policy), CEREMONY, false);
    let mut evidence = good().clone();
    recosigned(1, &[("notary-b", ISSUED + 500)])(&mut evidence);
    evidence.summary = summary::derive(&evidence);
    let bytes = evidence.to_json();
    assert_eq!(verdict_on(&bytes).verdict, Verdict::Inconclusive);
    let report = verify_evidence(&bytes, &lenient, UnixSeconds(YEARS_LATER));
    assert_eq!(report.verdict, Verdict::Verified, "{report}");
}
