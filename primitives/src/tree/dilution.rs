//! The dilution tree: an indexed tree of receivable numbers whose leaves say what remains of each (`docs/protocol.md` section 1).
//!
//! In scope: lowering what remains, and the leaf that says it for a number, also one that stands in no leaf. Out of scope: who may lower it
//! (crate `ledger`). An attacker who owns this part presents a receivable in full after most of it was credited.

use alloc::collections::BTreeMap;
use core::convert::Infallible;

use super::{DILUTION_DEPTH, MemoryNodes, MerklePath, Nodes, TreeError, capacity, nodes};
use crate::{
    Fr,
    hash::{Domain, hash},
    receivable::{ReceivableNumber, RemainingPpb},
};

/// Bits of what remains, in a leaf's hash and in circuit: 10^9 is below 2^30.
pub const REMAINING_BITS: usize = 30;

/// A leaf: a receivable's number, the next larger one (0 if there is none), and what remains of the receivable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DilutionLeaf {
    /// The number; 0 in the first leaf only.
    pub number: u64,
    /// The next larger number, or 0.
    pub next: u64,
    /// What remains of `number`.
    pub remaining: RemainingPpb,
}

impl DilutionLeaf {
    /// The leaf that every tree begins with.
    pub const FIRST: Self = Self {
        number: 0,
        next: 0,
        remaining: RemainingPpb::WHOLE,
    };

    /// `H(dilution-leaf; number, next * 2^30 + remaining_ppb)`.
    pub fn hash(&self) -> Fr {
        let packed = u128::from(self.next) << REMAINING_BITS | u128::from(self.remaining.get());
        hash(Domain::DILUTION_LEAF, &[Fr::from(self.number), Fr::from(packed)])
    }

    /// Whether `number` lies strictly between this leaf's number and the next.
    pub const fn brackets(&self, number: ReceivableNumber) -> bool {
        self.number < number.get() && (number.get() < self.next || self.next == 0)
    }
}

/// The leaves of a dilution tree, ordered by number. A store begins with [`DilutionLeaf::FIRST`] at index 0 or without leaves.
pub trait DilutionLeaves: Nodes {
    /// How many leaves there are, the first one included; 0 before the first use.
    ///
    /// # Errors
    /// The store's own.
    fn leaf_count(&self) -> Result<u64, Self::Error>;

    /// The leaf with the largest number not above `number`, with its index.
    ///
    /// # Errors
    /// The store's own.
    fn at_or_below(&self, number: u64) -> Result<Option<(u64, DilutionLeaf)>, Self::Error>;

    /// Writes a leaf's content and, if its number is new, counts it.
    ///
    /// # Errors
    /// The store's own.
    fn put_leaf(&mut self, index: u64, leaf: DilutionLeaf) -> Result<(), Self::Error>;
}

/// Why a dilution was not recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DilutionError<E> {
    /// As much or less remains already.
    #[error("a dilution must lower what remains: {recorded} billionths are recorded, {given} were given", recorded = .recorded.get(), given = .given.get())]
    NotLower {
        /// What remains by the tree.
        recorded: RemainingPpb,
        /// What was to remain.
        given: RemainingPpb,
    },
    /// The tree or its store failed.
    #[error(transparent)]
    Tree(#[from] TreeError<E>),
}

/// What remains of one receivable: its leaf, or the one that brackets its number, with the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DilutionProof {
    /// The leaf.
    pub leaf: DilutionLeaf,
    /// Its path.
    pub path: MerklePath<DILUTION_DEPTH>,
}

impl DilutionProof {
    /// What the leaf says of `number`: what remains if it is the leaf's, all of it if the leaf brackets it, `None` if neither.
    pub fn remaining_for(&self, number: ReceivableNumber) -> Option<RemainingPpb> {
        if self.leaf.number == number.get() {
            Some(self.leaf.remaining)
        } else {
            self.leaf.brackets(number).then_some(RemainingPpb::WHOLE)
        }
    }

    /// The root for which the leaf says it, or `None` if it says nothing of `number`.
    pub fn root(&self, number: ReceivableNumber) -> Option<Fr> {
        self.remaining_for(number)?;
        Some(self.path.root(self.leaf.hash()))
    }
}

