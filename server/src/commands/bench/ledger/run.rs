//! Driving a ledger: as fast as it takes deposits, and at a steady rate with every receipt timed.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use ed25519_dalek::SigningKey;
use tradeseal_ledger::{GenesisParams, Ledger, LedgerOptions, ProofKeys, SubmitError};
use tradeseal_primitives::Fr;
use tradeseal_primitives::deposit::DepositCommitment;
use tradeseal_verifier::entry::{Deposit, Ed25519Key, Entry};
use tradeseal_verifier::log::{KeyName, LogError, LogSigner};

use super::report::{Cost, Stored, Times};
use super::system;
use super::witnesses;
use crate::operations::witness_processes::WitnessProcess;
use crate::wallet::{RegistryKey, WalletError};
use crate::{Context, Failure, randomness};

const ORIGIN: &str = "bench.example/ledger";
/// While the ledger has as many entries waiting as it takes.
const PAUSE: Duration = Duration::from_millis(1);

/// A ledger in a folder that is deleted at the end.
pub(super) struct Bench {
    secret: SigningKey,
    /// Distinct ones are made by counting on from here.
    first_commitment: Fr,
    deposits: u64,
    ledger: Ledger,
    /// After the ledger, which asks them until it is shut down.
    witnesses: Vec<WitnessProcess>,
    /// Last: what the others write to.
    folder: tempfile::TempDir,
}

impl Bench {
    pub(super) fn begin(context: &Context, witnesses: usize) -> Result<Self, Failure> {
        let dir = context.dir();
        std::fs::create_dir_all(dir).map_err(|cause| Failure::file("make", dir, &cause))?;
        let folder = tempfile::Builder::new().prefix("bench-ledger-").tempdir_in(dir);
        let folder = folder.map_err(|cause| Failure::file("make a folder in", dir, &cause))?;
        let secret = SigningKey::from_bytes(&*randomness::bytes().map_err(WalletError::from)?);
        let failed = |cause: LogError| Failure::new("bench", cause.to_string(), "run it again");
        let origin = KeyName::new(ORIGIN).map_err(failed)?;
        let signer = LogSigner::new(origin.clone(), secret.clone()).map_err(failed)?;
        let (witnesses, quorum) = witnesses::start(folder.path(), witnesses, signer.key())?;
        let params = GenesisParams {
            origin,
            registrars: [Ed25519Key::of(&secret)].into(),
            accepted_keys: [].into(),
            root_grace_seconds: 3600,
            registry_key: RegistryKey::generate()?.secret().public(),
            registry_era_seconds: 86_400,
        };
        let path = ledger_path(&folder);
        let options = LedgerOptions {
            quorum,
            ..LedgerOptions::default()
        };
        Ok(Self {
            ledger: Ledger::create(&path, params, secret.clone(), Arc::new(ProofKeys::default()), &options)?,
            folder,
            secret,
            witnesses,
            first_commitment: *randomness::field_element().map_err(WalletError::from)?,
            deposits: 0,
        })
    }

    /// Deposits so far.
    pub(super) fn deposits(&self) -> u64 {
        self.deposits
    }

    /// Bytes of all the ledger's files.
    pub(super) fn folder_bytes(&self) -> u64 {
        system::folder_bytes(&ledger_path(&self.folder))
    }

    /// Appends so many deposits as fast as the ledger takes them.
    pub(super) fn fill(&mut self, count: u64) -> Result<Cost, Failure> {
        let (started, cpu) = (Instant::now(), system::cpu_seconds());
        let outcomes = Arc::new(Outcomes::default());
        for _ in 0..count {
            let outcomes = outcomes.clone();
            self.submit(move |at| outcomes.note(at, Duration::ZERO))?;
        }
        outcomes.wait_for(count)?;
        let seconds = started.elapsed().as_secs_f64();
        let cpu_seconds = system::cpu_seconds().zip(cpu).map(|(now, before)| now - before);
        Ok(Cost::new(count, seconds, cpu_seconds))
    }

    /// Appends deposits at a steady rate. A receipt's time counts from when its deposit was due, so that a ledger that holds
    /// its submitters up is not measured as fast.
    pub(super) fn time_receipts(&mut self, rate: u64, count: u64) -> Result<Times, Failure> {
        let outcomes = Arc::new(Outcomes::default());
        let started = Instant::now();
        for number in 0..count {
            let due = started + Duration::from_nanos(number.saturating_mul(1_000_000_000) / rate);
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let outcomes = outcomes.clone();
            self.submit(move |at| outcomes.note(at, due.elapsed()))?;
        }
        outcomes.wait_for(count)?;
        Ok(outcomes.times())
    }

    /// Appends one deposit after another, each after the receipt of the one before.
    pub(super) fn time_one_by_one(&mut self, count: u64) -> Result<Times, Failure> {
        let outcomes = Arc::new(Outcomes::default());
        for number in 0..count {
            let (due, noting) = (Instant::now(), outcomes.clone());
            self.submit(move |at| noting.note(at, due.elapsed()))?;
            outcomes.wait_for(number + 1)?;
        }
        Ok(outcomes.times())
    }

    /// Closes the ledger, opens it once more, which brings all of its log of writes into tables, and weighs it.
    pub(super) fn end(self) -> Result<Stored, Failure> {
        let Self {
            folder,
            secret,
            ledger,
            witnesses,
            deposits,
            ..
        } = self;
        ledger.shut_down();
        drop(witnesses);
        let path = ledger_path(&folder);
        let started = Instant::now();
        let ledger = Ledger::open(&path, secret, Arc::new(ProofKeys::default()), &LedgerOptions::default())?;
        let open_ms = started.elapsed().as_secs_f64() * 1000.0;
        let entries = ledger.view()?.size();
        ledger.shut_down();
        Ok(Stored {
            deposits,
            entries,
            bytes: system::folder_bytes(&path),
            open_ms,
        })
    }

    /// Submits the next deposit, waiting while the ledger is busy.
    fn submit(&mut self, done: impl FnOnce(Result<(), SubmitError>) + Send + Clone + 'static) -> Result<(), Failure> {
        let commitment = DepositCommitment::from_fr(self.first_commitment + Fr::from(self.deposits));
        self.deposits += 1;
        loop {
            let done = done.clone();
            let entry = Entry::Deposit(Deposit { commitment });
            match self.ledger.submit_with(entry, move |outcome| done(outcome.map(drop))) {
                Err(SubmitError::Busy) => thread::sleep(PAUSE),
                submitted => return Ok(submitted?),
            }
        }
    }
}

fn ledger_path(folder: &tempfile::TempDir) -> PathBuf {
    Path::new(folder.path()).join("ledger")
}

/// What became of deposits, noted as their receipts come.
#[derive(Default)]
struct Outcomes {
    receipts: AtomicU64,
    times: Mutex<Vec<Duration>>,
    failure: OnceLock<SubmitError>,
}

impl Outcomes {
    fn note(&self, outcome: Result<(), SubmitError>, time: Duration) {
        if let Err(failure) = outcome {
            // Only the first one is told.
            let _ = self.failure.set(failure);
        }
        self.times.lock().unwrap_or_else(PoisonError::into_inner).push(time);
        self.receipts.fetch_add(1, Ordering::Release);
    }

    fn wait_for(&self, count: u64) -> Result<(), Failure> {
        while self.receipts.load(Ordering::Acquire) < count {
            thread::sleep(PAUSE / 10);
        }
        self.failure.get().map_or(Ok(()), |failure| Err(failure.clone().into()))
    }

    fn times(&self) -> Times {
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner).clone();
        times.sort_unstable();
        Times::of_sorted(&times)
    }
}
