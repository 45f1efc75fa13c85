//! The state during one batch: reads see what the batch changed, trees are hashed when it closes.
//!
//! In scope: records, new leaves, log nodes, the closing state record. Out of scope: the checkpoint over it (`sequencer`).

use super::lookup;
use super::record::Key;
use super::{
    IndexedRows, LockRecord, LoggedEntry, NodeRows, NoteRecord, Overlay, PartyRecord, RootRecord, RootStatus,
    set_leaves,
};
use crate::log_tree::LogTree;
use crate::rules::{Moment, RuleState};
use crate::store::{StoreError, Table};
use std::collections::BTreeMap;
use tradeseal_primitives::Fr;
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::{Commitment, Nullifier, UnixSeconds};
use tradeseal_primitives::tree::{self, DIRECTORY_DEPTH, IndexedError, NOTE_DEPTH, TreeError};
use tradeseal_verifier::entry::{Genesis, StateRecord, StateTree};
use tradeseal_verifier::log::{LogHash, leaf_hash};
use tradeseal_verifier::statement::{DirectoryRoot, NoteRoot};

/// A batch with its state record, ready to be signed and committed.
pub struct ClosedBatch<'s> {
    /// The batch's last entry.
    pub record: StateRecord,
    /// The log with the batch in it.
    pub log: LogTree,
    /// Every row that the batch writes, over the store.
    pub overlay: Overlay<'s>,
}

/// The state as one batch changes it.
pub struct BatchState<'s> {
    overlay: Overlay<'s>,
    genesis: &'s Genesis,
    log: LogTree,
    /// The entries so far, of which the first is entry `log.size() - entries.len()`.
    entries: Vec<Vec<u8>>,
    /// The state record before the batch, then, field by field, the one after.
    record: StateRecord,
    /// The roots before the batch; `None` before the first state record.
    previous: Option<StateRecord>,
    new_notes: BTreeMap<u64, Fr>,
    new_directory_leaves: BTreeMap<u64, Fr>,
}

impl<'s> BatchState<'s> {
    /// The state after `latest`, the last entry of `log`, about to take entries at `time`.
    pub fn after(
        overlay: Overlay<'s>,
        genesis: &'s Genesis,
        log: LogTree,
        latest: StateRecord,
        time: UnixSeconds,
    ) -> Self {
        Self::new(
            overlay,
            genesis,
            log,
            StateRecord { time, ..latest.clone() },
            Some(latest),
        )
    }

    /// The state before any entry: empty trees, the indexed ones with their first leaf.
    ///
    /// # Errors
    /// The store's.
    pub fn begin(mut overlay: Overlay<'s>, genesis: &'s Genesis) -> Result<Self, StoreError> {
        let record = StateRecord {
            time: genesis.created,
            log_size: 0,
            note_count: 0,
            note_root: NoteRoot::from_fr(tree::empty_node(NOTE_DEPTH)),
            nullifier_count: 0,
            nullifier_root: IndexedRows::nullifiers(&mut overlay, 0).begin().map_err(tree_failed)?,
            directory_count: 0,
            directory_root: DirectoryRoot::from_fr(tree::empty_node(DIRECTORY_DEPTH)),
            revocation_root: IndexedRows::revocations(&mut overlay, 0).begin().map_err(tree_failed)?,
        };
        Ok(Self::new(overlay, genesis, LogTree::empty(), record, None))
    }

    fn new(
        overlay: Overlay<'s>,
        genesis: &'s Genesis,
        log: LogTree,
        record: StateRecord,
        previous: Option<StateRecord>,
    ) -> Self {
        let (new_notes, new_directory_leaves) = (BTreeMap::new(), BTreeMap::new());
        Self {
            overlay,
            genesis,
            log,
            entries: Vec::new(),
            record,
            previous,
            new_notes,
            new_directory_leaves,
        }
    }

    /// Where the next entry goes, and the batch's time.
    pub fn moment(&self) -> Moment {
        Moment {
            index: self.log.size(),
            time: self.record.time,
        }
    }

    /// Appends an entry that was decided at [`Self::moment`].
    pub fn append(&mut self, bytes: &[u8]) {
        let (leaf, index) = (leaf_hash(bytes), self.log.size());
        self.log.append(&mut self.overlay, leaf);
        self.overlay
            .put(Table::EntryIndex, leaf.0.to_vec(), Key::new().number(index).done());
        self.entries.push(bytes.to_vec());
    }