fn leaf_for<S: DilutionLeaves>(
    store: &S,
    number: ReceivableNumber,
) -> Result<(u64, DilutionLeaf), TreeError<S::Error>> {
    let found = store.at_or_below(number.get()).map_err(TreeError::Store)?;
    Ok(found.unwrap_or((0, DilutionLeaf::FIRST)))
}

fn write<S: DilutionLeaves>(store: &mut S, index: u64, leaf: DilutionLeaf) -> Result<Fr, TreeError<S::Error>> {
    store.put_leaf(index, leaf).map_err(TreeError::Store)?;
    nodes::set_leaf::<DILUTION_DEPTH, _>(store, index, leaf.hash())
}

/// Writes [`DilutionLeaf::FIRST`] into an empty store; returns the root.
///
/// # Errors
/// The store's.
pub fn begin<S: DilutionLeaves>(store: &mut S) -> Result<Fr, TreeError<S::Error>> {
    write(store, 0, DilutionLeaf::FIRST)
}

/// Records that no more than `remaining` of a receivable is left: inserts its number, or rewrites its leaf. Returns the new root.
///
/// # Errors
/// `NotLower` and `Full` change nothing.
pub fn lower<S: DilutionLeaves>(
    store: &mut S,
    number: ReceivableNumber,
    remaining: RemainingPpb,
) -> Result<Fr, DilutionError<S::Error>> {
    let (index, leaf) = leaf_for(store, number)?;
    let known = leaf.number == number.get();
    let recorded = if known { leaf.remaining } else { RemainingPpb::WHOLE };
    if remaining >= recorded {
        return Err(DilutionError::NotLower {
            recorded,
            given: remaining,
        });
    }
    if known {
        return Ok(write(store, index, DilutionLeaf { remaining, ..leaf })?);
    }
    let place = store.leaf_count().map_err(TreeError::Store)?.max(1);
    let capacity = capacity(DILUTION_DEPTH);
    if place >= capacity {
        return Err(TreeError::Full { index: place, capacity }.into());
    }
    let new = DilutionLeaf {
        number: number.get(),
        next: leaf.next,
        remaining,
    };
    write(
        store,
        index,
        DilutionLeaf {
            next: new.number,
            ..leaf
        },
    )?;
    Ok(write(store, place, new)?)
}

/// What remains of a receivable, with the path.
///
/// # Errors
/// The store's.
pub fn lookup<S: DilutionLeaves>(store: &S, number: ReceivableNumber) -> Result<DilutionProof, TreeError<S::Error>> {
    let (index, leaf) = leaf_for(store, number)?;
    Ok(DilutionProof {
        leaf,
        path: nodes::path(store, index)?,
    })
}

/// A dilution tree in memory, begun with its first leaf.
#[derive(Debug, Clone)]
pub struct MemoryDilutions {
    nodes: MemoryNodes,
    by_number: BTreeMap<u64, (u64, DilutionLeaf)>,
}

impl Default for MemoryDilutions {
    fn default() -> Self {
        let mut tree = Self {
            nodes: MemoryNodes::default(),
            by_number: BTreeMap::new(),
        };
        // The first leaf of an empty tree is in range, and memory does not fail.
        let begun = begin(&mut tree);
        debug_assert!(begun.is_ok());
        tree
    }
}

impl MemoryDilutions {
    /// The root.
    pub fn root(&self) -> Fr {
        match nodes::root::<DILUTION_DEPTH, _>(&self.nodes) {
            Ok(root) => root,
            Err(TreeError::Store(never)) => match never {},
            Err(TreeError::Full { .. }) => unreachable!("reading a root takes no index"),
        }
    }
}

impl Nodes for MemoryDilutions {
    type Error = Infallible;

    fn node(&self, level: usize, index: u64) -> Result<Option<Fr>, Infallible> {
        self.nodes.node(level, index)
    }

    fn set_node(&mut self, level: usize, index: u64, value: Fr) -> Result<(), Infallible> {
        self.nodes.set_node(level, index, value)
    }
}

impl DilutionLeaves for MemoryDilutions {
    fn leaf_count(&self) -> Result<u64, Infallible> {
        Ok(self.by_number.len() as u64)
    }

    fn at_or_below(&self, number: u64) -> Result<Option<(u64, DilutionLeaf)>, Infallible> {
        Ok(self.by_number.range(..=number).next_back().map(|(_, found)| *found))
    }

