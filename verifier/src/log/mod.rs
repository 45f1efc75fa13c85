//! The log: what proves that an entry stands in an append-only order that everyone sees the same.
//!
//! In scope: RFC 6962 hashing and proofs, C2SP signed notes, checkpoints, cosignatures and `tlog-proof` texts, each read in
//! exactly one form, and which cosignatures make a quorum. Out of scope: storing a log, making proofs out of one, and what the entries mean (`entry`).
//!
//! An attacker who owns the log's signing key can sign two histories; only log witnesses who remember show it. An attacker
//! without the key can withhold or delay a proof, but cannot make one for an entry that is not in a signed tree.

mod checkpoint;
mod consistency;
mod cosignature;
mod decimal;
mod error;
mod hash;
mod inclusion;
mod key;
mod note;
mod quorum;
mod signer;
mod tlog_proof;

#[cfg(test)]
mod tests;

pub use checkpoint::{Checkpoint, SignedCheckpoint};
pub use consistency::verify_consistency;
pub use cosignature::{Cosignature, Cosigner, CosignerKey, MAX_COSIGNATURE_TIME};
pub use error::LogError;
pub use hash::{LogHash, empty_root, leaf_hash, node_hash};
pub use inclusion::{inclusion_proof_length, verify_inclusion};
pub use key::{KeyName, LogKey, NoteKeyId};
pub use note::{MAX_NOTE_BYTES, MAX_NOTE_SIGNATURES, NoteSignature, SignedNote};
pub use quorum::{
    MAX_POLICY_BYTES, PolicyError, PolicyFault, PolicyLog, PolicyWitness, QuorumReport, Shortfall, WitnessPolicy,
};
pub use signer::LogSigner;
pub use tlog_proof::{MAX_EXTRA_BYTES, MAX_PROOF_HASHES, TlogProof, VerifiedInclusion};