    /// Hashes the trees and appends the state record that ends the batch.
    ///
    /// # Errors
    /// The store's.
    pub fn close(mut self) -> Result<ClosedBatch<'s>, StoreError> {
        let notes = core::mem::take(&mut self.new_notes);
        let directory = core::mem::take(&mut self.new_directory_leaves);
        let mut nodes = NodeRows::new(&mut self.overlay, Table::NoteNodes);
        let root = set_leaves::<NOTE_DEPTH, _>(&mut nodes, notes).map_err(tree_failed)?;
        self.record.note_root = NoteRoot::from_fr(root);
        let mut nodes = NodeRows::new(&mut self.overlay, Table::DirectoryNodes);
        let root = set_leaves::<DIRECTORY_DEPTH, _>(&mut nodes, directory).map_err(tree_failed)?;
        self.record.directory_root = DirectoryRoot::from_fr(root);
        self.record.log_size = self.log.size();
        for tree in [
            StateTree::Notes,
            StateTree::Nullifiers,
            StateTree::Directory,
            StateTree::Revocations,
        ] {
            self.replace_root(tree)?;
        }
        let bytes = self.record.encode();
        self.append(&bytes);
        self.write_entries();
        Ok(ClosedBatch {
            record: self.record,
            log: self.log,
            overlay: self.overlay,
        })
    }

    /// Every entry of the batch carries its time and names the state record that closes it.
    fn write_entries(&mut self) {
        let first = self.log.size() - self.entries.len() as u64;
        let (time, state_index) = (self.record.time, self.record.log_size);
        for (index, bytes) in (first..).zip(core::mem::take(&mut self.entries)) {
            let entry = LoggedEntry {
                index,
                time,
                state_index,
                bytes,
            };
            self.overlay
                .put(Table::Entries, Key::new().number(index).done(), entry.to_row());
        }
    }

    /// Notes when the old root was replaced, and which state record brought the new one.
    fn replace_root(&mut self, tree: StateTree) -> Result<(), StoreError> {
        let new = self.record.root(tree);
        let old = self.previous.as_ref().map(|previous| previous.root(tree));
        if old == Some(new) {
            return Ok(());
        }
        if let Some(old) = old {
            let key = RootRecord::key(tree, &old);
            let row = self.overlay.get(Table::Roots, &key)?;
            let row = row.ok_or_else(|| StoreError::Damaged {
                what: format!("the latest {tree} root"),
            })?;
            let record = RootRecord {
                superseded_at: Some(self.record.time),
                ..RootRecord::from_row(&row)?
            };
            self.overlay.put(Table::Roots, key, record.to_row());
        }
        let record = RootRecord {
            state_index: self.record.log_size,
            superseded_at: None,
        };
        self.overlay
            .put(Table::Roots, RootRecord::key(tree, &new), record.to_row());
        Ok(())
    }
}

impl RuleState for BatchState<'_> {
    fn genesis(&self) -> &Genesis {
        self.genesis
    }

    fn find_entry(&self, leaf: &LogHash) -> Result<Option<u64>, StoreError> {
        lookup::entry_index(&self.overlay, leaf)
    }

    fn party(&self, party: PartyId) -> Result<Option<PartyRecord>, StoreError> {
        lookup::party(&self.overlay, party)
    }

    fn note(&self, commitment: Commitment) -> Result<Option<NoteRecord>, StoreError> {
        lookup::note(&self.overlay, commitment)
    }

    fn spent(&self, nullifier: Nullifier) -> Result<Option<u64>, StoreError> {
        lookup::spent(&self.overlay, nullifier)
    }

    fn lock(&self, nullifier: Nullifier) -> Result<Option<LockRecord>, StoreError> {
        lookup::lock(&self.overlay, nullifier)
    }

    fn root_status(&self, tree: StateTree, root: Fr) -> Result<RootStatus, StoreError> {
        lookup::root(&self.overlay, tree, &root).map(RootStatus::from)
    }

    fn note_count(&self) -> u64 {
        self.record.note_count
    }

    fn directory_count(&self) -> u64 {
        self.record.directory_count
    }

    fn nullifier_count(&self) -> u64 {
        self.record.nullifier_count
    }

    fn put_party(&mut self, party: PartyId, record: PartyRecord, leaf: Fr) {
        self.record.directory_count = self.record.directory_count.max(record.place + 1);
        self.new_directory_leaves.insert(record.place, leaf);
        self.overlay
            .put(Table::Parties, party.to_bytes().to_vec(), record.to_row());
    }

    fn add_note(&mut self, commitment: Commitment, record: NoteRecord) {
        self.record.note_count = record.position + 1;
        self.new_notes.insert(record.position, commitment.leaf(record.time));
        self.overlay
            .put(Table::Notes, commitment.to_bytes().to_vec(), record.to_row());
    }

    fn put_lock(&mut self, nullifier: Nullifier, record: LockRecord) {
        self.overlay
            .put(Table::Locks, nullifier.to_bytes().to_vec(), record.to_row());
    }

    fn insert_nullifier(&mut self, nullifier: Nullifier, entry_index: u64) -> Result<(), StoreError> {
        let mut leaves = IndexedRows::nullifiers(&mut self.overlay, self.record.nullifier_count);
        let root = tree::insert(&mut leaves, nullifier.to_fr()).map_err(|error| match error {
            IndexedError::Tree(cause) => tree_failed(cause),
            other => StoreError::Damaged {
                what: format!("the nullifier tree: {other}"),
            },
        })?;
        self.record.nullifier_root = root;
        self.record.nullifier_count += 1;
        self.overlay.put(
            Table::Spent,
            nullifier.to_bytes().to_vec(),
            Key::new().number(entry_index).done(),
        );
        Ok(())
    }
}

/// The rules leave room in every tree, so anything but the store's own failure is a contradiction within it.
fn tree_failed(error: TreeError<StoreError>) -> StoreError {
    match error {
        TreeError::Store(cause) => cause,
        full @ TreeError::Full { .. } => StoreError::Damaged { what: full.to_string() },
    }
}
