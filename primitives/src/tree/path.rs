//! A Merkle path: from a leaf and its siblings to a root.
//!
//! In scope: recomputing the root. Out of scope: whether that root is anybody's; callers compare.
//! An attacker who owns this part picks the root that a leaf leads to.

use alloc::boxed::Box;

use super::ARITY;
use crate::{Fr, poseidon};

/// The three other children of a level's parent, in order.
pub type Siblings = [Fr; ARITY - 1];

/// The siblings of a leaf at every level, leaf level first. `index` is below `4^DEPTH`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MerklePath<const DEPTH: usize> {
    index: u64,
    siblings: Box<[Siblings; DEPTH]>,
}

impl<const DEPTH: usize> MerklePath<DEPTH> {
    /// From a leaf index and siblings; `None` if the index is not below `4^DEPTH`.
    pub fn new(index: u64, siblings: [Siblings; DEPTH]) -> Option<Self> {
        (index < super::capacity(DEPTH)).then(|| Self {
            index,
            siblings: Box::new(siblings),
        })
    }

    /// The leaf's index.
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// The siblings, leaf level first.
    pub const fn siblings(&self) -> &[Siblings; DEPTH] {
        &self.siblings
    }

    /// Which child is on the path at each level, leaf level first.
    pub fn positions(&self) -> impl Iterator<Item = usize> + '_ {
        (0..DEPTH).map(|level| (self.index >> (2 * level) & 3) as usize)
    }

    /// The root that `leaf` leads to.
    pub fn root(&self, leaf: Fr) -> Fr {
        self.positions()
            .zip(self.siblings.iter())
            .fold(leaf, |child, (position, siblings)| {
                poseidon::node(&with_child(child, position, siblings))
            })
    }
}

/// The four children with `child` at `position` among its siblings.
pub fn with_child(child: Fr, position: usize, siblings: &Siblings) -> [Fr; ARITY] {
    core::array::from_fn(|i| match i {
        _ if i == position => child,
        _ if i < position => siblings[i],
        _ => siblings[i - 1],
    })
}
