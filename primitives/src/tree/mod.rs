//! Merkle trees over Poseidon: 4-ary append-only and updatable trees, sets, the indexed tree for non-membership, and the dilution tree.
//!
//! In scope: hashing, updating, paths. Out of scope: where nodes are kept; a [`Nodes`] store is brought by the caller.
//! An attacker who owns this part proves membership of what was never inserted.

pub mod dilution;
mod indexed;
mod nodes;
mod path;
mod set;

pub use dilution::{DilutionError, DilutionLeaf, DilutionLeaves, DilutionProof, MemoryDilutions, REMAINING_BITS};
pub use indexed::{AbsenceProof, IndexedError, IndexedLeaf, IndexedLeaves, MemoryIndexed, absence, insert};
pub use nodes::{MemoryNodes, Nodes, TreeError, empty_node, path, root, set_leaf};
pub use path::{MerklePath, Siblings, with_child};
pub use set::{SetError, SetTree};

/// Children of a node.
pub const ARITY: usize = 4;
/// Depth of the note tree: 2^32 leaves.
pub const NOTE_DEPTH: usize = 16;
/// Depth of the tree of deposits: 2^32 leaves.
pub const DEPOSIT_DEPTH: usize = 16;
/// Depth of the directory: 2^24 parties.
pub const DIRECTORY_DEPTH: usize = 12;
/// Depth of a set tree: 65,536 members.
pub const SET_DEPTH: usize = 8;
/// Depth of an indexed tree: 2^32 values.
pub const INDEXED_DEPTH: usize = 16;
/// Depth of the dilution tree: 65,535 diluted receivables and the first leaf.
pub const DILUTION_DEPTH: usize = 8;

/// Leaves of a tree of this depth.
pub const fn capacity(depth: usize) -> u64 {
    1 << (2 * depth)
}
