//! What the ledger promises, through its public face: real RocksDB, real signatures, real Groth16 proofs of a small circuit.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod appender;
mod attacks;
mod bare_rules;
mod batches;
mod dilutions;
mod entries;
mod faults;
mod fixture;
mod kills;
mod locks;
mod log_proofs;
mod minting;
mod mints;
mod model;
mod parties;
mod prover;
mod races;
mod random;
mod registry;
mod restarts;
mod scanning;
mod spending;
mod tags;
mod tiles;
mod transfers;
