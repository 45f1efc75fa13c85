//! Opening again: same answers, same key, one owner, nothing that contradicts the checkpoint.

use crate::fixture::*;
use crate::minting::registry_key;
use tradeseal_ledger::store::{RocksStore, Rows, Store, StoreError, Table};
use tradeseal_ledger::{Ledger, LedgerError};
use tradeseal_verifier::log::verify_consistency;

fn filled() -> World {
    let world = World::new();
    (0..5).for_each(|number| drop(world.accept(enrol(number, 0))));
    world.accept(world.mint(1));
    world.accept(lock(1, world.roots(), 21, 1000));
    world
}

#[test]
fn a_restarted_ledger_gives_the_same_answers_and_goes_on() {
    let world = filled();
    let before = world.ledger.view().unwrap();
    let (checkpoint, state) = (before.checkpoint().clone(), before.latest_state().clone());
    let path = before.note_path(0).unwrap();
    drop(before);
    let world = world.reopen();
    let after = world.ledger.view().unwrap();
    assert_eq!((after.checkpoint(), after.latest_state()), (&checkpoint, &state));
    assert_eq!(after.note_path(0).unwrap(), path);
    drop(after);

    world.accept(enrol(9, 0));
    let view = world.ledger.view().unwrap();
    let (old, new) = (
        checkpoint.unchecked_checkpoint(),
        view.checkpoint().unchecked_checkpoint(),
    );
    let proof = view.consistency_proof(old.size(), new.size()).unwrap();
    verify_consistency(old.size(), old.root(), new.size(), new.root(), &proof).unwrap();
}

#[test]
fn a_second_opener_is_told_that_the_ledger_is_in_use() {
    let world = filled();
    let refused = open(&world.path(), &world.clock).err();
    assert_eq!(
        refused,
        Some(LedgerError::Store(StoreError::InUse { path: world.path() }))
    );
    world.reopen();
}

#[test]
fn a_second_process_is_told_that_the_ledger_is_in_use() {
    let world = filled();
    let output = crate::appender::start(&world.path()).wait_with_output().unwrap();
    assert!(!output.status.success());
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(
        complaint.contains("is open elsewhere; stop the other process"),
        "{complaint}"
    );
}

#[test]
fn creating_twice_and_opening_nothing_are_told_apart() {
    let world = filled();
    let (path, options) = (world.path(), world.options());
    let nothing = world.directory.path().join("nothing");
    assert_eq!(open(&nothing, &world.clock).err(), Some(LedgerError::NotCreated));
    assert!(!nothing.exists(), "looking for a ledger makes none");
    world.ledger.shut_down();
    let again = Ledger::create(&path, genesis_params(), log_secret(), proof_keys(), &options);
    assert_eq!(again.err(), Some(LedgerError::AlreadyCreated { origin: origin() }));
    let empty = world.directory.path().join("empty");
    drop(RocksStore::open(&empty).unwrap());
    assert_eq!(open(&empty, &world.clock).err(), Some(LedgerError::NotCreated));
}

#[test]
fn another_log_key_does_not_open_the_ledger() {
    let world = filled();
    let (path, options) = (world.path(), world.options());
    world.ledger.shut_down();
    let refused = Ledger::open(&path, secret(101), proof_keys(), &options).err();
    assert!(matches!(refused, Some(LedgerError::WrongLogKey { .. })), "{refused:?}");
}

/// Overwrites one row behind the ledger's back, as someone with access to its disk could.
fn tampered(table: Table, key: &[u8], change: impl FnOnce(&mut Vec<u8>)) -> Option<LedgerError> {
    let world = filled();
    let path = world.path();
    world.ledger.shut_down();
    let store = RocksStore::open(&path).unwrap();
    let head = store.snapshot().head().unwrap().unwrap();
    let mut row = store.snapshot().get(table, key).unwrap().unwrap();
    change(&mut row);
    let mut rows = Rows::default();
    rows.put(table, key.to_vec(), row);
    let epoch = store.claim().unwrap();
    store.commit(epoch, head.size, &rows, &head).unwrap();
    drop(store);
    open(&path, &world.clock).err()
}

#[test]
fn a_store_that_contradicts_its_checkpoint_is_not_opened() {
    let size = filled().ledger.view().unwrap().size();
    let last = (size - 1).to_be_bytes();
    let flip = |row: &mut Vec<u8>| *row.last_mut().unwrap() ^= 1;
    // The row above the note tree's eight groups of levels.
    let note_root = [&[8][..], &[0; 8]].concat();
    let directory_root = [&[12][..], &[0; 8]].concat();
    let dilution_root = [&[8][..], &[0; 8]].concat();
    let last_leaf = [&[0][..], &((size - 1) / 16).to_be_bytes()].concat();
    for (what, table, key) in [
        ("genesis entry", Table::Entries, &[0; 8][..]),
        ("last entry", Table::Entries, &last),
        ("last leaf", Table::LogNodes, &last_leaf),
        ("note root", Table::NoteNodes, &note_root),
        ("directory root", Table::DirectoryNodes, &directory_root),
        ("dilution root", Table::DilutionNodes, &dilution_root),
    ] {
        let refused = tampered(table, key, flip);
        assert!(
            matches!(refused, Some(LedgerError::Damaged { .. })),
            "{what}: {refused:?}"
        );
    }
    let another_key = |row: &mut Vec<u8>| {
        let key = row.len() - 64;
        row[key..].copy_from_slice(&registry_key(1).public().to_bytes());
    };
    let refused = tampered(Table::Registry, b"registry", another_key);
    assert!(matches!(refused, Some(LedgerError::Damaged { .. })), "{refused:?}");
    assert_eq!(tampered(Table::Entries, &[0; 8], |_| ()), None);
}
