//! RFC 6962 section 2.1 hashing.
//!
//! In scope: leaf, node and empty-tree hashes. Out of scope: field-element trees (`tradeseal_primitives::tree`). The two
//! prefixes keep an attacker from passing an inner node off as an entry.

use super::LogError;
use alloc::string::String;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use core::fmt;
use sha2::{Digest, Sha256};

/// A SHA-256 hash of the log's tree: of an entry, of a node, or a root.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogHash(pub [u8; 32]);

impl LogHash {
    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Canonical, padded, standard base64: 44 characters.
    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// Reads [`Self::to_base64`]'s form and no other.
    pub fn from_base64(what: &'static str, text: &str) -> Result<Self, LogError> {
        let mut bytes = [0u8; 33];
        let length = STANDARD
            .decode_slice(text, &mut bytes)
            .map_err(|_| LogError::Base64 { what })?;
        let bytes: [u8; 32] = bytes[..length].try_into().map_err(|_| LogError::Length {
            what,
            actual: length,
            expected: 32,
        })?;
        Ok(Self(bytes))
    }
}

impl fmt::Display for LogHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_base64())
    }
}

impl fmt::Debug for LogHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogHash({self})")
    }
}

/// SHA-256(0x00 || entry).
pub fn leaf_hash(entry: &[u8]) -> LogHash {
    LogHash(Sha256::new().chain_update([0u8]).chain_update(entry).finalize().into())
}

/// SHA-256(0x01 || left || right).
pub fn node_hash(left: &LogHash, right: &LogHash) -> LogHash {
    LogHash(
        Sha256::new()
            .chain_update([1u8])
            .chain_update(left.0)
            .chain_update(right.0)
            .finalize()
            .into(),
    )
}

/// The root of a log without entries: SHA-256 of nothing.
pub fn empty_root() -> LogHash {
    LogHash(Sha256::digest([]).into())
}
