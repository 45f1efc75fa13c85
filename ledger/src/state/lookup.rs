//! Records found by what names them.

use super::row::Row;
use super::{
    DepositRecord, LockRecord, LoggedEntry, NoteRecord, NumberRecord, Overlay, PartyRecord, RegistryRecord, RootRecord,
};
use crate::store::{StoreError, Table};
use tradeseal_primitives::Fr;
use tradeseal_primitives::deposit::DepositCommitment;
use tradeseal_primitives::duplicate_tag::DuplicateTag;
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::{Commitment, Nullifier, ReceivableNumber};
use tradeseal_verifier::entry::StateTree;
use tradeseal_verifier::log::LogHash;

pub(crate) fn entry(rows: &Overlay<'_>, index: u64) -> Result<Option<LoggedEntry>, StoreError> {
    let row = rows.get(Table::Entries, &index.to_be_bytes())?;
    row.map(|row| LoggedEntry::from_row(index, &row)).transpose()
}

pub(crate) fn entry_index(rows: &Overlay<'_>, leaf: &LogHash) -> Result<Option<u64>, StoreError> {
    number(rows, Table::EntryIndex, &leaf.0)
}

pub(crate) fn party(rows: &Overlay<'_>, party: PartyId) -> Result<Option<PartyRecord>, StoreError> {
    let row = rows.get(Table::Parties, &party.to_bytes())?;
    row.map(|row| PartyRecord::from_row(&row)).transpose()
}

pub(crate) fn note(rows: &Overlay<'_>, commitment: Commitment) -> Result<Option<NoteRecord>, StoreError> {
    let row = rows.get(Table::Notes, &commitment.to_bytes())?;
    row.map(|row| NoteRecord::from_row(&row)).transpose()
}

pub(crate) fn deposit(rows: &Overlay<'_>, commitment: DepositCommitment) -> Result<Option<DepositRecord>, StoreError> {
    let row = rows.get(Table::Deposits, &commitment.to_bytes())?;
    row.map(|row| DepositRecord::from_row(&row)).transpose()
}

pub(crate) fn spent(rows: &Overlay<'_>, nullifier: Nullifier) -> Result<Option<u64>, StoreError> {
    number(rows, Table::Spent, &nullifier.to_bytes())
}

pub(crate) fn lock(rows: &Overlay<'_>, nullifier: Nullifier) -> Result<Option<LockRecord>, StoreError> {
    let row = rows.get(Table::Locks, &nullifier.to_bytes())?;
    row.map(|row| LockRecord::from_row(&row)).transpose()
}

pub(crate) fn root(rows: &Overlay<'_>, tree: StateTree, root: &Fr) -> Result<Option<RootRecord>, StoreError> {
    let row = rows.get(Table::Roots, &RootRecord::key(tree, root))?;
    row.map(|row| RootRecord::from_row(&row)).transpose()
}

pub(crate) fn registry(rows: &Overlay<'_>) -> Result<RegistryRecord, StoreError> {
    let row = rows.get(Table::Registry, RegistryRecord::KEY)?;
    let row = row.ok_or_else(|| StoreError::Damaged {
        what: "the registry's row".into(),
    })?;
    RegistryRecord::from_row(&row)
}

pub(crate) fn tag(rows: &Overlay<'_>, tag: DuplicateTag) -> Result<Option<u64>, StoreError> {
    number(rows, Table::Tags, &tag.to_bytes())
}

pub(crate) fn receivable(rows: &Overlay<'_>, number: ReceivableNumber) -> Result<Option<NumberRecord>, StoreError> {
    let row = rows.get(Table::Numbers, &number.get().to_be_bytes())?;
    row.map(|row| NumberRecord::from_row(&row)).transpose()
}

fn number(rows: &Overlay<'_>, table: Table, key: &[u8]) -> Result<Option<u64>, StoreError> {
    let row = rows.get(table, key)?;
    row.map(|row| {
        let mut row = Row::new("an index", &row);
        let number = row.number()?;
        row.end(number)
    })
    .transpose()
}
