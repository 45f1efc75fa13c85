//! What a submitter gets: a receipt once its entry is durable, under a signed checkpoint and, where the ledger has a quorum,
//! cosigned; or the reason why not.

use crate::publish::Unreceipted;
use crate::rules::Refusal;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::log::{LogHash, SignedCheckpoint, TlogProof};

/// An entry's place and time in the log, and their proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The time of the state record that closes the entry's batch.
    pub entry_time: UnixSeconds,
    /// The entry's index, its inclusion proof and the checkpoint that covers it.
    pub proof: TlogProof,
}

impl Receipt {
    /// The entry's position in the log.
    pub fn index(&self) -> u64 {
        self.proof.index()
    }

    /// The checkpoint that covers the entry.
    pub fn checkpoint(&self) -> &SignedCheckpoint {
        self.proof.checkpoint()
    }

    /// From the entry's sibling upwards to the checkpoint's root.
    pub fn inclusion(&self) -> &[LogHash] {
        self.proof.hashes()
    }
}

/// Why there is no receipt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// A rule refuses the entry; the ledger is unchanged.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The entry is in the log for good, and the quorum has not cosigned a checkpoint over it. Do not submit it again: the
    /// receipt can be had later.
    #[error("{0}")]
    NoReceiptYet(Box<Unreceipted>),
    /// Too many entries are waiting; nothing was done.
    #[error("the ledger has as many entries waiting as it takes; try again shortly")]
    Busy,
    /// The ledger was shut down before the entry's turn.
    #[error("the ledger is shut down")]
    Stopped,
    /// The ledger's store failed. Whether the entry is in the log is known after opening it again: look for its leaf hash.
    #[error("the ledger failed and appends nothing more until it is opened again: {cause}")]
    Failed {
        /// The first failure.
        cause: String,
    },
}
