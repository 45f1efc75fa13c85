//! The ledger's state held against the model's, record by record and root by root.

use super::build::{Told, bank_key, nullifier_of};
use super::operation::Tree;
use super::plain::Model;
use super::rules::Reason;
use crate::fixture::*;
use crate::minting::{dilution_key, registry_key, tag_of};
use std::collections::{BTreeMap, BTreeSet};
use tradeseal_ledger::view::{NullifierStatus, Receivable, View};
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{RemainingPpb, UnixSeconds};
use tradeseal_primitives::tree::dilution::{MemoryDilutions, lower};
use tradeseal_primitives::tree::{
    DEPOSIT_DEPTH, DIRECTORY_DEPTH, MemoryIndexed, MemoryNodes, NOTE_DEPTH, empty_node, insert, set_leaf,
};

/// What is unspent of each receivable is what was minted of it.
pub fn values(model: &Model) {
    let mut unspent = BTreeMap::<u64, u128>::new();
    for number in &model.unspent {
        let note = model.notes[number];
        *unspent.entry(note.receivable).or_default() += u128::from(note.amount);
    }
    for (number, receivable) in &model.receivables {
        assert_eq!(
            unspent.remove(number),
            Some(u128::from(receivable.face)),
            "receivable {number}"
        );
    }
    assert!(
        unspent.values().all(|amount| *amount == 0),
        "value of no receivable: {unspent:?}"
    );
}

/// The counts in the latest state record; cheap enough for every group.
pub fn counts(world: &World, model: &Model) {
    let view = world.ledger.view().unwrap();
    let state = view.latest_state();
    let counted = [
        state.note_count,
        state.nullifier_count,
        state.directory_count,
        state.dilution_count,
        state.deposit_count,
    ];
    let known = [
        model.note_order.len(),
        model.spent.len(),
        model.parties.len(),
        1 + model.dilution_order.len(),
        model.deposit_order.len(),
    ];
    assert_eq!(counted, known.map(|count| count as u64));
}

/// Every record that the model has, and the roots of all trees made anew from them.
pub fn states(world: &World, model: &Model, told: &Told) {
    let view = world.ledger.view().unwrap();
    counts(world, model);
    notes(&view, model, told);
    spent_and_locked(&view, model, told);
    tags_and_numbers(&view, model, told);
    parties(&view, model);
    deposits(&view, model, told);
    registry(&view, model);
}

fn notes(view: &View<'_>, model: &Model, told: &Told) {
    let mut tree = MemoryNodes::default();
    let mut root = empty_node(NOTE_DEPTH);
    for (position, number) in (0..).zip(&model.note_order) {
        let note = model.notes[number];
        let found = view.note(commitment(*number)).unwrap().unwrap();
        assert_eq!((found.position, found.time.0), (position, note.time), "note {number}");
        assert_eq!(found.entry_index, told.index_of[&note.by], "note {number}");
        let leaf = commitment(*number).leaf(UnixSeconds(note.time));
        root = set_leaf::<NOTE_DEPTH, _>(&mut tree, position, leaf).unwrap();
    }
    assert_eq!(view.latest_state().note_root.to_fr(), root);
}

fn spent_and_locked(view: &View<'_>, model: &Model, told: &Told) {
    let mut tree = MemoryIndexed::default();
    for input in &model.spent_order {
        insert(&mut tree, nullifier_of(*input).to_fr()).unwrap();
    }
    assert_eq!(view.latest_state().nullifier_root, tree.root());
    let inputs: BTreeSet<u64> = model
        .notes
        .keys()
        .chain(model.spent.keys())
        .chain(model.locks.keys())
        .copied()
        .collect();
    for input in inputs {
        let expected = match (model.spent.get(&input), model.live_lock(input)) {
            (Some(by), _) => NullifierStatus::Spent {
                index: told.index_of[by],
            },
            (None, Some(lock)) => NullifierStatus::Locked {
                by: bank_key(lock.bank),
                until: UnixSeconds(lock.expires),
                index: told.index_of[&lock.by],
            },
            (None, None) => NullifierStatus::Unspent,
        };
        assert_eq!(
            view.nullifier_status(nullifier_of(input)).unwrap(),
            expected,
            "input {input}"
        );
    }
}

