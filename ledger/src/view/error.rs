//! Why a question has no answer.

use crate::log_tree::TileError;
use crate::store::StoreError;
use std::path::PathBuf;
use tradeseal_primitives::deposit::DepositCommitment;
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::Nullifier;
use tradeseal_verifier::entry::{EntryError, EntryKind};
use tradeseal_verifier::log::LogError;

/// A question that cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// Beyond the log's end.
    #[error("there is no entry {index} in a log of {size} entries")]
    NoEntry {
        /// The index asked for.
        index: u64,
        /// The log's size.
        size: u64,
    },
    /// A size that the log has not reached, or smaller than what is asked about.
    #[error("no log of {size} entries can be asked about this; the log has {log_size} entries")]
    Size {
        /// The size asked for.
        size: u64,
        /// The log's size.
        log_size: u64,
    },
    /// The entry is of another kind.
    #[error("entry {index} is a {kind} entry, not a state record")]
    NotState {
        /// Its index.
        index: u64,
        /// What it is.
        kind: EntryKind,
    },
    /// No note has this position.
    #[error("there is no note at position {position}; the tree has {count}")]
    NoNote {
        /// The position asked for.
        position: u64,
        /// Leaves of the note tree.
        count: u64,
    },
    /// Nobody deposited the commitment.
    #[error("there is no deposit {commitment}")]
    NoDeposit {
        /// The commitment asked for.
        commitment: DepositCommitment,
    },
    /// The party is not in the directory.
    #[error("party {party} is not enrolled")]
    NotEnrolled {
        /// The party.
        party: PartyId,
    },
    /// A spent nullifier has no proof of absence.
    #[error("nullifier {nullifier} is spent")]
    Spent {
        /// The nullifier.
        nullifier: Nullifier,
    },
    /// No such tile.
    #[error(transparent)]
    Tile(#[from] TileError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A stored entry cannot be read.
    #[error("a stored entry cannot be read: {0}")]
    Entry(#[from] EntryError),
    /// A stored checkpoint cannot be read.
    #[error("a stored checkpoint cannot be read: {0}")]
    Log(#[from] LogError),
    /// Exporting failed.
    #[error("exporting {} failed: {cause}", path.display())]
    Export {
        /// The file or directory.
        path: PathBuf,
        /// The operating system's word.
        cause: String,
    },
    /// An exported file that never changes would change: the directory holds another log.
    #[error("{} holds other bytes than this log; export to an empty directory and compare the two", path.display())]
    ExportDiffers {
        /// The file.
        path: PathBuf,
    },
}
