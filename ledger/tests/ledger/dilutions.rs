//! Dilution: what remains of a receivable only ever shrinks, by the word of the one key that its mint named.

use crate::bare_rules::{Begun, decided, refused};
use crate::fixture::*;
use crate::minting::dilution_key;
use tradeseal_ledger::rules::{Refusal, RuleState};
use tradeseal_ledger::state::NumberRecord;
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{ReceivableNumber, RemainingPpb, UnixSeconds};
use tradeseal_primitives::tree::dilution::{MemoryDilutions, lower};
use tradeseal_verifier::entry::{Entry, EntryError, StateTree};
use tradeseal_verifier::ledger_view::{self, LedgerView};
use tradeseal_verifier::statement::DilutionRoot;

fn number(of: u64) -> ReceivableNumber {
    dilution_key(of).number()
}

fn remaining(billionths: u32) -> RemainingPpb {
    RemainingPpb::new(billionths).unwrap()
}

/// A ledger with receivables 1 to 4.
fn world() -> World {
    let world = World::new();
    (1..5).for_each(|number| drop(world.accept(world.mint(number))));
    world
}

#[test]
fn dilutions_are_a_tree_that_proves_what_remains_of_every_receivable() {
    let world = world();
    let mut expected = MemoryDilutions::default();
    assert_eq!(world.dilution_root().to_fr(), expected.root());
    let mut whole = [RemainingPpb::WHOLE; 5];
    for (of, billionths) in [
        (3, 999_999_999),
        (1, 500_000_000),
        (3, 1),
        (4, 0),
        (1, 499_999_999),
        (3, 0),
    ] {
        world.accept(dilute(of, billionths));
        lower(&mut expected, number(of), remaining(billionths)).unwrap();
        whole[usize::try_from(of).unwrap()] = remaining(billionths);
        let view = world.ledger.view().unwrap();
        let root = view.latest_state().dilution_root;
        assert_eq!(root.to_fr(), expected.root());
        for of in 1..5 {
            let remains = whole[usize::try_from(of).unwrap()];
            assert_eq!(view.receivable(number(of)).unwrap().unwrap().remaining, remains);
            let path = view.dilution_proof(number(of)).unwrap();
            assert_eq!((path.root, path.proof.remaining_for(number(of))), (root, Some(remains)));
            assert_eq!(path.proof.root(number(of)), Some(root.to_fr()));
        }
    }
    let state = world.ledger.view().unwrap().latest_state().clone();
    assert_eq!(state.dilution_count, 4, "the first leaf and three receivables");
    let world = world.reopen();
    assert_eq!(world.ledger.view().unwrap().latest_state(), &state);
    assert_eq!(world.refuse(dilute(4, 0)), world.refuse(dilute(4, 0)));
}

#[test]
fn what_remains_never_grows_and_never_stays() {
    let world = world();
    let not_less = |of, recorded, found| Refusal::NotLess {
        number: number(of),
        recorded: remaining(recorded),
        found: remaining(found),
    };
    let whole = 1_000_000_000;
    assert_eq!(world.refuse(dilute(1, whole)), not_less(1, whole, whole));
    let first = world.accept(dilute(1, 700)).index();
    assert_eq!(world.refuse(dilute(1, 700)), Refusal::AlreadyLogged { index: first });
    assert_eq!(world.refuse(dilute(1, 701)), not_less(1, 700, 701));
    assert_eq!(world.refuse(dilute(1, whole)), not_less(1, 700, whole));
    world.accept(dilute(1, 0));
    assert_eq!(world.refuse(dilute(1, 700)), Refusal::AlreadyLogged { index: first });
    assert_eq!(world.refuse(dilute(1, 699)), not_less(1, 0, 699));
}

#[test]
fn only_the_key_that_the_mint_named_dilutes() {
    let world = world();
    let not_the_key = Refusal::NotDilutionKey {
        number: number(1),
        key: *dilution_key(2).key(),
    };
    assert_eq!(world.refuse(dilute_with(1, 5, 2)), not_the_key);
    assert_eq!(world.refuse(dilute(9, 5)), Refusal::NumberUnknown { number: number(9) });
    let Entry::Dilute(mut forged) = dilute(1, 5) else {
        unreachable!()
    };
    forged.body.remaining = remaining(4);
    assert!(matches!(
        world.refuse(Entry::Dilute(forged)),
        Refusal::Entry(EntryError::Signature { .. })
    ));
    world.accept(dilute(1, 5));
}

/// 65,536 leaves would take minutes to make: the batch is told that they are there.
#[test]
fn a_full_tree_takes_no_new_receivable_and_still_lowers_those_in_it() {
    let begun = Begun::new();
    let mut record = begun.record.clone();
    let known = |of| NumberRecord {
        dilution_key: *dilution_key(of).key(),
        entry_index: 1,
    };
    let mut batch = begun.batch(record.clone());
    (1..4).for_each(|of| batch.put_number(number(of), known(of)));
    decided(&mut batch, dilute(1, 7), 5, 0).unwrap();
    assert_eq!(batch.dilution_count(), 2);

    record.dilution_count = 65_535;
    let mut batch = begun.batch(record);
    (1..4).for_each(|of| batch.put_number(number(of), known(of)));
    decided(&mut batch, dilute(1, 7), 5, 0).unwrap();
    assert_eq!(batch.dilution_count(), 65_536);
    let full = Refusal::TreeFull {
        tree: StateTree::Dilutions,
    };
    assert_eq!(refused(decided(&mut batch, dilute(2, 7), 6, 0)), full);
    decided(&mut batch, dilute(1, 6), 6, 0).unwrap();
    assert_eq!(batch.dilution(number(1)).unwrap(), Some(remaining(6)));
    assert_eq!(batch.dilution(number(2)).unwrap(), None);
}

#[test]
fn a_lock_serves_until_exactly_the_grace_after_the_dilutions_changed() {
    let world = world();
    let old = world.roots();
    world.at(500);
    world.accept(dilute(1, 5));
    world.at(500 + GRACE - 1);
    world.accept(lock(1, old, 21, 5000));
    world.at(500 + GRACE);
    let stale = Refusal::RootStale {
        tree: StateTree::Dilutions,
        superseded_at: UnixSeconds(START + 500),
        grace_seconds: GRACE,
        now: UnixSeconds(START + 500 + GRACE),
    };
    assert_eq!(world.refuse(lock(2, old, 21, 5000)), stale);
    world.accept(lock(2, world.roots(), 21, 5000));
    for root in [Fr::from(77u64), world.note_root().to_fr()] {
        let roots = (world.note_root(), DilutionRoot::from_fr(root));
        let unknown = Refusal::RootUnknown {
            tree: StateTree::Dilutions,
            root,
        };
        assert_eq!(world.refuse(lock(3, roots, 21, 5000)), unknown);
    }
}

#[test]
fn the_verifiers_view_knows_the_age_of_a_root_of_dilutions() {
    let world = world();
    let old = world.dilution_root();
    let status = |root| LedgerView::dilution_root_status(&world.ledger, root).unwrap();
    assert_eq!(status(old), ledger_view::RootStatus::Current);
    world.at(9);
    world.accept(dilute(1, 5));
    let replaced = ledger_view::RootStatus::Replaced {
        at: UnixSeconds(START + 9),
        grace_seconds: GRACE,
    };
    assert_eq!(status(old), replaced);
    assert_eq!(status(world.dilution_root()), ledger_view::RootStatus::Current);
    assert_eq!(
        status(DilutionRoot::from_fr(world.note_root().to_fr())),
        ledger_view::RootStatus::Unknown
    );
}
