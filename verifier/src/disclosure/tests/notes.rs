//! Notes are what the log holds, minted under the terms given, spent or unspent where the file says; or the file is refused.

use alloc::vec;

use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{Flags, RemainingPpb};

use super::scenario::*;
use crate::disclosure::*;
use crate::entry::{DiluteBody, Signed};
use crate::verdict::Outcome;

#[test]
fn a_note_opened_as_something_else_is_refused() {
    let more = with_suppliers(|body| body.notes[0].opening.amount.0 += 1);
    let failed = with_outcome(&more, Outcome::Failed);
    assert!(failed.contains(&Check::Openings.name()), "{more}");
    assert_eq!(
        detail(&more, Check::Openings),
        "file 1: note 1 is not output 0 of entry 2"
    );
    let others = with_suppliers(|body| body.notes[0].opening.owner = owner(SECOND).address);
    assert_eq!(
        detail(&others, Check::Openings),
        "file 1: note 1 is not output 0 of entry 2"
    );
    let elsewhere = with_suppliers(|body| {
        body.notes[2].created = Some(Output {
            entry: PAYMENT,
            output: 2,
        });
    });
    assert_eq!(
        detail(&elsewhere, Check::Openings),
        "file 1: note 3 is not output 2 of entry 4"
    );
    let beyond = with_suppliers(|body| body.notes[0].created = Some(Output { entry: MINT, output: 1 }));
    assert_eq!(
        detail(&beyond, Check::Openings),
        "file 1: note 1 is not output 1 of entry 2"
    );
    let state = with_suppliers(|body| body.notes[0].created = Some(Output { entry: 3, output: 0 }));
    assert_eq!(
        detail(&state, Check::Openings),
        "file 1: note 1 is not output 0 of entry 3"
    );
}

#[test]
fn an_output_opened_as_something_else_is_refused() {
    for output in 0..4 {
        let report = with_suppliers(|body| body.transfers[0].outputs[output].randomness.r += Fr::from(1u64));
        refused(
            &report,
            &[Check::Openings],
            &alloc::format!("output {output} of entry 4 is another"),
        );
    }
    let swapped = with_suppliers(|body| body.transfers[0].outputs.swap(0, 1));
    refused(&swapped, &[Check::Openings], "output 0 of entry 4 is another");
}

#[test]
fn only_a_dummy_may_be_made_by_no_entry_and_only_if_it_was_spent() {
    let unmade = with_suppliers(|body| body.notes[0].created = None);
    refused(
        &unmade,
        &[Check::Openings],
        "note 1 has an amount, but no entry that made it",
    );
    let unspent = with_suppliers(|body| body.notes[1].fate = body.notes[2].fate.clone());
    refused(
        &unspent,
        &[Check::Spent],
        "note 2 was made by no entry and spent by none",
    );
}

#[test]
fn terms_that_the_mint_does_not_bear_out_are_refused() {
    let mut unacknowledged = plan();
    unacknowledged.acknowledged = false;
    let report = World::new(unacknowledged);
    refused(
        &report_on(&[&file(report.suppliers())]),
        &[Check::Minting],
        "entry 2 minted number",
    );
    let mut other_key = plan();
    other_key.mint_key = crate::entry::DilutionKey::new(crate::entry::Ed25519Key::of(&secret(7))).unwrap();
    let report = World::new(other_key);
    refused(
        &report_on(&[&file(report.suppliers())]),
        &[Check::Minting],
        "entry 2 minted number",
    );
    // Claimed in the file only, the terms hash to another value, and no note is as opened.
    let claimed = report_on(&[&file({
        let mut body = world().suppliers();
        body.terms.flags = Flags::NONE;
        body
    })]);
    assert!(
        with_outcome(&claimed, Outcome::Failed).contains(&Check::Openings.name()),
        "{claimed}"
    );
}

