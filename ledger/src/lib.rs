//! The ledger: one append-only log of entries, and the state that its entries make.
//!
//! In scope: deciding what may be appended, doing so durably and in one order, proving what was appended. Out of scope:
//! serving any of it over a network, log witnesses, the meaning of statements (`tradeseal_verifier`).
//!
//! An attacker who owns this process can refuse entries, and can sign two histories; it cannot forge a registrar's or a
//! bank's signature or a proof, and whoever kept a checkpoint can show that history was rewritten.
//!
//! - `rules`: what is checked and decided about each kind of entry; an auditor runs the same code.
//! - `state`: trees and records that entries change, over any store.
//! - `log_tree`: the RFC 6962 tree, its proofs and its C2SP tiles.
//! - `item_tree`: a tree over the items of an anchor.
//! - `store`: what a store must do; the RocksDB store.
//! - `sequencer`: batches, one after another. `publish`: receipts that wait for log witnesses.
//! - `audit`: the same state made again from what the log publishes, and compared.
//! - `view`: everything that can be asked, as of one checkpoint.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod audit;
mod clock;
mod error;
pub mod item_tree;
mod ledger;
pub mod log_tree;
mod options;
mod proof_keys;
pub mod publish;
mod receipt;
pub mod rules;
mod sequencer;
pub mod state;
pub mod store;
pub mod view;

pub use clock::{Clock, SystemClock};
pub use error::LedgerError;
pub use ledger::{GenesisParams, Ledger};
pub use options::{BatchLimits, LedgerOptions};
pub use proof_keys::ProofKeys;
pub use receipt::{Receipt, SubmitError};
