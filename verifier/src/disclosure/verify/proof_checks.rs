//! The proofs: under believed keys, well formed, and holding for each note, its nullifier and the file's own digest.

use alloc::format;
use alloc::vec::Vec;

use super::case::{File, counted};
use crate::groth16::{self, Proof, Provenance};
use crate::statement::StatementId;
use crate::trust::{Trust, TrustedKey};
use crate::verdict::{Finding, key_known, key_provenance};

/// The key of each file, in order.
pub(super) fn keys_known<'t>(files: &[File], trust: &'t Trust) -> Finding<Vec<&'t TrustedKey>> {
    let mut keys = Vec::with_capacity(files.len());
    for file in files {
        match key_known(trust, file.disclosure.key_id(), StatementId::RECEIVABLE_DISCLOSURE_V1) {
            Finding::Passed { value, .. } => keys.push(value),
            Finding::Failed { reason, detail } => {
                return Finding::failed(reason, format!("{}{detail}", file.label));
            }
            Finding::NotChecked { reason, remedy, detail } => return Finding::NotChecked { reason, remedy, detail },
        }
    }
    let ids: Vec<_> = keys.iter().map(|key| format!("key {}", key.id())).collect();
    Finding::passed(ids.join(", "), keys)
}

/// The weakest key decides.
pub(super) fn keys_provenance(trust: &Trust, keys: &[&TrustedKey]) -> Finding<()> {
    let weakest = keys.iter().find(|key| key.provenance() == Provenance::InsecureDev);
    match weakest.or(keys.first()) {
        Some(key) => key_provenance(trust, key),
        None => Finding::passed("no key", ()),
    }
}

/// The proofs of each file, in order of its notes.
pub(super) fn proof_encoding(files: &[File]) -> Finding<Vec<Vec<Proof>>> {
    let mut all = Vec::with_capacity(files.len());
    for file in files {
        let mut proofs = Vec::new();
        for (number, bytes) in (1..).zip(file.disclosure.proofs()) {
            match Proof::from_bytes(bytes) {
                Ok(proof) => proofs.push(proof),
                Err(cause) => {
                    let detail = format!("{}proof {number}: {cause}", file.label);
                    return Finding::failed("a proof in a file is damaged", detail);
                }
            }
        }
        all.push(proofs);
    }
    Finding::passed(
        format!("{} bytes each, three points of the right groups", Proof::BYTES),
        all,
    )
}

pub(super) fn proofs_hold(files: &[File], keys: &[&TrustedKey], proofs: &[Vec<Proof>]) -> Finding<()> {
    let mut count = 0;
    for ((file, key), proofs) in files.iter().zip(keys).zip(proofs) {
        for ((number, public), proof) in (1..).zip(file.body().publics()).zip(proofs) {
            if let Err(cause) = groth16::verify(key.prepared(), proof, &public.rows()) {
                return Finding::failed(
                    "a proof in a file does not hold: it was made for something else, or is forged or damaged",
                    format!("{}note {number}: {cause}", file.label),
                );
            }
            count += 1;
        }
    }
    Finding::passed(
        format!("{} hold for their notes, nullifiers and files", counted(count, "proof")),
        (),
    )
}
