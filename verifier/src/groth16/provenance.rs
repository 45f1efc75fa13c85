//! Where a key's set-up secrets came from, and so who could forge proofs under it.
//!
//! In scope: saying it. Out of scope: checking a ceremony transcript (crate `prover`).
//! An attacker who owns this part could present a key whose secrets are known as one whose secrets are gone.

use serde::{Deserialize, Serialize};

use crate::encoding;

/// SHA-256 of a ceremony's transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TranscriptDigest(#[serde(with = "encoding::hex_fixed")] pub [u8; 32]);

/// How a key's set-up was made. JSON: `"insecure_dev"` or `{"ceremony":{"transcript":"<64 hex digits>"}}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Provenance {
    /// Made on one machine on first use: whoever ran the set-up can forge any proof.
    InsecureDev,
    /// Made by several parties, of whom one honest one suffices.
    Ceremony {
        /// SHA-256 of the published transcript.
        transcript: TranscriptDigest,
    },
}
