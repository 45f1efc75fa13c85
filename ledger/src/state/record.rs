//! Records and their rows.
//!
//! In scope: one form per record. Out of scope: when a record changes; the registry's (`registry`).

use super::row::{Key, Row};
use crate::store::StoreError;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_primitives::{Fr, field};
use tradeseal_verifier::entry::{Ed25519Key, StateTree};

/// An entry as it was sequenced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedEntry {
    /// Its position in the log.
    pub index: u64,
    /// Its batch's time.
    pub time: UnixSeconds,
    /// Index of the state record that closes its batch.
    pub state_index: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A party's place in the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartyRecord {
    /// Its leaf in the directory tree, its own for good.
    pub place: u64,
    /// Its last revision.
    pub revision: u64,
    /// Index of the entry that made this revision.
    pub entry_index: u64,
    /// False once it is removed.
    pub enrolled: bool,
}

/// A note in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoteRecord {
    /// Its leaf in the note tree.
    pub position: u64,
    /// Index of the entry that made it.
    pub entry_index: u64,
    /// That entry's time, which is in the leaf.
    pub time: UnixSeconds,
}

/// A deposit in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DepositRecord {
    /// Its leaf in the tree of deposits.
    pub position: u64,
    /// Index of its entry.
    pub entry_index: u64,
    /// That entry's time, which is in the leaf.
    pub time: UnixSeconds,
}

/// The last lock on a nullifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockRecord {
    /// Who locked.
    pub bank: Ed25519Key,
    /// From when on it no longer holds.
    pub expires: UnixSeconds,
    /// Index of the lock entry.
    pub entry_index: u64,
    /// Whether the bank gave it up.
    pub released: bool,
}

impl LockRecord {
    /// Whether the lock holds at this time; at `expires` it no longer does.
    pub fn holds_at(&self, time: UnixSeconds) -> bool {
        !self.released && time < self.expires
    }
}

/// A receivable's number, taken for good by its mint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberRecord {
    /// The one key that may dilute the receivable.
    pub dilution_key: Ed25519Key,
    /// Index of the mint entry.
    pub entry_index: u64,
}

/// A root that a state record brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RootRecord {
    /// Index of that state record.
    pub state_index: u64,
    /// Time of the state record that replaced the root.
    pub superseded_at: Option<UnixSeconds>,
}

/// What the ledger knows about a root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RootStatus {
    /// No state record holds it.
    Unknown,
    /// The latest state record holds it.
    Current {
        /// The first state record in a row that holds it.
        state_index: u64,
    },
    /// Another root took its place.
    Superseded {
        /// The first state record in a row that held it.
        state_index: u64,
        /// Time of the state record that replaced it.
        at: UnixSeconds,
    },
}

impl From<Option<RootRecord>> for RootStatus {
    fn from(record: Option<RootRecord>) -> Self {
        match record {
            None => Self::Unknown,
            Some(RootRecord {
                state_index,
                superseded_at: None,
            }) => Self::Current { state_index },
            Some(RootRecord {
                state_index,
                superseded_at: Some(at),
            }) => Self::Superseded { state_index, at },
        }
    }
}

impl LoggedEntry {
    pub(crate) fn to_row(&self) -> Vec<u8> {
        Key::new()
            .number(self.time.0)
            .number(self.state_index)
            .bytes(&self.bytes)
            .done()
    }

    pub(crate) fn from_row(index: u64, row: &[u8]) -> Result<Self, StoreError> {
        let mut row = Row::new("an entry", row);
        let (time, state_index) = (UnixSeconds(row.number()?), row.number()?);
        Ok(Self {
            index,
            time,
            state_index,
            bytes: row.rest().to_vec(),
        })
    }
}

impl PartyRecord {
    pub(crate) fn to_row(self) -> Vec<u8> {
        let Self {
            place,
            revision,
            entry_index,
            enrolled,
        } = self;
        Key::new()
            .number(place)
            .number(revision)
            .number(entry_index)
            .byte(enrolled.into())
            .done()
    }

    pub(crate) fn from_row(row: &[u8]) -> Result<Self, StoreError> {
        let mut row = Row::new("a party", row);
        let (place, revision, entry_index) = (row.number()?, row.number()?, row.number()?);
        let enrolled = row.flag()?;
        row.end(Self {
            place,
            revision,
            entry_index,
            enrolled,
        })
    }
}

impl NoteRecord {
    pub(crate) fn to_row(self) -> Vec<u8> {
        Key::new()
            .number(self.position)
            .number(self.entry_index)
            .number(self.time.0)
            .done()
    }

    pub(crate) fn from_row(row: &[u8]) -> Result<Self, StoreError> {
        let mut row = Row::new("a note", row);
        let (position, entry_index, time) = (row.number()?, row.number()?, UnixSeconds(row.number()?));
        row.end(Self {
            position,
            entry_index,
            time,
        })
    }
}

impl LockRecord {
    pub(crate) fn to_row(self) -> Vec<u8> {
        let Self {
            bank,
            expires,
            entry_index,
            released,
        } = self;
        Key::new()
            .bytes(&bank.0)
            .number(expires.0)
            .number(entry_index)
            .byte(released.into())
            .done()
    }

    pub(crate) fn from_row(row: &[u8]) -> Result<Self, StoreError> {
        let mut row = Row::new("a lock", row);
        let (bank, expires, entry_index) = (Ed25519Key(row.array()?), UnixSeconds(row.number()?), row.number()?);
        let released = row.flag()?;
        row.end(Self {
            bank,
            expires,
            entry_index,
            released,
        })
    }
}

impl NumberRecord {
    pub(crate) fn to_row(self) -> Vec<u8> {
        Key::new().bytes(&self.dilution_key.0).number(self.entry_index).done()
    }

    pub(crate) fn from_row(row: &[u8]) -> Result<Self, StoreError> {
        let mut row = Row::new("a receivable's number", row);
        let (dilution_key, entry_index) = (Ed25519Key(row.array()?), row.number()?);
        row.end(Self {
            dilution_key,
            entry_index,
        })
    }
}

impl RootRecord {
    /// Tree and root.
    pub(crate) fn key(tree: StateTree, root: &Fr) -> Vec<u8> {
        let tree = match tree {
            StateTree::Notes => 0,
            StateTree::Nullifiers => 1,
            StateTree::Directory => 2,
            StateTree::Revocations => 3,
            StateTree::Dilutions => 4,
            StateTree::Deposits => 5,
        };
        Key::new().byte(tree).bytes(&field::to_bytes(root)).done()
    }

    pub(crate) fn to_row(self) -> Vec<u8> {
        let key = Key::new().number(self.state_index);
        match self.superseded_at {
            None => key.byte(0).number(0),
            Some(at) => key.byte(1).number(at.0),
        }
        .done()
    }

    pub(crate) fn from_row(row: &[u8]) -> Result<Self, StoreError> {
        let mut row = Row::new("a root", row);
        let (state_index, superseded, at) = (row.number()?, row.flag()?, UnixSeconds(row.number()?));
        row.end(Self {
            state_index,
            superseded_at: superseded.then_some(at),
        })
    }
}
