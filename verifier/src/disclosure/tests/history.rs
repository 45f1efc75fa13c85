//! Files are joined; what is missing is said; sums and the one mint are held.

use alloc::format;
use alloc::string::ToString;
use alloc::vec;

use tradeseal_primitives::receivable::settled_address;

use super::scenario::*;
use crate::disclosure::*;
use crate::verdict::{Outcome, Verdict};

#[test]
fn both_owners_files_together_are_the_whole_history() {
    for order in [[0, 1], [1, 0]] {
        let report = report_on(&order.map(|at| &both()[at][..]));
        assert_eq!(report.verdict, Verdict::Verified, "{report}");
        assert_eq!(
            report.sentence,
            "Verified: this is the whole history of one receivable of 1000.00 EUR, acknowledged by its debtor as of 2026-09-21 \
             14:30:00 UTC: 650.00 EUR unspent, 350.00 EUR settled; credit notes and prepayments leave 90 % of each amount."
        );
        assert!(report.claims.iter().all(|claim| claim.established), "{report}");
    }
    let twice = report_on(&[&both()[0], &both()[1], &both()[0]]);
    assert_eq!(
        twice.verdict,
        Verdict::Verified,
        "the same file twice counts once: {twice}"
    );
}

#[test]
fn one_owners_file_alone_is_inconclusive_and_names_whose_is_missing() {
    let report = report_on(&[&both()[0]]);
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    assert_eq!(with_outcome(&report, Outcome::NotChecked), [Check::Complete.name()]);
    let gap = format!(
        "what {} did with the 600.00 EUR of entry 4 is not disclosed",
        owner(SECOND).address
    );
    assert_eq!(
        report.sentence,
        format!(
            "Inconclusive: nothing speaks against it, but it is not the receivable's whole history: {gap}. To settle it, ask \
             the owners named for their disclosures too."
        )
    );
    assert!(report.claims.iter().any(|claim| claim.text == gap), "{report}");
}

#[test]
fn a_recipients_file_alone_says_that_its_payer_has_not_disclosed() {
    let report = report_on(&[&both()[1]]);
    assert_eq!(
        with_outcome(&report, Outcome::NotChecked),
        [Check::Complete.name()],
        "{report}"
    );
    let gap = format!(
        "where the 600.00 EUR come from that entry 4 paid to {} is not disclosed by who paid them",
        owner(SECOND).address
    );
    assert_eq!(detail(&report, Check::Complete), gap);
    assert_eq!(detail(&report, Check::Minting), "no file holds the mint");
}

#[test]
fn an_input_that_is_not_opened_leaves_the_sum_open() {
    let report = with_suppliers(|body| {
        body.notes.remove(1);
    });
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    let unchecked = [Check::Amounts, Check::Complete].map(Check::name);
    assert_eq!(with_outcome(&report, Outcome::NotChecked), unchecked);
    assert_eq!(detail(&report, Check::Amounts), "one input of entry 4 is not opened");
    assert!(
        report.sentence.contains("another of this receivable, or a dummy"),
        "{}",
        report.sentence
    );
}

/// The second supplier shows its 600.00 unspent in a file made before it moved them, and nobody opens the transfer that moved them.
#[test]
fn an_older_file_is_superseded_by_an_entry_that_a_newer_one_holds() {
    let before = World::until_payment(plan());
    let mut older = before.body(
        vec![before.note(SECOND, &plan().paid[0], Some((PAYMENT, 0)), None)],
        vec![],
        &[0, PAYMENT, 5],
    );
    let Fate::Unspent(unspent) = &mut older.notes[0].fate else {
        panic!()
    };
    unspent.state = 5;
    let older = file(older);
    let as_of_then = report_on(&[&older]);
    assert_eq!(
        with_outcome(&as_of_then, Outcome::NotChecked),
        [Check::Complete.name()],
        "{as_of_then}"
    );
    let joined = report_on(&[&older, &both()[0], &both()[1]]);
    assert_eq!(joined.verdict, Verdict::Verified, "{joined}");
    // The second supplier's change only: its file says what it got, but not of what.
    let mut change = world().seconds();
    change.notes.drain(..2);
    change.transfers.clear();
    change.entries.retain(|entry| entry.index != PAYMENT);
    let report = report_on(&[&older, &both()[0], &file(change)]);
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    let second = owner(SECOND).address;
    let gap = format!("where entry 6 moved the 600.00 EUR of {second} to is not disclosed by {second}");
    assert!(detail(&report, Check::Complete).contains(&gap), "{report}");
    assert!(
        !report
            .claims
            .iter()
            .any(|claim| claim.name == "unspent" && claim.text.starts_with("600.00")),
        "{report}"
    );
}

