//! What the rules read and change, as rows and new leaves of one batch.

use super::{BatchState, tree_failed};
use crate::rules::RuleState;
use crate::state::row::Key;
use crate::state::{
    DepositRecord, DilutionRows, IndexedRows, LockRecord, NoteRecord, NumberRecord, PartyRecord, RegistryRecord,
    RootStatus, dilutions, lookup,
};
use crate::store::{StoreError, Table};
use std::cell::OnceCell;
use tradeseal_primitives::Fr;
use tradeseal_primitives::deposit::DepositCommitment;
use tradeseal_primitives::duplicate_tag::DuplicateTag;
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::{Commitment, Nullifier, ReceivableNumber, RemainingPpb};
use tradeseal_primitives::tree::dilution::{self, DilutionError};
use tradeseal_primitives::tree::{self, IndexedError};
use tradeseal_verifier::entry::{Genesis, StateTree};
use tradeseal_verifier::log::LogHash;
use tradeseal_verifier::statement::DilutionRoot;

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

    fn registry(&self) -> Result<RegistryRecord, StoreError> {
        if let Some(known) = self.registry.get() {
            return Ok(*known);
        }
        let stored = lookup::registry(&self.overlay)?;
        Ok(*self.registry.get_or_init(|| stored))
    }

    fn tag(&self, tag: DuplicateTag) -> Result<Option<u64>, StoreError> {
        lookup::tag(&self.overlay, tag)
    }

    fn number(&self, number: ReceivableNumber) -> Result<Option<NumberRecord>, StoreError> {
        lookup::receivable(&self.overlay, number)
    }

    fn dilution(&self, number: ReceivableNumber) -> Result<Option<RemainingPpb>, StoreError> {
        dilutions::remaining(&self.overlay, number)
    }

    fn note_count(&self) -> u64 {
        self.record.note_count
    }

    fn deposit_count(&self) -> u64 {
        self.record.deposit_count
    }

    fn directory_count(&self) -> u64 {
        self.record.directory_count
    }

    fn nullifier_count(&self) -> u64 {
        self.record.nullifier_count
    }

    fn dilution_count(&self) -> u64 {
        self.record.dilution_count
    }

    fn put_party(&mut self, party: PartyId, record: PartyRecord, leaf: Fr) {
        self.record.directory_count = self.record.directory_count.max(record.place + 1);
        self.new_directory_leaves.insert(record.place, leaf);
        self.overlay
            .put(Table::Parties, party.to_bytes().to_vec(), record.to_row());
    }

    fn add_note(&mut self, commitment: Commitment, record: NoteRecord) {
        self.record.note_count = record.position + 1;
        self.new_notes.push((commitment, record.time));
        self.overlay
            .put(Table::Notes, commitment.to_bytes().to_vec(), record.to_row());
    }

    fn add_deposit(&mut self, commitment: DepositCommitment, leaf: &LogHash, record: DepositRecord) {
        self.record.deposit_count = record.position + 1;
        self.new_deposits.push((commitment, record.time));
        let row = Key::new().number(record.entry_index).number(record.position).done();
        self.overlay.put(Table::EntryIndex, leaf.0.to_vec(), row);
    }

    fn put_lock(&mut self, nullifier: Nullifier, record: LockRecord) {
        self.overlay
            .put(Table::Locks, nullifier.to_bytes().to_vec(), record.to_row());
    }

    fn put_registry(&mut self, record: RegistryRecord) {
        self.registry = OnceCell::from(record);
        self.overlay
            .put(Table::Registry, RegistryRecord::KEY.to_vec(), record.to_row());
    }

    fn put_tag(&mut self, tag: DuplicateTag, entry_index: u64) {
        self.overlay.put(
            Table::Tags,
            tag.to_bytes().to_vec(),
            Key::new().number(entry_index).done(),
        );
    }

    fn put_number(&mut self, number: ReceivableNumber, record: NumberRecord) {
        self.overlay
            .put(Table::Numbers, number.get().to_be_bytes().to_vec(), record.to_row());
    }

    fn put_dilution(&mut self, number: ReceivableNumber, remaining: RemainingPpb) -> Result<(), StoreError> {
        let mut leaves = DilutionRows::new(&mut self.overlay, self.record.dilution_count);
        let root = dilution::lower(&mut leaves, number, remaining).map_err(|error| match error {
            DilutionError::Tree(cause) => tree_failed(cause),
            raised @ DilutionError::NotLower { .. } => StoreError::Damaged {
                what: format!("the dilutions' tree: {raised}"),
            },
        })?;
        self.record.dilution_count = leaves.count();
        self.record.dilution_root = DilutionRoot::from_fr(root);
        Ok(())
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