#[test]
fn an_invoice_or_party_that_is_not_the_terms_is_refused() {
    for (what, edit) in [
        (
            "number",
            (|body| body.invoice.as_mut().unwrap().number = "RE 2026/8".into()) as fn(&mut Body),
        ),
        ("day", |body| body.invoice.as_mut().unwrap().issue_day.0 += 1),
        ("salt", |body| body.invoice.as_mut().unwrap().salt += Fr::from(1u64)),
    ] {
        let report = with_suppliers(edit);
        refused(&report, &[Check::Invoice], "it leads to");
        assert!(
            !report
                .claims
                .iter()
                .any(|claim| claim.name == "invoice" && claim.established),
            "{what}"
        );
    }
    let debtor = with_suppliers(|body| body.debtor = Some(identifier("FR33333333333")));
    refused(&debtor, &[Check::Invoice], "the debtor given has party id");
    let creditor = with_suppliers(|body| body.creditor = Some(identifier("FR33333333333")));
    refused(&creditor, &[Check::Invoice], "the supplier given has party id");
}

#[test]
fn a_note_that_another_transfer_spent_is_refused() {
    let swapped = with_suppliers(|body| {
        body.notes[0].fate = Fate::Spent(Input {
            entry: PAYMENT,
            input: 1,
        });
    });
    refused(&swapped, &[Check::Spent], "input 1 of entry 4 is not note 1");
    let beyond = with_suppliers(|body| {
        body.notes[0].fate = Fate::Spent(Input {
            entry: PAYMENT,
            input: 2,
        });
    });
    refused(&beyond, &[Check::Spent], "input 2 of entry 4 is not note 1");
}

#[test]
fn where_a_spent_note_went_must_be_opened_and_nothing_else() {
    let closed = with_suppliers(|body| body.transfers.clear());
    refused(
        &closed,
        &[Check::Spent],
        "entry 4 spends a note; its outputs are not opened",
    );
    let idle = report_on(&[&file({
        let mut body = world().suppliers();
        body.notes.drain(..2);
        body
    })]);
    let failed = with_outcome(&idle, Outcome::Failed);
    assert_eq!(failed, [Check::NothingElse, Check::Spent].map(Check::name), "{idle}");
    assert_eq!(detail(&idle, Check::Spent), "entry 4");
}

#[test]
fn a_note_cannot_be_spent_before_it_is_made_nor_unspent_before_that() {
    let mut early = plan();
    early.paid[1] = early.minted.clone();
    let cheated = World::new(early);
    let transfers = vec![OpenedTransfer {
        entry: PAYMENT,
        outputs: cheated.plan.paid.clone(),
    }];
    let minted = cheated.note(SUPPLIER, &cheated.plan.minted, Some((PAYMENT, 1)), Some((PAYMENT, 0)));
    let report = report_on(&[&file(cheated.body(vec![minted], transfers, &[0, PAYMENT]))]);
    assert_eq!(
        detail(&report, Check::Spent),
        "entry 4 would spend note 1 before entry 4 made it"
    );

    let stale = with_suppliers(|body| {
        let Fate::Unspent(unspent) = &mut body.notes[2].fate else {
            panic!()
        };
        unspent.state = 3;
    });
    // The root of that state is another, too.
    refused(
        &stale,
        &[Check::Unspent],
        "entry 3's root of nullifiers does not show note 3 unspent",
    );
}

/// A state in which nothing was spent yet shows a note unspent that did not exist.
#[test]
fn a_state_older_than_the_note_shows_nothing() {
    let mut older = World::new(plan());
    let record = older.log[usize::try_from(LAST).unwrap()].clone();
    let mut state = crate::entry::StateRecord::decode(&record).unwrap();
    state.log_size = 3;
    older.log[3] = state.encode();
    let mut body = older.suppliers();
    let Fate::Unspent(unspent) = &mut body.notes[2].fate else {
        panic!()
    };
    unspent.state = 3;
    let report = report_on(&[&file(body)]);
    refused(&report, &[Check::Unspent], "entry 3 is older than note 3");
}

