//! Proving for many: every core on one proof while it is the only one, one proof for each core under load.
//!
//! In scope: waiting lines, bounds, cancellation, fairness between tenants. Out of scope: what a job proves; leases between
//! machines (crate `ledger`). An attacker who owns this part decides whose proofs are made; jobs hold private inputs, which
//! are dropped, and so wiped, where a job is cancelled.
//!
//! One proof for each core gives the most proofs a second, since nothing waits for anything; all cores on one proof give the
//! shortest wait. A job that starts while nothing else runs or waits gets all cores, any other gets one.

mod proving;
mod queue;

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

pub use proving::{NotTaken, ProofTicket};
use queue::FairQueue;
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

/// Whose job it is: lines are kept and served for each tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TenantId(pub u64);

/// What a pool may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolLimits {
    /// Threads, and so proofs at a time; at least one.
    pub threads: usize,
    /// Bytes that running jobs may need together. A proof's are known before it starts ([`ProverPool::prove`]); tables, which proofs share, are
    /// counted with the keys ([`crate::keys::LoadedKey::make_ready`]).
    pub memory_bytes: u64,
    /// Jobs waiting in all.
    pub waiting_jobs: usize,
    /// Jobs of one tenant waiting.
    pub waiting_jobs_per_tenant: usize,
}

impl PoolLimits {
    /// All cores of this machine, two gigabytes, 256 waiting jobs of which a tenant has at most 32.
    pub fn of_this_machine() -> Self {
        Self {
            threads: thread::available_parallelism().map_or(1, NonZeroUsize::get),
            memory_bytes: 2 << 30,
            waiting_jobs: 256,
            waiting_jobs_per_tenant: 32,
        }
    }
}

/// Why a job was not taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Too many jobs wait.
    #[error("{waiting} proofs are waiting; try again later")]
    Full {
        /// How many.
        waiting: usize,
    },
    /// Too many of this tenant's jobs wait.
    #[error("{waiting} of your proofs are waiting; try again when one is done")]
    TenantFull {
        /// Whose.
        tenant: TenantId,
        /// How many.
        waiting: usize,
    },
    /// The job needs more memory than the pool has.
    #[error("the proof needs {bytes} bytes of memory, the pool has {limit}; raise its limit")]
    TooLarge {
        /// Needed.
        bytes: u64,
        /// There are.
        limit: u64,
    },
}

/// Why a job that was taken in gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Lost {
    /// It was cancelled before it began.
    #[error("the proof was cancelled before it began")]
    Cancelled,
    /// It panicked, or the pool was closed.
    #[error("the proof was abandoned: the prover failed or was shut down")]
    Abandoned,
}

/// A flag that a running job looks at between its steps.
#[derive(Debug, Clone, Default)]
pub struct Cancellation(Arc<AtomicBool>);

impl Cancellation {
    /// Asks the job to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A job that was taken in.
#[derive(Debug)]
pub struct Ticket<T> {
    cancellation: Cancellation,
    result: Receiver<Result<T, Lost>>,
}

impl<T> Ticket<T> {
    /// Waits for the job's result.
    ///
    /// # Errors
    /// [`Lost`].
    pub fn wait(self) -> Result<T, Lost> {
        self.result.recv().unwrap_or(Err(Lost::Abandoned))
    }

    /// The flag with which the job can be cancelled: at once if it waits, else at its next step.
    pub fn cancellation(&self) -> &Cancellation {
        &self.cancellation
    }
}

/// A job with the flag by which it is cancelled. Run after that, it only says so.
struct Job {
    cancellation: Cancellation,
    run: Box<dyn FnOnce() + Send>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    queue: FairQueue<Job>,
    closing: bool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it holds the lock: jobs run without it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Threads that prove.
pub struct ProverPool {
    shared: Arc<Shared>,
    workers: Vec<JoinHandle<()>>,
}

impl ProverPool {
    /// Starts the threads.
    ///
    /// # Errors
    /// Where the system gives no threads.
    pub fn start(limits: PoolLimits) -> Result<Self, ThreadPoolBuildError> {
        let threads = limits.threads.max(1);
        let shared = Arc::new(Shared {
            state: Mutex::new(State {
                queue: FairQueue::new(limits),
                closing: false,
            }),
            changed: Condvar::new(),
        });
        let all_cores = Arc::new(ThreadPoolBuilder::new().num_threads(threads).build()?);
        let workers = (0..threads).map(|_| {
            let (shared, all_cores) = (Arc::clone(&shared), Arc::clone(&all_cores));
            let one_core = ThreadPoolBuilder::new().num_threads(1).build()?;
            Ok(thread::spawn(move || work(&shared, &all_cores, &one_core)))
        });
        let workers = workers.collect::<Result<_, ThreadPoolBuildError>>()?;
        Ok(Self { shared, workers })
    }

    /// Takes a job in. It runs in a thread pool of its own share of cores, and looks at its [`Cancellation`] between steps.
    ///
    /// # Errors
    /// [`Refused`] where a bound is reached.
    pub fn submit<T: Send + 'static>(
        &self,
        tenant: TenantId,
        memory_bytes: u64,
        job: impl FnOnce(&Cancellation) -> T + Send + 'static,
    ) -> Result<Ticket<T>, Refused> {
        let (sender, result) = mpsc::channel();
        let cancellation = Cancellation::default();
        let ticket = Ticket {
            cancellation: cancellation.clone(),
            result,
        };
        let flag = cancellation.clone();
        let run = move || {
            let outcome = if flag.is_cancelled() {
                Err(Lost::Cancelled)
            } else {
                catch_unwind(AssertUnwindSafe(|| job(&flag))).map_err(|_| Lost::Abandoned)
            };
            // Whoever asked may have gone.
            let _ = sender.send(outcome);
        };
        let run = Box::new(run);
        self.take_in(tenant, memory_bytes, Job { cancellation, run })?;
        Ok(ticket)
    }
}

impl ProverPool {
    /// Puts a job in its line. Jobs cancelled while they waited give their places up first.
    fn take_in(&self, tenant: TenantId, memory_bytes: u64, job: Job) -> Result<(), Refused> {
        let mut state = self.shared.state();
        let cancelled = state.queue.take_out(|job| job.cancellation.is_cancelled());
        let taken = state.queue.push(tenant, memory_bytes, job);
        drop(state);
        // Outside the lock: each only tells its ticket that it was cancelled, and wipes its inputs.
        cancelled.into_iter().for_each(|job| (job.run)());
        self.shared.changed.notify_all();
        taken
    }
}

impl Drop for ProverPool {
    /// Lets running jobs end; waiting ones are abandoned.
    fn drop(&mut self) {
        self.shared.state().closing = true;
        self.shared.changed.notify_all();
        for worker in self.workers.drain(..) {
            // A worker does not panic: its jobs' panics are caught.
            let _ = worker.join();
        }
    }
}

fn work(shared: &Shared, all_cores: &ThreadPool, one_core: &ThreadPool) {
    while let Some((job, bytes, alone)) = next_job(shared) {
        let cores = if alone { all_cores } else { one_core };
        cores.install(job.run);
        shared.state().queue.ended(bytes);
        // Memory has become free, for which more than one job may wait.
        shared.changed.notify_all();
    }
}

fn next_job(shared: &Shared) -> Option<(Job, u64, bool)> {
    let mut state = shared.state();
    loop {
        if state.closing {
            return None;
        }
        if let Some((job, bytes)) = state.queue.pop() {
            return Some((job, bytes, state.queue.is_otherwise_idle()));
        }
        state = shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
}

#[cfg(test)]
mod tests;
