//! Why a ledger cannot be created, opened or used further.

use crate::store::{CommitError, StoreError};
use tradeseal_verifier::entry::EntryError;
use tradeseal_verifier::log::{KeyName, LogError, LogKey};

/// A failure of the ledger itself, as opposed to a refused entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// No log was begun in this store.
    #[error("there is no ledger here yet; create one first")]
    NotCreated,
    /// A log was begun in this store before.
    #[error("there is a ledger here already, of origin {origin}; open it, or create yours elsewhere")]
    AlreadyCreated {
        /// The existing ledger's origin.
        origin: KeyName,
    },
    /// The signing key is not the one whose checkpoints are stored.
    #[error("the ledger's last checkpoint is not signed by {given}; open it with the log key it was created with")]
    WrongLogKey {
        /// The verifier key of the signing key at hand.
        given: Box<LogKey>,
        /// What the check of the checkpoint said.
        cause: Box<LogError>,
    },
    /// What is stored contradicts itself.
    #[error("the ledger's store is damaged: {what}; restore it from a copy and compare checkpoints")]
    Damaged {
        /// Which parts disagree.
        what: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A batch was not committed.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// A note or checkpoint could not be made or read.
    #[error(transparent)]
    Log(#[from] LogError),
    /// An entry could not be read.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The sequencing thread could not be started.
    #[error("the sequencing thread did not start: {cause}")]
    Thread {
        /// The operating system's word.
        cause: String,
    },
}
