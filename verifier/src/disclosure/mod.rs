//! One receivable's history, opened by an owner to an auditor or a court, checked against the log, and nothing else shown.
//!
//! In scope: the disclosure's file, made by a holder (`Disclosure`), and the report of whoever checks one or several of one receivable
//! (`verify_disclosures`). Out of scope: making its proofs (crate `prover`), reading files, the clock, reaching a ledger (callers bring them).
//! An attacker who owns this part decides what courts believe happened to a receivable.

mod body;
mod error;
mod evidence;
mod note;
mod verify;
mod wire;

pub use body::{Body, BodyVersion, Invoice};
pub use error::DisclosureError;
pub use evidence::{LoggedEntry, Remaining};
pub use note::{DisclosedNote, Fate, Input, OUTPUTS, OpenedTransfer, Opening, Output, Unspent};
pub(crate) use verify::judge_recorded;
pub use verify::{Audience, Check, Claim, DisclosureBasis, DisclosureReport, MAX_FILES, verify_disclosures};

use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::encoding;
use crate::groth16::{KeyId, Proof};
use crate::statement::StatementId;
use crate::statement::receivable::disclosure::Public;

/// Largest disclosure read.
pub const MAX_DISCLOSURE_BYTES: usize = 8 * 1024 * 1024;
/// Most notes, or opened transfers, of one file.
pub const MAX_NOTES: usize = 1_024;
/// Most entries of one file.
pub const MAX_ENTRIES: usize = 8_192;

/// A disclosure, read and not yet believed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
    #[serde(with = "encoding::text")]
    statement: StatementId,
    #[serde(with = "encoding::text")]
    key_id: KeyId,
    body: Body,
    proofs: Vec<ProofBytes>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
struct ProofBytes(#[serde(with = "encoding::hex_bytes")] Vec<u8>);

impl Disclosure {
    /// A body with one proof of `receivable/disclosure/v1` for each of its notes, in their order, for the rows of [`Body::publics`].
    ///
    /// # Errors
    /// `DisclosureError` naming the list that is out of bounds.
    pub fn new(key_id: KeyId, body: Body, proofs: &[Proof]) -> Result<Self, DisclosureError> {
        let proofs = proofs.iter().map(|proof| ProofBytes(proof.to_bytes().to_vec()));
        let disclosure = Self {
            statement: StatementId::RECEIVABLE_DISCLOSURE_V1,
            key_id,
            body,
            proofs: proofs.collect(),
        };
        disclosure.in_bounds()?;
        Ok(disclosure)
    }

    /// Parses the canonical JSON form and no other.
    ///
    /// # Errors
    /// `DisclosureError` naming the length, the field, the first byte that is not canonical, or the list out of bounds.
    pub fn parse(bytes: &[u8]) -> Result<Self, DisclosureError> {
        if bytes.len() > MAX_DISCLOSURE_BYTES {
            return Err(DisclosureError::TooLong { bytes: bytes.len() });
        }
        let disclosure: Self = serde_json::from_slice(bytes).map_err(|cause| DisclosureError::Json {
            cause: encoding::printable(&cause.to_string()),
        })?;
        if let Some(at) = encoding::first_difference(&disclosure.to_json(), bytes) {
            return Err(DisclosureError::NotCanonical { at });
        }
        disclosure.in_bounds()?;
        Ok(disclosure)
    }

    /// The canonical JSON form: two-space indent, fields in order, one final newline.
    pub fn to_json(&self) -> Vec<u8> {
        encoding::pretty_json(self)
    }

    /// What is disclosed.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The verifying key that the proofs were made for.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }

    /// The proofs, [`Proof::BYTES`] bytes each if they are proofs; as many as notes.
    fn proofs(&self) -> impl Iterator<Item = &[u8]> {
        self.proofs.iter().map(|proof| &proof.0[..])
    }

    fn in_bounds(&self) -> Result<(), DisclosureError> {
        let statement = self.statement;
        if statement != StatementId::RECEIVABLE_DISCLOSURE_V1 {
            return Err(DisclosureError::Statement { statement });
        }
        let body = &self.body;
        count("notes", body.notes.len(), 1, MAX_NOTES)?;
        count("proofs", self.proofs.len(), body.notes.len(), body.notes.len())?;
        count("opened transfers", body.transfers.len(), 0, MAX_NOTES)?;
        for transfer in &body.transfers {
            count("outputs of a transfer", transfer.outputs.len(), OUTPUTS, OUTPUTS)?;
        }
        count("entries", body.entries.len(), 1, MAX_ENTRIES)?;
        ascending("opened transfers", body.transfers.iter().map(|transfer| transfer.entry))?;
        ascending("entries", body.entries.iter().map(|entry| entry.index))?;
        no_note_twice(body)
    }
}

impl Body {
    /// The public rows of the proof of each note, in order.
    pub fn publics(&self) -> Vec<Public> {
        let (terms, digest) = (self.terms.hash(), self.digest());
        let public = |note: &DisclosedNote| Public {
            commitment: note.opening.commitment(terms),
            nullifier: note.nullifier,
            digest,
        };
        self.notes.iter().map(public).collect()
    }
}

fn count(what: &'static str, count: usize, min: usize, max: usize) -> Result<(), DisclosureError> {
    if (min..=max).contains(&count) {
        return Ok(());
    }
    Err(DisclosureError::Count { what, min, max, count })
}

fn ascending(what: &'static str, indices: impl Iterator<Item = u64>) -> Result<(), DisclosureError> {
    let mut last = None;
    for (position, index) in (1..).zip(indices) {
        if last >= Some(index) {
            return Err(DisclosureError::NotAscending { what, position });
        }
        last = Some(index);
    }
    Ok(())
}

fn no_note_twice(body: &Body) -> Result<(), DisclosureError> {
    let terms = body.terms.hash();
    let mut seen = BTreeMap::new();
    for (second, note) in (1..).zip(&body.notes) {
        if let Some(first) = seen.insert(note.opening.commitment(terms), second) {
            return Err(DisclosureError::RepeatedNote { first, second });
        }
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests;
