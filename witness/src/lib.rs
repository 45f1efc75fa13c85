//! A log witness: it remembers the largest tree that it saw of each log, and cosigns nothing that does not continue it. And
//! the client by which a log collects the cosignatures of a quorum of log witnesses.
//!
//! In scope: C2SP tlog-witness on both sides of the wire. Out of scope: the formats of checkpoints, cosignatures and trust
//! policies (`tradeseal_verifier::log`), the log itself, TLS on the log witness's side (put a TLS terminator in front).
//!
//! An attacker who owns a log can feed its log witnesses whatever it signs; it gets cosignatures on one history only. One who
//! owns a log witness's folder can cosign anything, or make it forget. One between a log and its witness can only delay.
//!
//! - `witness`: what may be cosigned. `history`: what was, durably. `known_logs`: whose checkpoints are looked at at all.
//! - `folder`, `key_file`: what a log witness consists of on disk.
//! - `add_checkpoint`: the request's text, for both sides.
//! - `http`: the service. `client`: asking one log witness, or a policy's all at once.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod add_checkpoint;
pub mod client;
mod clock;
mod error;
mod folder;
mod history;
pub mod http;
mod key_file;
mod known_logs;
mod refusal;
mod witness;

pub use add_checkpoint::{AddCheckpoint, MAX_PROOF_LINES, MAX_REQUEST_BYTES, RequestError};
pub use clock::{Clock, SystemClock};
pub use error::WitnessError;
pub use history::{Fork, Head};
pub use known_logs::{LogAdded, MAX_KEYS_PER_LOG, MAX_KNOWN_LOGS, add_log};
pub use refusal::Refusal;
pub use witness::{MAX_CLOCK_STEP_BACK_SECONDS, Witness, verifier_key};
