//! An indexed tree as rows: nodes in one table, leaves ordered by value in another.
//!
//! In scope: `tradeseal_primitives::tree::IndexedLeaves` over an overlay. Out of scope: what the values are.

use super::row::{Key, Row};
use super::{NodeRows, Overlay};
use crate::store::{StoreError, Table};
use tradeseal_primitives::tree::{self, INDEXED_DEPTH, IndexedLeaf, IndexedLeaves, Nodes, TreeError};
use tradeseal_primitives::{Fr, field};

/// One indexed tree.
pub struct IndexedRows<'o, 's> {
    overlay: &'o mut Overlay<'s>,
    nodes: Table,
    leaves: Table,
    leaf_count: u64,
}

impl<'o, 's> IndexedRows<'o, 's> {
    /// The spent nullifiers; `count` is how many there are.
    pub fn nullifiers(overlay: &'o mut Overlay<'s>, count: u64) -> Self {
        Self {
            overlay,
            nodes: Table::NullifierNodes,
            leaves: Table::NullifierLeaves,
            leaf_count: count + 1,
        }
    }

    /// The revocations; `count` is how many there are.
    pub fn revocations(overlay: &'o mut Overlay<'s>, count: u64) -> Self {
        Self {
            overlay,
            nodes: Table::RevocationNodes,
            leaves: Table::RevocationLeaves,
            leaf_count: count + 1,
        }
    }

    /// Writes the leaf (0, 0) that every indexed tree begins with; returns the root.
    ///
    /// # Errors
    /// The store's.
    pub fn begin(&mut self) -> Result<Fr, TreeError<StoreError>> {
        self.put_leaf(0, IndexedLeaf::FIRST).map_err(TreeError::Store)?;
        tree::set_leaf::<INDEXED_DEPTH, _>(self, 0, IndexedLeaf::FIRST.hash())
    }
}

impl Nodes for IndexedRows<'_, '_> {
    type Error = StoreError;

    fn node(&self, level: usize, index: u64) -> Result<Option<Fr>, StoreError> {
        super::nodes::read_node(self.overlay, self.nodes, level, index)
    }

    fn set_node(&mut self, level: usize, index: u64, value: Fr) -> Result<(), StoreError> {
        NodeRows::new(self.overlay, self.nodes).set_node(level, index, value)
    }
}

impl IndexedLeaves for IndexedRows<'_, '_> {
    fn leaf_count(&self) -> Result<u64, StoreError> {
        Ok(self.leaf_count)
    }

    fn at_or_below(&self, value: &Fr) -> Result<Option<(u64, IndexedLeaf)>, StoreError> {
        // Canonical big-endian bytes sort as the integers they are.
        let found = self.overlay.at_or_below(self.leaves, &field::to_bytes(value))?;
        let Some((key, row)) = found else { return Ok(None) };
        let mut key = Row::new("an indexed leaf's key", &key);
        let mut row = Row::new("an indexed leaf", &row);
        let (index, leaf) = (
            row.number()?,
            IndexedLeaf {
                value: key.element()?,
                next: row.element()?,
            },
        );
        Ok(Some((index, leaf)))
    }

    fn put_leaf(&mut self, index: u64, leaf: IndexedLeaf) -> Result<(), StoreError> {
        let row = Key::new().number(index).bytes(&field::to_bytes(&leaf.next)).done();
        self.overlay
            .put(self.leaves, field::to_bytes(&leaf.value).to_vec(), row);
        self.leaf_count = self.leaf_count.max(index + 1);
        Ok(())
    }
}
