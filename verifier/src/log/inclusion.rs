//! Inclusion proofs, RFC 6962 section 2.1.1.
//!
//! In scope: checking that an entry's hash is at a position of a tree. Out of scope: whether the tree is signed.
//! The path is split where the entry's side of the tree ends: below that point a sibling may stand left or right, above
//! it every sibling is a complete subtree to the left. So sizes fix the number of hashes and an attacker has none to add.

use super::{LogError, LogHash, node_hash};

/// Number of hashes in the inclusion proof of entry `index` in a log of `size` entries.
pub fn inclusion_proof_length(index: u64, size: u64) -> Result<usize, LogError> {
    split(index, size).map(|(inner, border)| inner + border)
}

/// Checks that `leaf` is entry `index` of the tree with `size` entries and this root.
pub fn verify_inclusion(
    leaf: LogHash,
    index: u64,
    size: u64,
    proof: &[LogHash],
    root: &LogHash,
) -> Result<(), LogError> {
    let (inner, border) = split(index, size)?;
    if proof.len() != inner + border {
        return Err(LogError::ProofLength {
            what: "inclusion",
            actual: proof.len(),
            expected: inner + border,
        });
    }
    let (below, above) = proof.split_at(inner);
    let computed = fold_left(fold_inner(leaf, below, index), above);
    if computed != *root {
        return Err(LogError::RootMismatch {
            what: "inclusion",
            computed,
            expected: *root,
        });
    }
    Ok(())
}

/// Number of proof hashes below and above the point where the paths of `index` and of the last entry join.
pub(super) fn split(index: u64, size: u64) -> Result<(usize, usize), LogError> {
    if index >= size {
        return Err(LogError::IndexOutOfRange { index, size });
    }
    let inner = u64::BITS - (index ^ (size - 1)).leading_zeros();
    let border = index.checked_shr(inner).map_or(0, u64::count_ones);
    Ok((inner as usize, border as usize))
}

/// Folds siblings that stand left where the bit of `index` is set and right where it is not.
pub(super) fn fold_inner(seed: LogHash, siblings: &[LogHash], index: u64) -> LogHash {
    siblings.iter().enumerate().fold(seed, |hash, (level, sibling)| {
        if index >> level & 1 == 0 {
            node_hash(&hash, sibling)
        } else {
            node_hash(sibling, &hash)
        }
    })
}

/// Folds siblings that all stand left.
pub(super) fn fold_left(seed: LogHash, siblings: &[LogHash]) -> LogHash {
    siblings.iter().fold(seed, |hash, sibling| node_hash(sibling, &hash))
}
