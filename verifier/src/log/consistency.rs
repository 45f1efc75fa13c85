//! Consistency proofs, RFC 6962 section 2.1.2.
//!
//! In scope: checking that a newer tree continues an older one. Out of scope: whether either is signed. An attacker who
//! rewrites an old entry cannot make this proof for a checkpoint that someone kept.

use super::inclusion::{fold_inner, fold_left, split};
use super::{LogError, LogHash, empty_root, node_hash};

/// Checks that the tree (`new_size`, `new_root`) begins with exactly the entries of (`old_size`, `old_root`).
pub fn verify_consistency(
    old_size: u64,
    old_root: &LogHash,
    new_size: u64,
    new_root: &LogHash,
    proof: &[LogHash],
) -> Result<(), LogError> {
    if old_size > new_size {
        return Err(LogError::SizesReversed { old_size, new_size });
    }
    if old_size == 0 {
        require_length(proof, 0)?;
        return require_root("consistency (old tree)", *old_root, &empty_root());
    }
    if old_size == new_size {
        require_length(proof, 0)?;
        return require_root("consistency", *new_root, old_root);
    }
    // The proof starts at the largest complete subtree that ends the old tree; when that is the whole old tree, its
    // root is known and not repeated.
    let last = old_size - 1;
    let height = old_size.trailing_zeros();
    let (inner, border) = split(last, new_size)?;
    let inner = inner - height as usize;
    let whole = old_size.is_power_of_two();
    require_length(proof, usize::from(!whole) + inner + border)?;
    let (seed, path) = if whole {
        (*old_root, proof)
    } else {
        (proof[0], &proof[1..])
    };
    let (below, above) = path.split_at(inner);
    let position = last >> height;
    require_root(
        "consistency (old tree)",
        fold_left(fold_old(seed, below, position), above),
        old_root,
    )?;
    require_root(
        "consistency (new tree)",
        fold_left(fold_inner(seed, below, position), above),
        new_root,
    )
}

/// As the old tree saw it: siblings to the right did not exist yet.
fn fold_old(seed: LogHash, siblings: &[LogHash], position: u64) -> LogHash {
    siblings.iter().enumerate().fold(seed, |hash, (level, sibling)| {
        if position >> level & 1 == 0 {
            hash
        } else {
            node_hash(sibling, &hash)
        }
    })
}

fn require_length(proof: &[LogHash], expected: usize) -> Result<(), LogError> {
    if proof.len() != expected {
        return Err(LogError::ProofLength {
            what: "consistency",
            actual: proof.len(),
            expected,
        });
    }
    Ok(())
}

fn require_root(what: &'static str, computed: LogHash, expected: &LogHash) -> Result<(), LogError> {
    if computed != *expected {
        return Err(LogError::RootMismatch {
            what,
            computed,
            expected: *expected,
        });
    }
    Ok(())
}
