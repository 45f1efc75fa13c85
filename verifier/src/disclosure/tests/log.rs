//! Entries are in the log that the file names, of its ledger, and about the receivable; or the file is refused.

use alloc::string::ToString;
use alloc::vec;

use tradeseal_primitives::receivable::UnixSeconds;

use super::scenario::*;
use crate::disclosure::*;
use crate::entry::LedgerId;
use crate::ledger_view::Offline;
use crate::log::{LogSigner, TlogProof};
use crate::test_log;
use crate::trust::{Trust, TrustedKey, TrustedLog};
use crate::verdict::{Outcome, Verdict};

#[test]
fn an_entry_that_is_none_is_refused() {
    let report = with_suppliers(|body| body.entries[2].entry = vec![0xa0]);
    refused(&report, &[Check::Entries], "file 1: entry 2: not an entry");
    assert_eq!(
        detail(&report, Check::Openings),
        "not reached: it needs entries, which failed"
    );
}

#[test]
fn an_entry_that_the_file_refers_to_and_lacks_is_refused() {
    let lacks = |index: u64| with_suppliers(|body| body.entries.retain(|entry| entry.index != index));
    refused(&lacks(0), &[Check::Ledger], "entry 0 is not in the file");
    refused(&lacks(MINT), &[Check::Openings], "entry 2 is not in the file");
    refused(
        &lacks(PAYMENT),
        &[Check::Openings, Check::Spent],
        "entry 4 is not in the file",
    );
    refused(
        &lacks(LAST),
        &[Check::Unspent, Check::Remaining],
        "entry 10 is not in the file",
    );
}

#[test]
fn an_entry_of_another_kind_than_the_file_says_is_refused() {
    let spent = with_suppliers(|body| body.transfers[0].entry = MINT);
    refused(
        &spent,
        &[Check::Openings, Check::Spent],
        "entry 2 is not a transfer but of kind mint",
    );
    let unspent = with_suppliers(|body| {
        let Fate::Unspent(unspent) = &mut body.notes[2].fate else {
            panic!()
        };
        unspent.state = PAYMENT;
    });
    refused(
        &unspent,
        &[Check::Unspent],
        "entry 4 is not a state record but of kind transfer",
    );
}

#[test]
fn an_entry_that_is_not_in_the_log_is_refused() {
    let changed = with_suppliers(|body| {
        body.entries[2].entry = mint_of(commitment(&plan().minted), true, dilution_key_of(7)).encode();
    });
    let failed = with_outcome(&changed, Outcome::Failed);
    assert!(failed.contains(&Check::LogInclusion.name()), "{changed}");
    assert!(
        detail(&changed, Check::LogInclusion).contains("file 1: entry 2: the inclusion proof leads to root"),
        "{changed}"
    );
    let moved = with_suppliers(|body| {
        body.entries[1] = LoggedEntry {
            index: 1,
            ..body.entries[3].clone()
        }
    });
    refused(
        &moved,
        &[Check::LogInclusion],
        "the file says it is entry 1, it is entry 3",
    );
}

fn dilution_key_of(seed: u8) -> crate::entry::DilutionKey {
    crate::entry::DilutionKey::new(crate::entry::Ed25519Key::of(&secret(seed))).unwrap()
}

#[test]
fn a_state_record_that_contradicts_its_place_is_refused() {
    let mut cheated = World::new(plan());
    cheated.log.swap(1, 3);
    let report = report_on(&[&file(cheated.suppliers()), &file(cheated.seconds())]);
    refused(
        &report,
        &[Check::LogInclusion],
        "the record says it is entry 3, it is entry 1",
    );
}

#[test]
fn a_proof_from_the_log_that_is_damaged_or_carries_unsigned_data_is_refused() {
    let garbage = with_suppliers(|body| body.entries[0].tlog_proof = "\u{1b}[2J".to_string());
    refused(&garbage, &[Check::CheckpointSignature], "malformed tlog-proof");
    assert!(!garbage.to_string().contains('\u{1b}'));
    let extra = with_suppliers(|body| {
        body.entries[0].tlog_proof = body.entries[0].tlog_proof.replace("@v1\n", "@v1\nextra AAAA\n");
    });
    refused(
        &extra,
        &[Check::CheckpointSignature],
        "entry 0: it carries an extra line",
    );
}

#[test]
fn a_checkpoint_by_another_key_or_of_another_log_is_refused() {
    let signed_by = |signer: LogSigner| {
        with_suppliers(|body| {
            for entry in &mut body.entries {
                *entry = world().logged(entry.index, &signer);
            }
        })
    };
    let impostor = LogSigner::new(origin(), secret(1)).unwrap();
    refused(
        &signed_by(impostor),
        &[Check::CheckpointSignature],
        "none of the 1 signature lines is by a trusted key",
    );
    let other = LogSigner::new(crate::log::KeyName::new("elsewhere.example").unwrap(), secret(1)).unwrap();
    refused(
        &signed_by(other),
        &[Check::CheckpointSignature],
        "the checkpoint is of elsewhere.example",
    );
}

