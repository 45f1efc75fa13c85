//! Inclusion and consistency proofs, for the present size and every earlier one (RFC 6962 section 2.1).
//!
//! Each descends from the root; all siblings but at most one are complete subtrees, so a proof costs as many reads as the
//! logarithm of the size.

use super::HashReader;
use crate::store::StoreError;
use tradeseal_verifier::log::{LogHash, empty_root, node_hash};

/// The root of the log's first `size` entries.
///
/// # Errors
/// As [`HashReader::subtree`].
pub fn root_at(nodes: &impl HashReader, size: u64) -> Result<LogHash, StoreError> {
    if size == 0 {
        Ok(empty_root())
    } else {
        range_root(nodes, 0, size)
    }
}

/// The hashes from entry `index`'s sibling upwards, in the log of `size` entries. `index` must be below `size`.
///
/// # Errors
/// As [`HashReader::subtree`].
pub fn inclusion_proof(nodes: &impl HashReader, index: u64, size: u64) -> Result<Vec<LogHash>, StoreError> {
    let (mut start, mut end) = (0, size);
    let mut path = Vec::new();
    while end - start > 1 {
        let middle = start + left_size(end - start);
        if index < middle {
            path.push(range_root(nodes, middle, end)?);
            end = middle;
        } else {
            path.push(range_root(nodes, start, middle)?);
            start = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The proof that the log of `new_size` entries begins with the one of `old_size`, which must not be larger.
///
/// # Errors
/// As [`HashReader::subtree`].
pub fn consistency_proof(nodes: &impl HashReader, old_size: u64, new_size: u64) -> Result<Vec<LogHash>, StoreError> {
    if old_size == 0 || old_size == new_size {
        return Ok(Vec::new());
    }
    let (mut start, mut end) = (0, new_size);
    let mut path = Vec::new();
    // Descend to the subtree that ends the old tree.
    while end != old_size {
        let middle = start + left_size(end - start);
        if old_size <= middle {
            path.push(range_root(nodes, middle, end)?);
            end = middle;
        } else {
            path.push(range_root(nodes, start, middle)?);
            start = middle;
        }
    }
    // When it is the whole old tree, its root is known to whoever checks.
    if start != 0 {
        path.push(range_root(nodes, start, end)?);
    }
    path.reverse();
    Ok(path)
}

/// The hash of entries `start` to `end`, a range that the recursion of RFC 6962 makes; not empty.
fn range_root(nodes: &impl HashReader, start: u64, end: u64) -> Result<LogHash, StoreError> {
    let (mut start, mut lefts) = (start, Vec::new());
    while !(end - start).is_power_of_two() {
        let middle = start + left_size(end - start);
        lefts.push(complete(nodes, start, middle)?);
        start = middle;
    }
    let last = complete(nodes, start, end)?;
    Ok(lefts.iter().rev().fold(last, |right, left| node_hash(left, &right)))
}

fn complete(nodes: &impl HashReader, start: u64, end: u64) -> Result<LogHash, StoreError> {
    let level = (end - start).trailing_zeros();
    nodes.subtree(level, start >> level)
}

/// The largest power of two below `size`, which is at least 2.
fn left_size(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}
