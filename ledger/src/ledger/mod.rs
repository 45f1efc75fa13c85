//! A ledger in this process: begun or opened, taking entries, answering questions.
//!
//! In scope: life cycle, submitting. Out of scope: batches (`sequencer`), questions (`view`).

mod begin;
mod load;

pub use begin::GenesisParams;

use crate::clock::Clock;
use crate::publish::{Missing, Publisher, Quorum};
use crate::receipt::{Receipt, SubmitError};
use crate::rules::{self, ProofChecker};
use crate::sequencer::{Done, Sequencer, Submission, Work};
use crate::state::RegistryRecord;
use crate::store::{RocksStore, Store};
use crate::view::{QueryError, View};
use crate::{LedgerError, LedgerOptions};
use ed25519_dalek::SigningKey;
use load::Loaded;
use std::path::Path;
use std::sync::mpsc::{self, SyncSender, TrySendError};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::thread::JoinHandle;
use tradeseal_verifier::entry::{Entry, Genesis};
use tradeseal_verifier::log::{LogKey, LogSigner};

/// What the sequencer and everyone who asks share.
pub(crate) struct Shared {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) genesis: Genesis,
    pub(crate) log_key: LogKey,
    pub(crate) proofs: Arc<dyn ProofChecker>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) quorum: Option<Arc<dyn Quorum>>,
    /// Set at the first failed commit; after it nothing is appended or acknowledged.
    pub(crate) failure: OnceLock<String>,
    /// As of the last commit, or a moment before: entries checked with it are held against the keys of their place.
    registry: RwLock<RegistryRecord>,
}

impl Shared {
    fn registry(&self) -> RegistryRecord {
        *self.registry.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes over the registry of a committed batch, if the batch read or changed it.
    pub(crate) fn learn_registry(&self, committed: Option<RegistryRecord>) {
        if let Some(record) = committed {
            *self.registry.write().unwrap_or_else(PoisonError::into_inner) = record;
        }
    }
}

/// An open ledger. Dropping it finishes the entries that wait and stops.
pub struct Ledger {
    shared: Arc<Shared>,
    queue: Option<SyncSender<Submission>>,
    sequencer: Option<JoinHandle<()>>,
    /// Ends after the sequencer, whose entries it tells submitters about.
    publisher: Option<Publisher>,
}

impl Ledger {
    /// Begins a ledger in a new directory: genesis entry, first state record, first checkpoint.
    ///
    /// # Errors
    /// `AlreadyCreated` if one is there; the store's errors.
    pub fn create(
        path: &Path,
        params: GenesisParams,
        log_secret: SigningKey,
        proofs: Arc<dyn ProofChecker>,
        options: &LedgerOptions,
    ) -> Result<Self, LedgerError> {
        Self::create_in(Arc::new(RocksStore::open(path)?), params, log_secret, proofs, options)
    }

    /// Opens the ledger in this directory, after checking that its store agrees with its last checkpoint.
    ///
    /// # Errors
    /// `NotCreated` if there is none, `WrongLogKey` if the last checkpoint is not this key's, `Damaged` if what is stored
    /// contradicts itself, the store's errors such as `InUse`.
    pub fn open(
        path: &Path,
        log_secret: SigningKey,
        proofs: Arc<dyn ProofChecker>,
        options: &LedgerOptions,
    ) -> Result<Self, LedgerError> {
        if !path.exists() {
            return Err(LedgerError::NotCreated);
        }
        Self::open_in(Arc::new(RocksStore::open(path)?), log_secret, proofs, options)
    }

    /// As [`Self::create`], in any empty store.
    ///
    /// # Errors
    /// As [`Self::create`].
    pub fn create_in(
        store: Arc<dyn Store>,
        params: GenesisParams,
        log_secret: SigningKey,
        proofs: Arc<dyn ProofChecker>,
        options: &LedgerOptions,
    ) -> Result<Self, LedgerError> {
        let signer = LogSigner::new(params.origin.clone(), log_secret)?;
        begin::begin(&*store, params, &signer, options.clock.now())?;
        let loaded = load::load(&*store, signer.key())?;
        Self::start(store, signer, loaded, proofs, options)
    }

    /// As [`Self::open`], in any store.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_in(
        store: Arc<dyn Store>,
        log_secret: SigningKey,
        proofs: Arc<dyn ProofChecker>,
        options: &LedgerOptions,
    ) -> Result<Self, LedgerError> {
        let signer = LogSigner::new(load::origin(&*store)?, log_secret)?;
        let loaded = load::load(&*store, signer.key())?;
        Self::start(store, signer, loaded, proofs, options)
    }

