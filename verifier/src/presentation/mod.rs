//! What a holder hands over in answer to a request.
//!
//! In scope: the one JSON form. Out of scope: whether any of it is true (`eligibility`).
//! An attacker wrote this file, whoever handed it over: each value counts only after the check that names it.

mod error;

pub use error::PresentationError;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use tradeseal_primitives::receivable::Nullifier;

use crate::encoding;
use crate::groth16::{KeyId, Proof};
use crate::statement::receivable::eligibility::Public;
use crate::statement::{DilutionRoot, NoteRoot, RequestDigest, StatementId};

/// Largest presentation read: its longest parts are a checkpoint with many signatures and a state entry.
pub const MAX_PRESENTATION_BYTES: usize = 512 * 1024;

/// A presentation of `receivable/eligibility/v2`, read and not yet believed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presentation {
    /// What it claims to prove.
    #[serde(with = "encoding::text")]
    pub statement: StatementId,
    /// The verifying key that the proof was made for.
    #[serde(with = "encoding::text")]
    pub key_id: KeyId,
    /// The request that it claims to answer.
    #[serde(with = "encoding::text")]
    pub request_digest: RequestDigest,
    /// The public rows that the request does not fix.
    pub rows: Rows,
    /// The proof, [`Proof::BYTES`] bytes if it is one.
    #[serde(with = "encoding::hex_bytes")]
    pub proof: Vec<u8>,
    /// What ties both roots to the log.
    pub anchor: Anchor,
}

/// The public rows that the holder brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    /// Root of the tree of notes that the proof is about.
    #[serde(with = "encoding::text")]
    pub note_root: NoteRoot,
    /// Root of the tree of dilutions that the proof is about.
    #[serde(with = "encoding::text")]
    pub dilution_root: DilutionRoot,
    /// The note's nullifier.
    #[serde(with = "encoding::text")]
    pub nullifier: Nullifier,
}

/// A state record and the proof that it is in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// The bytes of a state entry.
    #[serde(with = "encoding::base64_bytes")]
    pub state_entry: Vec<u8>,
    /// Its C2SP tlog-proof.
    pub tlog_proof: String,
}

impl Presentation {
    /// A presentation of a proof and what it is anchored in.
    pub fn new(key_id: KeyId, public: &Public, proof: &Proof, anchor: Anchor) -> Self {
        Self {
            statement: StatementId::RECEIVABLE_ELIGIBILITY_V2,
            key_id,
            request_digest: public.request_digest,
            rows: Rows {
                note_root: public.note_root,
                dilution_root: public.dilution_root,
                nullifier: public.nullifier,
            },
            proof: proof.to_bytes().to_vec(),
            anchor,
        }
    }

    /// Parses the canonical JSON form and no other.
    ///
    /// # Errors
    /// `PresentationError` naming the length, the field, or the first byte that is not canonical.
    pub fn parse(bytes: &[u8]) -> Result<Self, PresentationError> {
        if bytes.len() > MAX_PRESENTATION_BYTES {
            return Err(PresentationError::TooLong { bytes: bytes.len() });
        }
        let presentation: Self = serde_json::from_slice(bytes).map_err(|cause| PresentationError::Json {
            cause: encoding::printable(&cause.to_string()),
        })?;
        match encoding::first_difference(&presentation.to_json(), bytes) {
            Some(at) => Err(PresentationError::NotCanonical { at }),
            None => Ok(presentation),
        }
    }

    /// The canonical JSON form: two-space indent, fields in order, one final newline.
    pub fn to_json(&self) -> Vec<u8> {
        encoding::pretty_json(self)
    }
}

#[cfg(test)]
mod tests;