    fn put_leaf(&mut self, index: u64, leaf: DilutionLeaf) -> Result<(), Infallible> {
        self.by_number.insert(leaf.number, (index, leaf));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(n: u64) -> ReceivableNumber {
        ReceivableNumber::new(n).unwrap()
    }

    fn remaining(ppb: u32) -> RemainingPpb {
        RemainingPpb::new(ppb).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn what_remains_is_provable_for_every_number(dilutions in prop::collection::vec((1u64..40, 0u32..=1_000_000_000), 0..25)) {
            let mut tree = MemoryDilutions::default();
            let mut model = BTreeMap::<u64, u32>::new();
            for (n, ppb) in dilutions {
                let recorded = model.get(&n).copied().unwrap_or(1_000_000_000);
                match lower(&mut tree, number(n), remaining(ppb)) {
                    Ok(root) => {
                        prop_assert!(ppb < recorded);
                        prop_assert_eq!(root, tree.root());
                        model.insert(n, ppb);
                    }
                    Err(error) => {
                        prop_assert_eq!(error, DilutionError::NotLower { recorded: remaining(recorded), given: remaining(ppb) });
                    }
                }
            }
            for n in (1..41).chain([u64::MAX]) {
                let proof = lookup(&tree, number(n)).unwrap();
                let expected = model.get(&n).copied().unwrap_or(1_000_000_000);
                prop_assert_eq!(proof.remaining_for(number(n)), Some(remaining(expected)), "{}", n);
                prop_assert_eq!(proof.root(number(n)), Some(tree.root()));
            }
        }
    }

    #[test]
    fn a_leaf_says_nothing_of_numbers_that_it_does_not_bracket() {
        let mut tree = MemoryDilutions::default();
        for n in [10u64, 20] {
            lower(&mut tree, number(n), remaining(5)).unwrap();
        }
        let between = lookup(&tree, number(15)).unwrap();
        assert_eq!(between.leaf.number, 10);
        assert_eq!(between.remaining_for(number(10)), Some(remaining(5)));
        for n in [5u64, 20, 25] {
            assert_eq!(between.root(number(n)), None, "{n}");
        }
    }

    #[test]
    fn every_part_of_a_leaf_is_in_its_hash() {
        let leaf = DilutionLeaf {
            number: u64::MAX,
            next: u64::MAX,
            remaining: RemainingPpb::WHOLE,
        };
        let others = [
            DilutionLeaf {
                number: u64::MAX - 1,
                ..leaf
            },
            DilutionLeaf {
                next: u64::MAX - 1,
                ..leaf
            },
            DilutionLeaf {
                remaining: remaining(0),
                ..leaf
            },
        ];
        for other in others {
            assert_ne!(leaf.hash(), other.hash(), "{other:?}");
        }
    }

    /// A store of 65,536 leaves that keeps none: what `lower` asks before it writes.
    struct Full;

    impl Nodes for Full {
        type Error = &'static str;

        fn node(&self, _: usize, _: u64) -> Result<Option<Fr>, Self::Error> {
            Ok(None)
        }

        fn set_node(&mut self, _: usize, _: u64, _: Fr) -> Result<(), Self::Error> {
            Err("written to")
        }
    }

    impl DilutionLeaves for Full {
        fn leaf_count(&self) -> Result<u64, Self::Error> {
            Ok(65_536)
        }

        fn at_or_below(&self, _: u64) -> Result<Option<(u64, DilutionLeaf)>, Self::Error> {
            Ok(Some((
                7,
                DilutionLeaf {
                    number: 7,
                    next: 0,
                    remaining: remaining(9),
                },
            )))
        }

        fn put_leaf(&mut self, _: u64, _: DilutionLeaf) -> Result<(), Self::Error> {
            Err("written to")
        }
    }

    #[test]
    fn a_full_tree_refuses_a_new_number_before_it_writes_anything() {
        let full = TreeError::Full {
            index: 65_536,
            capacity: 65_536,
        };
        assert_eq!(lower(&mut Full, number(8), remaining(1)), Err(full.into()));
        let rewritten = lower(&mut Full, number(7), remaining(1));
        assert_eq!(
            rewritten,
            Err(TreeError::Store("written to").into()),
            "an old number needs no place"
        );
    }
}