fn tags_and_numbers(view: &View<'_>, model: &Model, told: &Told) {
    // Invoices never minted too, under every key that the registry had.
    for invoice in 0..model.invoices.keys().last().map_or(0, |last| last + 1) {
        for (key, _) in &model.registry {
            let expected = model.tags.get(&(invoice, *key)).map(|by| told.index_of[by]);
            let tag = tag_of(invoice, *key);
            assert_eq!(view.tag(tag).unwrap(), expected, "invoice {invoice} under key {key}");
        }
    }
    let mut tree = MemoryDilutions::default();
    for number in &model.dilution_order {
        let remaining = RemainingPpb::new(model.receivables[number].remaining).unwrap();
        lower(&mut tree, dilution_key(*number).number(), remaining).unwrap();
    }
    assert_eq!(view.latest_state().dilution_root.to_fr(), tree.root());
    for number in 0..=model.receivables.keys().last().copied().unwrap_or(0) {
        let expected = model.receivables.get(&number).map(|receivable| Receivable {
            entry_index: told.index_of[&receivable.by],
            dilution_key: *dilution_key(number).key(),
            remaining: RemainingPpb::new(receivable.remaining).unwrap(),
        });
        let found = view.receivable(dilution_key(number).number()).unwrap();
        assert_eq!(found, expected, "receivable {number}");
    }
}

fn parties(view: &View<'_>, model: &Model) {
    let mut tree = MemoryNodes::default();
    let mut root = empty_node(DIRECTORY_DEPTH);
    for (number, known) in &model.parties {
        let found = view.party(party(*number)).unwrap().unwrap();
        let (place, revision) = (known.place as u64, known.revision);
        assert_eq!(
            (found.place, found.revision, found.enrolled),
            (place, revision, known.enrolled)
        );
        let leaf = if known.enrolled {
            enrol_body(*number, revision).directory_leaf()
        } else {
            Fr::from(0u64)
        };
        root = set_leaf::<DIRECTORY_DEPTH, _>(&mut tree, place, leaf).unwrap();
    }
    assert_eq!(view.latest_state().directory_root.to_fr(), root);
}

fn deposits(view: &View<'_>, model: &Model, told: &Told) {
    let mut tree = MemoryNodes::default();
    let mut root = empty_node(DEPOSIT_DEPTH);
    for (position, number) in (0..).zip(&model.deposit_order) {
        let deposit = model.deposits[number];
        let found = view.deposit(deposit_commitment(*number)).unwrap().unwrap();
        assert_eq!(
            (found.position, found.time.0),
            (position, deposit.time),
            "deposit {number}"
        );
        assert_eq!(found.entry_index, told.index_of[&deposit.by], "deposit {number}");
        let leaf = deposit_commitment(*number).leaf(UnixSeconds(deposit.time));
        root = set_leaf::<DEPOSIT_DEPTH, _>(&mut tree, position, leaf).unwrap();
    }
    assert_eq!(view.latest_state().deposit_root.to_fr(), root);
}

fn registry(view: &View<'_>, model: &Model) {
    let found = view.registry().unwrap();
    assert_eq!(found.revision + 1, model.registry.len() as u64);
    assert_eq!(found.current, registry_key(model.current_key()).public());
    assert_eq!(
        found.previous,
        model.previous_key().map(|key| registry_key(key).public())
    );
    assert_eq!(u64::from(found.oldest_issue_day().0), model.oldest_issue_day());
}

/// A model test that never tries something says nothing of it.
pub fn every_reason_was_met<'m>(met: impl Iterator<Item = &'m str>) {
    let met: BTreeSet<&str> = met.collect();
    let reasons = [
        Reason::NotRegistrar,
        Reason::Signature,
        Reason::KeyNotAccepted,
        Reason::Proof,
        Reason::RepeatedInput,
        Reason::RepeatedOutput,
        Reason::RepeatedTag,
        Reason::TagUnderPreviousKeyMissing,
        Reason::TagUnderPreviousKeyUnexpected,
        Reason::EvaluatedByAnotherThanTheCurrentKey,
        Reason::EvaluatedByAnotherThanThePreviousKey,
        Reason::InTheLog(0),
        Reason::RootUnknown(Tree::Notes),
        Reason::RootUnknown(Tree::Dilutions),
        Reason::RootUnknown(Tree::Directory),
        Reason::RootStale(Tree::Notes),
        Reason::RootStale(Tree::Dilutions),
        Reason::RootStale(Tree::Directory),
        Reason::IssuedTooLate,
        Reason::IssuedTooEarly,
        Reason::Minted(0),
        Reason::NumberTaken(0),
        Reason::NoteExists(0),
        Reason::NullifierZero,
        Reason::Spent(0),
        Reason::Locked(0),
        Reason::LockTerm,
        Reason::NotLocked,
        Reason::HeldByAnother(0),
        Reason::OtherLock,
        Reason::Revision,
        Reason::NotEnrolled,
        Reason::RegistryRevision,
        Reason::EraNotOver,
        Reason::KeyServesAsCurrent,
        Reason::KeyServesAsPrevious,
        Reason::NumberUnknown,
        Reason::NotTheDilutionKey,
        Reason::NotLess,
    ];
    for reason in reasons {
        let name = super::reason::name(reason);
        assert!(met.contains(name.as_str()), "{name} was never met: choose more of it");
    }
}
