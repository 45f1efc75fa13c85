//! Primitives every other part stands on: field encodings, Poseidon, BabyJubJub signatures, Merkle trees,
//! party keys and the formulas of receivables and
//! credentials.
//!
//! In scope: the native definitions of `docs/protocol.md` sections 1 to 3, interoperable with circomlib.
//! Out of scope: circuits (crate `circuits`), storage (crate `ledger`), randomness (callers bring it).
//! An attacker who owns this part decides what every proof, signature and root means.
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

extern crate alloc;

mod newtype;

pub mod babyjubjub;
pub mod credential;
pub mod currency;
pub mod deposit;
pub mod duplicate_tag;
pub mod eddsa;
pub mod field;
pub mod hash;
pub mod party;
pub mod poseidon;
pub mod receivable;
pub mod tree;

pub use ark_bn254::Fr;
