//! What a credential's holder hands over in answer to a request.
//!
//! In scope: the one JSON form, revealed values beside their hashes. Out of scope: whether any of it is true (`verification`).
//! An attacker wrote this file, whoever handed it over: each value counts only after the check that names it.

mod revealed;

pub use revealed::{Revealed, RevealedError};

use alloc::string::ToString;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use tradeseal_primitives::credential::ScopeNullifier;

use crate::encoding;
use crate::groth16::{KeyId, Proof};
use crate::presentation::{Anchor, MAX_PRESENTATION_BYTES, PresentationError};
use crate::statement::credential::presentation::Public;
use crate::statement::{RequestDigest, RevealedDigest, RevocationRoot, StatementId};

/// A presentation of `credential/presentation/v1`, read and not yet believed.
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
    /// For each of the request's conditions that reveal, in order: the value.
    pub revealed: Vec<Revealed>,
    /// The proof, [`Proof::BYTES`] bytes if it is one.
    #[serde(with = "encoding::hex_bytes")]
    pub proof: Vec<u8>,
    /// What ties the revocation root to the log.
    pub anchor: Anchor,
}

/// The public rows that the holder brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    /// Root of the tree of revocations that the proof is about.
    #[serde(with = "encoding::text")]
    pub revocation_root: RevocationRoot,
    /// What the credential is used up under in the request's scope; 0 without one.
    #[serde(with = "encoding::text")]
    pub nullifier: ScopeNullifier,
    /// Digest of what is revealed.
    #[serde(with = "encoding::text")]
    pub revealed_digest: RevealedDigest,
}

impl Presentation {
    /// A presentation of a proof, what it reveals, and what it is anchored in.
    pub fn new(key_id: KeyId, public: &Public, revealed: Vec<Revealed>, proof: &Proof, anchor: Anchor) -> Self {
        Self {
            statement: StatementId::CREDENTIAL_PRESENTATION_V1,
            key_id,
            request_digest: public.request_digest,
            rows: Rows {
                revocation_root: public.revocation_root,
                nullifier: public.nullifier,
                revealed_digest: public.revealed_digest,
            },
            revealed,
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
