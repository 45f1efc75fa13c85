//! Rows to be written, in memory until a batch is committed.
//!
//! In scope: replacing and finding them. Out of scope: deleting; nothing in a ledger is ever deleted.

use super::Table;
use std::collections::BTreeMap;

/// Rows by table and key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows(BTreeMap<Table, BTreeMap<Vec<u8>, Vec<u8>>>);

impl Rows {
    /// Adds or replaces a row.
    pub fn put(&mut self, table: Table, key: Vec<u8>, value: Vec<u8>) {
        self.0.entry(table).or_default().insert(key, value);
    }

    /// The row of this key.
    pub fn get(&self, table: Table, key: &[u8]) -> Option<&[u8]> {
        self.0.get(&table)?.get(key).map(Vec::as_slice)
    }

    /// The row with the largest key not above this one, with its key.
    pub fn at_or_below(&self, table: Table, key: &[u8]) -> Option<(&[u8], &[u8])> {
        use std::ops::Bound::{Included, Unbounded};
        let below = self
            .0
            .get(&table)?
            .range::<[u8], _>((Unbounded, Included(key)))
            .next_back()?;
        Some((below.0, below.1))
    }

    /// Every row, table by table.
    pub fn tables(&self) -> impl Iterator<Item = (Table, &BTreeMap<Vec<u8>, Vec<u8>>)> {
        self.0.iter().map(|(table, rows)| (*table, rows))
    }
}
