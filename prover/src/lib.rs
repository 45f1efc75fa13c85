//! How a statement is proven: keys, their registry on disk, and Groth16 proving.
//!
//! In scope: development set-ups, key files and their checks, proofs over any circuit. Out of scope: what is proven
//! (crate `circuits`), whether a key is believed (`tradeseal_verifier`'s trust file), randomness (callers bring it).
//! An attacker who owns this part sees every private input that is proven, but holds no spending key and so cannot act.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod durable_file;
pub mod files;
mod groth16;
pub mod keys;
pub mod measure;
pub mod pool;
mod progress;
mod prove;
pub mod reference;
mod section;
mod synthesis;

pub use progress::{Count, Progress, Silent, State};
pub use prove::{ProveError, ProveTimings, Proven, prove};

#[cfg(test)]
mod test_circuit;
