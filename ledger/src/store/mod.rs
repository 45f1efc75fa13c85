//! What the ledger asks of a store: consistent reads, and one atomic, durable commit per batch.
//!
//! In scope: rows in ordered tables, snapshots, the compare-and-swap of the head. Out of scope: what rows mean.
//!
//! An attacker who owns the store can delete the ledger or serve an older copy of it; it cannot change an entry without
//! changing roots that signed checkpoints hold, and the ledger refuses a store that contradicts its own checkpoint.
//! Anything that keeps ordered keys and has transactions will do: a snapshot is a repeatable-read transaction, a commit is
//! `update head where epoch = $mine and size = $expected` with the batch's rows.

mod error;
mod rocks;
mod rows;
mod table;

pub use error::{CommitError, StoreError};
pub use rocks::RocksStore;
pub use rows::Rows;
pub use table::Table;

/// The log as of the last commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Number of entries.
    pub size: u64,
    /// The signed checkpoint over them, as text.
    pub checkpoint: String,
}

/// A number that each opening of a store raises, so that an earlier owner's commits fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Epoch(pub u64);

/// A key and its row.
pub type KeyedRow = (Vec<u8>, Vec<u8>);

/// Reads, all as of one moment.
pub trait Snapshot {
    /// The head; `None` in an empty store.
    ///
    /// # Errors
    /// The store's.
    fn head(&self) -> Result<Option<Head>, StoreError>;

    /// The row of this key.
    ///
    /// # Errors
    /// The store's.
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// The row with the largest key not above this one, with its key.
    ///
    /// # Errors
    /// The store's.
    fn at_or_below(&self, table: Table, key: &[u8]) -> Result<Option<KeyedRow>, StoreError>;
}

/// A durable store.
pub trait Store: Send + Sync {
    /// A consistent view of what is committed now.
    fn snapshot(&self) -> Box<dyn Snapshot + '_>;

    /// Takes the store over: durably raises the epoch, so that commits under an earlier one fail.
    ///
    /// # Errors
    /// The store's.
    fn claim(&self) -> Result<Epoch, StoreError>;

    /// Writes a batch's rows and the head after them, if the epoch is still `owner` and the log has `expected_size` entries:
    /// all of it or nothing, and durable when this returns.
    ///
    /// # Errors
    /// `HeadMoved` if another owner wrote or claimed; `Store` if writing failed, and then it is unknown whether the batch is
    /// in the store.
    fn commit(&self, owner: Epoch, expected_size: u64, rows: &Rows, head: &Head) -> Result<(), CommitError>;

    /// Writes rows that no batch touches, beside the batches, if the epoch is still `owner`; durable when this returns.
    ///
    /// # Errors
    /// As [`Self::commit`].
    fn keep(&self, owner: Epoch, rows: &Rows) -> Result<(), CommitError>;
}
