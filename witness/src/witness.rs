//! What a log witness cosigns: only what continues the largest tree that it cosigned before.
//!
//! In scope: the rules of C2SP tlog-witness, in their order, and that no cosignature leaves before the step is durable. Out of
//! scope: HTTP. An attacker who owns a log can have its log witness sign the same checkpoint again and again, and no other.

#[cfg(test)]
mod tests;

use crate::add_checkpoint::AddCheckpoint;
use crate::clock::Clock;
use crate::error::WitnessError;
use crate::folder::{Folder, Lock};
use crate::history::{Fork, Head, History, StoreFailure};
use crate::key_file;
use crate::known_logs::KnownLogs;
use crate::refusal::Refusal;
use std::path::Path;
use std::sync::OnceLock;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::log::{Checkpoint, Cosigner, CosignerKey, KeyName, NoteSignature, verify_consistency};

/// How far the clock may be behind the last cosignature of a log: then that one's time is stated again. Beyond, nothing is
/// cosigned, because the time would be false.
pub const MAX_CLOCK_STEP_BACK_SECONDS: u64 = 60;

/// A log witness: its key, its history, the logs it knows.
pub struct Witness {
    cosigner: Cosigner,
    history: History,
    known: KnownLogs,
    clock: Box<dyn Clock>,
    /// The first failure of the store. Nothing is cosigned after it.
    failure: OnceLock<String>,
    /// Keeps other processes out; dropped last.
    _lock: Lock,
}

impl Witness {
    /// Opens the log witness in a folder; makes it, with a new key, if there is none. One that exists must have this name.
    pub fn open_or_create(folder: &Path, name: &KeyName, clock: Box<dyn Clock>) -> Result<Self, WitnessError> {
        let files = Folder::new(folder);
        files.make()?;
        let lock = files.lock_witness()?;
        if !files.key().exists() {
            create(&files, name)?;
        }
        let witness = Self::open_locked(&files, lock, clock)?;
        let found = witness.key().name();
        if found != name {
            return Err(WitnessError::OtherName {
                path: folder.to_owned(),
                found: found.to_string(),
                expected: name.to_string(),
            });
        }
        Ok(witness)
    }

    /// Opens the log witness in a folder.
    pub fn open(folder: &Path, clock: Box<dyn Clock>) -> Result<Self, WitnessError> {
        let files = Folder::new(folder);
        if !files.key().exists() && !files.history().exists() {
            return Err(WitnessError::NotCreated(folder.to_owned()));
        }
        let lock = files.lock_witness()?;
        Self::open_locked(&files, lock, clock)
    }

    fn open_locked(files: &Folder, lock: Lock, clock: Box<dyn Clock>) -> Result<Self, WitnessError> {
        if !files.key().exists() {
            return Err(WitnessError::KeyLost {
                key: files.key(),
                history: files.history(),
            });
        }
        if !files.history().exists() {
            return Err(WitnessError::HistoryLost(files.history()));
        }
        let cosigner = key_file::read(&files.key())?;
        let history = History::open(files)?;
        require_owner(files, &history, &cosigner.key().to_string())?;
        Ok(Self {
            cosigner,
            history,
            known: KnownLogs::open(files.logs())?,
            clock,
            failure: OnceLock::new(),
            _lock: lock,
        })
    }

    /// The verifier key to publish.
    pub fn key(&self) -> &CosignerKey {
        self.cosigner.key()
    }

    /// Decides an `add-checkpoint` body. The line is a cosignature of the checkpoint in it; the step it stands for is
    /// durable.
    pub fn add_checkpoint(&self, body: &[u8]) -> Result<NoteSignature, Refusal> {
        let request = AddCheckpoint::parse(body)?;
        let checkpoint = self.authenticate(&request)?;
        if request.old_size > checkpoint.size() {
            return Err(Refusal::OldSizeAboveNew {
                old_size: request.old_size,
                size: checkpoint.size(),
            });
        }
        self.require_working()?;
        let mut fork = None;
        let advanced = self.history.advance(checkpoint.origin(), |head| {
            fork = fork_of(&request, head);
            self.next_head(&request, head)
        });
        if let Some(fork) = fork {
            let kept = self.history.keep_fork(&fork, checkpoint.root());
            kept.map_err(|failure| self.fail(&failure))?;
        }
        let head = advanced.map_err(|failure| self.fail(&failure))??;
        let line = self.cosigner.cosign(checkpoint, head.time);
        line.map_err(|cause| Refusal::Unable {
            cause: cause.to_string(),
        })
    }

