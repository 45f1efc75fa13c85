//! Receipts that wait for a quorum of log witnesses: durable checkpoints are handed to them one after another, the newest next.
//!
//! In scope: the order (durable, cosigned, kept, then receipts), what is tried again and when. Out of scope: HTTP and policies
//! ([`Quorum`] is what the ledger knows of them).
//!
//! An attacker who owns log witnesses can withhold cosignatures: entries stay durable, receipts wait. One who owns this part
//! gives receipts that the quorum has not seen; whoever verifies one sees that the cosignatures are missing.

mod history;
mod publisher;
mod state;

pub use history::LogHistory;
pub(crate) use publisher::{Desk, Publisher};

use std::fmt;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::log::SignedCheckpoint;

/// Who must have cosigned a checkpoint before receipts rest on it.
pub trait Quorum: Send + Sync {
    /// Whether this checkpoint carries enough cosignatures.
    fn is_met(&self, checkpoint: &SignedCheckpoint) -> bool;

    /// Asks for the cosignatures that the checkpoint lacks, within a time limit of its own. The checkpoint is durable.
    fn collect(&self, checkpoint: &SignedCheckpoint, history: &LogHistory) -> Collected;
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// The checkpoint with every cosignature that came.
    pub checkpoint: SignedCheckpoint,
    /// What the quorum lacks; `None` when it is met.
    pub missing: Option<Missing>,
}

/// What a quorum lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// In one line, such as `notaries: 1 of 2 (missing notary-b, notary-c)`.
    pub shortfall: String,
    /// Those who could help, and what they said.
    pub witnesses: Vec<MissingWitness>,
}

/// A log witness that has not cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingWitness {
    /// Its name in the policy.
    pub name: String,
    /// What it said, such as `did not answer in time`.
    pub answer: String,
    /// Whether it has seen this log with another history, or a longer one: the log forked, or went back to an older copy.
    pub saw_other_history: bool,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shortfall)?;
        self.witnesses
            .iter()
            .try_for_each(|witness| write!(f, "; {} {}", witness.name, witness.answer))
    }
}

/// An entry that is in the log for good, under a checkpoint that the quorum has not cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreceipted {
    /// Its position in the log.
    pub index: u64,
    /// The time of the state record that closes its batch.
    pub entry_time: UnixSeconds,
    /// What the quorum lacks.
    pub missing: Missing,
}

impl fmt::Display for Unreceipted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "entry {} is accepted and durable, but has no receipt yet: the quorum is missing: {}",
            self.index, self.missing
        )
    }
}
