//! The thread that has durable checkpoints cosigned while the sequencer goes on with the next batch.
//!
//! One round at a time, always with the newest durable checkpoint; those in between are left out. When the quorum is met the
//! cosigned checkpoint is stored durably, and only then receipts go out. A round that fails tells those whose entries it covers.

use super::state::{State, Waiting};
use super::{Collected, LogHistory, Missing, Quorum, Unreceipted};
use crate::LedgerError;
use crate::ledger::Shared;
use crate::log_tree::{HashReader, NodeMemory, inclusion_proof};
use crate::receipt::{Receipt, SubmitError};
use crate::sequencer::Done;
use crate::state::{Overlay, cosigned};
use crate::store::{CommitError, Epoch};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::log::{SignedCheckpoint, TlogProof};

/// The handle of the publishing thread. Dropped, it ends the thread after the round that it is in.
pub(crate) struct Publisher {
    desk: Arc<Desk>,
    thread: Option<JoinHandle<()>>,
}

/// Shared by the sequencer, the publishing thread and whoever waits for it.
pub(crate) struct Desk {
    state: Mutex<State>,
    changed: Condvar,
}

impl Desk {
    /// Takes a durable batch: its checkpoint is cosigned next, then its submitters are told.
    pub(crate) fn durable(&self, entry_time: UnixSeconds, checkpoint: SignedCheckpoint, accepted: Vec<(u64, Done)>) {
        let mut state = self.lock();
        state.newest = checkpoint;
        state.urgent = true;
        state.waiting.extend(accepted.into_iter().map(|(index, done)| Waiting {
            index,
            entry_time,
            done,
        }));
        drop(state);
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'g>(&self, guard: MutexGuard<'g, State>, at_most: Duration) -> MutexGuard<'g, State> {
        let waited = self.changed.wait_timeout(guard, at_most);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// Longer than anything takes: a wait of this length is a wait for a notice.
const LONG: Duration = Duration::from_secs(3600);

impl Publisher {
    /// Starts with what an earlier run left unpublished.
    pub(crate) fn start(
        shared: Arc<Shared>,
        quorum: Arc<dyn Quorum>,
        epoch: Epoch,
        newest: SignedCheckpoint,
    ) -> Result<Self, LedgerError> {
        let kept = cosigned::latest(&Overlay::new(shared.store.snapshot()))?;
        let kept = kept.filter(|kept| quorum.is_met(kept));
        let cosigned_size = kept.map_or(0, |kept| kept.unchecked_checkpoint().size());
        let desk = Arc::new(Desk {
            state: Mutex::new(State::new(newest, cosigned_size)),
            changed: Condvar::new(),
        });
        let run = Run {
            desk: desk.clone(),
            shared,
            quorum,
            epoch,
        };
        let thread = std::thread::Builder::new()
            .name("publisher".into())
            .spawn(move || run.run());
        let thread = thread.map_err(|error| LedgerError::Thread {
            cause: error.to_string(),
        })?;
        Ok(Self {
            desk,
            thread: Some(thread),
        })
    }

    pub(crate) fn desk(&self) -> Arc<Desk> {
        self.desk.clone()
    }

    /// Waits until the newest checkpoint of this moment is cosigned, or a round about it has failed.
    pub(crate) fn wait_until_published(&self) -> Result<(), Missing> {
        let mut state = self.desk.lock();
        let size = state.newest_size();
        let needed = match state.asking {
            Some(asking) if asking < size => state.rounds_ended + 2,
            _ => state.rounds_ended + 1,
        };
        if state.asking != Some(size) {
            state.urgent = true;
            self.desk.changed.notify_all();
        }
        loop {
            if state.cosigned_size >= size {
                return Ok(());
            }
            if state.rounds_ended >= needed
                && let Some(missing) = &state.missing
            {
                return Err(missing.clone());
            }
            state = self.desk.wait(state, LONG);
        }
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        self.desk.lock().stopping = true;
        self.desk.changed.notify_all();
        if let Some(thread) = self.thread.take() {
            // A panic there was reported on its own thread.
            drop(thread.join());
        }
    }
}

/// What the thread works with.
struct Run {
    desk: Arc<Desk>,
    shared: Arc<Shared>,
    quorum: Arc<dyn Quorum>,
    epoch: Epoch,
}

impl Run {
    fn run(self) {
        let history = LogHistory::of(&self.shared.store);
        while let Some(newest) = self.next() {
            let collected = self.quorum.collect(&newest, &history);
            self.end_round(collected);
        }
    }

