//! The dilutions' tree as rows: nodes in one table, leaves ordered by receivable number in another.
//!
//! In scope: `tradeseal_primitives::tree::dilution::DilutionLeaves` over an overlay. Out of scope: who may dilute what (`rules`).

use super::row::{Key, Row};
use super::{NodeRows, Overlay};
use crate::store::{StoreError, Table};
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{ReceivableNumber, RemainingPpb};
use tradeseal_primitives::tree::Nodes;
use tradeseal_primitives::tree::dilution::{DilutionLeaf, DilutionLeaves};

/// The dilutions' tree.
pub struct DilutionRows<'o, 's> {
    overlay: &'o mut Overlay<'s>,
    leaf_count: u64,
}

impl<'o, 's> DilutionRows<'o, 's> {
    /// The tree with this many leaves, the first included; 0 before it is begun.
    pub fn new(overlay: &'o mut Overlay<'s>, leaf_count: u64) -> Self {
        Self { overlay, leaf_count }
    }

    /// How many leaves there are, the first included.
    pub fn count(&self) -> u64 {
        self.leaf_count
    }
}

impl Nodes for DilutionRows<'_, '_> {
    type Error = StoreError;

    fn node(&self, level: usize, index: u64) -> Result<Option<Fr>, StoreError> {
        super::nodes::read_node(self.overlay, Table::DilutionNodes, level, index)
    }

    fn set_node(&mut self, level: usize, index: u64, value: Fr) -> Result<(), StoreError> {
        NodeRows::new(self.overlay, Table::DilutionNodes).set_node(level, index, value)
    }
}

impl DilutionLeaves for DilutionRows<'_, '_> {
    fn leaf_count(&self) -> Result<u64, StoreError> {
        Ok(self.leaf_count)
    }

    fn at_or_below(&self, number: u64) -> Result<Option<(u64, DilutionLeaf)>, StoreError> {
        let found = self.overlay.at_or_below(Table::DilutionLeaves, &number.to_be_bytes())?;
        found.map(|(key, row)| read_leaf(&key, &row)).transpose()
    }

    fn put_leaf(&mut self, index: u64, leaf: DilutionLeaf) -> Result<(), StoreError> {
        let row = Key::new()
            .number(index)
            .number(leaf.next)
            .number(u64::from(leaf.remaining.get()))
            .done();
        self.overlay
            .put(Table::DilutionLeaves, leaf.number.to_be_bytes().to_vec(), row);
        self.leaf_count = self.leaf_count.max(index + 1);
        Ok(())
    }
}

/// What remains of a receivable that was diluted.
pub(crate) fn remaining(rows: &Overlay<'_>, number: ReceivableNumber) -> Result<Option<RemainingPpb>, StoreError> {
    let key = number.get().to_be_bytes();
    let row = rows.get(Table::DilutionLeaves, &key)?;
    row.map(|row| Ok(read_leaf(&key, &row)?.1.remaining)).transpose()
}

/// A leaf with its index.
fn read_leaf(key: &[u8], row: &[u8]) -> Result<(u64, DilutionLeaf), StoreError> {
    let damaged = || StoreError::Damaged {
        what: "a dilution".into(),
    };
    let mut key = Row::new("a dilution's key", key);
    let number = key.number()?;
    let mut row = Row::new("a dilution", row);
    let (index, next) = (row.number()?, row.number()?);
    let remaining = u32::try_from(row.number()?).ok().and_then(RemainingPpb::new);
    let remaining = remaining.ok_or_else(damaged)?;
    key.end(())?;
    row.end((
        index,
        DilutionLeaf {
            number,
            next,
            remaining,
        },
    ))
}
