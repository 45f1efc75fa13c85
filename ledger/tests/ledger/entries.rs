//! What a submitter gets, and what it cannot submit.

use crate::fixture::*;
use tradeseal_ledger::rules::Refusal;
use tradeseal_ledger::view::QueryError;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::entry::{Entry, EntryKind};
use tradeseal_verifier::log::{TlogProof, leaf_hash};

#[test]
fn a_receipt_proves_the_entry_under_a_signed_checkpoint() {
    let world = World::new();
    for number in 0..10 {
        world.at(number);
        let entry = enrol(number, 0);
        let bytes = entry.encode();
        let receipt = world.accept(entry);
        let verified = receipt.proof.verify(&bytes, &world.keys()).unwrap();
        assert_eq!(verified.index, receipt.index());
        assert_eq!(receipt.entry_time, UnixSeconds(START + number));

        let view = world.ledger.view().unwrap();
        let logged = view.entry(receipt.index()).unwrap();
        assert_eq!((logged.bytes, logged.time), (bytes.clone(), receipt.entry_time));
        assert_eq!(view.find_entry(&leaf_hash(&bytes)).unwrap(), Some(receipt.index()));
        let closing = view.state(logged.state_index).unwrap();
        assert_eq!(
            (closing.log_size, closing.time),
            (logged.state_index, receipt.entry_time)
        );
        let state = view.tlog_proof(logged.state_index).unwrap();
        state.verify(&closing.encode(), &world.keys()).unwrap();
    }
}

#[test]
fn an_old_receipt_still_verifies_and_a_new_proof_of_the_entry_does_too() {
    let world = World::new();
    let entry = enrol(1, 0);
    let bytes = entry.encode();
    let receipt = world.accept(entry);
    (2..20).for_each(|number| drop(world.accept(enrol(number, 0))));
    TlogProof::parse(&receipt.proof.to_string())
        .unwrap()
        .verify(&bytes, &world.keys())
        .unwrap();
    let fresh = world.ledger.view().unwrap().tlog_proof(receipt.index()).unwrap();
    assert!(fresh.checkpoint().unchecked_checkpoint().size() > receipt.checkpoint().unchecked_checkpoint().size());
    fresh.verify(&bytes, &world.keys()).unwrap();
}

#[test]
fn nobody_submits_a_genesis_entry_or_a_state_record() {
    let world = World::new();
    let genesis = Entry::Genesis(world.ledger.genesis().clone());
    assert_eq!(
        world.refuse(genesis),
        Refusal::NotSubmitted {
            kind: EntryKind::Genesis
        }
    );
    let mut state = world.ledger.view().unwrap().latest_state().clone();
    state.note_count += 1;
    assert_eq!(
        world.refuse(Entry::State(Box::new(state))),
        Refusal::NotSubmitted { kind: EntryKind::State }
    );
}

#[test]
fn questions_beyond_the_log_say_so() {
    let world = World::new();
    let view = world.ledger.view().unwrap();
    assert_eq!(view.size(), 2);
    assert_eq!(view.entry(2), Err(QueryError::NoEntry { index: 2, size: 2 }));
    assert_eq!(
        view.inclusion_proof(1, 1),
        Err(QueryError::NoEntry { index: 1, size: 1 })
    );
    assert_eq!(
        view.inclusion_proof(0, 3),
        Err(QueryError::Size { size: 3, log_size: 2 })
    );
    assert_eq!(
        view.consistency_proof(2, 1),
        Err(QueryError::Size { size: 1, log_size: 2 })
    );
    assert_eq!(
        view.state(0),
        Err(QueryError::NotState {
            index: 0,
            kind: EntryKind::Genesis
        })
    );
    assert_eq!(view.find_entry(&leaf_hash(b"nothing")), Ok(None));
}

#[test]
fn a_view_stays_what_it_was_while_the_ledger_goes_on() {
    let world = World::new();
    world.accept(enrol(1, 0));
    let view = world.ledger.view().unwrap();
    let (size, root) = (view.size(), view.latest_state().directory_root);
    world.accept(enrol(2, 0));
    world.accept(enrol(1, 1));
    assert_eq!(view.size(), size);
    let path = view.directory_path(party(1)).unwrap();
    assert_eq!(
        (path.root, path.path.root(enrol_body(1, 0).directory_leaf())),
        (root, root.to_fr())
    );
    assert_eq!(view.directory_entry(party(2)), Ok(None));
}
