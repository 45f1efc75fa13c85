//! The state during one batch: reads see what the batch changed, trees are hashed when it closes.
//!
//! In scope: records, new leaves, log nodes, the closing state record. Out of scope: the checkpoint over it (`sequencer`).

mod rule_state;

use super::row::Key;
use super::{
    AppendRows, DilutionRows, IndexedRows, LoggedEntry, NodeRows, Overlay, RegistryRecord, RootRecord, set_leaves,
};
use crate::log_tree::LogTree;
use crate::rules::{Checked, Moment};
use crate::store::{StoreError, Table};
use rayon::prelude::*;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use tradeseal_primitives::Fr;
use tradeseal_primitives::deposit::DepositCommitment;
use tradeseal_primitives::receivable::{Commitment, UnixSeconds};
use tradeseal_primitives::tree::{self, DEPOSIT_DEPTH, DIRECTORY_DEPTH, NOTE_DEPTH, TreeError, dilution};
use tradeseal_verifier::entry::{Genesis, StateRecord, StateTree};
use tradeseal_verifier::log::{LogHash, leaf_hash};
use tradeseal_verifier::statement::{DepositRoot, DilutionRoot, DirectoryRoot, NoteRoot};

/// A batch with its state record, ready to be signed and committed.
pub struct ClosedBatch<'s> {
    /// The batch's last entry.
    pub record: StateRecord,
    /// The log with the batch in it.
    pub log: LogTree,
    /// The duplicate registry after the batch, if the batch asked for it.
    pub registry: Option<RegistryRecord>,
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
    /// In the order of their places, which go on from the tree before the batch; their leaves are hashed when it closes.
    new_notes: Vec<(Commitment, UnixSeconds)>,
    new_directory_leaves: BTreeMap<u64, Fr>,
    new_deposits: Vec<(DepositCommitment, UnixSeconds)>,
    /// Read once for the batch: checking its points takes longer than all else that a mint needs here.
    registry: OnceCell<RegistryRecord>,
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
        let registry = RegistryRecord::begin(genesis).to_row();
        overlay.put(Table::Registry, RegistryRecord::KEY.to_vec(), registry);
        let mut dilutions = DilutionRows::new(&mut overlay, 0);
        let dilution_root = dilution::begin(&mut dilutions).map_err(tree_failed)?;
        let dilution_count = dilutions.count();
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
            dilution_count,
            dilution_root: DilutionRoot::from_fr(dilution_root),
            deposit_count: 0,
            deposit_root: DepositRoot::from_fr(tree::empty_node(DEPOSIT_DEPTH)),
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
        Self {
            overlay,
            genesis,
            log,
            entries: Vec::new(),
            record,
            previous,
            new_notes: Vec::new(),
            new_directory_leaves: BTreeMap::new(),
            new_deposits: Vec::new(),
            registry: OnceCell::new(),
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
        self.append_hashed(bytes, leaf_hash(bytes));
    }

    /// As [`Self::append`], with the hash that the check made.
    pub fn append_checked(&mut self, checked: &Checked) {
        self.append_hashed(checked.bytes(), *checked.leaf());
    }

    fn append_hashed(&mut self, bytes: &[u8], leaf: LogHash) {
        let index = self.log.size();
        self.log.append(&mut self.overlay, leaf);
        // A deposit's row was written with its position.
        if self.overlay.rows().get(Table::EntryIndex, &leaf.0).is_none() {
            self.overlay
                .put(Table::EntryIndex, leaf.0.to_vec(), Key::new().number(index).done());
        }
        self.entries.push(bytes.to_vec());
    }

    /// Hashes the trees and appends the state record that ends the batch.
    ///
    /// # Errors
    /// The store's.
    pub fn close(mut self) -> Result<ClosedBatch<'s>, StoreError> {
        self.hash_leaves()?;
        self.record.log_size = self.log.size();
        for tree in StateTree::ALL {
            self.replace_root(tree)?;
        }
        let bytes = self.record.encode();
        self.append(&bytes);
        self.log.write_open_rows(&mut self.overlay);
        self.write_entries();
        Ok(ClosedBatch {
            record: self.record,
            log: self.log,
            registry: self.registry.into_inner(),
            overlay: self.overlay,
        })
    }

    /// The roots of the trees whose leaves are set once for the batch.
    fn hash_leaves(&mut self) -> Result<(), StoreError> {
        let notes = core::mem::take(&mut self.new_notes);
        let first = self.record.note_count - notes.len() as u64;
        let leaves = notes.par_iter().map(|(commitment, time)| commitment.leaf(*time));
        let mut rows = AppendRows::<NOTE_DEPTH>::new(&mut self.overlay, Table::NoteNodes);
        self.record.note_root = NoteRoot::from_fr(rows.append(first, leaves.collect())?);

        let deposits = core::mem::take(&mut self.new_deposits);
        let first = self.record.deposit_count - deposits.len() as u64;
        let leaves = deposits.par_iter().map(|(commitment, time)| commitment.leaf(*time));
        let mut rows = AppendRows::<DEPOSIT_DEPTH>::new(&mut self.overlay, Table::DepositNodes);
        self.record.deposit_root = DepositRoot::from_fr(rows.append(first, leaves.collect())?);

        let directory = core::mem::take(&mut self.new_directory_leaves);
        let mut nodes = NodeRows::new(&mut self.overlay, Table::DirectoryNodes);
        let root = set_leaves::<DIRECTORY_DEPTH, _>(&mut nodes, directory).map_err(tree_failed)?;
        self.record.directory_root = DirectoryRoot::from_fr(root);
        Ok(())
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

/// The rules leave room in every tree, so anything but the store's own failure is a contradiction within it.
fn tree_failed(error: TreeError<StoreError>) -> StoreError {
    match error {
        TreeError::Store(cause) => cause,
        full @ TreeError::Full { .. } => StoreError::Damaged { what: full.to_string() },
    }
}