#[test]
fn a_log_that_the_trust_file_does_not_name_is_inconclusive_and_nothing_is_established() {
    let trust = Trust::new(
        vec![],
        vec![TrustedKey::new(keys().verifying.clone(), CEREMONY)],
        false,
        None,
    )
    .unwrap();
    let files = [&both()[0][..], &both()[1]];
    let report = verify_disclosures(&files, &trust, UnixSeconds(NOW), &Offline);
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    let unchecked = [Check::CheckpointSignature, Check::LogInclusion].map(Check::name);
    assert_eq!(with_outcome(&report, Outcome::NotChecked), unchecked);
    assert!(report.claims.iter().all(|claim| !claim.established), "{report}");
    assert_eq!(
        (report.basis.log, report.basis.log_size, report.basis.as_of),
        (None, None, None)
    );
}

#[test]
fn a_log_that_shows_two_histories_is_found_out() {
    let mut plan = plan();
    plan.settled[0].randomness.rho += tradeseal_primitives::Fr::from(1u64);
    let other = World::new(plan);
    let report = report_on(&[&both()[0], &file(other.seconds())]);
    refused(
        &report,
        &[Check::LogInclusion],
        "file 2: the log signed two histories for position 11",
    );
    assert!(
        report.sentence.contains("keep the files as evidence"),
        "{}",
        report.sentence
    );
}

/// Two sizes have two roots, but one position holds one entry.
#[test]
fn a_log_that_shows_two_entries_for_one_position_is_found_out() {
    let mut plan = plan();
    plan.settled[0].randomness.rho += tradeseal_primitives::Fr::from(1u64);
    let mut other = World::new(plan);
    other.close();
    let report = report_on(&[&both()[1], &file(other.seconds())]);
    let failed = with_outcome(&report, Outcome::Failed);
    assert!(failed.contains(&Check::LogInclusion.name()), "{report}");
    assert!(
        detail(&report, Check::LogInclusion).contains("the log signed two entries for position 6"),
        "{report}"
    );
}

#[test]
fn a_ledger_other_than_the_one_named_is_refused() {
    let report = report_on(&[&file({
        let mut body = world().suppliers();
        body.ledger_id = LedgerId([7; 32]);
        body
    })]);
    refused(&report, &[Check::Ledger], "entry 0 begins the ledger ");
    let several = with_suppliers(|body| body.ledger_id = LedgerId([7; 32]));
    refused(
        &several,
        &[Check::OneReceivable, Check::Ledger],
        "file 2: it names the ledger",
    );
}

#[test]
fn an_entry_that_has_nothing_to_do_with_the_receivable_is_refused() {
    let report = with_suppliers(|body| {
        let at = body.entries.len() - 1;
        body.entries.insert(at, world().logged(STRANGER, &test_log::signer()));
    });
    refused(&report, &[Check::NothingElse], "file 1: entry 9, of kind mint");
}

/// The supplier's file with its proofs from the log cosigned, all but entry 4's if the quorum is to be missing there.
fn witnessed_suppliers(court_saw_entry_4: bool) -> DisclosureReport {
    let mut body = world().suppliers();
    for entry in &mut body.entries {
        let proof = TlogProof::parse(&entry.tlog_proof).unwrap();
        let all = [("notary", START), ("court", START + 1)];
        let by = if entry.index == PAYMENT && !court_saw_entry_4 {
            &all[..1]
        } else {
            &all
        };
        entry.tlog_proof = test_log::witnessed(&proof, by).to_string();
    }
    let log = TrustedLog::witnessed(test_log::signer().key().clone(), &test_log::policy()).unwrap();
    let key = TrustedKey::new(keys().verifying.clone(), CEREMONY);
    let trust = Trust::in_logs(vec![log], vec![key], false, None).unwrap();
    verify_disclosures(&[&file(body)], &trust, UnixSeconds(NOW), &Offline)
}

#[test]
fn every_checkpoint_in_a_file_needs_the_cosignatures_that_the_trust_file_asks_for() {
    let outcome = |report: &DisclosureReport| report.check(Check::Cosignatures).unwrap().outcome;
    let whole = witnessed_suppliers(true);
    assert_eq!(outcome(&whole), Outcome::Passed, "{whole}");
    assert_eq!(whole.basis.cosigned.len(), 2);
    assert!(whole.claims.iter().any(|claim| claim.established), "{whole}");
    let one_lacks = witnessed_suppliers(false);
    assert_eq!(outcome(&one_lacks), Outcome::NotChecked, "{one_lacks}");
    assert!(one_lacks.claims.iter().all(|claim| !claim.established), "{one_lacks}");
    assert!(
        detail(&one_lacks, Check::Cosignatures).contains("missing court"),
        "{one_lacks}"
    );
}

#[test]
fn without_log_witnesses_the_report_says_that_nobody_independent_saw_the_log() {
    let report = report_on(&[&both()[0]]);
    assert!(report.check(Check::Cosignatures).is_none());
    assert!(
        report
            .not_established
            .iter()
            .any(|limit| limit.contains("anybody independent")),
        "{report}"
    );
}