    /// The next checkpoint to ask about; `None` when the ledger stops and nobody waits.
    fn next(&self) -> Option<SignedCheckpoint> {
        let mut state = self.desk.lock();
        loop {
            if state.stopping && state.waiting.is_empty() {
                return None;
            }
            let now = Instant::now();
            let due = state.urgent || !state.waiting.is_empty() || now >= state.retry_at;
            if due && !state.is_published() {
                state.urgent = false;
                state.asking = Some(state.newest_size());
                return Some(state.newest.clone());
            }
            let pause = if state.is_published() {
                LONG
            } else {
                state.retry_at.saturating_duration_since(now)
            };
            state = self.desk.wait(state, pause);
        }
    }

    fn end_round(&self, collected: Collected) {
        let Collected { checkpoint, missing } = collected;
        let size = checkpoint.unchecked_checkpoint().size();
        let missing = missing.or_else(|| self.keep(&checkpoint).err().map(|cause| self.not_kept(&cause)));
        let mut state = self.desk.lock();
        let covered = state.take_covered(size);
        match &missing {
            None => state.met(size),
            Some(missing) => {
                // The next round need not ask those again who cosigned this very checkpoint.
                if state.newest_size() == size {
                    state.newest = checkpoint.clone();
                }
                state.unmet(missing.clone());
            }
        }
        drop(state);
        self.desk.changed.notify_all();
        // One view and one memory for all: their proofs share all but the lowest hashes.
        let rows = Overlay::new(self.shared.store.snapshot());
        let nodes = NodeMemory::new(&rows);
        for waiting in covered {
            let outcome = match &missing {
                None => receipt(&waiting, &checkpoint, &nodes),
                Some(missing) => Err(SubmitError::NoReceiptYet(Box::new(Unreceipted {
                    index: waiting.index,
                    entry_time: waiting.entry_time,
                    missing: missing.clone(),
                }))),
            };
            (waiting.done)(outcome);
        }
    }

    fn keep(&self, checkpoint: &SignedCheckpoint) -> Result<(), CommitError> {
        let rows = Overlay::new(self.shared.store.snapshot());
        let rows = cosigned::keep(&rows, checkpoint, self.shared.clock.now())?;
        self.shared.store.keep(self.epoch, &rows)
    }

    /// The store failed after the quorum was met: entries are durable, and the ledger appends nothing more.
    fn not_kept(&self, cause: &CommitError) -> Missing {
        let cause = self.shared.failure.get_or_init(|| cause.to_string());
        Missing {
            shortfall: format!("the cosigned checkpoint could not be kept: {cause}"),
            witnesses: Vec::new(),
        }
    }
}

fn receipt(waiting: &Waiting, checkpoint: &SignedCheckpoint, nodes: &impl HashReader) -> Result<Receipt, SubmitError> {
    let failed = |cause: String| SubmitError::Failed { cause };
    let hashes = inclusion_proof(nodes, waiting.index, checkpoint.unchecked_checkpoint().size())
        .map_err(|cause| failed(cause.to_string()))?;
    let proof = TlogProof::new(waiting.index, hashes, checkpoint.clone());
    Ok(Receipt {
        entry_time: waiting.entry_time,
        proof: proof.map_err(|cause| failed(cause.to_string()))?,
    })
}
