//! Replaying entries batch by batch over a scratch store, as the ledger decided them.

use super::Audited;
use super::fault::{Fault, Faults};
use super::proofs::{Proofs, PutAside};
use crate::ProofKeys;
use crate::log_tree::LogTree;
use crate::rules::{self, Refusal, RuleState, Undecided};
use crate::state::{BatchState, ClosedBatch, Overlay};
use crate::store::{Epoch, Head, Store, StoreError};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use tradeseal_verifier::entry::{Entry, EntryKind, Genesis, StateRecord};
use tradeseal_verifier::log::Checkpoint;

/// Most entries in one batch that an audit takes, which bounds its memory; a ledger's own batches are far smaller.
pub const MAX_BATCH_ENTRIES: usize = 65_536;

/// Most bytes in one batch, likewise: 64 MiB.
pub const MAX_BATCH_BYTES: usize = 64 << 20;

/// An entry with its place.
type Placed = (u64, Entry);

/// The state so far.
pub(super) struct Replay<'a> {
    origin: &'a str,
    scratch: &'a dyn Store,
    epoch: Epoch,
    genesis: Option<Arc<Genesis>>,
    log: LogTree,
    latest: Option<StateRecord>,
    /// Entries since the last state record.
    batch: Vec<Placed>,
    /// Their bytes.
    batch_bytes: usize,
    proofs: Proofs<'a>,
    entries: BTreeMap<EntryKind, u64>,
    /// After a fault, what the state should be is unknown.
    stopped: bool,
}

/// Why a batch was not replayed.
enum Halt {
    Fault(Fault),
    Store(StoreError),
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<'a> Replay<'a> {
    pub(super) fn new(
        checkpoint: &'a Checkpoint,
        keys: &'a ProofKeys,
        scratch: &'a dyn Store,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            origin: checkpoint.origin(),
            scratch,
            epoch: scratch.claim()?,
            genesis: None,
            log: LogTree::empty(),
            latest: None,
            batch: Vec::new(),
            batch_bytes: 0,
            proofs: Proofs::new(keys),
            entries: BTreeMap::new(),
            stopped: false,
        })
    }

    /// Takes the next entry; a state record replays its batch.
    pub(super) fn take(&mut self, index: u64, bytes: &[u8], faults: &mut Faults) -> Result<(), StoreError> {
        if self.stopped {
            return Ok(());
        }
        match self.next(index, bytes, faults) {
            Ok(()) => Ok(()),
            Err(Halt::Store(error)) => Err(error),
            Err(Halt::Fault(fault)) => {
                self.stopped = true;
                faults.add(fault);
                Ok(())
            }
        }
    }

    fn next(&mut self, index: u64, bytes: &[u8], faults: &mut Faults) -> Result<(), Halt> {
        let entry = Entry::decode(bytes).map_err(|cause| Halt::Fault(Fault::Entry { entry: index, cause }))?;
        if entry.encode() != bytes {
            return Err(Halt::Fault(Fault::Encoding { entry: index }));
        }
        match entry {
            Entry::State(record) => self.close(index, &record, faults),
            _ if self.batch.len() >= MAX_BATCH_ENTRIES || self.batch_bytes + bytes.len() > MAX_BATCH_BYTES => {
                Err(out_of_place(index, "its batch is larger than an audit takes"))
            }
            entry => {
                self.batch_bytes += bytes.len();
                self.batch.push((index, entry));
                Ok(())
            }
        }
    }

    /// Replays the batch that a state record ends.
    fn close(&mut self, index: u64, record: &StateRecord, faults: &mut Faults) -> Result<(), Halt> {
        let entries = std::mem::take(&mut self.batch);
        self.batch_bytes = 0;
        let kinds: Vec<EntryKind> = entries.iter().map(|(_, entry)| entry.kind()).collect();
        let genesis = match &self.genesis {
            Some(genesis) => genesis.clone(),
            None => Arc::new(self.genesis_in(&entries, index)?),
        };
        (self.log, self.latest) = self.replay(&genesis, &entries, (index, record), faults)?;
        self.genesis = Some(genesis);
        for kind in kinds.into_iter().chain([EntryKind::State]) {
            *self.entries.entry(kind).or_default() += 1;
        }
        Ok(())
    }

    /// The log and the state after a batch, which is in the scratch store then.
    fn replay(
        &mut self,
        genesis: &Genesis,
        entries: &[Placed],
        (index, record): (u64, &StateRecord),
        faults: &mut Faults,
    ) -> Result<(LogTree, Option<StateRecord>), Halt> {
        let overlay = Overlay::new(self.scratch.snapshot());
        let batch = match &self.latest {
            None => begin(overlay, genesis, record)?,
            Some(latest) if record.time < latest.time => return Err(Halt::Fault(differs(index, "time"))),
            Some(latest) => {
                let mut batch = BatchState::after(overlay, genesis, self.log.clone(), latest.clone(), record.time);
                self.decide(&mut batch, entries, faults)?;
                batch
            }
        };
        let closed = batch.close()?;
        if let Some(field) = first_difference(record, &closed.record) {
            return Err(Halt::Fault(differs(index, field)));
        }
        self.commit(&closed)?;
        Ok((closed.log, Some(closed.record)))
    }

    /// The genesis entry, which the first batch has alone.
    fn genesis_in(&self, entries: &[Placed], index: u64) -> Result<Genesis, Halt> {
        match entries {
            [(0, Entry::Genesis(genesis))] if genesis.origin.as_str() == self.origin => Ok(genesis.clone()),
            [(0, Entry::Genesis(_))] => Err(out_of_place(
                0,
                "the genesis entry is of another log than the checkpoint",
            )),
            _ => Err(out_of_place(
                index,
                "the first batch is not a genesis entry and nothing else",
            )),
        }
    }

    /// Checks and decides in order. What is checked beforehand may rest on the registry's keys, so a rotation ends a stretch.
    fn decide(&mut self, batch: &mut BatchState<'_>, entries: &[Placed], faults: &mut Faults) -> Result<(), Halt> {
        let stretches = entries.split_inclusive(|(_, entry)| matches!(entry, Entry::Registry(_)));
        for stretch in stretches {
            let registry = batch.registry()?;
            let genesis = batch.genesis();
            let checked: Vec<_> = stretch
                .par_iter()
                .map(|(_, entry)| {
                    let proofs = PutAside::default();
                    let checked = rules::check(entry.clone(), genesis, &registry, &proofs);
                    checked.map(|checked| (checked, proofs.into_claims()))
                })
                .collect();
            for ((index, entry), checked) in stretch.iter().zip(checked) {
                let (checked, claims) = checked.map_err(|refusal| refused(*index, entry, refusal))?;
                let moment = batch.moment();
                match rules::decide(batch, &checked, moment) {
                    Ok(()) => batch.append_checked(&checked),
                    Err(Undecided::Refused(refusal)) => return Err(refused(*index, entry, refusal)),
                    Err(Undecided::Store(error)) => return Err(error.into()),
                }
                self.proofs.add(*index, claims, faults);
            }
        }
        Ok(())
    }

    fn commit(&self, closed: &ClosedBatch<'_>) -> Result<(), StoreError> {
        let head = Head {
            size: closed.log.size(),
            // Nobody opens the scratch store as a ledger.
            checkpoint: String::new(),
        };
        let old_size = self.log.size();
        let committed = self.scratch.commit(self.epoch, old_size, closed.overlay.rows(), &head);
        committed.map_err(|cause| StoreError::Write {
            cause: cause.to_string(),
        })
    }

    /// Verifies the proofs that still wait; a log that was read to its end ends with a state record.
    pub(super) fn finish(&mut self, all_read: bool, faults: &mut Faults) {
        self.proofs.verify(faults);
        if let (true, false, Some((index, _))) = (all_read, self.stopped, self.batch.first()) {
            self.stopped = true;
            faults.add(Fault::Order {
                entry: *index,
                what: "no state record ends its batch",
            });
        }
    }

    pub(super) fn audited(self, all_read: bool, faults: Vec<Fault>, strays: Vec<String>) -> Audited {
        Audited {
            faults,
            entries: self.entries,
            all_read,
            whole: all_read && !self.stopped,
            state: self.latest,
            proofs_verified: self.proofs.verified,
            proofs_without_key: self.proofs.without_key,
            missing_keys: self.proofs.missing_keys,
            strays,
        }
    }
}

