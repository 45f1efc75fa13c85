//! Four points at a time, for processors with AVX2 and without 52-bit multiply-add.
//!
//! In scope: vector instructions, residues in four lanes, the point formulas on them. Out of scope: which points to add.
//! An attacker who owns this part owns the process: one of its files holds unsafe code.

pub(super) mod coordinate;
mod kernels;
pub(super) mod modular;
pub(super) mod point_sums;
pub(super) mod vector;

#[cfg(test)]
mod tests;
