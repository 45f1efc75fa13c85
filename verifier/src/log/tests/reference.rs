//! RFC 6962 section 2.1 as it is written there: recursive, over all entries, sharing no code with the checks but the hashes.

use super::super::{LogHash, empty_root, leaf_hash, node_hash};
use alloc::vec;
use alloc::vec::Vec;

/// MTH(D[n]).
pub(super) fn root(entries: &[Vec<u8>]) -> LogHash {
    match entries {
        [] => empty_root(),
        [entry] => leaf_hash(entry),
        _ => {
            let (left, right) = entries.split_at(largest_power_below(entries.len()));
            node_hash(&root(left), &root(right))
        }
    }
}

/// PATH(m, D[n]).
pub(super) fn inclusion(index: usize, entries: &[Vec<u8>]) -> Vec<LogHash> {
    if entries.len() <= 1 {
        return vec![];
    }
    let (left, right) = entries.split_at(largest_power_below(entries.len()));
    let (mut path, sibling) = match index.checked_sub(left.len()) {
        None => (inclusion(index, left), root(right)),
        Some(within) => (inclusion(within, right), root(left)),
    };
    path.push(sibling);
    path
}

/// PROOF(m, D[n]).
pub(super) fn consistency(old_size: usize, entries: &[Vec<u8>]) -> Vec<LogHash> {
    if old_size == 0 {
        vec![]
    } else {
        subproof(old_size, entries, true)
    }
}

fn subproof(old_size: usize, entries: &[Vec<u8>], whole: bool) -> Vec<LogHash> {
    if old_size == entries.len() {
        return if whole { vec![] } else { vec![root(entries)] };
    }
    let (left, right) = entries.split_at(largest_power_below(entries.len()));
    let (mut path, sibling) = match old_size.checked_sub(left.len()) {
        None | Some(0) => (subproof(old_size, left, whole), root(right)),
        Some(within) => (subproof(within, right, false), root(left)),
    };
    path.push(sibling);
    path
}

fn largest_power_below(size: usize) -> usize {
    size.next_power_of_two() / 2
}
