//! A store whose writes fail: nothing is acknowledged, nothing more is appended, and opening again tells what became of it.

use crate::fixture::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tradeseal_ledger::store::{CommitError, Epoch, Head, RocksStore, Rows, Snapshot, Store, StoreError};
use tradeseal_ledger::{Ledger, SubmitError};
use tradeseal_verifier::log::leaf_hash;

/// The real store, in which the commit after a number of good ones fails, before or after it took effect.
struct Failing {
    store: RocksStore,
    good_commits: AtomicI64,
    takes_effect: bool,
}

impl Store for Failing {
    fn snapshot(&self) -> Box<dyn Snapshot + '_> {
        self.store.snapshot()
    }

    fn claim(&self) -> Result<Epoch, StoreError> {
        self.store.claim()
    }

    fn commit(&self, owner: Epoch, expected_size: u64, rows: &Rows, head: &Head) -> Result<(), CommitError> {
        let fails = self.good_commits.fetch_sub(1, Ordering::SeqCst) <= 0;
        if !fails || self.takes_effect {
            self.store.commit(owner, expected_size, rows, head)?;
        }
        if fails {
            Err(StoreError::Write {
                cause: "injected: no space left on device".into(),
            }
            .into())
        } else {
            Ok(())
        }
    }

    fn keep(&self, owner: Epoch, rows: &Rows) -> Result<(), CommitError> {
        self.store.keep(owner, rows)
    }
}

fn fails_at_third_batch(takes_effect: bool) {
    let world = World::new();
    let path = world.path();
    world.ledger.shut_down();
    let store = Failing {
        store: RocksStore::open(&path).unwrap(),
        good_commits: AtomicI64::new(2),
        takes_effect,
    };
    let ledger = Ledger::open_in(Arc::new(store), log_secret(), proof_keys(), &options(&world.clock)).unwrap();
    let good: Vec<_> = (0..2).map(|number| ledger.submit(enrol(number, 0)).unwrap()).collect();
    let failed = ledger.submit(enrol(2, 0)).unwrap_err();
    assert!(
        matches!(&failed, SubmitError::Failed { cause } if cause.contains("no space left")),
        "{failed}"
    );
    assert_eq!(ledger.submit(enrol(3, 0)), Err(failed.clone()));
    assert_eq!(ledger.renew_state(), Err(failed));
    drop(ledger);

    let ledger = open(&path, &world.clock).unwrap();
    let view = ledger.view().unwrap();
    for (number, receipt) in (0..).zip(&good) {
        assert_eq!(view.entry(receipt.index()).unwrap().bytes, enrol(number, 0).encode());
    }
    let third = view.find_entry(&leaf_hash(&enrol(2, 0).encode())).unwrap();
    assert_eq!(third.is_some(), takes_effect);
    assert_eq!(view.find_entry(&leaf_hash(&enrol(3, 0).encode())).unwrap(), None);
    drop(view);
    ledger.submit(enrol(3, 0)).unwrap();
}

#[test]
fn a_commit_that_fails_without_effect_is_final_and_leaves_no_trace() {
    fails_at_third_batch(false);
}

#[test]
fn a_commit_that_fails_after_it_took_effect_is_final_and_found_after_opening_again() {
    fails_at_third_batch(true);
}

#[test]
fn an_owner_that_was_superseded_appends_nothing_more() {
    let world = World::new();
    let path = world.path();
    world.ledger.shut_down();
    let store = Arc::new(RocksStore::open(&path).unwrap());
    let open = || Ledger::open_in(store.clone(), log_secret(), proof_keys(), &world_options(&world.clock)).unwrap();
    let first = open();
    first.submit(enrol(1, 0)).unwrap();
    let second = open();
    let fenced = first.submit(enrol(2, 0)).unwrap_err();
    assert!(
        matches!(&fenced, SubmitError::Failed { cause } if cause.contains("head moved")),
        "{fenced}"
    );
    second.submit(enrol(2, 0)).unwrap();
}

fn world_options(clock: &Arc<TestClock>) -> tradeseal_ledger::LedgerOptions {
    options(clock)
}
