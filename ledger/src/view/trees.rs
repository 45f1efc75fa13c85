//! Paths to the current roots, for those who prove.

use super::{DirectoryEntry, QueryError, View};
use crate::state::{AppendRows, DilutionRows, IndexedRows, NodeRows};
use crate::store::{StoreError, Table};
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::{Nullifier, ReceivableNumber};
use tradeseal_primitives::tree::dilution::{self, DilutionProof};
use tradeseal_primitives::tree::{
    self, AbsenceProof, DIRECTORY_DEPTH, IndexedError, MerklePath, NOTE_DEPTH, TreeError,
};
use tradeseal_verifier::statement::{DilutionRoot, DirectoryRoot, NoteRoot};

/// A note's path, and the root it leads to: the one in the view's last state record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotePath {
    /// Root of the note tree.
    pub root: NoteRoot,
    /// From the note's leaf to it.
    pub path: MerklePath<NOTE_DEPTH>,
}

/// A party's path, and the root it leads to: the one in the view's last state record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyPath {
    /// Root of the directory.
    pub root: DirectoryRoot,
    /// From the party's leaf to it.
    pub path: MerklePath<DIRECTORY_DEPTH>,
    /// What is in the leaf.
    pub entry: DirectoryEntry,
}

/// What remains of a receivable, and the root that the proof of it leads to: the one in the view's last state record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DilutionPath {
    /// Root of the dilutions' tree.
    pub root: DilutionRoot,
    /// The leaf of the number, or the one that brackets it, and the path from there.
    pub proof: DilutionProof,
}

impl View<'_> {
    /// The path of the note at this position.
    ///
    /// # Errors
    /// `NoNote` if there is none; the store's errors.
    pub fn note_path(&self, position: u64) -> Result<NotePath, QueryError> {
        let count = self.latest.note_count;
        if position >= count {
            return Err(QueryError::NoNote { position, count });
        }
        let mut rows = self.rows.over();
        let path = AppendRows::<NOTE_DEPTH>::new(&mut rows, Table::NoteNodes).path(position)?;
        Ok(NotePath {
            root: self.latest.note_root,
            path,
        })
    }

    /// The path of an enrolled party.
    ///
    /// # Errors
    /// `NotEnrolled` if it is not enrolled now; the store's errors.
    pub fn directory_path(&self, party: PartyId) -> Result<PartyPath, QueryError> {
        let entry = self.directory_entry(party)?.ok_or(QueryError::NotEnrolled { party })?;
        let mut rows = self.rows.over();
        let nodes = NodeRows::new(&mut rows, Table::DirectoryNodes);
        let path = tree::path::<DIRECTORY_DEPTH, _>(&nodes, entry.record.place).map_err(tree_failed)?;
        Ok(PartyPath {
            root: self.latest.directory_root,
            path,
            entry,
        })
    }

    /// The proof of what remains of the receivable of this number, diluted or not.
    ///
    /// # Errors
    /// The store's.
    pub fn dilution_proof(&self, number: ReceivableNumber) -> Result<DilutionPath, QueryError> {
        let mut rows = self.rows.over();
        let leaves = DilutionRows::new(&mut rows, self.latest.dilution_count);
        Ok(DilutionPath {
            root: self.latest.dilution_root,
            proof: dilution::lookup(&leaves, number).map_err(tree_failed)?,
        })
    }

    /// The proof that a nullifier is not spent, for the root in the view's last state record.
    ///
    /// # Errors
    /// `Spent` if it is; the store's errors.
    pub fn nullifier_absence(&self, nullifier: Nullifier) -> Result<AbsenceProof, QueryError> {
        let mut rows = self.rows.over();
        let leaves = IndexedRows::nullifiers(&mut rows, self.latest.nullifier_count);
        tree::absence(&leaves, &nullifier.to_fr()).map_err(|error| match error {
            IndexedError::Tree(cause) => tree_failed(cause).into(),
            IndexedError::Present { .. } | IndexedError::Zero => QueryError::Spent { nullifier },
        })
    }
}

fn tree_failed(error: TreeError<StoreError>) -> StoreError {
    match error {
        TreeError::Store(cause) => cause,
        full @ TreeError::Full { .. } => StoreError::Damaged { what: full.to_string() },
    }
}
