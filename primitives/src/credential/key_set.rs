//! A set over set keys as an indexed tree of depth 8, built at once: members sorted, each leaf linked to the next.
//!
//! In scope: building up to 65,535 members, proofs of membership and of absence by one path. Out of scope: who decides what is in the set.
//! An attacker who owns this part takes itself off a list.
//!
//! One set has one root: leaves stand in order, the first one being (0, 0 or the least member), as in the tree of `tree::indexed`.

use alloc::vec::Vec;

use super::SetKey;
use crate::{
    Fr,
    tree::{IndexedLeaf, MerklePath, SET_DEPTH, Siblings, capacity, empty_node},
};

/// Why a set was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeySetError {
    /// More members than leaves, of which the first is no member's.
    #[error("a set holds at most {capacity} members, got {count}; split it by purpose")]
    TooMany {
        /// Members given.
        count: usize,
        /// Members a set can hold.
        capacity: u64,
    },
    /// 0 is the key of absent values.
    #[error("0 cannot be a member of a set: it is the key of absent attributes")]
    Zero,
}

/// The leaf that speaks for a key, and its path: the key's own if it is a member, else the one that brackets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetProof {
    /// The leaf.
    pub leaf: IndexedLeaf,
    /// Its path.
    pub path: MerklePath<SET_DEPTH>,
}

impl SetProof {
    /// For a predicate without a set: a leaf and a path of the right shape, in no tree.
    ///
    /// # Panics
    /// Never: index 0 is in every tree.
    pub fn unused() -> Self {
        let path = MerklePath::new(0, [[Fr::from(0u64); 3]; SET_DEPTH]);
        let Some(path) = path else {
            unreachable!("index 0 is in every tree")
        };
        Self {
            leaf: IndexedLeaf::FIRST,
            path,
        }
    }

    /// The root it leads to.
    pub fn root(&self) -> Fr {
        self.path.root(self.leaf.hash())
    }
}

/// A set with its tree.
#[derive(Debug, Clone)]
pub struct KeySet {
    members: Vec<SetKey>,
    levels: Vec<Vec<Fr>>,
}

impl KeySet {
    /// Members a set can hold.
    pub const CAPACITY: u64 = capacity(SET_DEPTH) - 1;

    /// Builds the tree; order and repeats in `keys` do not matter. Only nodes above a leaf are hashed: n members cost about 4n/3 hashes.
    ///
    /// # Errors
    /// `TooMany` above 65,535 members; `Zero`.
    pub fn new(keys: impl IntoIterator<Item = SetKey>) -> Result<Self, KeySetError> {
        let mut members: Vec<SetKey> = keys.into_iter().collect();
        members.sort_unstable();
        members.dedup();
        if members.first() == Some(&SetKey::ZERO) {
            return Err(KeySetError::Zero);
        }
        let count = members.len();
        if count as u64 > Self::CAPACITY {
            let capacity = Self::CAPACITY;
            return Err(KeySetError::TooMany { count, capacity });
        }
        let leaves = (0..=count).map(|index| leaf_at(&members, index).hash()).collect();
        let mut levels: Vec<Vec<Fr>> = alloc::vec![leaves];
        for height in 0..SET_DEPTH {
            let above = parents(height, &levels[height]);
            levels.push(above);
        }
        Ok(Self { members, levels })
    }

    /// The root.
    pub fn root(&self) -> Fr {
        self.levels[SET_DEPTH][0]
    }

    /// The members in order.
    pub fn members(&self) -> &[SetKey] {
        &self.members
    }

    /// Whether a key is a member.
    pub fn contains(&self, key: SetKey) -> bool {
        self.members.binary_search(&key).is_ok()
    }

    /// The leaf with the largest value not above `key`, which proves that it is a member or that it is not.
    pub fn proof(&self, key: SetKey) -> SetProof {
        let index = self.members.partition_point(|member| *member <= key);
        let siblings = core::array::from_fn(|level| self.siblings(level, index >> (2 * level)));
        let path = MerklePath::new(index as u64, siblings);
        let Some(path) = path else {
            unreachable!("there are at most 65,536 leaves")
        };
        let leaf = leaf_at(&self.members, index);
        SetProof { leaf, path }
    }

