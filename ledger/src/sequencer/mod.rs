//! Sequencing: one thread decides entries in order, closes batches, commits them, and only then tells submitters,
//! or hands them to the publisher where a quorum has to cosign first.
//!
//! In scope: batches, the clock that never goes back, the signed checkpoint, receipts. Out of scope: what is refused (`rules`).
//!
//! A batch is everything that waits when the one before it is durable, so an idle ledger sequences at once; a busy one keeps
//! a batch open for a moment, so that signing, hashing to the roots and syncing are shared by more entries. A commit that fails is final for this instance: whether it took effect is unknown, and going on could fork the log.

mod commit;
mod submission;

pub(crate) use commit::sign_and_commit;
pub(crate) use submission::{Done, Submission, Work};

use crate::LedgerError;
use crate::ledger::Shared;
use crate::log_tree::{HashReader, LogTree, NodeMemory, inclusion_proof};
use crate::options::BatchLimits;
use crate::publish::Desk;
use crate::receipt::{Receipt, SubmitError};
use crate::rules::{self, Refusal, Undecided};
use crate::state::{BatchState, ClosedBatch, Overlay};
use crate::store::{Epoch, StoreError};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};
use tradeseal_verifier::entry::StateRecord;
use tradeseal_verifier::log::{LogSigner, SignedCheckpoint, TlogProof};

/// Entries in one batch from which on a ledger is busy.
const BUSY_BATCH: usize = 4;

/// The one thread that appends.
pub(crate) struct Sequencer {
    shared: Arc<Shared>,
    signer: LogSigner,
    epoch: Epoch,
    log: LogTree,
    latest: StateRecord,
    limits: BatchLimits,
    /// Where receipts wait for a quorum, if the ledger has one.
    publisher: Option<Arc<Desk>>,
    /// Whether the last batch took several entries: then more are on their way, and the next one waits for them.
    busy: bool,
}

/// What a batch is to tell its submitters once it is durable.
#[derive(Default)]
struct Waiting {
    accepted: Vec<(Place, Done)>,
    refused: Vec<(Refusal, Done)>,
}

/// Which entry of the batch a submitter waits for.
enum Place {
    Entry(u64),
    StateRecord,
}

impl Place {
    fn index(&self, closed: &ClosedBatch<'_>) -> u64 {
        match self {
            Self::Entry(index) => *index,
            Self::StateRecord => closed.record.log_size,
        }
    }
}

impl Waiting {
    fn tell_refused(&mut self) {
        self.refused
            .drain(..)
            .for_each(|(refusal, done)| done(Err(refusal.into())));
    }

    /// Refusals too: some may rest on entries of this batch.
    fn tell_failed(self, cause: &str) {
        let accepted = self.accepted.into_iter().map(|(_, done)| done);
        for done in accepted.chain(self.refused.into_iter().map(|(_, done)| done)) {
            done(Err(SubmitError::Failed {
                cause: cause.to_owned(),
            }));
        }
    }
}

impl Sequencer {
    pub(crate) fn new(
        shared: Arc<Shared>,
        signer: LogSigner,
        epoch: Epoch,
        log: LogTree,
        latest: StateRecord,
        limits: BatchLimits,
        publisher: Option<Arc<Desk>>,
    ) -> Self {
        Self {
            shared,
            signer,
            epoch,
            log,
            latest,
            limits,
            publisher,
            busy: false,
        }
    }

    /// Sequences until every sender is gone and the queue is empty.
    pub(crate) fn run(mut self, queue: &Receiver<Submission>) {
        while let Ok(first) = queue.recv() {
            match self.shared.failure.get() {
                Some(cause) => (first.done)(Err(SubmitError::Failed { cause: cause.clone() })),
                None => self.sequence(first, queue),
            }
        }
    }

