//! Batches: order, state records, a clock that goes back, many submitters at once.

use crate::fixture::*;
use std::sync::mpsc;
use tradeseal_ledger::rules::Refusal;
use tradeseal_ledger::{BatchLimits, Ledger, LedgerOptions, SubmitError};
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::entry::{Entry, EntryKind};

#[test]
fn a_new_ledger_is_its_genesis_entry_and_a_state_record() {
    let world = World::new();
    let view = world.ledger.view().unwrap();
    let first = Entry::decode(&view.entry(0).unwrap().bytes).unwrap();
    assert_eq!(first, Entry::Genesis(world.ledger.genesis().clone()));
    let state = view.state(1).unwrap();
    assert_eq!(
        (state.log_size, state.time, state.note_count),
        (1, UnixSeconds(START), 0)
    );
    assert_eq!(&state, view.latest_state());
}

#[test]
fn every_batch_ends_with_a_state_record_and_times_never_go_back() {
    let world = World::new();
    let mut times = vec![];
    for (number, seconds) in [5, 3, 0, 9, 9, 1].into_iter().enumerate() {
        world.at(seconds);
        times.push(world.accept(enrol(number as u64, 0)).entry_time.0 - START);
    }
    assert_eq!(times, [5, 5, 5, 9, 9, 9]);
    let view = world.ledger.view().unwrap();
    let kinds: Vec<_> = (2..view.size())
        .map(|i| Entry::decode(&view.entry(i).unwrap().bytes).unwrap().kind())
        .collect();
    assert_eq!(kinds, [EntryKind::Enrol, EntryKind::State].repeat(6));
}

#[test]
fn a_state_record_alone_renews_the_time() {
    let world = World::new();
    world.at(60);
    let receipt = world.ledger.renew_state().unwrap();
    let view = world.ledger.view().unwrap();
    assert_eq!((receipt.index(), view.size()), (2, 3));
    let state = view.state(2).unwrap();
    assert_eq!(state.time, UnixSeconds(START + 60));
    receipt.proof.verify(&state.encode(), &world.keys()).unwrap();
}

/// Entries queued while one batch is written form the next; each sees those before it.
#[test]
fn entries_of_one_batch_are_decided_in_order() {
    let world = World::new();
    let (sender, receiver) = mpsc::channel();
    let wanted: Vec<Entry> = vec![
        enrol(1, 0),
        enrol(1, 0),
        enrol(1, 1),
        remove(1, 2),
        enrol(1, 2),
        enrol(1, 3),
        world.mint(1),
        world.mint(1),
    ];
    for (position, entry) in wanted.into_iter().enumerate() {
        let sender = sender.clone();
        world
            .ledger
            .submit_with(entry, move |outcome| sender.send((position, outcome)).unwrap())
            .unwrap();
    }
    drop(sender);
    let mut outcomes: Vec<_> = receiver.iter().collect();
    outcomes.sort_by_key(|(position, _)| *position);
    let outcomes: Vec<_> = outcomes
        .into_iter()
        .map(|(_, outcome)| outcome.map(|receipt| receipt.index()))
        .collect();
    let first = *outcomes[0].as_ref().unwrap();
    assert_eq!(outcomes[1], Err(Refusal::AlreadyLogged { index: first }.into()));
    assert!(outcomes[2].is_ok() && outcomes[3].is_ok());
    assert_eq!(
        outcomes[4],
        Err(Refusal::Revision {
            party: party(1),
            expected: 3,
            found: 2
        }
        .into())
    );
    assert!(outcomes[5].is_ok() && outcomes[6].is_ok());
    let minted = *outcomes[6].as_ref().unwrap();
    assert_eq!(outcomes[7], Err(Refusal::AlreadyLogged { index: minted }.into()));
    let indices: Vec<u64> = outcomes.into_iter().flatten().collect();
    assert!(indices.is_sorted(), "{indices:?}");
}

#[test]
fn many_submitters_at_once_get_receipts_that_verify_and_share_batches() {
    let world = World::new();
    let keys = world.keys();
    std::thread::scope(|scope| {
        for thread in 0..8u64 {
            let (ledger, keys) = (&world.ledger, &keys);
            scope.spawn(move || {
                for number in 0..25 {
                    let entry = enrol(thread * 1000 + number, 0);
                    let bytes = entry.encode();
                    let receipt = ledger.submit(entry).unwrap();
                    receipt.proof.verify(&bytes, keys).unwrap();
                }
            });
        }
    });
    let view = world.ledger.view().unwrap();
    assert_eq!(view.latest_state().directory_count, 200);
    assert!(view.size() <= 2 + 400, "no more state records than entries");
    let root = view.latest_state().directory_root.to_fr();
    for number in (0..8).flat_map(|thread| (0..25).map(move |n| thread * 1000 + n)) {
        let path = view.directory_path(party(number)).unwrap();
        assert_eq!(path.path.root(enrol_body(number, 0).directory_leaf()), root);
    }
}

#[test]
fn a_batch_takes_no_more_entries_than_its_limit() {
    let world = World::new();
    let (path, mut options) = (world.path(), world.options());
    world.ledger.shut_down();
    options.batch = BatchLimits {
        max_entries: 3,
        ..BatchLimits::default()
    };
    let ledger = Ledger::open(&path, log_secret(), proof_keys(), &options).unwrap();
    let (sender, receiver) = mpsc::channel();
    for number in 0..20 {
        let sender = sender.clone();
        ledger
            .submit_with(enrol(number, 0), move |outcome| sender.send(outcome.unwrap()).unwrap())
            .unwrap();
    }
    drop(sender);
    let mut indices: Vec<u64> = receiver.iter().map(|receipt| receipt.index()).collect();
    indices.sort_unstable();
    assert_eq!(indices.len(), 20);
    assert!(
        indices.windows(4).all(|run| run[3] - run[0] > 3),
        "four entries without a state record: {indices:?}"
    );
}

#[test]
fn waiting_entries_are_finished_at_shut_down() {
    let world = World::new();
    let (sender, receiver) = mpsc::channel();
    for number in 0..50 {
        let sender = sender.clone();
        world
            .ledger
            .submit_with(enrol(number, 0), move |outcome| sender.send(outcome).unwrap())
            .unwrap();
    }
    drop(sender);
    let world = world.reopen();
    assert_eq!(receiver.iter().filter(Result::is_ok).count(), 50);
    assert_eq!(world.ledger.view().unwrap().latest_state().directory_count, 50);
}

#[test]
fn a_full_queue_is_told_as_busy() {
    let world = World::new();
    let (path, clock) = (world.path(), world.clock.clone());
    world.ledger.shut_down();
    let options = LedgerOptions {
        queue_length: 1,
        clock,
        ..LedgerOptions::default()
    };
    let ledger = Ledger::open(&path, log_secret(), proof_keys(), &options).unwrap();
    // The first outcome is not taken until the test has seen the queue full, so the sequencer stands still.
    let (hold, held) = mpsc::channel::<()>();
    ledger
        .submit_with(enrol(0, 0), move |_| held.recv().unwrap_or(()))
        .unwrap();
    let mut busy = false;
    for number in 1..10 {
        busy |= ledger.submit_with(enrol(number, 0), |_| ()) == Err(SubmitError::Busy);
    }
    drop(hold);
    assert!(busy);
}
