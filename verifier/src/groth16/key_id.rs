//! The name of a verifying key: the SHA-256 of its canonical encoding.
//!
//! In scope: hex text, lower case. Out of scope: hashing (`VerifyingKey::key_id`) and belief (`trust`).
//! An attacker who owns this part could pass one key off as another.

use alloc::string::String;

/// SHA-256 of a canonical verifying key; its text form is 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 32]);

/// Text that is no key id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a key id is 64 lower-case hexadecimal digits")]
pub struct KeyIdError;

impl KeyId {
    /// Wraps a digest.
    pub const fn from_bytes(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The digest.
    pub const fn to_bytes(self) -> [u8; 32] {
        self.0
    }

    /// The first 12 digits, for people; never for comparison.
    pub fn short(self) -> String {
        hex::encode(&self.0[..6])
    }
}

impl core::str::FromStr for KeyId {
    type Err = KeyIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        crate::encoding::hex_array(text).map(Self).map_err(|_| KeyIdError)
    }
}

impl core::fmt::Display for KeyId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl core::fmt::Debug for KeyId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "KeyId({self})")
    }
}
