//! The public side of Tradeseal: what a bank, a customs officer or a court runs on what it was handed.
//!
//! In scope: statements' public rows, Groth16 keys and proofs, requests, presentations, trust files, log proofs
//! and verdicts. Out of scope: making proofs (crate `prover`), keeping the ledger (crate `ledger`), files, network,
//! clocks and randomness (callers bring them), so that the crate builds for a browser as for a border post.
//! An attacker who owns this part can make any presentation look genuine.
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

extern crate alloc;

mod encoding;

pub mod anchored;
pub mod batch;
pub mod calendar;
pub mod credential;
pub mod disclosure;
pub mod eligibility;
pub mod entry;
pub mod evidence;
pub mod groth16;
pub mod interop;
pub mod ledger_view;
pub mod log;
pub mod policy;
pub mod presentation;
pub mod request;
pub mod statement;
pub mod trust;
pub mod verdict;

#[cfg(test)]
mod test_circuit;
#[cfg(test)]
mod test_log;
