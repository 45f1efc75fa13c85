//! What proving costs on this machine: ours and ark-groth16 on the same key and inputs, in turns within one process.
//!
//! In scope: times of phases, memory, proofs a second under load, the floor. Out of scope: printing (crate `server`), statistics over machines.
//! An attacker who owns this part has wrong figures published. Inputs are samples: nobody's secrets.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ark_std::rand::SeedableRng;
use rayon::ThreadPoolBuilder;
use tradeseal_circuits::Instance;
use tradeseal_circuits::sample::{SampleRng, Sampled};

pub use crate::groth16::Floor;
use crate::keys::{LoadedKey, ProverSize};
use crate::pool::{PoolLimits, ProverPool, TenantId};
use crate::progress::Silent;
use crate::prove::{ProveError, ProveTimings, prove};
use crate::reference::prove_with_ark_groth16;
use crate::synthesis::Assignment;

/// One proof of each prover, made one after the other.
#[derive(Debug, Clone, Copy)]
pub struct Round {
    /// Our phases.
    pub ours: ProveTimings,
    /// Memory that ours took at its peak beyond what was in use before; `None` where the system does not tell.
    pub our_peak_bytes: Option<u64>,
    /// ark-groth16's circuit layout with values.
    pub ark_synthesis: Duration,
    /// ark-groth16's proof.
    pub ark_proof: Duration,
    /// Memory likewise.
    pub ark_peak_bytes: Option<u64>,
}

/// Why nothing was measured.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MeasureError {
    /// A proof was not made.
    #[error(transparent)]
    Proof(#[from] ProveError),
    /// The two provers disagree, so that their times say nothing.
    #[error("our proof is not ark-groth16's, bit for bit: do not believe any figure of this run")]
    Different,
    /// The system gives no threads, or the pool lost a job.
    #[error("the proofs could not be run: {0}")]
    Threads(String),
}

/// Makes a proof of a sample with each prover on so many threads, `rounds` times in turns, each pair compared bit for bit.
///
/// # Errors
/// [`MeasureError`].
pub fn in_turns<S: Sampled<Public: Sync, Private: Sync>>(
    key: &LoadedKey,
    threads: usize,
    rounds: u64,
) -> Result<Vec<Round>, MeasureError> {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|cause| MeasureError::Threads(cause.to_string()))?;
    pool.install(|| (0..rounds).map(|seed| one_round::<S>(key, seed)).collect())
}

fn one_round<S: Sampled>(key: &LoadedKey, seed: u64) -> Result<Round, MeasureError> {
    let (public, private) = S::sample(&mut SampleRng::seed_from_u64(seed));
    let generator = || SampleRng::seed_from_u64(seed);
    let ours = || prove::<S>(key, &public, &private, &mut generator(), &mut Silent);
    let arks = || prove_with_ark_groth16::<S>(key, &public, &private, &mut generator());
    // Whoever comes second finds warmer caches, so they take turns at that too.
    let ((ours, our_peak_bytes), (arks, ark_peak_bytes)) = if seed.is_multiple_of(2) {
        let first = with_peak(ours);
        (first, with_peak(arks))
    } else {
        let first = with_peak(arks);
        (with_peak(ours), first)
    };
    let (ours, arks) = (ours?, arks?);
    if ours.proof != arks.proof {
        return Err(MeasureError::Different);
    }
    Ok(Round {
        ours: ours.timings,
        our_peak_bytes,
        ark_synthesis: arks.synthesis,
        ark_proof: arks.proving,
        ark_peak_bytes,
    })
}

/// Proofs of each prover a second when there are more than threads: ours first, then ark-groth16's.
///
/// # Errors
/// [`MeasureError`].
pub fn under_load<S: Sampled<Public: Send + Sync + 'static, Private: Send + Sync + 'static>>(
    key: &Arc<LoadedKey>,
    threads: usize,
    proofs: u64,
) -> Result<[f64; 2], MeasureError> {
    let limits = PoolLimits {
        threads,
        memory_bytes: u64::MAX,
        waiting_jobs: usize::MAX,
        waiting_jobs_per_tenant: usize::MAX,
    };
    let pool = ProverPool::start(limits).map_err(|cause| MeasureError::Threads(cause.to_string()))?;
    key.make_ready::<S>(&mut Silent)?;
    let ours = per_second(proofs, |seed| {
        let (public, private) = S::sample(&mut SampleRng::seed_from_u64(seed));
        let job = {
            let key = Arc::clone(key);
            move || {
                prove::<S>(
                    &key,
                    &public,
                    &private,
                    &mut SampleRng::seed_from_u64(seed),
                    &mut Silent,
                )
                .map(|_| ())
            }
        };
        pool.submit(TenantId(seed % 3), 0, move |_| job())
    })?;
    let arks = per_second(proofs, |seed| {
        let (public, private) = S::sample(&mut SampleRng::seed_from_u64(seed));
        let job = {
            let key = Arc::clone(key);
            move || {
                prove_with_ark_groth16::<S>(&key, &public, &private, &mut SampleRng::seed_from_u64(seed)).map(|_| ())
            }
        };
        pool.submit(TenantId(seed % 3), 0, move |_| job())
    })?;
    Ok([ours, arks])
}

type Job = Result<crate::pool::Ticket<Result<(), ProveError>>, crate::pool::Refused>;

fn per_second(proofs: u64, submit: impl Fn(u64) -> Job) -> Result<f64, MeasureError> {
    let lost = |cause: &dyn std::fmt::Display| MeasureError::Threads(cause.to_string());
    let start = Instant::now();
    let tickets: Result<Vec<_>, _> = (0..proofs).map(submit).collect();
    for ticket in tickets.map_err(|refused| lost(&refused))? {
        ticket.wait().map_err(|cause| lost(&cause))??;
    }
    #[allow(clippy::cast_precision_loss)] // a few dozen
    let proofs = proofs as f64;
    Ok(proofs / start.elapsed().as_secs_f64())
}

/// The additions that a proof of a sample cannot do without, and what they cost here.
///
/// # Errors
/// [`MeasureError`].
pub fn floor<S: Sampled>(key: &LoadedKey) -> Result<(Floor, ProverSize), MeasureError> {
    let prover = key.prover::<S>(&mut Silent)?;
    let (public, private) = S::sample(&mut SampleRng::seed_from_u64(0));
    let refused = |cause| ProveError::Synthesis {
        statement: S::ID,
        cause,
    };
    let assignment = Assignment::compute(Instance::<S> {
        public: &public,
        private: &private,
    });
    let assignment = assignment.map_err(refused)?;
    let rows = prover
        .check(assignment.values())
        .map_err(|broken| ProveError::Unsatisfied {
            statement: S::ID,
            index: broken.0,
            constraints: prover.constraints(),
            section: "",
        })?;
    Ok((prover.floor(assignment.values(), rows), prover.size()))
}

/// Runs something and says how far this process's memory grew above where it stood.
fn with_peak<T>(run: impl FnOnce() -> T) -> (T, Option<u64>) {
    let before = reset_peak().then(|| status("VmRSS:")).flatten();
    let result = run();
    let peak = before.and_then(|before| status("VmHWM:").map(|peak| peak.saturating_sub(before)));
    (result, peak)
}

/// Linux keeps a process's peak memory, and forgets it where `5` is written here.
fn reset_peak() -> bool {
    std::fs::write("/proc/self/clear_refs", "5").is_ok()
}

fn status(field: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(field))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
