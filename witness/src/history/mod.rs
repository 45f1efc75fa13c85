//! What a log witness cosigned: per log the last checkpoint, and both sides of every fork that a log tried.
//!
//! In scope: one atomic, durable step per log, in a redb file. Out of scope: which step is right (`witness`). An attacker who
//! replaces this file by an older copy makes the log witness sign two histories; so do not restore it from a backup that is
//! not the very last state.
//!
//! A failed step is final for this process: redb refuses to go on, and whether the step reached the disk is unknown. The next
//! process copies the file before it believes it, because after a failed sync the page cache may show what the disk lost.

#[cfg(test)]
pub(crate) mod faulty_disk;
#[cfg(test)]
mod tests;

use crate::error::WitnessError;
use crate::folder::{Folder, remove_if_there};
use redb::{
    Database, Durability, ReadableDatabase, ReadableTable, ReadableTableMetadata, TableDefinition, WriteTransaction,
};
use std::fs::{self, File};
use std::path::Path;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::log::{LogHash, empty_root};

/// The verifier key that this history is of.
const OWNER: TableDefinition<&str, &str> = TableDefinition::new("owner");
const OWNER_KEY: &str = "key";
/// Origin to (size, root, time of the last cosignature, checkpoint).
const HEADS: TableDefinition<&str, (u64, [u8; 32], u64, &str)> = TableDefinition::new("heads");
/// (Origin, size, refused root) to (cosigned checkpoint, refused checkpoint).
const FORKS: TableDefinition<(&str, u64, [u8; 32]), (&str, &str)> = TableDefinition::new("forks");
/// Most forks kept per log: one is proof enough, and a log must not fill the disk.
const MAX_FORKS_PER_LOG: usize = 16;
/// The rows are few; redb would take a gigabyte.
const CACHE_BYTES: usize = 4 * 1024 * 1024;

/// The last checkpoint cosigned for a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its size; 0 if none was cosigned.
    pub size: u64,
    /// Its root; that of the empty tree if none was cosigned.
    pub root: LogHash,
    /// The time in the last cosignature; 0 if there is none.
    pub time: UnixSeconds,
    /// The signed note as the log sent it; empty if none was cosigned.
    pub checkpoint: String,
}

impl Head {
    fn of_unseen_log() -> Self {
        Self {
            size: 0,
            root: empty_root(),
            time: UnixSeconds(0),
            checkpoint: String::new(),
        }
    }

    fn from_row((size, root, time, checkpoint): (u64, [u8; 32], u64, &str)) -> Self {
        Self {
            size,
            root: LogHash(root),
            time: UnixSeconds(time),
            checkpoint: checkpoint.to_owned(),
        }
    }
}

/// Proof that a log showed two histories: two checkpoints of one size that it signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// The log.
    pub origin: String,
    /// The size of both.
    pub size: u64,
    /// The signed note that was cosigned.
    pub cosigned: String,
    /// The signed note that was refused.
    pub refused: String,
}

/// The store failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the history's store failed: {0}")]
pub(crate) struct StoreFailure(String);

impl<E: Into<redb::Error>> From<E> for StoreFailure {
    fn from(cause: E) -> Self {
        Self(cause.into().to_string())
    }
}

/// The open store.
pub(crate) struct History {
    database: Database,
}

impl History {
    /// Makes an empty history; its file appears whole or not at all.
    pub(crate) fn create(folder: &Folder) -> Result<(), WitnessError> {
        let (path, new) = (folder.history(), folder.history().with_extension("new"));
        remove_if_there(&new).map_err(WitnessError::file(&new))?;
        let make = || -> Result<(), StoreFailure> {
            let history = Self::prepare(builder().create(&new)?)?;
            Ok(history.database.close()?)
        };
        make().map_err(|cause| failed(&new, &cause))?;
        let sync = File::open(&new).and_then(|file| file.sync_all());
        sync.map_err(WitnessError::file(&new))?;
        folder.rename(&new, &path)
    }

    /// Opens the history, in a copy that is durable whatever the state of the file was.
    pub(crate) fn open(folder: &Folder) -> Result<Self, WitnessError> {
        let (path, new) = (folder.history(), folder.history().with_extension("new"));
        fs::copy(&path, &new).map_err(WitnessError::file(&path))?;
        let sync = File::open(&new).and_then(|file| file.sync_all());
        sync.map_err(WitnessError::file(&new))?;
        folder.rename(&new, &path)?;
        let open = || -> Result<Self, StoreFailure> { Self::prepare(builder().open(&path)?) };
        open().map_err(|cause| failed(&path, &cause))
    }

    /// On any storage, to see what its failures do.
    #[cfg(test)]
    pub(crate) fn on(storage: impl redb::StorageBackend) -> Result<Self, StoreFailure> {
        Self::prepare(builder().create_with_backend(storage)?)
    }

