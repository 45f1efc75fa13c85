//! What only a reachable ledger can answer: whether a root still stands, and whether a receivable is still free.
//!
//! In scope: the questions and the shape of their answers. Out of scope: reaching a ledger; callers bring the view.
//! An attacker who answers in the ledger's place can hide that a receivable is spent or locked, so a view must come
//! over a channel the verifier trusts, or from its own replica.

use alloc::string::String;

use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};

use crate::entry::Ed25519Key;
use crate::log::KeyName;
use crate::statement::{DilutionRoot, NoteRoot, RevocationRoot};

/// Why a ledger gave no answer, for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Unavailable {
    /// A sentence without a full stop, such as `the ledger did not answer within 5 seconds`.
    pub reason: String,
}

/// What the ledger knows of a root of one of its trees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RootStatus {
    /// No state record holds it.
    Unknown,
    /// The latest state record holds it.
    Current,
    /// A later state record holds another.
    Replaced {
        /// Time of the state record that replaced it: a root's age counts from here.
        at: UnixSeconds,
        /// The ledger's own grace, in seconds after `at`.
        grace_seconds: u64,
    },
}

/// What the ledger knows of a nullifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NullifierStatus {
    /// Neither spent nor locked.
    Unspent,
    /// Transferred or settled.
    Spent,
    /// Unspent, and reserved.
    Locked {
        /// For whom.
        by: Ed25519Key,
        /// The first second at which the lock holds no more.
        until: UnixSeconds,
    },
}

/// A ledger that can be asked.
pub trait LedgerView {
    /// Origin of the log whose ledger answers; answers of another than the request's do not count.
    ///
    /// # Errors
    /// `Unavailable` if no ledger is reachable.
    fn origin(&self) -> Result<KeyName, Unavailable>;

    /// Status of a root of notes.
    ///
    /// # Errors
    /// `Unavailable` if there is no answer.
    fn root_status(&self, root: NoteRoot) -> Result<RootStatus, Unavailable>;

    /// Status of a root of dilutions.
    ///
    /// # Errors
    /// `Unavailable` if there is no answer.
    fn dilution_root_status(&self, root: DilutionRoot) -> Result<RootStatus, Unavailable>;

    /// Status of a root of revocations.
    ///
    /// # Errors
    /// `Unavailable` if there is no answer.
    fn revocation_root_status(&self, root: RevocationRoot) -> Result<RootStatus, Unavailable>;

    /// Status of a nullifier.
    ///
    /// # Errors
    /// `Unavailable` if there is no answer.
    fn nullifier_status(&self, nullifier: Nullifier) -> Result<NullifierStatus, Unavailable>;
}

/// No ledger at all: whatever needs one stays unchecked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Offline;

impl Offline {
    fn unavailable() -> Unavailable {
        Unavailable {
            reason: String::from("the ledger was not asked (offline)"),
        }
    }
}

impl LedgerView for Offline {
    fn origin(&self) -> Result<KeyName, Unavailable> {
        Err(Self::unavailable())
    }

    fn root_status(&self, _: NoteRoot) -> Result<RootStatus, Unavailable> {
        Err(Self::unavailable())
    }

    fn dilution_root_status(&self, _: DilutionRoot) -> Result<RootStatus, Unavailable> {
        Err(Self::unavailable())
    }

    fn revocation_root_status(&self, _: RevocationRoot) -> Result<RootStatus, Unavailable> {
        Err(Self::unavailable())
    }

    fn nullifier_status(&self, _: Nullifier) -> Result<NullifierStatus, Unavailable> {
        Err(Self::unavailable())
    }
}