#[test]
fn a_sentence_says_what_credit_notes_left_or_that_it_is_not_shown() {
    let hidden = with_suppliers(|body| {
        body.remaining = None;
        body.entries.retain(|entry| entry.index != DILUTION);
    });
    assert_eq!(hidden.verdict, Verdict::Verified, "{hidden}");
    assert!(
        hidden
            .sentence
            .ends_with("; whether credit notes or prepayments lowered it is not shown."),
        "{}",
        hidden.sentence
    );
    let recorded = with_suppliers(|body| body.remaining = None);
    assert!(
        recorded
            .sentence
            .ends_with("leave at most 90 % of each amount: whether more lowered it is not shown."),
        "an entry alone does not say that it is the last: {}",
        recorded.sentence
    );
}

#[test]
fn a_ledger_that_lets_an_amount_appear_is_found_out() {
    let mut plan = plan();
    plan.paid[1].amount.0 += 1;
    let cheated = World::new(plan);
    let report = report_on(&[&file(cheated.suppliers()), &file(cheated.seconds())]);
    refused(
        &report,
        &[Check::Amounts],
        "entry 4 turned 1000.00 EUR into 1000.01 EUR",
    );
}

#[test]
fn a_ledger_that_lets_an_amount_vanish_is_found_out() {
    let mut plan = plan();
    plan.settled[0].amount.0 = 0;
    let cheated = World::new(plan);
    let report = report_on(&[&file(cheated.suppliers()), &file(cheated.seconds())]);
    refused(&report, &[Check::Amounts], "entry 6 turned 600.00 EUR into 350.00 EUR");
}

/// The mint's commitment once more, under another opening of the same terms.
#[test]
fn a_second_mint_of_the_same_terms_is_found_out() {
    let mut cheated = World::new(plan());
    let again = opening(100_000, owner(SUPPLIER).address, 99);
    cheated.log[usize::try_from(STRANGER).unwrap()] = mint_of(commitment(&again), true, dilution_key()).encode();
    let mut body = cheated.suppliers();
    let second = DisclosedNote {
        opening: again,
        created: Some(Output {
            entry: STRANGER,
            output: 0,
        }),
        ..body.notes[2].clone()
    };
    let nullifier = commitment(&second.opening).nullifier(&owner(SUPPLIER).nullifier_key);
    body.notes.push(DisclosedNote {
        fate: cheated.unspent(nullifier),
        nullifier,
        ..second
    });
    let at = body.entries.len() - 1;
    body.entries
        .insert(at, cheated.logged(STRANGER, &crate::test_log::signer()));
    let report = report_on(&[&file(body), &file(cheated.seconds())]);
    refused(&report, &[Check::Minting], "2 mints of these terms");
}

#[test]
fn a_history_that_ends_in_settling_everything_needs_nobody_else() {
    let mut plan = plan();
    for output in &mut plan.paid {
        output.owner = settled_address();
    }
    plan.paid[0].amount.0 = 60_000;
    let world = World::new(plan);
    let mut body = world.suppliers();
    body.notes.truncate(2);
    let report = report_on(&[&file(body)]);
    assert_eq!(report.verdict, Verdict::Verified, "{report}");
    assert!(
        report.sentence.contains("0.00 EUR unspent, 1000.00 EUR settled"),
        "{}",
        report.sentence
    );
    assert_eq!(report.basis.as_of, None);
}

#[test]
fn files_of_two_receivables_are_not_joined() {
    let report = with_suppliers(|body| {
        body.terms.due_day.0 += 1;
    });
    let failed = with_outcome(&report, Outcome::Failed);
    assert!(failed.contains(&Check::OneReceivable.name()), "{report}");
    assert!(
        detail(&report, Check::OneReceivable).starts_with("file 2: its terms are "),
        "{report}"
    );
    assert!(report.claims.iter().all(|claim| !claim.established), "{report}");
}

#[test]
fn a_file_from_the_future_is_inconclusive() {
    let report = with_suppliers(|body| body.made.0 = NOW + 1);
    assert_eq!(
        with_outcome(&report, Outcome::NotChecked),
        [Check::Made.name()],
        "{report}"
    );
    assert!(report.to_string().contains("set your clock"), "{report}");
}