    fn siblings(&self, level: usize, position: usize) -> Siblings {
        let mut others = (position & !3..=position | 3).filter(|other| *other != position);
        core::array::from_fn(|_| {
            let node = others.next().and_then(|other| self.levels[level].get(other));
            node.copied().unwrap_or_else(|| empty_node(level))
        })
    }
}

/// Leaf 0 is (0, least member); leaf i is member i - 1 with the one after it.
fn leaf_at(members: &[SetKey], index: usize) -> IndexedLeaf {
    let value_of = |member: Option<&SetKey>| member.map_or(Fr::from(0u64), |key| key.to_fr());
    let value = index.checked_sub(1).and_then(|before| members.get(before));
    IndexedLeaf {
        value: value_of(value),
        next: value_of(members.get(index)),
    }
}

fn parents(height: usize, level: &[Fr]) -> Vec<Fr> {
    level
        .chunks(crate::tree::ARITY)
        .map(|chunk| {
            let mut children = [empty_node(height); crate::tree::ARITY];
            children[..chunk.len()].copy_from_slice(chunk);
            crate::poseidon::node(&children)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{MemoryNodes, root, set_leaf};
    use proptest::prelude::*;

    fn key(integer: u128) -> SetKey {
        SetKey::new(integer).unwrap()
    }

    /// The root by the tree's own insertion of leaves, one by one.
    fn root_by_leaves(members: &[SetKey]) -> Fr {
        let mut nodes = MemoryNodes::default();
        for index in 0..=members.len() {
            set_leaf::<SET_DEPTH, _>(&mut nodes, index as u64, leaf_at(members, index).hash()).unwrap();
        }
        root::<SET_DEPTH, _>(&nodes).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn every_key_is_provably_a_member_or_provably_absent(integers in prop::collection::btree_set(1u128..50, 0..20)) {
            let set = KeySet::new(integers.iter().rev().map(|integer| key(*integer))).unwrap();
            prop_assert_eq!(set.root(), root_by_leaves(set.members()));
            for integer in 1..52 {
                let proof = set.proof(key(integer));
                prop_assert_eq!(proof.root(), set.root());
                let member = integers.contains(&integer);
                prop_assert_eq!(set.contains(key(integer)), member);
                prop_assert_eq!(proof.leaf.value == Fr::from(integer), member);
                prop_assert_eq!(proof.leaf.brackets(&Fr::from(integer)), !member);
            }
        }
    }

    #[test]
    fn a_full_set_holds_65_535_members_and_no_more() {
        let full = KeySet::new((1..=65_535).map(key)).unwrap();
        for integer in [1, 2, 4, 5, 16_384, 65_534, 65_535] {
            let proof = full.proof(key(integer));
            assert_eq!((proof.root(), proof.leaf.value), (full.root(), Fr::from(integer)));
        }
        let proof = full.proof(SetKey::MAX);
        assert!(proof.leaf.brackets(&SetKey::MAX.to_fr()) && proof.root() == full.root());
        let too_many = KeySetError::TooMany {
            count: 65_536,
            capacity: 65_535,
        };
        assert_eq!(KeySet::new((1..=65_536).map(key)).unwrap_err(), too_many);
        assert_eq!(KeySet::new([key(0)]).unwrap_err(), KeySetError::Zero);
    }

    #[test]
    fn order_and_repeats_do_not_change_the_root_and_members_do() {
        let set = KeySet::new([3, 1, 2].map(key)).unwrap();
        assert_eq!(set.root(), KeySet::new([1, 2, 2, 3, 1].map(key)).unwrap().root());
        assert_ne!(set.root(), KeySet::new([1, 2].map(key)).unwrap().root());
        let empty = KeySet::new([]).unwrap();
        assert_eq!(empty.root(), root_by_leaves(&[]));
        assert!(empty.proof(key(5)).leaf.brackets(&Fr::from(5u64)));
    }
}