    /// One batch.
    fn sequence(&mut self, first: Submission, queue: &Receiver<Submission>) {
        let shared = self.shared.clone();
        let mut waiting = Waiting::default();
        match self.append(&shared, first, queue, &mut waiting) {
            Ok(None) => waiting.tell_refused(),
            Ok(Some((closed, checkpoint))) => {
                // Before anyone is told, so that whoever knows of a rotation is checked with its key.
                shared.learn_registry(closed.registry);
                waiting.tell_refused();
                let accepted = waiting.accepted.drain(..);
                let accepted = accepted.map(|(place, done)| (place.index(&closed), done));
                match &self.publisher {
                    None => {
                        let nodes = NodeMemory::new(&closed.overlay);
                        accepted.for_each(|(index, done)| done(receipt(&closed, &nodes, &checkpoint, index)));
                    }
                    Some(publisher) => publisher.durable(closed.record.time, checkpoint, accepted.collect()),
                }
                (self.log, self.latest) = (closed.log, closed.record);
            }
            Err(error) => waiting.tell_failed(shared.failure.get_or_init(|| error.to_string())),
        }
    }

    /// Decides what waits and commits it; `None` if nothing was accepted.
    fn append<'s>(
        &mut self,
        shared: &'s Shared,
        first: Submission,
        queue: &Receiver<Submission>,
        waiting: &mut Waiting,
    ) -> Result<Option<(ClosedBatch<'s>, SignedCheckpoint)>, LedgerError> {
        let time = shared.clock.now().max(self.latest.time);
        let overlay = Overlay::new(shared.store.snapshot());
        let mut batch = BatchState::after(overlay, &shared.genesis, self.log.clone(), self.latest.clone(), time);
        self.decide_all(&mut batch, first, queue, waiting)?;
        if waiting.accepted.is_empty() {
            return Ok(None);
        }
        let closed = batch.close()?;
        let checkpoint = sign_and_commit(&*shared.store, self.epoch, self.log.size(), &closed, &self.signer)?;
        Ok(Some((closed, checkpoint)))
    }

    fn decide_all(
        &mut self,
        batch: &mut BatchState<'_>,
        first: Submission,
        queue: &Receiver<Submission>,
        waiting: &mut Waiting,
    ) -> Result<(), StoreError> {
        let started = Instant::now();
        let mut taken = 0;
        let mut next = Some(first);
        while let Some(Submission { work, done }) = next {
            taken += 1;
            match decide(batch, &work) {
                Ok(place) => waiting.accepted.push((place, done)),
                Err(Undecided::Refused(refusal)) => waiting.refused.push((refusal, done)),
                Err(Undecided::Store(error)) => {
                    waiting.accepted.push((Place::StateRecord, done));
                    return Err(error);
                }
            }
            let full = taken >= self.limits.max_entries || started.elapsed() >= self.limits.max_duration;
            next = if full { None } else { self.next(queue, started) };
        }
        self.busy = taken >= BUSY_BATCH;
        Ok(())
    }

    /// What waits, or comes before the batch that was begun at this time is due.
    fn next(&self, queue: &Receiver<Submission>, started: Instant) -> Option<Submission> {
        let due = if self.busy { self.limits.gather } else { Duration::ZERO };
        queue.recv_timeout(due.saturating_sub(started.elapsed())).ok()
    }
}

/// Decides one submission in its place and appends it.
fn decide(batch: &mut BatchState<'_>, work: &Work) -> Result<Place, Undecided> {
    let Work::Entry(checked) = work else {
        return Ok(Place::StateRecord);
    };
    let moment = batch.moment();
    rules::decide(batch, checked, moment)?;
    batch.append_checked(checked);
    Ok(Place::Entry(moment.index))
}

/// A receipt from the batch's own rows and what is remembered of those before.
fn receipt(
    closed: &ClosedBatch<'_>,
    nodes: &impl HashReader,
    checkpoint: &SignedCheckpoint,
    index: u64,
) -> Result<Receipt, SubmitError> {
    let hashes = inclusion_proof(nodes, index, closed.log.size());
    let hashes = hashes.map_err(|error| SubmitError::Failed {
        cause: error.to_string(),
    })?;
    let proof = TlogProof::new(index, hashes, checkpoint.clone());
    let proof = proof.map_err(|error| SubmitError::Failed {
        cause: error.to_string(),
    })?;
    Ok(Receipt {
        entry_time: closed.record.time,
        proof,
    })
}
