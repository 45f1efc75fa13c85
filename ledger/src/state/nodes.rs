//! Poseidon tree nodes as rows.
//!
//! In scope: `tradeseal_primitives::tree::Nodes` over an overlay; setting many leaves at once. Out of scope: which leaves.

use super::Overlay;
use super::row::{Key, Row};
use crate::store::{StoreError, Table};
use std::collections::BTreeMap;
use tradeseal_primitives::tree::{ARITY, Nodes, TreeError, capacity, empty_node};
use tradeseal_primitives::{Fr, field, poseidon};

/// One tree's nodes in a table.
pub struct NodeRows<'o, 's> {
    overlay: &'o mut Overlay<'s>,
    table: Table,
}

impl<'o, 's> NodeRows<'o, 's> {
    /// The nodes in this table.
    pub fn new(overlay: &'o mut Overlay<'s>, table: Table) -> Self {
        Self { overlay, table }
    }
}

impl Nodes for NodeRows<'_, '_> {
    type Error = StoreError;

    fn node(&self, level: usize, index: u64) -> Result<Option<Fr>, StoreError> {
        read_node(self.overlay, self.table, level, index)
    }

    fn set_node(&mut self, level: usize, index: u64, value: Fr) -> Result<(), StoreError> {
        self.overlay
            .put(self.table, node_key(level, index), field::to_bytes(&value).to_vec());
        Ok(())
    }
}

/// Sets leaves and every node above them, hashing each touched node once; returns the root.
///
/// # Errors
/// `Full` if an index is outside the tree, and then nothing is set; the store's errors.
pub fn set_leaves<const DEPTH: usize, N: Nodes>(
    nodes: &mut N,
    leaves: BTreeMap<u64, Fr>,
) -> Result<Fr, TreeError<N::Error>> {
    if let Some(&index) = leaves.keys().next_back().filter(|index| **index >= capacity(DEPTH)) {
        return Err(TreeError::Full {
            index,
            capacity: capacity(DEPTH),
        });
    }
    let mut changed = leaves;
    for level in 0..DEPTH {
        changed
            .iter()
            .try_for_each(|(index, value)| nodes.set_node(level, *index, *value))
            .map_err(TreeError::Store)?;
        changed = parents(nodes, level, &changed)?;
    }
    if let Some(root) = changed.get(&0) {
        nodes.set_node(DEPTH, 0, *root).map_err(TreeError::Store)?;
    }
    tradeseal_primitives::tree::root::<DEPTH, N>(nodes)
}

/// The nodes above the changed ones.
fn parents<N: Nodes>(
    nodes: &N,
    level: usize,
    changed: &BTreeMap<u64, Fr>,
) -> Result<BTreeMap<u64, Fr>, TreeError<N::Error>> {
    let mut parents = BTreeMap::new();
    for parent in changed.keys().map(|index| index >> 2) {
        if parents.last_key_value().is_some_and(|(last, _)| *last == parent) {
            continue;
        }
        let mut children = [empty_node(level); ARITY];
        for (child, index) in children.iter_mut().zip(4 * parent..) {
            let stored = match changed.get(&index) {
                Some(value) => Some(*value),
                None => nodes.node(level, index).map_err(TreeError::Store)?,
            };
            *child = stored.unwrap_or(*child);
        }
        parents.insert(parent, poseidon::node(&children));
    }
    Ok(parents)
}

fn node_key(level: usize, index: u64) -> Vec<u8> {
    // No tree is deeper than 16 levels, so the level fits the byte that keeps levels apart.
    Key::new().byte(level.to_le_bytes()[0]).number(index).done()
}

/// A node, if it was ever set.
pub(super) fn read_node(
    overlay: &Overlay<'_>,
    table: Table,
    level: usize,
    index: u64,
) -> Result<Option<Fr>, StoreError> {
    let row = overlay.get(table, &node_key(level, index))?;
    row.map(|row| Row::new("a tree node", &row).last_element()).transpose()
}
