//! Keys and proofs in the forms that other people's verifiers read.
//!
//! In scope: writing them, for snarkjs and for the Ethereum virtual machine. Out of scope: reading them back, and everything of a
//! verdict beyond the proof: those verifiers know nothing of requests, logs or roots.
//! An attacker who owns this part can have another verifier accept what ours refuses.

mod decimal;
pub mod snarkjs;
pub mod solidity;
