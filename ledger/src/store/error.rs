//! Failures of a store.

use std::path::PathBuf;

/// A store could not be opened, read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another process, or another part of this one, has the store open.
    #[error("the ledger in {} is open elsewhere; stop the other process, or use its service", path.display())]
    InUse {
        /// The store's directory.
        path: PathBuf,
    },
    /// The directory cannot be used as a store.
    #[error("the store in {} cannot be opened: {cause}", path.display())]
    Open {
        /// The store's directory.
        path: PathBuf,
        /// The database's word.
        cause: String,
    },
    /// A read failed.
    #[error("reading the store failed: {cause}")]
    Read {
        /// The database's word.
        cause: String,
    },
    /// A write failed; it is unknown whether it took effect.
    #[error("writing the store failed: {cause}")]
    Write {
        /// The database's word.
        cause: String,
    },
    /// A row is missing or not in its form.
    #[error("the store is damaged: {what}")]
    Damaged {
        /// Which row.
        what: String,
    },
}

/// A batch was not committed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// The store has another owner, or another batch came first. Nothing was written.
    #[error("the ledger's head moved: {found} where {expected} was expected; another process writes to this store")]
    HeadMoved {
        /// Epoch and size expected.
        expected: String,
        /// Epoch and size found.
        found: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
