//! Deposits and anchors: dated once, proven by a path of their own, never money.

use crate::bare_rules::{Begun, decided, refused};
use crate::fixture::*;
use ed25519_dalek::SigningKey;
use tradeseal_ledger::rules::{Refusal, RuleState};
use tradeseal_ledger::view::QueryError;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::entry::{AnchorBody, Ed25519Key, Entry, EntryError, EntryKind, ItemCount, Signed, StateTree};
use tradeseal_verifier::log::leaf_hash;

fn anchor(purpose: &str, signer: &SigningKey) -> Entry {
    let body = AnchorBody {
        count: ItemCount::new(1).unwrap(),
        root: leaf_hash(b"item"),
        purpose: purpose.parse().unwrap(),
        key: Ed25519Key::of(signer),
    };
    Entry::Anchor(Signed::sign(body, &origin(), signer).unwrap())
}

#[test]
fn a_deposit_has_the_time_of_its_batch_and_a_path_to_the_root_in_a_state_record() {
    let world = World::new();
    for number in 0..9 {
        world.at(10 * number);
        let receipt = world.accept(deposit(number));
        assert_eq!(receipt.entry_time, UnixSeconds(START + 10 * number));
    }
    let world = world.reopen();
    let view = world.ledger.view().unwrap();
    for number in 0..9 {
        let commitment = deposit_commitment(number);
        let found = view.deposit_path(commitment).unwrap();
        assert_eq!(found.record.position, number);
        assert_eq!(found.record.time, UnixSeconds(START + 10 * number));
        assert_eq!(found.leaf, commitment.leaf(found.record.time));
        assert_eq!(found.path.root(found.leaf), found.root.to_fr());
        let state = view.state(found.state_index).unwrap();
        assert!(state.contains_deposit_root(found.root));
        assert_eq!(state.deposit_count, 9);
        let entry = view.entry(found.record.entry_index).unwrap();
        assert_eq!(entry.bytes, deposit(number).encode());
    }
    assert_eq!(
        view.deposit_path(deposit_commitment(9)),
        Err(QueryError::NoDeposit {
            commitment: deposit_commitment(9)
        })
    );
}

#[test]
fn a_commitment_is_deposited_once_and_keeps_its_first_time() {
    let world = World::new();
    let first = world.accept(deposit(1)).index();
    world.at(500);
    assert_eq!(world.refuse(deposit(1)), Refusal::AlreadyLogged { index: first });
    let world = world.reopen();
    assert_eq!(world.refuse(deposit(1)), Refusal::AlreadyLogged { index: first });
    let known = world.ledger.view().unwrap().deposit(deposit_commitment(1)).unwrap();
    assert_eq!(known.unwrap().time, UnixSeconds(START));
}

#[test]
fn a_deposit_is_no_note_and_a_note_no_deposit() {
    let world = World::new();
    let notes = world.note_root();
    world.accept(deposit(1));
    let view = world.ledger.view().unwrap();
    assert_eq!(view.latest_state().note_count, 0);
    assert_eq!(
        view.latest_state().note_root,
        notes,
        "a deposit leaves the tree of notes as it was"
    );
    assert_eq!(view.note(commitment(1)).unwrap(), None);
    drop(view);
    // The same commitment as a note, with a proof: each tree has it on its own account.
    let deposits = world.ledger.view().unwrap().latest_state().deposit_root;
    world.accept(world.mint(1));
    let view = world.ledger.view().unwrap();
    let state = view.latest_state();
    assert_eq!((state.note_count, state.deposit_count), (1, 1));
    assert_eq!(state.deposit_root, deposits);
    assert_ne!(state.note_root.to_fr(), state.deposit_root.to_fr());
}

#[test]
fn many_deposits_at_once_are_all_there_in_order() {
    let world = World::new();
    let hold = world.hold_sequencer(0);
    let (sender, receiver) = std::sync::mpsc::channel();
    for number in 0..300 {
        let sender = sender.clone();
        let done = move |outcome| sender.send((number, outcome)).unwrap();
        world.ledger.submit_with(deposit(number % 250), done).unwrap();
    }
    drop((hold, sender));
    let outcomes: Vec<_> = receiver.iter().collect();
    let refused = outcomes.iter().filter(|(_, outcome)| outcome.is_err()).count();
    assert_eq!((outcomes.len(), refused), (300, 50));
    let view = world.ledger.view().unwrap();
    assert_eq!(view.latest_state().deposit_count, 250);
    for (number, receipt) in outcomes
        .iter()
        .filter_map(|(number, out)| Some((number, out.as_ref().ok()?)))
    {
        let found = view.deposit_path(deposit_commitment(*number)).unwrap();
        assert_eq!(
            (found.record.position, found.record.entry_index),
            (*number, receipt.index())
        );
        assert_eq!(found.path.root(found.leaf), found.root.to_fr());
        let bytes = deposit(*number).encode();
        receipt.proof.verify(&bytes, &world.keys()).unwrap();
    }
}

#[test]
fn an_anchor_is_signed_by_its_key_for_this_log_and_logged_once() {
    let world = World::new();
    let signer = secret(60);
    let honest = anchor("identity cards", &signer);
    let index = world.accept(honest.clone()).index();
    assert_eq!(world.refuse(honest), Refusal::AlreadyLogged { index });
    // The same items under another word, or by another signer, are another statement.
    world.accept(anchor("certificates", &signer));
    world.accept(anchor("identity cards", &secret(61)));

    let Entry::Anchor(mut forged) = anchor("forged", &signer) else {
        panic!("an anchor");
    };
    forged.signature.0[0] ^= 1;
    assert!(matches!(
        world.refuse(Entry::Anchor(forged)),
        Refusal::Entry(EntryError::Signature {
            kind: EntryKind::Anchor,
            ..
        })
    ));
    let Entry::Anchor(elsewhere) = anchor("elsewhere", &signer) else {
        panic!("an anchor");
    };
    let other = tradeseal_verifier::log::KeyName::new("other.example/log").unwrap();
    let elsewhere = Signed::sign(elsewhere.body, &other, &signer).unwrap();
    assert!(matches!(
        world.refuse(Entry::Anchor(elsewhere)),
        Refusal::Entry(EntryError::Signature { .. })
    ));
}

/// 2^32 deposits would take days to make: the batch is told that they are there.
#[test]
fn a_full_tree_refuses_a_deposit() {
    let begun = Begun::new();
    let mut record = begun.record.clone();
    record.deposit_count = (1 << 32) - 1;
    let mut batch = begun.batch(record);
    decided(&mut batch, deposit(1), 5, 0).unwrap();
    assert_eq!(batch.deposit_count(), 1 << 32);
    let full = Refusal::TreeFull {
        tree: StateTree::Deposits,
    };
    assert_eq!(refused(decided(&mut batch, deposit(2), 6, 0)), full);
    assert_eq!(
        refused(decided(&mut batch, deposit(1), 6, 0)),
        Refusal::AlreadyLogged { index: 5 },
        "what is there already is said first"
    );
}
