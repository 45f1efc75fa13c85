//! The indexed (sorted-linked) Merkle tree: each leaf holds a value and the next larger one, so that absence is one path.
//!
//! In scope: insertion and absence proofs over a store. Out of scope: what the values are (nullifiers, revocations).
//! An attacker who owns this part spends twice or presents a revoked credential.

use alloc::collections::BTreeMap;
use core::convert::Infallible;

use super::{INDEXED_DEPTH, MemoryNodes, MerklePath, Nodes, TreeError, nodes};
use crate::{
    Fr,
    hash::{Domain, hash},
};

/// A leaf: a value and the next larger value, 0 if there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexedLeaf {
    /// The value.
    pub value: Fr,
    /// The next larger value, or 0.
    pub next: Fr,
}

impl IndexedLeaf {
    /// The leaf that every tree begins with.
    pub const FIRST: Self = Self {
        value: Fr::new(ark_ff::BigInt([0; 4])),
        next: Fr::new(ark_ff::BigInt([0; 4])),
    };

    /// `H(indexed-leaf; value, next)`.
    pub fn hash(&self) -> Fr {
        hash(Domain::INDEXED_LEAF, &[self.value, self.next])
    }

    /// Whether `value` would lie strictly between this leaf's value and the next.
    pub fn brackets(&self, value: &Fr) -> bool {
        self.value < *value && (*value < self.next || self.next == Fr::from(0u64))
    }
}

/// The leaves of an indexed tree, ordered by value.
pub trait IndexedLeaves: Nodes {
    /// How many leaves there are, the first one included; 0 before the first use.
    ///
    /// # Errors
    /// The store's own.
    fn leaf_count(&self) -> Result<u64, Self::Error>;

    /// The leaf with the largest value not above `value`, with its index.
    ///
    /// # Errors
    /// The store's own.
    fn at_or_below(&self, value: &Fr) -> Result<Option<(u64, IndexedLeaf)>, Self::Error>;

    /// Writes a leaf's content and, if it is new, counts it.
    ///
    /// # Errors
    /// The store's own.
    fn put_leaf(&mut self, index: u64, leaf: IndexedLeaf) -> Result<(), Self::Error>;
}

/// Why an insertion or an absence proof failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IndexedError<E> {
    /// The value is in the tree already.
    #[error("the value is in the tree already, at leaf {index}")]
    Present {
        /// Its leaf.
        index: u64,
    },
    /// 0 stands for "no next value" and cannot be inserted.
    #[error("0 cannot be a member of an indexed tree")]
    Zero,
    /// The tree or its store failed.
    #[error(transparent)]
    Tree(#[from] TreeError<E>),
}

/// That a value is not in the tree: the leaf that brackets it, and that leaf's path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsenceProof {
    /// The bracketing leaf.
    pub low: IndexedLeaf,
    /// Its path.
    pub path: MerklePath<INDEXED_DEPTH>,
}

impl AbsenceProof {
    /// The root for which `value` is absent, or `None` if the leaf does not bracket it.
    pub fn root(&self, value: &Fr) -> Option<Fr> {
        self.low.brackets(value).then(|| self.path.root(self.low.hash()))
    }
}

fn low_leaf<S: IndexedLeaves>(store: &S, value: &Fr) -> Result<(u64, IndexedLeaf), IndexedError<S::Error>> {
    if *value == Fr::from(0u64) {
        return Err(IndexedError::Zero);
    }
    let (index, low) = store
        .at_or_below(value)
        .map_err(TreeError::Store)?
        .unwrap_or((0, IndexedLeaf::FIRST));
    if low.value == *value {
        Err(IndexedError::Present { index })
    } else {
        Ok((index, low))
    }
}

fn write<S: IndexedLeaves>(store: &mut S, index: u64, leaf: IndexedLeaf) -> Result<Fr, IndexedError<S::Error>> {
    store.put_leaf(index, leaf).map_err(TreeError::Store)?;
    Ok(nodes::set_leaf::<INDEXED_DEPTH, _>(store, index, leaf.hash())?)
}

/// Inserts a value; returns the new root. An empty store first gets the leaf (0, 0).
///
/// # Errors
/// `Present` and `Zero` change nothing.
pub fn insert<S: IndexedLeaves>(store: &mut S, value: Fr) -> Result<Fr, IndexedError<S::Error>> {
    let (low_index, low) = low_leaf(store, &value)?;
    let count = store.leaf_count().map_err(TreeError::Store)?.max(1);
    write(
        store,
        low_index,
        IndexedLeaf {
            value: low.value,
            next: value,
        },
    )?;
    write(store, count, IndexedLeaf { value, next: low.next })
}

