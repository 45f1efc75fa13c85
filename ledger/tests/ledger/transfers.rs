//! Transfers: two nullifiers spent and four notes made at once, past no lock, or nothing at all.

use crate::fixture::*;
use tradeseal_ledger::rules::{ProofProblem, Refusal};
use tradeseal_ledger::view::NullifierStatus;
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};
use tradeseal_verifier::entry::{Entry, EntryError, StateTree};
use tradeseal_verifier::statement::NoteRoot;

const BANK: u8 = 21;
const OTHER_BANK: u8 = 22;

/// A ledger with one note, so that its note root is not the empty one.
fn world() -> World {
    let world = World::new();
    world.accept(world.mint(1));
    world
}

#[test]
fn a_transfer_spends_both_inputs_and_appends_all_outputs_in_order() {
    let world = world();
    let receipt = world.accept(transfer(transfer_body(7, world.note_root(), None), None));
    let view = world.ledger.view().unwrap();
    for number in [14, 15] {
        let spent = NullifierStatus::Spent { index: receipt.index() };
        assert_eq!(view.nullifier_status(nullifier(number)).unwrap(), spent);
        assert!(view.nullifier_absence(nullifier(number)).is_err());
    }
    for output in 0..4 {
        let note = view.note(commitment(700 + output)).unwrap().unwrap();
        assert_eq!((note.position, note.entry_index), (1 + output, receipt.index()));
        let path = view.note_path(note.position).unwrap();
        let leaf = commitment(700 + output).leaf(receipt.entry_time);
        assert_eq!(path.path.root(leaf), path.root.to_fr());
    }
    assert_eq!(view.latest_state().note_count, 5);
    assert_eq!(view.latest_state().nullifier_count, 2);
}

#[test]
fn a_note_is_spent_once_whatever_else_the_second_transfer_holds() {
    let world = world();
    let index = world
        .accept(transfer(transfer_body(7, world.note_root(), None), None))
        .index();
    for place in [0, 1] {
        let mut again = transfer_body(8, world.note_root(), None);
        again.nullifiers[place] = nullifier(14);
        let refused = world.refuse(transfer(again, None));
        assert_eq!(
            refused,
            Refusal::Spent {
                nullifier: nullifier(14),
                index
            }
        );
        let view = world.ledger.view().unwrap();
        assert_eq!(
            view.nullifier_status(nullifier(16 + 1 - place as u64)).unwrap(),
            NullifierStatus::Unspent
        );
        assert_eq!(
            view.note(commitment(800)).unwrap(),
            None,
            "a refused transfer makes no note"
        );
    }
}

#[test]
fn a_locked_note_moves_only_with_its_banks_signature() {
    let world = world();
    world.accept(lock(14, world.roots(), BANK, 1000));
    let until = UnixSeconds(START + 1000);
    let locked = Refusal::Locked {
        nullifier: nullifier(14),
        by: bank(BANK),
        until,
    };
    assert_eq!(
        world.refuse(transfer(transfer_body(7, world.note_root(), None), None)),
        locked
    );
    let by_another = transfer_body(7, world.note_root(), Some(OTHER_BANK));
    assert_eq!(world.refuse(transfer(by_another, Some(OTHER_BANK))), locked);
    let unsigned = transfer_body(7, world.note_root(), Some(BANK));
    assert!(matches!(
        world.refuse(transfer(unsigned.clone(), None)),
        Refusal::Entry(EntryError::Signature { .. })
    ));
    let forged = transfer(unsigned.clone(), Some(OTHER_BANK));
    assert!(matches!(
        world.refuse(forged),
        Refusal::Entry(EntryError::Signature { .. })
    ));
    world.accept(transfer(unsigned, Some(BANK)));
}

#[test]
fn a_lock_that_has_expired_or_was_released_holds_nothing() {
    let world = world();
    world.accept(lock(14, world.roots(), BANK, 100));
    world.at(100);
    world.accept(transfer(transfer_body(7, world.note_root(), None), None));
    let index = world.accept(lock(16, world.roots(), BANK, 1000)).index();
    world.accept(release(16, BANK, index));
    world.accept(transfer(transfer_body(8, world.note_root(), None), None));
}

#[test]
fn a_spent_note_cannot_be_locked() {
    let world = world();
    let index = world
        .accept(transfer(transfer_body(7, world.note_root(), None), None))
        .index();
    let refused = world.refuse(lock(15, world.roots(), BANK, 1000));
    assert_eq!(
        refused,
        Refusal::Spent {
            nullifier: nullifier(15),
            index
        }
    );
}

#[test]
fn naming_a_note_twice_and_making_one_that_exists_are_refused() {
    let world = world();
    let mut twice = transfer_body(7, world.note_root(), None);
    twice.nullifiers[1] = twice.nullifiers[0];
    assert_eq!(
        world.refuse(transfer(twice, None)),
        Refusal::Repeated { what: "a nullifier" }
    );
    let mut twins = transfer_body(7, world.note_root(), None);
    twins.commitments[3] = twins.commitments[0];
    assert_eq!(
        world.refuse(transfer(twins, None)),
        Refusal::Repeated { what: "a commitment" }
    );
    let mut known = transfer_body(7, world.note_root(), None);
    known.commitments[2] = commitment(1);
    assert!(matches!(
        world.refuse(transfer(known, None)),
        Refusal::CommitmentExists { .. }
    ));
    let mut zero = transfer_body(7, world.note_root(), None);
    zero.nullifiers[0] = Nullifier::from_fr(Fr::from(0u64));
    assert_eq!(world.refuse(transfer(zero, None)), Refusal::NullifierZero);
    let view = world.ledger.view().unwrap();
    assert_eq!(
        (view.latest_state().note_count, view.latest_state().nullifier_count),
        (1, 0)
    );
}

#[test]
fn the_note_root_must_be_the_ledgers_and_not_too_old() {
    let world = world();
    let unknown = NoteRoot::from_fr(Fr::from(5u64));
    assert!(matches!(
        world.refuse(transfer(transfer_body(7, unknown, None), None)),
        Refusal::RootUnknown {
            tree: StateTree::Notes,
            ..
        }
    ));
    let old = world.note_root();
    world.accept(world.mint(2));
    world.accept(transfer(transfer_body(7, old, None), None));
    world.at(GRACE + 1);
    assert!(matches!(
        world.refuse(transfer(transfer_body(8, old, None), None)),
        Refusal::RootStale {
            tree: StateTree::Notes,
            ..
        }
    ));
}

#[test]
fn a_proof_serves_the_body_it_was_made_for() {
    let world = world();
    let body = transfer_body(7, world.note_root(), None);
    let Entry::Transfer(honest) = transfer(body, None) else {
        unreachable!()
    };
    let mut redirected = honest.clone();
    redirected.body.commitments[0] = commitment(999);
    let mut resealed = honest.clone();
    resealed.body.sealed_notes[0][5] ^= 1;
    for forged in [redirected, resealed] {
        let refused = world.refuse(Entry::Transfer(forged));
        assert!(matches!(refused, Refusal::Proof(ProofProblem::Invalid { .. })));
    }
    world.accept(Entry::Transfer(honest));
}
