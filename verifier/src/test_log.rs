//! A log for tests: RFC 6962 as the text has it, a signer, proofs of entries, and log witnesses.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use ed25519_dalek::SigningKey;

use crate::log::{
    Checkpoint, Cosigner, KeyName, LogHash, LogSigner, SignedCheckpoint, TlogProof, empty_root, leaf_hash, node_hash,
};
use tradeseal_primitives::receivable::UnixSeconds;

pub(crate) const ORIGIN: &str = "ledger.example/tradeseal";

pub(crate) fn signer() -> LogSigner {
    LogSigner::new(KeyName::new(ORIGIN).unwrap(), SigningKey::from_bytes(&[77; 32])).unwrap()
}

/// That entry `index` is in the log of these entries, as `signer` says.
pub(crate) fn proof(entries: &[Vec<u8>], index: usize, signer: &LogSigner) -> TlogProof {
    let leaves: Vec<LogHash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    let size = leaves.len() as u64;
    let checkpoint = Checkpoint::new(signer.key().name().as_str(), size, tree_root(&leaves)).unwrap();
    let signed = SignedCheckpoint::sign(checkpoint, signer).unwrap();
    TlogProof::new(index as u64, audit_path(index, &leaves), signed).unwrap()
}

/// The log witnesses of [`policy`], by the names that it gives them.
pub(crate) fn log_witness(name: &str) -> Cosigner {
    let secret = SigningKey::from_bytes(&[u8::try_from(name.len()).unwrap(); 32]);
    Cosigner::new(KeyName::new(&format!("witness.example/{name}")).unwrap(), secret).unwrap()
}

/// One court and one of two notaries.
pub(crate) fn policy() -> String {
    let names = ["court", "notary", "notary-b"];
    let witnesses = names.map(|name| format!("witness {name} {}\n", log_witness(name).key()));
    format!(
        "log {}\n{}group notaries 1 notary notary-b\ngroup both all court notaries\nquorum both\n",
        signer().key(),
        witnesses.concat()
    )
}

/// The checkpoint with cosignatures of these log witnesses at these times.
pub(crate) fn cosigned(checkpoint: &SignedCheckpoint, by: &[(&str, u64)]) -> SignedCheckpoint {
    by.iter().fold(checkpoint.clone(), |signed, (name, time)| {
        let line = log_witness(name).cosign(signed.unchecked_checkpoint(), UnixSeconds(*time));
        signed.with_signature(line.unwrap()).unwrap()
    })
}

/// The proof, under its checkpoint with these cosignatures.
pub(crate) fn witnessed(proof: &TlogProof, by: &[(&str, u64)]) -> TlogProof {
    let checkpoint = cosigned(proof.checkpoint(), by);
    TlogProof::new(proof.index(), proof.hashes().to_vec(), checkpoint).unwrap()
}

/// RFC 6962 section 2.1.
fn tree_root(leaves: &[LogHash]) -> LogHash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node_hash(&tree_root(left), &tree_root(right))
        }
    }
}

/// RFC 6962 section 2.1.1.
fn audit_path(index: usize, leaves: &[LogHash]) -> Vec<LogHash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let half = leaves.len().next_power_of_two() / 2;
    let (left, right) = leaves.split_at(half);
    let (mut path, sibling) = if index < half {
        (audit_path(index, left), tree_root(right))
    } else {
        (audit_path(index - half, right), tree_root(left))
    };
    path.push(sibling);
    path
}

/// The log's checkpoint when it had the first `size` of these entries.
pub(crate) fn checkpoint_at(entries: &[Vec<u8>], size: usize, signer: &LogSigner) -> SignedCheckpoint {
    proof(&entries[..size], 0, signer).checkpoint().clone()
}

/// RFC 6962 section 2.1.2: that the log of `new` of these entries continues that of `old`.
pub(crate) fn consistency(entries: &[Vec<u8>], old: usize, new: usize) -> Vec<LogHash> {
    let leaves: Vec<LogHash> = entries[..new].iter().map(|entry| leaf_hash(entry)).collect();
    if old == new {
        return Vec::new();
    }
    subproof(old, &leaves, true)
}

fn subproof(old: usize, leaves: &[LogHash], whole: bool) -> Vec<LogHash> {
    if old == leaves.len() {
        return if whole {
            Vec::new()
        } else {
            Vec::from([tree_root(leaves)])
        };
    }
    let half = leaves.len().next_power_of_two() / 2;
    let (left, right) = leaves.split_at(half);
    let (mut path, sibling) = if old <= half {
        (subproof(old, left, whole), tree_root(right))
    } else {
        (subproof(old - half, right, false), tree_root(left))
    };
    path.push(sibling);
    path
}