fn begin<'s>(overlay: Overlay<'s>, genesis: &'s Genesis, record: &StateRecord) -> Result<BatchState<'s>, Halt> {
    if record.time != genesis.created {
        return Err(Halt::Fault(differs(record.log_size, "time")));
    }
    let mut batch = BatchState::begin(overlay, genesis)?;
    batch.append(&Entry::Genesis(genesis.clone()).encode());
    Ok(batch)
}

fn refused(entry: u64, what: &Entry, refusal: Refusal) -> Halt {
    Halt::Fault(Fault::Refused {
        entry,
        kind: what.kind(),
        refusal: Box::new(refusal),
    })
}

fn out_of_place(entry: u64, what: &'static str) -> Halt {
    Halt::Fault(Fault::Order { entry, what })
}

fn differs(entry: u64, field: &'static str) -> Fault {
    Fault::State { entry, field }
}

/// The first field in which a state record is not the replayed one.
fn first_difference(published: &StateRecord, replayed: &StateRecord) -> Option<&'static str> {
    let (a, b) = (published, replayed);
    let fields = [
        ("time", a.time == b.time),
        ("log_size", a.log_size == b.log_size),
        ("note_count", a.note_count == b.note_count),
        ("note_root", a.note_root == b.note_root),
        ("nullifier_count", a.nullifier_count == b.nullifier_count),
        ("nullifier_root", a.nullifier_root == b.nullifier_root),
        ("directory_count", a.directory_count == b.directory_count),
        ("directory_root", a.directory_root == b.directory_root),
        ("revocation_root", a.revocation_root == b.revocation_root),
        ("dilution_count", a.dilution_count == b.dilution_count),
        ("dilution_root", a.dilution_root == b.dilution_root),
        ("deposit_count", a.deposit_count == b.deposit_count),
        ("deposit_root", a.deposit_root == b.deposit_root),
    ];
    let named = fields.into_iter().find(|(_, equal)| !equal).map(|(field, _)| field);
    // A field added to the record and forgotten above must not pass.
    named.or_else(|| (published != replayed).then_some("a field"))
}
