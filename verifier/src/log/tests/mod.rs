//! What the log's readers and checks promise, held against a recursive reading of RFC 6962 and two independent crates.

mod cosignatures;
mod notes;
mod oracle;
mod policies;
mod proofs;
mod reference;
mod texts;

use super::{Checkpoint, KeyName, LogSigner, SignedCheckpoint, TlogProof};
use alloc::vec::Vec;
use ed25519_dalek::SigningKey;

pub(super) const ORIGIN: &str = "ledger.example/tradeseal";

/// A signer of the test log whose secret is 32 times `seed`.
pub(super) fn signer(origin: &str, seed: u8) -> LogSigner {
    LogSigner::new(KeyName::new(origin).unwrap(), SigningKey::from_bytes(&[seed; 32])).unwrap()
}

/// Entries that differ in length and content.
pub(super) fn entries(count: usize) -> Vec<Vec<u8>> {
    (0..count)
        .map(|i| (0..=i).map(|b| u8::try_from(b % 251).unwrap()).collect())
        .collect()
}

pub(super) fn signed_checkpoint(entries: &[Vec<u8>], signer: &LogSigner) -> SignedCheckpoint {
    let root = reference::root(entries);
    let checkpoint = Checkpoint::new(signer.key().name().as_str(), entries.len() as u64, root).unwrap();
    SignedCheckpoint::sign(checkpoint, signer).unwrap()
}

pub(super) fn tlog_proof(entries: &[Vec<u8>], index: usize, signer: &LogSigner) -> TlogProof {
    let hashes = reference::inclusion(index, entries);
    TlogProof::new(index as u64, hashes, signed_checkpoint(entries, signer)).unwrap()
}