#[test]
fn a_spent_note_cannot_be_shown_unspent() {
    // Its nullifier is a leaf of the tree, so no leaf brackets it.
    let report = with_suppliers(|body| {
        body.notes[0].fate = body.notes[2].fate.clone();
        body.notes.remove(1);
        body.transfers.clear();
    });
    refused(&report, &[Check::Unspent], "does not show note 1 unspent");
}

#[test]
fn one_note_spent_in_one_file_and_unspent_later_in_another_is_the_ledgers_lie() {
    let mut lying = plan();
    lying.paid[0] = opening(60_000, owner(SECOND).address, 20);
    let mut world = World::new(lying);
    let mut other = world.seconds();
    let spent = other.notes[0].nullifier;
    other.notes.truncate(1);
    other.transfers.clear();
    other.entries.retain(|entry| entry.index != SETTLING);
    world.forget(spent);
    other.notes[0].fate = world.unspent(spent);
    let signer = crate::test_log::signer();
    let relogged = |mut body: Body| {
        for entry in &mut body.entries {
            *entry = world.logged(entry.index, &signer);
        }
        file(body)
    };
    let mut first = world.seconds();
    first.notes[2].fate = world.unspent(first.notes[2].nullifier);
    let report = report_on(&[&relogged(first), &relogged(other)]);
    refused(
        &report,
        &[Check::Unspent],
        "file 2: entry 6 spends what the later entry 10 shows unspent",
    );
}

#[test]
fn a_file_that_holds_the_entry_that_spends_a_note_must_say_so() {
    // As of entry 5 the second supplier's note was unspent, but the file holds entry 6, which spends it.
    let before = World::until_payment(plan());
    let report = report_on(&[&file({
        let mut body = world().seconds();
        let absence = before.note(SECOND, &plan().paid[0], Some((PAYMENT, 0)), None).fate;
        let Fate::Unspent(mut unspent) = absence else { panic!() };
        unspent.state = 5;
        body.notes[0].fate = Fate::Unspent(unspent);
        body.entries.insert(2, world().logged(5, &crate::test_log::signer()));
        body
    })]);
    refused(&report, &[Check::Unspent], "entry 6 spends note 1");
}

#[test]
fn what_remains_is_the_ledgers_word_or_refused() {
    let more = with_suppliers(|body| {
        let remaining = body.remaining.as_mut().unwrap();
        remaining.proof.leaf.remaining = RemainingPpb::WHOLE;
    });
    refused(
        &more,
        &[Check::Remaining],
        "entry 10's root of dilutions does not show it",
    );
    let before = with_suppliers(|body| body.remaining.as_mut().unwrap().state = 5);
    refused(
        &before,
        &[Check::Remaining],
        "entry 5's root of dilutions does not show it",
    );
    let another = with_suppliers(|body| body.remaining.as_mut().unwrap().proof.leaf.number += 1);
    refused(&another, &[Check::Remaining], "does not show it");
}

/// The ledger records a credit note and goes on showing more than it left.
#[test]
fn a_ledger_that_forgets_a_credit_note_is_found_out() {
    let mut forgetful = World::new(plan());
    let body = DiluteBody {
        number: terms().number,
        remaining: RemainingPpb::new(800_000_000).unwrap(),
        dilution_key: *dilution_key().key(),
    };
    let dilute = Signed::sign(body, &origin(), &secret(5)).unwrap();
    forgetful.log[usize::try_from(DILUTION).unwrap()] = dilute.encode();
    let report = report_on(&[&file(forgetful.suppliers())]);
    refused(&report, &[Check::Remaining], "entry 7 left less than entry 10 shows");
}

#[test]
fn a_dilution_by_another_key_is_refused() {
    let mut plan = plan();
    plan.dilution_signer = secret(6);
    let report = report_on(&[&file(World::new(plan).suppliers())]);
    refused(
        &report,
        &[Check::Remaining],
        "entry 7 is not signed by the key of receivable",
    );
}
