//! Groth16 proofs from tables that are built once for each key.
//!
//! In scope: everything between an assignment and the three points of a proof. Out of scope: circuits, keys on disk, verifying.
//! An attacker who owns this part sees every private input; a wrong proof is noticed by the verification that follows.
//!
//! For equal `r` and `s` the proof is bit for bit that of ark-groth16, which stays the reference in tests. What is
//! different: four transforms instead of seven (`quotient`, `fold`), tables of shifted points that let all windows share one set of
//! buckets (`tables`), and sums of affine points that share inversions (`buckets`, `sums`), eight or four at a time
//! where the processor can (`lanes`, `quads`).

mod basis;
mod buckets;
mod digits;
mod domain;
mod floor;
mod fold;
#[cfg(target_arch = "x86_64")]
mod lanes;
mod matrices;
mod modulus;
mod multiples;
mod points;
mod prepared;
#[cfg(target_arch = "x86_64")]
mod quads;
mod quotient;
mod residue;
mod sums;
mod table_memory;
mod tables;
mod weighted;

pub(crate) use basis::{coset_points, power_points};
pub use digits::BucketSets;
pub use floor::Floor;
pub(crate) use matrices::{Matrices, SparseMatrix};
pub use prepared::ProverSize;
pub(crate) use prepared::{Blinding, PrepareError, PreparedProver};
pub(crate) use quotient::Broken;

#[cfg(test)]
mod tests;
