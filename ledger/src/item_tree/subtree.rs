//! RFC 6962 sections 2.1 and 2.1.1 over a few hashes in memory.

use tradeseal_verifier::log::{LogHash, empty_root, node_hash};

/// The root over hashes that are leaves, or roots of equally large subtrees but for the last.
pub(super) fn root(hashes: &[LogHash]) -> LogHash {
    match hashes {
        [] => empty_root(),
        [only] => *only,
        _ => {
            let (left, right) = hashes.split_at(split(hashes.len()));
            node_hash(&root(left), &root(right))
        }
    }
}

/// The hashes from the sibling of the one at `index` upwards.
pub(super) fn path(index: usize, hashes: &[LogHash]) -> Vec<LogHash> {
    if hashes.len() < 2 {
        return vec![];
    }
    let (left, right) = hashes.split_at(split(hashes.len()));
    let (mut path, sibling) = if index < left.len() {
        (path(index, left), root(right))
    } else {
        (path(index - left.len(), right), root(left))
    };
    path.push(sibling);
    path
}

/// The largest power of two below a count of at least two.
fn split(count: usize) -> usize {
    count.next_power_of_two() / 2
}
