//! Kind 255, state: closes a batch with its time and the roots after it.
//!
//! In scope: fields. Out of scope: computing roots (crate `ledger`). It is what a proof's root is checked against; a log that
//! writes a wrong one is found out by replaying it.

use super::codec::{FieldReader, FieldWriter, Fields};
use super::{Entry, EntryError, EntryKind};
use crate::statement::{DepositRoot, DilutionRoot, DirectoryRoot, NoteRoot};
use alloc::boxed::Box;
use alloc::vec::Vec;
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::UnixSeconds;

/// A tree whose root stands in a state record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateTree {
    /// Notes, append-only.
    Notes,
    /// Spent notes' nullifiers, indexed.
    Nullifiers,
    /// Enrolled parties.
    Directory,
    /// Revocations, indexed.
    Revocations,
    /// What remains of diluted receivables, indexed by their numbers.
    Dilutions,
    /// Deposits, append-only.
    Deposits,
}

impl StateTree {
    /// Every tree, in the order of the state record's fields.
    pub const ALL: [Self; 6] = [
        Self::Notes,
        Self::Nullifiers,
        Self::Directory,
        Self::Revocations,
        Self::Dilutions,
        Self::Deposits,
    ];
}

impl core::fmt::Display for StateTree {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Notes => "note",
            Self::Nullifiers => "nullifier",
            Self::Directory => "directory",
            Self::Revocations => "revocation",
            Self::Dilutions => "dilution",
            Self::Deposits => "deposit",
        })
    }
}

/// The ledger's state at the end of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateRecord {
    /// The batch's time, which every entry in it has. Never less than the record's before.
    pub time: UnixSeconds,
    /// Number of entries before this one: its own index.
    pub log_size: u64,
    /// Leaves of the note tree.
    pub note_count: u64,
    /// Root of the note tree.
    pub note_root: NoteRoot,
    /// Nullifiers spent.
    pub nullifier_count: u64,
    /// Root of the nullifiers' indexed tree.
    pub nullifier_root: Fr,
    /// Places given out in the directory tree, removed parties' included.
    pub directory_count: u64,
    /// Root of the directory tree.
    pub directory_root: DirectoryRoot,
    /// Root of the revocations' indexed tree.
    pub revocation_root: Fr,
    /// Leaves of the dilutions' tree, the first included.
    pub dilution_count: u64,
    /// Root of the dilutions' tree.
    pub dilution_root: DilutionRoot,
    /// Leaves of the tree of deposits.
    pub deposit_count: u64,
    /// Root of the tree of deposits.
    pub deposit_root: DepositRoot,
}

impl StateRecord {
    /// Reads the bytes of a state entry.
    ///
    /// # Errors
    /// As [`Entry::decode`]; `Field` if it is an entry of another kind.
    pub fn decode(bytes: &[u8]) -> Result<Self, EntryError> {
        match Entry::decode(bytes)? {
            Entry::State(state) => Ok(*state),
            other => Err(EntryError::Field {
                kind: other.kind(),
                field: 0,
                expected: "255, a state record",
            }),
        }
    }

    /// The entry's bytes.
    pub fn encode(&self) -> Vec<u8> {
        Entry::State(Box::new(self.clone())).encode()
    }

    /// The root of one tree.
    pub fn root(&self, tree: StateTree) -> Fr {
        match tree {
            StateTree::Notes => self.note_root.to_fr(),
            StateTree::Nullifiers => self.nullifier_root,
            StateTree::Directory => self.directory_root.to_fr(),
            StateTree::Revocations => self.revocation_root,
            StateTree::Dilutions => self.dilution_root.to_fr(),
            StateTree::Deposits => self.deposit_root.to_fr(),
        }
    }

    /// Whether this record holds the root of notes that a presentation was made against.
    pub fn contains_note_root(&self, root: NoteRoot) -> bool {
        self.note_root == root
    }

    /// Whether this record holds the root of dilutions that a presentation was made against.
    pub fn contains_dilution_root(&self, root: DilutionRoot) -> bool {
        self.dilution_root == root
    }

    /// Whether this record holds the root of deposits that a presentation was made against.
    pub fn contains_deposit_root(&self, root: DepositRoot) -> bool {
        self.deposit_root == root
    }

    /// Whether this record holds the directory that a minting was made against.
    pub fn contains_directory_root(&self, root: DirectoryRoot) -> bool {
        self.directory_root == root
    }
}

impl Fields for StateRecord {
    const KIND: EntryKind = EntryKind::State;
    const COUNT: usize = 13;

    fn write(&self, writer: &mut FieldWriter) {
        writer.uint(1, self.time.0);
        writer.uint(2, self.log_size);
        writer.uint(3, self.note_count);
        writer.element(4, &self.note_root.to_fr());
        writer.uint(5, self.nullifier_count);
        writer.element(6, &self.nullifier_root);
        writer.uint(7, self.directory_count);
        writer.element(8, &self.directory_root.to_fr());
        writer.element(9, &self.revocation_root);
        writer.uint(10, self.dilution_count);
        writer.element(11, &self.dilution_root.to_fr());
        writer.uint(12, self.deposit_count);
        writer.element(13, &self.deposit_root.to_fr());
    }

    fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        Ok(Self {
            time: reader.seconds(1)?,
            log_size: reader.uint(2)?,
            note_count: reader.uint(3)?,
            note_root: NoteRoot::from_fr(reader.element(4)?),
            nullifier_count: reader.uint(5)?,
            nullifier_root: reader.element(6)?,
            directory_count: reader.uint(7)?,
            directory_root: DirectoryRoot::from_fr(reader.element(8)?),
            revocation_root: reader.element(9)?,
            dilution_count: reader.uint(10)?,
            dilution_root: DilutionRoot::from_fr(reader.element(11)?),
            deposit_count: reader.uint(12)?,
            deposit_root: DepositRoot::from_fr(reader.element(13)?),
        })
    }
}