/// The root and the proof that `value` is not in the tree.
///
/// # Errors
/// `Present` if it is; `Zero` for 0, which is never a member but has no bracket.
pub fn absence<S: IndexedLeaves>(store: &S, value: &Fr) -> Result<AbsenceProof, IndexedError<S::Error>> {
    let (index, low) = low_leaf(store, value)?;
    Ok(AbsenceProof {
        low,
        path: nodes::path(store, index)?,
    })
}

/// An indexed tree in memory, begun with its first leaf.
#[derive(Debug, Clone)]
pub struct MemoryIndexed {
    nodes: MemoryNodes,
    by_value: BTreeMap<Fr, (u64, Fr)>,
}

impl Default for MemoryIndexed {
    fn default() -> Self {
        let mut tree = Self {
            nodes: MemoryNodes::default(),
            by_value: BTreeMap::new(),
        };
        // The first leaf of an empty tree is in range, and memory does not fail.
        let written = write(&mut tree, 0, IndexedLeaf::FIRST);
        debug_assert!(written.is_ok());
        tree
    }
}

impl MemoryIndexed {
    /// The root.
    pub fn root(&self) -> Fr {
        match nodes::root::<INDEXED_DEPTH, _>(&self.nodes) {
            Ok(root) => root,
            Err(TreeError::Store(never)) => match never {},
            Err(TreeError::Full { .. }) => unreachable!("reading a root takes no index"),
        }
    }
}

impl Nodes for MemoryIndexed {
    type Error = Infallible;

    fn node(&self, level: usize, index: u64) -> Result<Option<Fr>, Infallible> {
        self.nodes.node(level, index)
    }

    fn set_node(&mut self, level: usize, index: u64, value: Fr) -> Result<(), Infallible> {
        self.nodes.set_node(level, index, value)
    }
}

impl IndexedLeaves for MemoryIndexed {
    fn leaf_count(&self) -> Result<u64, Infallible> {
        Ok(self.by_value.len() as u64)
    }

    fn at_or_below(&self, value: &Fr) -> Result<Option<(u64, IndexedLeaf)>, Infallible> {
        let found = self.by_value.range(..=*value).next_back();
        Ok(found.map(|(value, (index, next))| {
            (
                *index,
                IndexedLeaf {
                    value: *value,
                    next: *next,
                },
            )
        }))
    }

    fn put_leaf(&mut self, index: u64, leaf: IndexedLeaf) -> Result<(), Infallible> {
        self.by_value.insert(leaf.value, (index, leaf.next));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_ff::Field;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn absence_is_provable_for_exactly_the_absent(values in prop::collection::btree_set(1u64..60, 0..20)) {
            let mut tree = MemoryIndexed::default();
            for value in values.iter().rev() {
                insert(&mut tree, Fr::from(*value)).unwrap();
            }
            let root = tree.root();
            for candidate in 1u64..61 {
                match absence(&tree, &Fr::from(candidate)) {
                    Ok(proof) => {
                        prop_assert!(!values.contains(&candidate));
                        prop_assert_eq!(proof.root(&Fr::from(candidate)), Some(root));
                    }
                    Err(error) => {
                        let present = matches!(error, IndexedError::Present { .. });
                        prop_assert!(present && values.contains(&candidate));
                    }
                }
            }
        }
    }

    #[test]
    fn a_proof_for_one_value_is_none_for_another() {
        let mut tree = MemoryIndexed::default();
        for value in [10u64, 20] {
            insert(&mut tree, Fr::from(value)).unwrap();
        }
        let proof = absence(&tree, &Fr::from(15u64)).unwrap();
        let outside: BTreeSet<u64> = [0, 5, 10, 20, 25].into();
        for value in outside {
            assert_eq!(proof.root(&Fr::from(value)), None, "{value}");
        }
    }

    #[test]
    fn the_largest_element_can_be_inserted_and_zero_and_repeats_cannot() {
        let mut tree = MemoryIndexed::default();
        let root = insert(&mut tree, -Fr::ONE).unwrap();
        assert_eq!(insert(&mut tree, -Fr::ONE), Err(IndexedError::Present { index: 1 }));
        assert_eq!(insert(&mut tree, Fr::from(0u64)), Err(IndexedError::Zero));
        assert_eq!(tree.root(), root, "a refusal changes nothing");
    }
}