    fn start(
        store: Arc<dyn Store>,
        signer: LogSigner,
        loaded: Loaded,
        proofs: Arc<dyn ProofChecker>,
        options: &LedgerOptions,
    ) -> Result<Self, LedgerError> {
        let epoch = store.claim()?;
        let shared = Arc::new(Shared {
            store,
            genesis: loaded.genesis,
            log_key: signer.key().clone(),
            proofs,
            clock: options.clock.clone(),
            quorum: options.quorum.clone(),
            failure: OnceLock::new(),
            registry: RwLock::new(loaded.registry),
        });
        let publish = |quorum| Publisher::start(shared.clone(), quorum, epoch, loaded.checkpoint);
        let publisher = options.quorum.clone().map(publish).transpose()?;
        let desk = publisher.as_ref().map(Publisher::desk);
        let sequencer = Sequencer::new(
            shared.clone(),
            signer,
            epoch,
            loaded.log,
            loaded.latest,
            options.batch,
            desk,
        );
        let (queue, waiting) = mpsc::sync_channel(options.queue_length);
        let thread = std::thread::Builder::new()
            .name("sequencer".into())
            .spawn(move || sequencer.run(&waiting));
        let thread = thread.map_err(|error| LedgerError::Thread {
            cause: error.to_string(),
        })?;
        Ok(Self {
            shared,
            queue: Some(queue),
            sequencer: Some(thread),
            publisher,
        })
    }

    /// Entry 0.
    pub fn genesis(&self) -> &Genesis {
        &self.shared.genesis
    }

    /// The log's verifier key.
    pub fn log_key(&self) -> &LogKey {
        &self.shared.log_key
    }

    /// Submits an entry and waits for its receipt.
    ///
    /// # Errors
    /// `NoReceiptYet` if the entry is in the log for good but the quorum is missing; `Refused` by a rule, `Busy`, `Stopped`, or
    /// `Failed` if the store failed.
    pub fn submit(&self, entry: Entry) -> Result<Receipt, SubmitError> {
        let (sender, receiver) = mpsc::channel();
        // A submitter that no longer waits does not hold the ledger up.
        self.submit_with(entry, move |outcome| drop(sender.send(outcome)))?;
        receiver.recv().unwrap_or(Err(SubmitError::Stopped))
    }

    /// Checks an entry on this thread (signature, proof) and queues it; `done` is called on the sequencing or publishing thread
    /// once the entry has its receipt, has none yet, or is refused; it must return quickly and not panic: everyone else waits
    /// for it.
    ///
    /// # Errors
    /// As [`Self::submit`], when known at once; then `done` is dropped.
    pub fn submit_with(
        &self,
        entry: Entry,
        done: impl FnOnce(Result<Receipt, SubmitError>) + Send + 'static,
    ) -> Result<(), SubmitError> {
        self.require_working()?;
        let checked = rules::check(
            entry,
            &self.shared.genesis,
            &self.shared.registry(),
            &*self.shared.proofs,
        )?;
        self.enqueue(Work::Entry(Box::new(checked)), Box::new(done))
    }

    /// Appends a state record of the present time without other entries, so that verifiers see that the ledger lives.
    ///
    /// # Errors
    /// As [`Self::submit`], but never `Refused`.
    pub fn renew_state(&self) -> Result<Receipt, SubmitError> {
        let (sender, receiver) = mpsc::channel();
        self.enqueue(Work::StateOnly, Box::new(move |outcome| drop(sender.send(outcome))))?;
        receiver.recv().unwrap_or(Err(SubmitError::Stopped))
    }

    /// Waits until the checkpoint of this moment is cosigned, so that receipts for all that it covers can be had. At once
    /// where the ledger has no quorum.
    ///
    /// # Errors
    /// What the quorum lacks, after asking once.
    pub fn wait_until_published(&self) -> Result<(), Missing> {
        self.publisher.as_ref().map_or(Ok(()), Publisher::wait_until_published)
    }

    /// Everything that can be asked, as of the last checkpoint.
    ///
    /// # Errors
    /// The store's.
    pub fn view(&self) -> Result<View<'_>, QueryError> {
        View::new(&self.shared)
    }

    /// Finishes the entries that wait, then stops and closes the store.
    pub fn shut_down(self) {
        drop(self);
    }

    fn require_working(&self) -> Result<(), SubmitError> {
        match self.shared.failure.get() {
            Some(cause) => Err(SubmitError::Failed { cause: cause.clone() }),
            None => Ok(()),
        }
    }

    fn enqueue(&self, work: Work, done: Done) -> Result<(), SubmitError> {
        self.require_working()?;
        let queue = self.queue.as_ref().ok_or(SubmitError::Stopped)?;
        queue.try_send(Submission { work, done }).map_err(|error| match error {
            TrySendError::Full(_) => SubmitError::Busy,
            TrySendError::Disconnected(_) => SubmitError::Stopped,
        })
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.sequencer.take() {
            // A panic there was reported on its own thread, and submitters were told that the ledger stopped.
            drop(thread.join());
        }
        self.publisher = None;
    }
}
