//! A set as a Merkle tree: members sorted, without repeats, so that one set has one root.
//!
//! In scope: building and member paths. Out of scope: who decides what is in the set.
//! An attacker who owns this part approves debtors that a bank never named.

use alloc::vec::Vec;

use super::{MemoryNodes, MerklePath, SET_DEPTH, TreeError, capacity, nodes};
use crate::{
    Fr,
    hash::{Domain, hash},
};

/// Why a set was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// More members than leaves.
    #[error("a set holds at most {capacity} members, got {count}; split it by purpose")]
    TooMany {
        /// Members given.
        count: usize,
        /// Members a set can hold.
        capacity: u64,
    },
    /// The value is no member.
    #[error("the value is not a member of the set")]
    NotAMember,
}

/// A set of field elements with its tree.
#[derive(Debug, Clone)]
pub struct SetTree {
    members: Vec<Fr>,
    nodes: MemoryNodes,
    root: Fr,
}

impl SetTree {
    /// Builds the tree; order and repeats in `values` do not matter.
    ///
    /// # Errors
    /// `TooMany` above 65,536 members.
    pub fn new(values: impl IntoIterator<Item = Fr>) -> Result<Self, SetError> {
        let mut members: Vec<Fr> = values.into_iter().collect();
        members.sort_unstable();
        members.dedup();
        let too_many = SetError::TooMany {
            count: members.len(),
            capacity: capacity(SET_DEPTH),
        };
        let mut nodes = MemoryNodes::default();
        let mut level: Vec<Fr> = members.iter().map(|member| Self::leaf(*member)).collect();
        if level.len() as u64 > capacity(SET_DEPTH) {
            return Err(too_many);
        }
        for height in 0..=SET_DEPTH {
            for (index, value) in level.iter().enumerate() {
                let Ok(()) = nodes::Nodes::set_node(&mut nodes, height, index as u64, *value);
            }
            level = parents(height, &level);
        }
        let root = nodes::root::<SET_DEPTH, _>(&nodes).map_err(|_: TreeError<_>| too_many)?;
        Ok(Self { members, nodes, root })
    }

    /// `H(set-member; value)`: padding is 0, which is no member's leaf.
    pub fn leaf(value: Fr) -> Fr {
        hash(Domain::SET_MEMBER, &[value])
    }

    /// The root.
    pub const fn root(&self) -> Fr {
        self.root
    }

    /// The members in order.
    pub fn members(&self) -> &[Fr] {
        &self.members
    }

    /// The path of a member's leaf.
    ///
    /// # Errors
    /// `NotAMember`.
    pub fn path(&self, value: Fr) -> Result<MerklePath<SET_DEPTH>, SetError> {
        let index = self.members.binary_search(&value).map_err(|_| SetError::NotAMember)?;
        nodes::path(&self.nodes, index as u64).map_err(|_| SetError::NotAMember)
    }
}

fn parents(height: usize, level: &[Fr]) -> Vec<Fr> {
    level
        .chunks(super::ARITY)
        .map(|chunk| {
            let mut children = [nodes::empty_node(height); super::ARITY];
            children[..chunk.len()].copy_from_slice(chunk);
            crate::poseidon::node(&children)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fr(value: u64) -> Fr {
        Fr::from(value)
    }

    #[test]
    fn order_and_repeats_do_not_change_the_root() {
        let a = SetTree::new([3, 1, 2].map(fr)).unwrap();
        let b = SetTree::new([1, 2, 2, 3, 1].map(fr)).unwrap();
        assert_eq!(a.root(), b.root());
        assert_ne!(a.root(), SetTree::new([1, 2].map(fr)).unwrap().root());
        assert_eq!(SetTree::new([]).unwrap().root(), nodes::empty_node(SET_DEPTH));
    }

    #[test]
    fn members_lead_to_the_root_and_others_have_no_path() {
        let set = SetTree::new((10..35).map(fr)).unwrap();
        for member in (10..35).map(fr) {
            assert_eq!(set.path(member).unwrap().root(SetTree::leaf(member)), set.root());
        }
        for stranger in [0, 9, 35].map(fr) {
            assert_eq!(set.path(stranger), Err(SetError::NotAMember));
        }
    }

    #[test]
    fn one_member_too_many_is_refused() {
        let count = usize::try_from(capacity(SET_DEPTH)).unwrap() + 1;
        let error = SetTree::new((0..count as u64).map(fr)).unwrap_err();
        assert_eq!(
            error,
            SetError::TooMany {
                count,
                capacity: 65_536
            }
        );
    }
}
