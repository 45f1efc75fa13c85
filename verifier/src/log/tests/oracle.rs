//! Against `tlog_tiles` and `signed_note`, written by others from the same specifications.

use super::super::{
    Checkpoint, KeyName, LogHash, LogKey, SignedCheckpoint, leaf_hash, verify_consistency, verify_inclusion,
};
use super::{ORIGIN, entries, signed_checkpoint, signer};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use signed_note::{Note, StandardSigner, StandardVerifier, VerifierList};
use tlog_tiles::{Error, Hash, HashReader};

/// The stored hashes of a log, in `tlog_tiles`' own order.
struct Stored(Vec<Hash>);

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
        Ok(indexes.iter().map(|i| self.0[usize::try_from(*i).unwrap()]).collect())
    }
}

fn stored(entries: &[Vec<u8>]) -> Stored {
    entries
        .iter()
        .enumerate()
        .fold(Stored(vec![]), |mut stored, (index, entry)| {
            let hashes = tlog_tiles::stored_hashes(index as u64, entry, &stored).unwrap();
            stored.0.extend(hashes);
            stored
        })
}

fn ours(hashes: &[Hash]) -> Vec<LogHash> {
    hashes.iter().map(|hash| LogHash(hash.0)).collect()
}

#[test]
fn proofs_made_by_tlog_tiles_verify_here() {
    let log = entries(40);
    let stored = stored(&log);
    let root = |size: u64| LogHash(tlog_tiles::tree_hash(size, &stored).unwrap().0);
    for new_size in 1..=40u64 {
        for old_size in 1..=new_size {
            let proof = ours(&tlog_tiles::prove_tree(new_size, old_size, &stored).unwrap());
            verify_consistency(old_size, &root(old_size), new_size, &root(new_size), &proof).unwrap();
            let index = old_size - 1;
            let proof = ours(&tlog_tiles::prove_record(new_size, index, &stored).unwrap());
            let leaf = leaf_hash(&log[usize::try_from(index).unwrap()]);
            verify_inclusion(leaf, index, new_size, &proof, &root(new_size)).unwrap();
        }
    }
}

#[test]
fn a_checkpoint_signed_here_verifies_with_signed_note_and_reads_with_tlog_tiles() {
    let signer = signer(ORIGIN, 1);
    let checkpoint = signed_checkpoint(&entries(9), &signer);
    let note = Note::from_bytes(checkpoint.to_string().as_bytes()).unwrap();
    let verifier = StandardVerifier::new(&signer.key().to_string()).unwrap();
    let (verified, unknown) = note.verify(&VerifierList::new(vec![Box::new(verifier)])).unwrap();
    assert_eq!((verified.len(), unknown.len()), (1, 0));
    let read = tlog_tiles::Checkpoint::from_bytes(note.text()).unwrap();
    assert_eq!((read.origin(), read.size()), (ORIGIN, 9));
    assert_eq!(read.hash().0, checkpoint.unchecked_checkpoint().root().0);
}

#[test]
fn a_note_signed_by_signed_note_verifies_here() {
    let key = signer(ORIGIN, 4).key().clone();
    let secret = STANDARD.encode([&[1u8][..], &[4; 32]].concat());
    let other = StandardSigner::new(&format!("PRIVATE+KEY+{ORIGIN}+{}+{secret}", key.id())).unwrap();
    let text = Checkpoint::new(ORIGIN, 1, leaf_hash(b"entry")).unwrap().to_string();
    let mut note = Note::new(text.as_bytes(), &[]).unwrap();
    note.add_sigs(&[&other]).unwrap();
    let read = SignedCheckpoint::parse(core::str::from_utf8(&note.to_bytes()).unwrap()).unwrap();
    assert_eq!(read.verify(&[key]).unwrap().size(), 1);
}

/// The published example of golang.org/x/mod/sumdb/note, whose format the specification took over.
#[test]
fn a_foreign_verifier_key_reads_here() {
    let text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let key = LogKey::parse(text).unwrap();
    assert_eq!(key.to_string(), text);
    assert_eq!(key.name(), &KeyName::new("PeterNeumann").unwrap());
    let note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n\
        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    assert_eq!(
        super::super::SignedNote::parse(note)
            .unwrap()
            .verify(core::slice::from_ref(&key))
            .unwrap(),
        [&key]
    );
}
