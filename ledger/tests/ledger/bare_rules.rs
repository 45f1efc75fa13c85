//! The rules over one batch's state, without a sequencer: for what no entry reaches by itself.

use crate::fixture::*;
use tradeseal_ledger::log_tree::LogTree;
use tradeseal_ledger::rules::{Moment, Refusal, RuleState, Undecided, check, decide};
use tradeseal_ledger::state::{BatchState, ClosedBatch, Overlay};
use tradeseal_ledger::store::{Head, RocksStore, Store};
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::entry::{Entry, Genesis, StateRecord};

pub fn genesis() -> Genesis {
    let params = genesis_params();
    Genesis {
        origin: params.origin,
        created: UnixSeconds(START),
        registrars: params.registrars,
        accepted_keys: params.accepted_keys,
        root_grace_seconds: params.root_grace_seconds,
        registry_key: params.registry_key,
        registry_era_seconds: params.registry_era_seconds,
    }
}

/// A store with the genesis batch in it.
pub struct Begun {
    pub genesis: Genesis,
    pub record: StateRecord,
    log: LogTree,
    store: RocksStore,
    _directory: tempfile::TempDir,
}

impl Begun {
    pub fn new() -> Self {
        let (directory, genesis) = (tempfile::tempdir().unwrap(), genesis());
        let store = RocksStore::open(directory.path()).unwrap();
        let epoch = store.claim().unwrap();
        let mut batch = BatchState::begin(Overlay::new(store.snapshot()), &genesis).unwrap();
        batch.append(&Entry::Genesis(genesis.clone()).encode());
        let ClosedBatch {
            record, log, overlay, ..
        } = batch.close().unwrap();
        let (size, checkpoint) = (log.size(), String::new());
        store
            .commit(epoch, 0, overlay.rows(), &Head { size, checkpoint })
            .unwrap();
        drop(overlay);
        Self {
            genesis,
            record,
            log,
            store,
            _directory: directory,
        }
    }

    /// A batch after the genesis batch, as if the last state record were this one.
    pub fn batch(&self, record: StateRecord) -> BatchState<'_> {
        let overlay = Overlay::new(self.store.snapshot());
        BatchState::after(overlay, &self.genesis, self.log.clone(), record, UnixSeconds(START))
    }
}

/// Checks and decides an entry as the one of this index, that many seconds after the start.
pub fn decided(batch: &mut BatchState<'_>, entry: Entry, index: u64, seconds: u64) -> Result<(), Undecided> {
    let registry = batch.registry()?;
    let checked = check(entry, &genesis(), &registry, &*proof_keys())?;
    decide(batch, &checked, at(index, seconds))
}

pub fn at(index: u64, seconds: u64) -> Moment {
    Moment {
        index,
        time: UnixSeconds(START + seconds),
    }
}

pub fn refused(outcome: Result<(), Undecided>) -> Refusal {
    match outcome {
        Err(Undecided::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}
