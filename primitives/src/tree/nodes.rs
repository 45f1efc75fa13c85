//! A 4-ary tree in a node store: set a leaf, read a root, read a path.
//!
//! In scope: which nodes change. Out of scope: durability (crate `ledger` implements [`Nodes`] over its database).
//! An attacker who owns the store can serve wrong paths; they lead to wrong roots and are refused.

use alloc::{boxed::Box, collections::BTreeMap, vec::Vec};
use core::convert::Infallible;
use once_cell::race::OnceBox;

use super::{ARITY, MerklePath, NOTE_DEPTH, capacity};
use crate::{Fr, poseidon};

/// Where a tree's nodes are kept. Level 0 holds the leaves; an absent node is the empty node of its level.
pub trait Nodes {
    /// What a read or write can fail with.
    type Error;

    /// The node, if it was ever set.
    ///
    /// # Errors
    /// The store's own.
    fn node(&self, level: usize, index: u64) -> Result<Option<Fr>, Self::Error>;

    /// Sets a node.
    ///
    /// # Errors
    /// The store's own.
    fn set_node(&mut self, level: usize, index: u64, value: Fr) -> Result<(), Self::Error>;
}

/// Why a tree operation failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeError<E> {
    /// The index is outside the tree.
    #[error("leaf {index} is outside a tree of {capacity} leaves")]
    Full {
        /// Index asked for.
        index: u64,
        /// Leaves of the tree.
        capacity: u64,
    },
    /// The store failed.
    #[error("tree store: {0}")]
    Store(E),
}

/// The node of a subtree without leaves, by height above the leaves (0 to 16).
///
/// # Panics
/// If `level` is more than the deepest tree's depth.
pub fn empty_node(level: usize) -> Fr {
    static EMPTY: OnceBox<Vec<Fr>> = OnceBox::new();
    EMPTY.get_or_init(|| {
        let mut nodes = alloc::vec![Fr::from(0u64)];
        for level in 0..NOTE_DEPTH {
            nodes.push(poseidon::node(&[nodes[level]; ARITY]));
        }
        Box::new(nodes)
    })[level]
}

fn read<N: Nodes>(nodes: &N, level: usize, index: u64) -> Result<Fr, TreeError<N::Error>> {
    Ok(nodes
        .node(level, index)
        .map_err(TreeError::Store)?
        .unwrap_or_else(|| empty_node(level)))
}

fn in_range<E>(depth: usize, index: u64) -> Result<(), TreeError<E>> {
    let capacity = capacity(depth);
    if index < capacity {
        Ok(())
    } else {
        Err(TreeError::Full { index, capacity })
    }
}

/// Sets one leaf and every node above it; returns the new root.
///
/// # Errors
/// `Full` if the index is outside the tree; the store's errors.
pub fn set_leaf<const DEPTH: usize, N: Nodes>(nodes: &mut N, index: u64, leaf: Fr) -> Result<Fr, TreeError<N::Error>> {
    in_range(DEPTH, index)?;
    let (mut value, mut position) = (leaf, index);
    for level in 0..DEPTH {
        nodes.set_node(level, position, value).map_err(TreeError::Store)?;
        let first = position & !3;
        let mut children = [value; ARITY];
        for (child, sibling) in children.iter_mut().zip(first..) {
            if sibling != position {
                *child = read(nodes, level, sibling)?;
            }
        }
        value = poseidon::node(&children);
        position >>= 2;
    }
    nodes.set_node(DEPTH, 0, value).map_err(TreeError::Store)?;
    Ok(value)
}

/// The tree's root.
///
/// # Errors
/// The store's errors.
pub fn root<const DEPTH: usize, N: Nodes>(nodes: &N) -> Result<Fr, TreeError<N::Error>> {
    read(nodes, DEPTH, 0)
}

/// The path of a leaf, set or not.
///
/// # Errors
/// `Full` if the index is outside the tree; the store's errors.
pub fn path<const DEPTH: usize, N: Nodes>(nodes: &N, index: u64) -> Result<MerklePath<DEPTH>, TreeError<N::Error>> {
    let mut siblings = [[Fr::from(0u64); ARITY - 1]; DEPTH];
    for (level, at_level) in siblings.iter_mut().enumerate() {
        let position = index >> (2 * level);
        let others = (position & !3..=position | 3).filter(|sibling| *sibling != position);
        for (out, sibling) in at_level.iter_mut().zip(others) {
            *out = read(nodes, level, sibling)?;
        }
    }
    MerklePath::new(index, siblings).ok_or(TreeError::Full {
        index,
        capacity: capacity(DEPTH),
    })
}

/// Nodes in memory: for sets, tests and small trees.
#[derive(Debug, Clone, Default)]
pub struct MemoryNodes(BTreeMap<(usize, u64), Fr>);

impl Nodes for MemoryNodes {
    type Error = Infallible;

    fn node(&self, level: usize, index: u64) -> Result<Option<Fr>, Infallible> {
        Ok(self.0.get(&(level, index)).copied())
    }

    fn set_node(&mut self, level: usize, index: u64, value: Fr) -> Result<(), Infallible> {
        self.0.insert((level, index), value);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The root by definition: every leaf, level by level.
    fn root_by_definition(depth: usize, leaves: &[Fr]) -> Fr {
        let mut level: Vec<Fr> = leaves.to_vec();
        for height in 0..depth {
            level = level
                .chunks(ARITY)
                .map(|chunk| {
                    let mut children = [empty_node(height); ARITY];
                    children[..chunk.len()].copy_from_slice(chunk);
                    poseidon::node(&children)
                })
                .collect();
        }
        level.first().copied().unwrap_or_else(|| empty_node(depth))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn every_leaf_leads_to_the_root_by_definition(count in 0usize..40, update in any::<prop::sample::Index>()) {
            let mut leaves: Vec<Fr> = (0..count as u64).map(|i| Fr::from(i + 1)).collect();
            let mut nodes = MemoryNodes::default();
            for (index, leaf) in leaves.iter().enumerate() {
                set_leaf::<3, _>(&mut nodes, index as u64, *leaf).unwrap();
            }
            if !leaves.is_empty() {
                let index = update.index(leaves.len());
                leaves[index] = Fr::from(999u64);
                set_leaf::<3, _>(&mut nodes, index as u64, leaves[index]).unwrap();
            }
            let expected = root_by_definition(3, &leaves);
            prop_assert_eq!(root::<3, _>(&nodes).unwrap(), expected);
            for index in 0..64 {
                let leaf = leaves.get(index).copied().unwrap_or_default();
                let path = path::<3, _>(&nodes, index as u64).unwrap();
                prop_assert_eq!(path.root(leaf), expected);
                prop_assert_ne!(path.root(leaf + Fr::from(1u64)), expected);
            }
        }
    }

    #[test]
    fn a_full_tree_refuses_another_leaf() {
        let mut nodes = MemoryNodes::default();
        let full = TreeError::Full {
            index: 16,
            capacity: 16,
        };
        assert_eq!(set_leaf::<2, _>(&mut nodes, 16, Fr::from(1u64)), Err(full.clone()));
        assert_eq!(path::<2, _>(&nodes, 16), Err(full));
    }
}
