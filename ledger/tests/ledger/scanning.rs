//! Scanning: a wallet meets every note once, in order, with the leaf's position and time.

use crate::fixture::*;
use tradeseal_ledger::view::{MAX_SCAN_ENTRIES, QueryError};
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::Commitment;
use tradeseal_verifier::entry::Entry;

/// Mints, transfers, and entries without notes between them.
fn world() -> World {
    let world = World::new();
    for number in 1..6 {
        world.at(number);
        world.accept(world.mint(number));
        world.accept(enrol(number, 0));
        world.accept(transfer(transfer_body(10 + number, world.note_root(), None), None));
        world.accept(lock(number, world.roots(), 21, 1000));
    }
    world
}

/// Every note found by scanning that many entries at a time: its commitment, position and leaf.
fn scan_all(world: &World, max_entries: usize) -> Vec<(Commitment, u64, Fr)> {
    let view = world.ledger.view().unwrap();
    let (mut from, mut found) = (0, vec![]);
    while from < view.size() {
        let scan = view.scan(from, max_entries).unwrap();
        assert!(scan.next > from && scan.next - from <= max_entries as u64);
        for made in scan.entries {
            assert!((from..scan.next).contains(&made.index));
            assert_eq!(made.entry.encode(), view.entry(made.index).unwrap().bytes);
            let commitments = match &made.entry {
                Entry::Mint(mint) => vec![mint.body.commitment],
                Entry::Transfer(transfer) => transfer.body.commitments.to_vec(),
                other => panic!("{other:?} has no notes"),
            };
            assert_eq!(made.positions.end - made.positions.start, commitments.len() as u64);
            found.extend(
                made.positions
                    .zip(commitments)
                    .map(|(at, note)| (note, at, note.leaf(made.time))),
            );
        }
        from = scan.next;
    }
    found
}

#[test]
fn every_note_is_met_once_in_order_whatever_is_read_at_a_time() {
    let world = world();
    let all = scan_all(&world, MAX_SCAN_ENTRIES);
    assert_eq!(all.len(), 5 * (1 + 4));
    let view = world.ledger.view().unwrap();
    for (expected, (commitment, position, leaf)) in (0..).zip(&all) {
        assert_eq!(*position, expected);
        let path = view.note_path(*position).unwrap();
        assert_eq!(path.path.root(*leaf), path.root.to_fr());
        assert_eq!(view.note(*commitment).unwrap().unwrap().position, *position);
    }
    for max_entries in [1, 2, 3, 7, 1000] {
        assert_eq!(scan_all(&world, max_entries), all, "{max_entries} at a time");
    }
}

#[test]
fn a_scan_goes_on_where_it_stopped_and_finds_only_what_is_new() {
    let world = world();
    let size = world.ledger.view().unwrap().size();
    let done = world.ledger.view().unwrap().scan(size, 10).unwrap();
    assert_eq!((done.entries.len(), done.next), (0, size));
    world.accept(world.mint(9));
    let view = world.ledger.view().unwrap();
    let scan = view.scan(size, 10).unwrap();
    assert_eq!((scan.entries.len(), scan.next), (1, size + 2));
    assert_eq!(
        (scan.entries[0].index, scan.entries[0].positions.clone()),
        (size, 25..26)
    );
}

#[test]
fn a_scan_from_beyond_the_log_says_that_the_log_is_shorter() {
    let world = World::new();
    let refused = world.ledger.view().unwrap().scan(3, 10);
    assert_eq!(refused, Err(QueryError::Size { size: 3, log_size: 2 }));
}

#[test]
fn one_call_reads_no_more_entries_than_the_bound() {
    let world = World::new();
    let last = std::sync::mpsc::channel();
    for number in 0..MAX_SCAN_ENTRIES as u64 {
        let sender = last.0.clone();
        world
            .ledger
            .submit_with(enrol(number, 0), move |outcome| sender.send(outcome).unwrap())
            .unwrap();
    }
    drop(last.0);
    assert!(last.1.iter().all(|outcome| outcome.is_ok()));
    let scan = world.ledger.view().unwrap().scan(0, usize::MAX).unwrap();
    assert_eq!(scan.next, MAX_SCAN_ENTRIES as u64);
}
