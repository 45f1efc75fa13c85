//! What only the ledger can say: freshness, spending, locks; and what remains without it.

use alloc::format;
use alloc::string::{String, ToString};

use tradeseal_primitives::receivable::UnixSeconds;

use super::scenario::*;
use crate::eligibility::{Check, verify_eligibility};
use crate::groth16::Provenance;
use crate::ledger_view::{LedgerView, NullifierStatus, Offline, RootStatus, Unavailable};
use crate::verdict::{Outcome, Report, Verdict};

fn seen_by(ledger: &dyn LedgerView, max_age: Option<u64>) -> Report {
    let bytes = presentation(&request()).to_json();
    verify_eligibility(
        &bytes,
        &request(),
        &trust(CEREMONY, false, max_age),
        UnixSeconds(NOW),
        ledger,
    )
}

fn replaced(seconds_ago: u64, grace_seconds: u64) -> Told {
    let at = UnixSeconds(NOW - seconds_ago);
    Told {
        root: Ok(RootStatus::Replaced { at, grace_seconds }),
        ..FREE
    }
}

#[test]
fn a_spent_receivable_is_refused() {
    let report = seen_by(
        &Told {
            nullifier: Ok(NullifierStatus::Spent),
            ..FREE
        },
        None,
    );
    assert_eq!(report.verdict, Verdict::NotVerified);
    assert_eq!(failed(&report), [Check::NullifierUnspent.name()]);
    assert_eq!(
        report.sentence,
        "Not verified: the receivable has already been transferred or settled."
    );
    assert_eq!(
        detail(&report, Check::NotLocked),
        "not reached: it needs nullifier_unspent, which failed"
    );
}

#[test]
fn a_receivable_locked_by_another_financier_is_refused_until_the_lock_ends() {
    let until = NOW + 60;
    let report = seen_by(&locked_by(8, until), None);
    assert_eq!(report.verdict, Verdict::NotVerified);
    assert_eq!(failed(&report), [Check::NotLocked.name()]);
    let expected = "Not verified: the receivable is locked until 2026-09-21 14:24:20 UTC by another financier.";
    assert_eq!(report.sentence, expected);
    assert_eq!(seen_by(&locked_by(8, NOW), None).verdict, Verdict::Verified);
    assert_eq!(seen_by(&locked_by(8, NOW + 1), None).verdict, Verdict::NotVerified);
}

#[test]
fn the_other_financier_is_not_named() {
    let report = format!("{}", seen_by(&locked_by(8, NOW + 60), None));
    assert!(
        !report.contains(&crate::entry::Ed25519Key::of(&bank(8)).to_string()),
        "{report}"
    );
}

#[test]
fn a_lock_by_the_very_bank_that_asks_is_fine() {
    let report = seen_by(&locked_by(7, NOW + 60), None);
    assert_eq!(report.verdict, Verdict::Verified, "{report}");
    assert!(detail(&report, Check::NotLocked).contains("by the verifier that asks"));
}

#[test]
fn a_root_that_the_ledger_does_not_know_is_refused() {
    let report = seen_by(
        &Told {
            root: Ok(RootStatus::Unknown),
            ..FREE
        },
        None,
    );
    assert_eq!(failed(&report), [Check::RootFresh.name()]);
}

#[test]
fn age_counts_from_the_roots_replacement_and_the_ledgers_grace_decides() {
    assert_eq!(seen_by(&replaced(0, 60), None).verdict, Verdict::Verified);
    assert_eq!(seen_by(&replaced(59, 60), None).verdict, Verdict::Verified);
    let stale = seen_by(&replaced(60, 60), None);
    assert_eq!(
        (stale.verdict, failed(&stale)),
        (Verdict::NotVerified, alloc::vec![Check::RootFresh.name()])
    );
    assert!(
        stale
            .sentence
            .contains("replaced too long ago; ask for a new presentation"),
        "{}",
        stale.sentence
    );
    // A root that still stands is fresh however old its record is.
    assert_eq!(seen_by(&FREE, Some(1)).verdict, Verdict::Verified);
}

#[test]
fn credit_notes_left_out_for_too_long_are_refused_however_fresh_the_notes_are() {
    let diluted_since = |seconds_ago: u64| Told {
        root: Ok(RootStatus::Current),
        dilution_root: replaced(seconds_ago, 60).root,
        ..FREE
    };
    assert_eq!(seen_by(&diluted_since(59), None).verdict, Verdict::Verified);
    let stale = seen_by(&diluted_since(60), None);
    assert_eq!(failed(&stale), [Check::DilutionFresh.name()], "{stale}");
    assert_eq!(
        stale.sentence,
        "Not verified: the presentation counts credit notes and prepayments as they stood too long ago; ask for a new \
         presentation."
    );
    let unknown = seen_by(
        &Told {
            dilution_root: Ok(RootStatus::Unknown),
            ..FREE
        },
        None,
    );
    assert_eq!(failed(&unknown), [Check::DilutionFresh.name()], "{unknown}");
    assert!(
        unknown
            .sentence
            .contains("does not know the credit notes and prepayments"),
        "{}",
        unknown.sentence
    );
}

