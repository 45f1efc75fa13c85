//! What the ledger promises, through its public face: real RocksDB, real signatures, real Groth16 proofs of a small circuit.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod appender;
mod batches;
mod entries;
mod faults;
mod fixture;
mod kills;
mod locks;
mod log_proofs;
mod mints;
mod parties;
mod prover;
mod restarts;
mod spending;
mod tiles;
mod transfers;
