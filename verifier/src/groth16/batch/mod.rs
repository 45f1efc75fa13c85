//! Many proofs at once, of any mixture of statements and keys, for a fraction of what they cost one at a time.
//!
//! In scope: one product of pairings over all proofs, each under a weight that nobody can steer; naming the bad ones. Out of
//! scope: what rows mean, which keys to believe.
//! An attacker who owns this part can have any false statement accepted in a batch.
//!
//! For proofs i with weights w_i the product over i of `e(w_i A_i, B_i)`, and for each key of
//! `e(sum w_i (constant + inputs), -gamma) e(sum w_i C_i, -delta) e(sum w_i alpha, -beta)`, is 1 if all hold. If one does not, it
//! is 1 for at most one value in 2^128 of that proof's weight, and weights are drawn from a transcript of every key, row
//! and proof (`weight`), so that none of these can be chosen to fit. n + 3k Miller loops for n proofs under k keys, one
//! final exponentiation.

mod equation;
mod item;
mod multi_scalar;
mod report;
mod search;
mod weight;

pub use item::BatchItem;
pub use report::{BatchRefusal, BatchReport};

use alloc::vec::Vec;

use search::Search;

#[cfg(test)]
pub(super) use equation::{Finding, Weighted};
#[cfg(test)]
pub(super) use weight::{Weight, weights};

/// Verifies every item; the report names those refused, each with the reason it has on its own.
///
/// Proofs are read from their bytes here, with every refusal of [`super::Proof::from_bytes`]. Time grows with the number of
/// items and, where some are bad, with their number times its logarithm; callers bound both.
pub fn verify_batch(items: &[BatchItem<'_>]) -> BatchReport {
    let mut report = BatchReport::new(items.len());
    let mut readable = Vec::with_capacity(items.len());
    for (position, item) in items.iter().enumerate() {
        match item.read() {
            Ok(claim) => readable.push((position, claim)),
            Err(refusal) => report.refuse(position, refusal),
        }
    }
    Search::new(&readable).run(&mut report);
    report
}