#[test]
fn the_trust_files_limit_overrides_the_ledgers_grace() {
    assert_eq!(seen_by(&replaced(59, 10), Some(60)).verdict, Verdict::Verified);
    assert_eq!(seen_by(&replaced(60, 1_000), Some(60)).verdict, Verdict::NotVerified);
}

#[test]
fn offline_the_verdict_is_inconclusive_and_says_what_to_do() {
    let report = seen_by(&Offline, None);
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    let unchecked = [
        Check::RootFresh,
        Check::DilutionFresh,
        Check::NullifierUnspent,
        Check::NotLocked,
    ]
    .map(Check::name);
    assert_eq!(with_outcome(&report, Outcome::NotChecked), unchecked);
    assert_eq!(
        report.sentence,
        "Inconclusive: nothing speaks against it, but whether the receivable is still free was not checked against the \
         ledger, and whether it counts the latest credit notes and prepayments was not checked against the ledger. To \
         settle it, check again with the ledger reachable."
    );
    let proven = |name: &str| {
        report
            .claims
            .iter()
            .find(|claim| claim.name == name)
            .unwrap()
            .proven
            .is_some()
    };
    assert!(
        proven("amount") && !proven("unspent") && !proven("not_locked"),
        "{report}"
    );
}

/// A root is replaced no earlier than it was recorded, so the record's age bounds the root's from above.
#[test]
fn offline_a_young_state_is_fresh_and_an_older_one_is_undecided() {
    let age = NOW - STATE_TIME;
    let fresh = seen_by(&Offline, Some(age + 1));
    assert_eq!(fresh.verdict, Verdict::Inconclusive);
    let undecided = seen_by(&Offline, Some(age));
    for name in ["root_fresh", "dilution_fresh"] {
        assert_eq!(fresh.check(name).unwrap().outcome, Outcome::Passed, "{fresh}");
        assert_eq!(
            undecided.check(name).unwrap().outcome,
            Outcome::NotChecked,
            "{undecided}"
        );
    }
}

#[test]
fn answers_of_another_ledger_do_not_count() {
    let report = seen_by(
        &Told {
            origin: "elsewhere.example",
            ..FREE
        },
        None,
    );
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    assert!(
        detail(&report, Check::NullifierUnspent).contains("the ledger reached is elsewhere.example"),
        "{report}"
    );
}

#[test]
fn a_ledger_that_answers_only_half_is_half_an_answer() {
    let silent = || Unavailable {
        reason: String::from("no answer\u{1b}[2J within 5 seconds"),
    };
    let no_nullifier = seen_by(
        &Told {
            nullifier: Err(silent()),
            ..FREE
        },
        None,
    );
    assert_eq!(no_nullifier.verdict, Verdict::Inconclusive);
    assert_eq!(
        detail(&no_nullifier, Check::NotLocked),
        "no answer\u{fffd}[2J within 5 seconds"
    );
    let no_root = seen_by(
        &Told {
            root: Err(silent()),
            ..FREE
        },
        None,
    );
    assert_eq!(with_outcome(&no_root, Outcome::NotChecked), [Check::RootFresh.name()]);
    let no_dilutions = seen_by(
        &Told {
            dilution_root: Err(silent()),
            ..FREE
        },
        None,
    );
    assert_eq!(
        with_outcome(&no_dilutions, Outcome::NotChecked),
        [Check::DilutionFresh.name()]
    );
}

#[test]
fn several_gaps_are_all_named_each_with_its_remedy() {
    let bytes = presentation(&request()).to_json();
    let trust = trust(Provenance::InsecureDev, false, None);
    let report = verify_eligibility(&bytes, &request(), &trust, UnixSeconds(NOW), &Offline);
    assert_eq!(
        report.sentence,
        "Inconclusive: nothing speaks against it, but it was proven under a development key, and whoever made that key \
         could have forged the proof, and whether the receivable is still free was not checked against the ledger, and \
         whether it counts the latest credit notes and prepayments was not checked against the ledger. To settle it, ask for a proof under a ceremony key, and check again with the ledger reachable."
    );
}
