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
use tradeseal_verifier::entry::{Deposit, Entry, StateTree};
use tradeseal_verifier::log::{LogHash, leaf_hash};

pub(crate) fn entry(rows: &Overlay<'_>, index: u64) -> Result<Option<LoggedEntry>, StoreError> {
    let row = rows.get(Table::Entries, &index.to_be_bytes())?;
    row.map(|row| LoggedEntry::from_row(index, &row)).transpose()
}

pub(crate) fn entry_index(rows: &Overlay<'_>, leaf: &LogHash) -> Result<Option<u64>, StoreError> {
    Ok(indexed(rows, leaf)?.map(|(index, _)| index))
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
    // A deposit's bytes are its commitment's, so its entry is found by their hash.
    let leaf = leaf_hash(&Entry::Deposit(Deposit { commitment }).encode());
    let Some((entry_index, position)) = indexed(rows, &leaf)? else {
        return Ok(None);
    };
    let damaged = || StoreError::Damaged {
        what: format!("the entry of deposit {commitment}"),
    };
    Ok(Some(DepositRecord {
        position: position.ok_or_else(damaged)?,
        entry_index,
        time: entry(rows, entry_index)?.ok_or_else(damaged)?.time,
    }))
}

/// An entry's index and, for a deposit, its position among deposits.
fn indexed(rows: &Overlay<'_>, leaf: &LogHash) -> Result<Option<(u64, Option<u64>)>, StoreError> {
    let row = rows.get(Table::EntryIndex, &leaf.0)?;
    row.map(|row| {
        let deposit = row.len() > 8;
        let mut row = Row::new("an entry's index", &row);
        let index = row.number()?;
        let position = if deposit { Some(row.number()?) } else { None };
        row.end((index, position))
    })
    .transpose()
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