    /// The checkpoint, if a known key of its log signed it.
    fn authenticate<'r>(&self, request: &'r AddCheckpoint) -> Result<&'r Checkpoint, Refusal> {
        let origin = request.checkpoint.unchecked_checkpoint().origin();
        let keys = self.known.keys_of(origin).map_err(|cause| Refusal::Unable {
            cause: cause.to_string(),
        })?;
        if keys.is_empty() {
            let origin = origin.chars().take(255).collect();
            return Err(Refusal::UnknownLog { origin });
        }
        request.checkpoint.verify(&keys).map_err(Refusal::NotSigned)
    }

    /// The head after this request, or why it may not be one.
    fn next_head(&self, request: &AddCheckpoint, head: &Head) -> Result<Head, Refusal> {
        let checkpoint = request.checkpoint.unchecked_checkpoint();
        if request.old_size != head.size {
            return Err(Refusal::WrongOldSize { cosigned: head.size });
        }
        if checkpoint.size() == head.size && *checkpoint.root() != head.root {
            return Err(Refusal::OtherRoot { size: head.size });
        }
        verify_consistency(
            head.size,
            &head.root,
            checkpoint.size(),
            checkpoint.root(),
            &request.proof,
        )
        .map_err(Refusal::NotConsistent)?;
        Ok(Head {
            size: checkpoint.size(),
            root: *checkpoint.root(),
            time: self.time_after(head.time)?,
            checkpoint: request.checkpoint.to_string(),
        })
    }

    /// The clock's time, but never before the last one.
    fn time_after(&self, last: UnixSeconds) -> Result<UnixSeconds, Refusal> {
        let now = self.clock.now();
        let behind_seconds = last.0.saturating_sub(now.0);
        if behind_seconds > MAX_CLOCK_STEP_BACK_SECONDS {
            return Err(Refusal::ClockBehind { behind_seconds });
        }
        Ok(now.max(last))
    }

    /// Whether the store works and the list of logs reads; if so, how many forks are kept as evidence.
    pub fn health(&self) -> Result<u64, Refusal> {
        self.require_working()?;
        self.known.origins().map_err(|cause| Refusal::Unable {
            cause: cause.to_string(),
        })?;
        self.history.fork_count().map_err(|failure| self.fail(&failure))
    }

    /// Every known log with the last checkpoint cosigned for it, if any.
    pub fn logs(&self) -> Result<Vec<(String, Option<Head>)>, Refusal> {
        let origins = self.known.origins().map_err(|cause| Refusal::Unable {
            cause: cause.to_string(),
        })?;
        let with_head = |origin: String| {
            let head = self.history.head(&origin).map_err(|failure| self.fail(&failure))?;
            Ok((origin, head))
        };
        origins.into_iter().map(with_head).collect()
    }

    /// Every fork that a known log tried, with both signed checkpoints.
    pub fn forks(&self) -> Result<Vec<Fork>, Refusal> {
        self.history.forks().map_err(|failure| self.fail(&failure))
    }

    fn require_working(&self) -> Result<(), Refusal> {
        self.failure.get().map_or(Ok(()), |cause| {
            let cause = cause.clone();
            Err(Refusal::Unable { cause })
        })
    }

    fn fail(&self, failure: &StoreFailure) -> Refusal {
        let cause = self
            .failure
            .get_or_init(|| format!("{failure}; it cosigns nothing more until it is started again"));
        Refusal::Unable { cause: cause.clone() }
    }
}

/// The verifier key of the log witness in a folder, also while it runs.
pub fn verifier_key(folder: &Path) -> Result<CosignerKey, WitnessError> {
    let files = Folder::new(folder);
    if !files.key().exists() {
        return Err(WitnessError::NotCreated(folder.to_owned()));
    }
    key_file::read(&files.key()).map(|cosigner| cosigner.key().clone())
}

/// History first: a key that exists has one from its first day, so that a missing history means a lost one.
fn create(files: &Folder, name: &KeyName) -> Result<(), WitnessError> {
    if files.history().exists() {
        require_unused(files)?;
    } else {
        History::create(files)?;
    }
    key_file::create(files, name.clone()).map(|_| ())
}

/// A history without a key is what an interrupted creation leaves; one that cosigned is not.
fn require_unused(files: &Folder) -> Result<(), WitnessError> {
    let history = History::open(files)?;
    let unused = || Ok(history.is_empty()? && history.owner()?.is_none());
    if unused().map_err(|failure: StoreFailure| store_failed(files, &failure))? {
        return Ok(());
    }
    Err(WitnessError::KeyLost {
        key: files.key(),
        history: files.history(),
    })
}

/// The history must be of this key; a fresh one becomes so.
fn require_owner(files: &Folder, history: &History, key: &str) -> Result<(), WitnessError> {
    let owner = history.owner().map_err(|failure| store_failed(files, &failure))?;
    match owner {
        Some(owner) if owner == key => Ok(()),
        Some(owner) => Err(WitnessError::HistoryOfOtherKey {
            path: files.history(),
            history: owner,
            key: key.to_owned(),
        }),
        None => history.set_owner(key).map_err(|failure| store_failed(files, &failure)),
    }
}

fn store_failed(files: &Folder, failure: &StoreFailure) -> WitnessError {
    WitnessError::History {
        path: files.history(),
        cause: failure.to_string(),
    }
}

/// Both sides, if this is the cosigned size with another root, whatever old size came with it. The empty tree's root, before
/// the first cosignature, is nobody's word.
fn fork_of(request: &AddCheckpoint, head: &Head) -> Option<Fork> {
    let checkpoint = request.checkpoint.unchecked_checkpoint();
    let forked = checkpoint.size() == head.size && *checkpoint.root() != head.root;
    (forked && !head.checkpoint.is_empty()).then(|| Fork {
        origin: checkpoint.origin().to_owned(),
        size: head.size,
        cosigned: head.checkpoint.clone(),
        refused: request.checkpoint.to_string(),
    })
}
