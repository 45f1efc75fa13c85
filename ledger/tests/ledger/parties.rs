//! The directory: who may enrol, revisions, places, paths.

use crate::fixture::*;
use tradeseal_ledger::rules::Refusal;
use tradeseal_ledger::state::{NodeRows, RootStatus};
use tradeseal_ledger::view::QueryError;
use tradeseal_primitives::Fr;
use tradeseal_primitives::tree::{DIRECTORY_DEPTH, MemoryNodes, empty_node, set_leaf};
use tradeseal_verifier::entry::{Ed25519Key, Entry, EntryError, Signed, StateTree};
use tradeseal_verifier::log::KeyName;

#[test]
fn an_enrolled_party_is_found_with_its_keys_and_a_path_to_the_directory_root() {
    let world = World::new();
    let mut expected = MemoryNodes::default();
    for number in 0..6 {
        let receipt = world.accept(enrol(number, 0));
        let body = enrol_body(number, 0);
        let root = set_leaf::<DIRECTORY_DEPTH, _>(&mut expected, number, body.directory_leaf()).unwrap();
        let view = world.ledger.view().unwrap();
        let path = view.directory_path(party(number)).unwrap();
        assert_eq!(path.root.to_fr(), root);
        assert_eq!(path.path.root(body.directory_leaf()), root);
        assert_eq!(path.entry.enrolment, body);
        assert_eq!(path.entry.record.entry_index, receipt.index());
        assert_eq!(view.latest_state().directory_count, number + 1);
    }
    let view = world.ledger.view().unwrap();
    assert_eq!(view.directory_entry(party(99)), Ok(None));
    assert_eq!(
        view.directory_path(party(99)),
        Err(QueryError::NotEnrolled { party: party(99) })
    );
}

#[test]
fn revisions_go_up_by_one_so_no_old_enrolment_comes_back() {
    let world = World::new();
    let revision = |expected, found| Refusal::Revision {
        party: party(1),
        expected,
        found,
    };
    assert_eq!(world.refuse(enrol(1, 1)), revision(0, 1));
    let first = world.accept(enrol(1, 0)).index();
    assert_eq!(world.refuse(enrol(1, 0)), Refusal::AlreadyLogged { index: first });
    assert_eq!(world.refuse(enrol(1, 2)), revision(1, 2));
    world.accept(enrol(1, 1));
    assert_eq!(world.refuse(remove(1, 1)), revision(2, 1));
    world.accept(remove(1, 2));
    assert_eq!(world.refuse(enrol(1, 0)), Refusal::AlreadyLogged { index: first });
    assert_eq!(world.refuse(enrol(1, 2)), revision(3, 2));
    world.accept(enrol(1, 3));
}

#[test]
fn a_removed_party_has_an_empty_leaf_and_keeps_its_place() {
    let world = World::new();
    world.accept(enrol(1, 0));
    world.accept(enrol(2, 0));
    let before = world.directory_root();
    world.accept(remove(1, 1));
    let view = world.ledger.view().unwrap();
    assert_eq!(view.directory_entry(party(1)), Ok(None));
    assert_eq!(
        view.party(party(1)).unwrap().map(|p| (p.place, p.revision, p.enrolled)),
        Some((0, 1, false))
    );
    let mut expected = MemoryNodes::default();
    let root = set_leaf::<DIRECTORY_DEPTH, _>(&mut expected, 1, enrol_body(2, 0).directory_leaf()).unwrap();
    assert_eq!(view.latest_state().directory_root.to_fr(), root);
    assert_eq!(view.latest_state().directory_count, 2);
    assert_eq!(world.refuse(remove(1, 2)), Refusal::NotEnrolled { party: party(1) });
    assert_eq!(world.refuse(remove(3, 1)), Refusal::NotEnrolled { party: party(3) });

    world.accept(enrol(1, 2));
    let view = world.ledger.view().unwrap();
    assert_eq!(view.directory_path(party(1)).unwrap().path.index(), 0);
    assert_ne!(
        view.latest_state().directory_root,
        before,
        "the address changed with the revision"
    );
}

#[test]
fn only_a_registrar_of_this_log_enrols_and_only_for_this_log() {
    let world = World::new();
    let mut body = enrol_body(1, 0);
    body.registrar = Ed25519Key::of(&secret(9));
    let stranger = Entry::Enrol(Signed::sign(body, &origin(), &secret(9)).unwrap());
    assert_eq!(
        world.refuse(stranger),
        Refusal::NotRegistrar {
            key: Ed25519Key::of(&secret(9))
        }
    );

    let elsewhere = KeyName::new("other.example/log").unwrap();
    let foreign = Entry::Enrol(Signed::sign(enrol_body(1, 0), &elsewhere, &registrar()).unwrap());
    assert!(matches!(
        world.refuse(foreign),
        Refusal::Entry(EntryError::Signature { .. })
    ));

    let mut forged = Signed::sign(enrol_body(1, 0), &origin(), &registrar()).unwrap();
    forged.signature.0[0] ^= 1;
    assert!(matches!(
        world.refuse(Entry::Enrol(forged)),
        Refusal::Entry(EntryError::Signature { .. })
    ));
}

#[test]
fn a_directory_root_that_comes_back_is_current_again() {
    let world = World::new();
    let empty = empty_node(DIRECTORY_DEPTH);
    let status = || {
        world
            .ledger
            .view()
            .unwrap()
            .root_status(StateTree::Directory, empty)
            .unwrap()
    };
    assert_eq!(status(), RootStatus::Current { state_index: 1 });
    world.accept(enrol(1, 0));
    assert!(matches!(status(), RootStatus::Superseded { state_index: 1, .. }));
    let removed = world.accept(remove(1, 1)).index();
    assert_eq!(
        status(),
        RootStatus::Current {
            state_index: removed + 1
        }
    );
    let unknown = world
        .ledger
        .view()
        .unwrap()
        .root_status(StateTree::Notes, Fr::from(5u64))
        .unwrap();
    assert_eq!(unknown, RootStatus::Unknown);
}

#[test]
fn many_leaves_set_at_once_give_the_root_of_one_after_another() {
    use std::collections::BTreeMap;
    use tradeseal_ledger::state::{Overlay, set_leaves};
    use tradeseal_ledger::store::{RocksStore, Store, Table};
    let directory = tempfile::tempdir().unwrap();
    let store = RocksStore::open(directory.path()).unwrap();
    let mut rows = Overlay::new(store.snapshot());
    let mut expected = MemoryNodes::default();
    let mut number = 1u64;
    for leaves in [
        vec![0],
        vec![1, 2, 3, 4],
        vec![],
        vec![3, 900, 17, 1023],
        (200..300).collect(),
    ] {
        let mut batch = BTreeMap::new();
        for index in leaves {
            number += 1;
            batch.insert(index, Fr::from(number));
            set_leaf::<5, _>(&mut expected, index, Fr::from(number)).unwrap();
        }
        let root = set_leaves::<5, _>(&mut NodeRows::new(&mut rows, Table::NoteNodes), batch).unwrap();
        assert_eq!(root, tradeseal_primitives::tree::root::<5, _>(&expected).unwrap());
    }
    let full = BTreeMap::from([(1024, Fr::from(1u64))]);
    assert!(set_leaves::<5, _>(&mut NodeRows::new(&mut rows, Table::NoteNodes), full).is_err());
}
