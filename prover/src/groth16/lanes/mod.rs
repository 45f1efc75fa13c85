//! Arithmetic on eight values at once, for processors with AVX-512 and its 52-bit multiply-add.
//!
//! In scope: vectors, residues, sums of points. Out of scope: whether to use it (`sums`, `transform`).
//! An attacker who owns this part owns the process: `vector` holds unsafe code.

mod coordinate;
pub(super) mod modular;
pub(super) mod point_sums;
pub(super) mod vector;
