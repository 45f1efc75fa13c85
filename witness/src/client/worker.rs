//! One thread per log witness, with room for one waiting checkpoint: the newest.

use super::{Answer, ClientError, ConsistencyProofs, Submitter};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;
use tradeseal_verifier::log::SignedCheckpoint;

/// A checkpoint to be cosigned, and where the answer goes.
pub(super) struct Job {
    pub(super) checkpoint: Arc<SignedCheckpoint>,
    pub(super) deadline: Instant,
    /// Which log witness, in the policy's order.
    pub(super) index: usize,
    pub(super) answers: Sender<(usize, Answer)>,
}

impl Job {
    /// Whoever asked may have stopped listening.
    fn answer(&self, answer: Answer) {
        let _ = self.answers.send((self.index, answer));
    }
}

/// The worker's handle. Dropped, it lets the thread end after the request that it is in.
pub(super) struct Worker {
    mailbox: Arc<Mailbox>,
}

#[derive(Default)]
struct Mailbox {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    next: Option<Job>,
    stopped: bool,
}

impl Worker {
    pub(super) fn start(
        witness: &str,
        submitter: Submitter,
        proofs: Arc<dyn ConsistencyProofs>,
    ) -> Result<Self, ClientError> {
        let mailbox = Arc::new(Mailbox::default());
        let receiving = mailbox.clone();
        let run = move || {
            while let Some(job) = receiving.take() {
                job.answer(submitter.submit(&job.checkpoint, &*proofs, job.deadline));
            }
        };
        let thread = thread::Builder::new().name("log-witness-client".into()).spawn(run);
        thread.map_err(|cause| ClientError::Thread {
            witness: witness.to_owned(),
            cause: cause.to_string(),
        })?;
        Ok(Self { mailbox })
    }

    /// Hands the worker a checkpoint, in place of one that still waits.
    pub(super) fn put(&self, job: Job) {
        let replaced = self.mailbox.lock().next.replace(job);
        self.mailbox.changed.notify_one();
        if let Some(replaced) = replaced {
            replaced.answer(Answer::Superseded);
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.mailbox.lock().stopped = true;
        self.mailbox.changed.notify_one();
    }
}

impl Mailbox {
    /// Waits for the next job; `None` when there will be no more.
    fn take(&self) -> Option<Job> {
        let mut state = self.lock();
        loop {
            if state.stopped {
                return None;
            }
            if let Some(job) = state.next.take() {
                return Some(job);
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Nothing panics while it holds the lock.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