    /// Makes the tables, so that reading never meets a missing one.
    fn prepare(database: Database) -> Result<Self, StoreFailure> {
        let history = Self { database };
        let transaction = history.begin()?;
        transaction.open_table(OWNER)?;
        transaction.open_table(HEADS)?;
        transaction.open_table(FORKS)?;
        transaction.commit()?;
        Ok(history)
    }

    /// A step that is on disk when its commit returns.
    fn begin(&self) -> Result<WriteTransaction, StoreFailure> {
        let mut transaction = self.database.begin_write()?;
        transaction.set_durability(Durability::Immediate)?;
        // A log chooses what is written here: do not rest on checksums that it might collide.
        transaction.set_two_phase_commit(true);
        Ok(transaction)
    }

    /// Reads a log's head, lets `decide` give the next one, and makes that durable: as one step, one at a time. When
    /// `decide` refuses, nothing changes.
    pub(crate) fn advance<R>(
        &self,
        origin: &str,
        decide: impl FnOnce(&Head) -> Result<Head, R>,
    ) -> Result<Result<Head, R>, StoreFailure> {
        let transaction = self.begin()?;
        let decided = {
            let mut heads = transaction.open_table(HEADS)?;
            let head = heads.get(origin)?.map(|row| Head::from_row(row.value()));
            let decided = decide(&head.unwrap_or_else(Head::of_unseen_log));
            if let Ok(next) = &decided {
                let row = (next.size, next.root.0, next.time.0, next.checkpoint.as_str());
                heads.insert(origin, row)?;
            }
            decided
        };
        match decided {
            Ok(_) => transaction.commit()?,
            Err(_) => transaction.abort()?,
        }
        Ok(decided)
    }

    /// Keeps both sides of a fork, durably, unless enough are kept.
    pub(crate) fn keep_fork(&self, fork: &Fork, refused_root: &LogHash) -> Result<(), StoreFailure> {
        let transaction = self.begin()?;
        {
            let mut forks = transaction.open_table(FORKS)?;
            let from = (fork.origin.as_str(), 0, [0; 32]);
            let to = (fork.origin.as_str(), u64::MAX, [0xff; 32]);
            if forks.range(from..=to)?.count() < MAX_FORKS_PER_LOG {
                let key = (fork.origin.as_str(), fork.size, refused_root.0);
                forks.insert(key, (fork.cosigned.as_str(), fork.refused.as_str()))?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// A log's last checkpoint; `None` if none was cosigned.
    pub(crate) fn head(&self, origin: &str) -> Result<Option<Head>, StoreFailure> {
        let heads = self.database.begin_read()?.open_table(HEADS)?;
        Ok(heads.get(origin)?.map(|row| Head::from_row(row.value())))
    }

    /// Every fork kept.
    pub(crate) fn forks(&self) -> Result<Vec<Fork>, StoreFailure> {
        let forks = self.database.begin_read()?.open_table(FORKS)?;
        let rows = forks.iter()?.map(|row| {
            let (key, value) = row?;
            let ((origin, size, _), (cosigned, refused)) = (key.value(), value.value());
            Ok(Fork {
                origin: origin.to_owned(),
                size,
                cosigned: cosigned.to_owned(),
                refused: refused.to_owned(),
            })
        });
        rows.collect()
    }

    /// How many.
    pub(crate) fn fork_count(&self) -> Result<u64, StoreFailure> {
        let forks = self.database.begin_read()?.open_table(FORKS)?;
        Ok(forks.len()?)
    }

    /// Whether anything was ever cosigned.
    pub(crate) fn is_empty(&self) -> Result<bool, StoreFailure> {
        let heads = self.database.begin_read()?.open_table(HEADS)?;
        Ok(heads.iter()?.next().is_none())
    }

    /// The verifier key that this history is of, once it is set.
    pub(crate) fn owner(&self) -> Result<Option<String>, StoreFailure> {
        let owner = self.database.begin_read()?.open_table(OWNER)?;
        Ok(owner.get(OWNER_KEY)?.map(|key| key.value().to_owned()))
    }

    /// Sets it, durably.
    pub(crate) fn set_owner(&self, key: &str) -> Result<(), StoreFailure> {
        let transaction = self.begin()?;
        transaction.open_table(OWNER)?.insert(OWNER_KEY, key)?;
        Ok(transaction.commit()?)
    }
}

fn builder() -> redb::Builder {
    let mut builder = Database::builder();
    builder.set_cache_size(CACHE_BYTES);
    // A file that someone altered is refused here rather than met later.
    builder.set_check_integrity_on_open(true);
    builder
}

fn failed(path: &Path, cause: &StoreFailure) -> WitnessError {
    WitnessError::History {
        path: path.to_owned(),
        cause: cause.0.clone(),
    }
}
