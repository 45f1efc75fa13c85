//! Spent nullifiers at the level of the rules: no kind of entry spends yet.

use crate::fixture::*;
use tradeseal_ledger::log_tree::LogTree;
use tradeseal_ledger::rules::{Moment, Refusal, RuleState, Undecided, decide, spend};
use tradeseal_ledger::state::{BatchState, ClosedBatch, IndexedRows, Overlay};
use tradeseal_ledger::store::{Head, RocksStore, Store};
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};
use tradeseal_primitives::tree::{IndexedError, MemoryIndexed, absence, insert};
use tradeseal_verifier::entry::{Entry, Genesis, StateRecord, StateTree};

const A: u8 = 21;

fn genesis() -> Genesis {
    let params = genesis_params();
    Genesis {
        origin: params.origin,
        created: UnixSeconds(START),
        registrars: params.registrars,
        accepted_keys: params.accepted_keys,
        root_grace_seconds: params.root_grace_seconds,
    }
}

/// A store with the genesis batch in it, the log after it, and its state record.
fn begun(directory: &std::path::Path, genesis: &Genesis) -> (RocksStore, LogTree, StateRecord) {
    let store = RocksStore::open(directory).unwrap();
    let epoch = store.claim().unwrap();
    let mut batch = BatchState::begin(Overlay::new(store.snapshot()), genesis).unwrap();
    batch.append(&Entry::Genesis(genesis.clone()).encode());
    let ClosedBatch { record, log, overlay } = batch.close().unwrap();
    let (size, checkpoint) = (log.size(), String::new());
    store
        .commit(epoch, 0, overlay.rows(), &Head { size, checkpoint })
        .unwrap();
    drop(overlay);
    (store, log, record)
}

fn refused(outcome: Result<(), Undecided>) -> Refusal {
    match outcome {
        Err(Undecided::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_nullifier_is_spent_once_and_a_spent_one_is_not_locked() {
    let (directory, genesis) = (tempfile::tempdir().unwrap(), genesis());
    let (store, log, record) = begun(directory.path(), &genesis);
    let root = record.note_root;
    let mut batch = BatchState::after(
        Overlay::new(store.snapshot()),
        &genesis,
        log,
        record,
        UnixSeconds(START),
    );
    let moment = Moment {
        index: 7,
        time: UnixSeconds(START),
    };
    spend(&mut batch, nullifier(1), None, moment).unwrap();
    let spent = Refusal::Spent {
        nullifier: nullifier(1),
        index: 7,
    };
    assert_eq!(refused(spend(&mut batch, nullifier(1), None, moment)), spent);
    let entry = lock(1, root, A, 100);
    assert_eq!(refused(decide(&mut batch, &entry, &entry.encode(), moment)), spent);
    let zero = Nullifier::from_fr(Fr::from(0u64));
    assert_eq!(refused(spend(&mut batch, zero, None, moment)), Refusal::NullifierZero);
    assert_eq!(batch.nullifier_count(), 1);
}

#[test]
fn a_lock_keeps_a_note_for_its_bank() {
    let (directory, genesis) = (tempfile::tempdir().unwrap(), genesis());
    let (store, log, record) = begun(directory.path(), &genesis);
    let root = record.note_root;
    let mut batch = BatchState::after(
        Overlay::new(store.snapshot()),
        &genesis,
        log,
        record,
        UnixSeconds(START),
    );
    for number in [1, 2, 3] {
        let entry = lock(number, root, A, 100);
        decide(
            &mut batch,
            &entry,
            &entry.encode(),
            Moment {
                index: number,
                time: UnixSeconds(START),
            },
        )
        .unwrap();
    }
    let at = |seconds| Moment {
        index: 9,
        time: UnixSeconds(START + seconds),
    };
    let locked = Refusal::Locked {
        nullifier: nullifier(1),
        by: bank(A),
        until: UnixSeconds(START + 100),
    };
    assert_eq!(refused(spend(&mut batch, nullifier(1), None, at(99))), locked);
    assert_eq!(
        refused(spend(&mut batch, nullifier(1), Some(bank(A + 1)), at(99))),
        locked
    );
    spend(&mut batch, nullifier(1), Some(bank(A)), at(99)).unwrap();
    spend(&mut batch, nullifier(2), None, at(100)).unwrap();
    let release = release(3, A, 3);
    decide(&mut batch, &release, &release.encode(), at(5)).unwrap();
    spend(&mut batch, nullifier(3), None, at(5)).unwrap();
}

#[test]
fn spent_nullifiers_are_an_indexed_tree_that_proves_who_is_absent() {
    let (directory, genesis) = (tempfile::tempdir().unwrap(), genesis());
    let (store, log, record) = begun(directory.path(), &genesis);
    let mut expected = MemoryIndexed::default();
    assert_eq!(record.root(StateTree::Nullifiers), expected.root());
    assert_eq!(record.root(StateTree::Revocations), expected.root());
    let mut batch = BatchState::after(
        Overlay::new(store.snapshot()),
        &genesis,
        log,
        record,
        UnixSeconds(START),
    );
    let moment = Moment {
        index: 2,
        time: UnixSeconds(START),
    };
    for number in [50, 10, 30, 20, 40] {
        spend(&mut batch, nullifier(number), None, moment).unwrap();
        insert(&mut expected, nullifier(number).to_fr()).unwrap();
    }
    let closed = batch.close().unwrap();
    assert_eq!(
        (closed.record.nullifier_count, closed.record.nullifier_root),
        (5, expected.root())
    );
    let mut rows = closed.overlay;
    let tree = IndexedRows::nullifiers(&mut rows, 5);
    for number in [5, 15, 45, 55] {
        let value = nullifier(number).to_fr();
        assert_eq!(absence(&tree, &value).unwrap().root(&value), Some(expected.root()));
    }
    let present = absence(&tree, &nullifier(30).to_fr());
    assert!(matches!(present, Err(IndexedError::Present { index: 3 })));
}
