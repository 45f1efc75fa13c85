//! Spending at the level of the rules, which one kind of entry shares with those to come.

use crate::bare_rules::{Begun, at, decided, refused};
use crate::fixture::*;
use tradeseal_ledger::rules::{Refusal, RuleState, spend};
use tradeseal_ledger::state::IndexedRows;
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};
use tradeseal_primitives::tree::{IndexedError, MemoryIndexed, absence, insert};
use tradeseal_verifier::entry::StateTree;

const A: u8 = 21;

#[test]
fn a_nullifier_is_spent_once_and_a_spent_one_is_not_locked() {
    let begun = Begun::new();
    let roots = (begun.record.note_root, begun.record.dilution_root);
    let mut batch = begun.batch(begun.record.clone());
    spend(&mut batch, nullifier(1), None, at(7, 0)).unwrap();
    let spent = Refusal::Spent {
        nullifier: nullifier(1),
        index: 7,
    };
    assert_eq!(refused(spend(&mut batch, nullifier(1), None, at(7, 0))), spent);
    assert_eq!(refused(decided(&mut batch, lock(1, roots, A, 100), 7, 0)), spent);
    let zero = Nullifier::from_fr(Fr::from(0u64));
    assert_eq!(refused(spend(&mut batch, zero, None, at(7, 0))), Refusal::NullifierZero);
    assert_eq!(batch.nullifier_count(), 1);
}

#[test]
fn a_lock_keeps_a_note_for_its_bank() {
    let begun = Begun::new();
    let roots = (begun.record.note_root, begun.record.dilution_root);
    let mut batch = begun.batch(begun.record.clone());
    for number in [1, 2, 3] {
        decided(&mut batch, lock(number, roots, A, 100), number, 0).unwrap();
    }
    let locked = Refusal::Locked {
        nullifier: nullifier(1),
        by: bank(A),
        until: UnixSeconds(START + 100),
    };
    for to in [None, Some(bank(A + 1))] {
        assert_eq!(refused(spend(&mut batch, nullifier(1), to, at(9, 99))), locked);
    }
    spend(&mut batch, nullifier(1), Some(bank(A)), at(9, 99)).unwrap();
    spend(&mut batch, nullifier(2), None, at(9, 100)).unwrap();
    decided(&mut batch, release(3, A, 3), 9, 5).unwrap();
    spend(&mut batch, nullifier(3), None, at(9, 5)).unwrap();
}

#[test]
fn spent_nullifiers_are_an_indexed_tree_that_proves_who_is_absent() {
    let begun = Begun::new();
    let mut expected = MemoryIndexed::default();
    assert_eq!(begun.record.root(StateTree::Nullifiers), expected.root());
    assert_eq!(begun.record.root(StateTree::Revocations), expected.root());
    let mut batch = begun.batch(begun.record.clone());
    for number in [50, 10, 30, 20, 40] {
        spend(&mut batch, nullifier(number), None, at(2, 0)).unwrap();
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
