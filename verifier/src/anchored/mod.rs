//! One item of an anchor: proof that it existed by a time that a log says, checked offline with a trust file alone.
//!
//! In scope: the item proof's one JSON form, and the report of whoever checks it. Out of scope: what the item is worth, making
//! proofs (crate `ledger` and whoever keeps the items).
//!
//! An attacker wrote this file. It cannot show an item that its anchor's signer did not put under the root: leaves and nodes are
//! hashed with different prefixes, so that an item whose bytes are two hashes is still no node. The signer itself can anchor what
//! it likes, the same item twice too; what it cannot do is to anchor in the past.

mod check;
mod error;
mod report;
mod verify;

#[cfg(test)]
mod tests;

pub use check::Check;
pub use error::AnchoredItemError;
pub use report::{AnchoredBasis, AnchoredItemReport};
pub use verify::verify_anchored_item;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::encoding;
use crate::log::{LogHash, TlogProof};

/// Largest item, in bytes. Whoever anchors larger things anchors their digests.
pub const MAX_ITEM_BYTES: usize = 1024 * 1024;
/// Largest item proof read: an item in base64, two proofs from the log.
pub const MAX_ANCHORED_ITEM_BYTES: usize = 2 * 1024 * 1024;

/// An item proof, read and not yet believed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnchoredItem {
    format: Format,
    /// The item's bytes.
    #[serde(with = "encoding::base64_bytes")]
    pub item: Vec<u8>,
    /// Its place among the anchor's items, from 0.
    pub position: u64,
    /// From the item's sibling upwards to the anchor's root, as in RFC 6962.
    hashes: Vec<Base64Hash>,
    /// The anchor entry.
    pub anchor: ProvenEntry,
    /// A state record after it, whose time the item existed by.
    pub state: ProvenEntry,
}

/// An entry with the proof that it is in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvenEntry {
    /// Its bytes.
    #[serde(with = "encoding::base64_bytes")]
    pub entry: Vec<u8>,
    /// Its C2SP tlog-proof.
    pub tlog_proof: String,
}

impl ProvenEntry {
    /// An entry's bytes with its proof.
    pub fn new(entry: Vec<u8>, proof: &TlogProof) -> Self {
        Self {
            entry,
            tlog_proof: proof.to_string(),
        }
    }
}

/// The one version there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Format {
    #[serde(rename = "tradeseal/anchored-item/v1")]
    V1,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Base64Hash(LogHash);

impl Serialize for Base64Hash {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&self.0.to_base64())
    }
}

impl<'de> Deserialize<'de> for Base64Hash {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        let hash = LogHash::from_base64("a hash of the item's proof", &text);
        hash.map(Self).map_err(serde::de::Error::custom)
    }
}

impl AnchoredItem {
    /// An item at a position, the hashes to its anchor's root, the anchor, and a state record behind it.
    pub fn new(item: Vec<u8>, position: u64, hashes: &[LogHash], anchor: ProvenEntry, state: ProvenEntry) -> Self {
        Self {
            format: Format::V1,
            item,
            position,
            hashes: hashes.iter().copied().map(Base64Hash).collect(),
            anchor,
            state,
        }
    }

    /// Parses the canonical JSON form and no other.
    ///
    /// # Errors
    /// `AnchoredItemError` naming the length, the field, or the first byte that is not canonical.
    pub fn parse(bytes: &[u8]) -> Result<Self, AnchoredItemError> {
        if bytes.len() > MAX_ANCHORED_ITEM_BYTES {
            return Err(AnchoredItemError::TooLong { bytes: bytes.len() });
        }
        let item: Self = serde_json::from_slice(bytes).map_err(|cause| AnchoredItemError::Json {
            cause: encoding::printable(&cause.to_string()),
        })?;
        match encoding::first_difference(&item.to_json(), bytes) {
            Some(at) => Err(AnchoredItemError::NotCanonical { at }),
            None => Ok(item),
        }
    }

    /// The canonical JSON form: two-space indent, fields in order, one final newline.
    pub fn to_json(&self) -> Vec<u8> {
        encoding::pretty_json(self)
    }

    /// From the item's sibling upwards.
    pub fn hashes(&self) -> Vec<LogHash> {
        self.hashes.iter().map(|hash| hash.0).collect()
    }
}
