//! What is proven: one statement per file, each with its private inputs, its native check and its constraints.
//!
//! In scope: R1CS constraints over BN254 and the native twins they must agree with. Out of scope: public rows and requests
//! (crate `verifier`), keys and proving (crate `prover`).
//! An attacker who finds a gap here forges: every statement's tests, and `docs/attacks`, say what was tried.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod circuit;
pub mod credential;
pub mod digest;
pub mod gadget;
pub mod pins;
pub mod receivable;
pub mod sample;
pub mod statement;

pub use circuit::{Circuit, Wire};
pub use digest::{CircuitDigest, CircuitSize};
pub use pins::Pin;
pub use statement::{Instance, Statement};
