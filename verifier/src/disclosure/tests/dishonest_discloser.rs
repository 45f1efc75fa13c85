//! A discloser who wants a court to believe in a receivable that was never minted, or in one that was never credited.

use tradeseal_primitives::receivable::settled_address;
use tradeseal_primitives::tree::{MemoryDilutions, dilution};

use super::scenario::*;
use crate::disclosure::*;
use crate::entry::{DilutionKey, Ed25519Key};
use crate::verdict::{Outcome, Verdict};

const OF_TERMS: [&str; 4] = ["terms", "debtor", "supplier", "invoice"];

/// A log in which somebody without any receivable has spent two dummies under terms of its own invention: debtor, invoice and
/// "acknowledged" included. Nothing of these terms was ever minted; the ledger's mint is of another number and not acknowledged.
fn nothing_moved() -> World {
    let mut invented = plan();
    invented.acknowledged = false;
    invented.mint_key = DilutionKey::new(Ed25519Key::of(&secret(77))).unwrap();
    invented.minted = opening(0, owner(SUPPLIER).address, 10);
    for (at, output) in (20..).zip(&mut invented.paid) {
        *output = opening(0, owner(SUPPLIER).address, at);
    }
    World::new(invented)
}

#[test]
fn a_receivable_that_no_entry_minted_has_no_whole_history() {
    let mut body = nothing_moved().suppliers();
    body.notes[0].created = None;
    body.remaining = None;
    body.entries.retain(|logged| ![MINT, DILUTION].contains(&logged.index));
    let report = report_on(&[&file(body)]);
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    assert_eq!(
        with_outcome(&report, Outcome::NotChecked),
        [Check::Complete.name()],
        "{report}"
    );
    assert!(
        report
            .sentence
            .contains("no file holds the entry that minted the receivable"),
        "{}",
        report.sentence
    );
    for name in OF_TERMS {
        let claim = report.claims.iter().find(|claim| claim.name == name).unwrap();
        assert!(!claim.established, "of a receivable that nobody minted: {claim:?}");
    }
}

/// Its terms are those of the mint that the amount comes from, whoever keeps the mint back.
#[test]
fn an_opened_amount_establishes_its_terms_without_the_mint() {
    let report = report_on(&[&both()[1]]);
    assert_eq!(detail(&report, Check::Minting), "no file holds the mint");
    let terms = report.claims.iter().find(|claim| claim.name == "terms").unwrap();
    assert!(terms.established, "{report}");
}

/// What the tree of dilutions said before the credit note of entry 7, by the state record at entry 5.
fn before_the_credit_note(body: &mut Body) {
    body.entries.retain(|logged| logged.index != DILUTION);
    body.remaining = Some(Remaining {
        state: 5,
        proof: dilution::lookup(&MemoryDilutions::default(), terms().number).unwrap(),
    });
}

const NOT_SHOWN: &str = "; whether credit notes or prepayments lowered it is not shown.";

/// The notes are shown unspent as of the last state; what remains, as of one before the credit note.
#[test]
fn what_remains_is_not_shown_as_of_an_earlier_time_than_the_notes() {
    let report = with_suppliers(before_the_credit_note);
    assert_eq!(
        report.check(Check::Remaining).unwrap().outcome,
        Outcome::Passed,
        "{report}"
    );
    assert!(report.sentence.ends_with(NOT_SHOWN), "{}", report.sentence);
    assert!(!report.sentence.contains("on record"), "{}", report.sentence);
    let told = report.claims.iter().find(|claim| claim.name == "remaining").unwrap();
    assert!(
        told.text.contains("on record by 2026-09-21 14:21:40 UTC leave 100 %"),
        "true, with its own date: {}",
        told.text
    );
}

/// Nothing is unspent, so no state dates the notes; the transfers do.
#[test]
fn what_remains_is_not_shown_as_of_an_earlier_time_than_the_settling() {
    let mut all_settled = plan();
    all_settled.paid[1] = opening(0, owner(SUPPLIER).address, 21);
    all_settled.paid[2].amount.0 = 40_000;
    all_settled.settled[0].amount.0 = 60_000;
    all_settled.settled[1].amount.0 = 0;
    let world = World::new(all_settled);
    let mut suppliers = world.suppliers();
    suppliers.notes.truncate(2);
    let mut seconds = world.seconds();
    seconds.notes.truncate(2);
    let seconds = file(seconds);
    let shown = report_on(&[&file(suppliers.clone()), &seconds]);
    assert!(shown.sentence.ends_with("leave 90 % of each amount."), "{shown}");
    before_the_credit_note(&mut suppliers);
    let report = report_on(&[&file(suppliers), &seconds]);
    assert_eq!(report.basis.as_of, None);
    assert!(report.sentence.ends_with(NOT_SHOWN), "{}", report.sentence);
}

/// The tests' small circuit proves anything; the real one has no key of the settled address. The sums speak all the same.
#[test]
fn an_amount_at_the_settled_address_is_nobodys_to_show_unspent() {
    let settled = world().plan.paid[2].clone();
    assert_eq!(settled.owner, settled_address());
    let report = with_suppliers(|body| {
        body.notes[2].opening = settled;
        body.notes[2].created = Some(Output {
            entry: PAYMENT,
            output: 2,
        });
    });
    assert_ne!(report.verdict, Verdict::Verified, "{report}");
}

/// Whoever knows the terms can send its holder notes of nothing; they are not to spoil what the holder discloses.
#[test]
fn a_note_of_nothing_that_somebody_sent_is_no_gap() {
    let mut unwanted = plan();
    unwanted.settled[2] = opening(0, owner(SUPPLIER).address, 32);
    let world = World::new(unwanted);
    let sent = world.plan.settled[2].clone();
    let mut body = world.suppliers();
    let logged = world.logged(SETTLING, &crate::test_log::signer());
    let at = body.entries.partition_point(|entry| entry.index < SETTLING);
    body.entries.insert(at, logged);
    body.notes.push(world.note(SUPPLIER, &sent, Some((SETTLING, 2)), None));
    let report = report_on(&[&file(body)]);
    let gaps = report.claims.iter().filter(|claim| claim.name == "not_disclosed");
    assert_eq!(
        gaps.count(),
        1,
        "the 600.00 of the second supplier, and nothing else: {report}"
    );
}
