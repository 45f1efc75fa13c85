//! Who asks: a name for people, a key for machines, and the nonce that makes one request unlike any other.
//!
//! In scope: forms and bounds. Out of scope: whether the name is true; only the key is authenticated.
//! An attacker who owns this part could pose as a bank by name.

use alloc::string::{String, ToString};
use core::fmt;
use core::str::FromStr;

use tradeseal_primitives::Fr;
use tradeseal_primitives::hash::{Domain, digest_field};

use super::IdentityError;
use crate::encoding;
use crate::entry::Ed25519Key;

/// A verifier's name as people know it: one short line of visible text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierName(String);

impl VerifierName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for VerifierName {
    type Err = IdentityError;

    fn from_str(text: &str) -> Result<Self, IdentityError> {
        if encoding::is_short_line(text) {
            Ok(Self(text.to_string()))
        } else {
            Err(IdentityError::Name)
        }
    }
}

impl fmt::Display for VerifierName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Ed25519Key {
    type Err = IdentityError;

    /// From 64 lower-case hexadecimal digits; whether they are a usable key shows when a signature is checked.
    fn from_str(text: &str) -> Result<Self, IdentityError> {
        encoding::hex_array(text).map(Self).map_err(|_| IdentityError::Hex)
    }
}

/// A verifier's key as a field element: `digest_field(verifier-key, key)`.
pub(super) fn key_field(key: &Ed25519Key) -> Fr {
    digest_field(Domain::VERIFIER_KEY, &key.0)
}

/// 32 bytes drawn at random for one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nonce([u8; 32]);

impl Nonce {
    /// Wraps 32 bytes; the caller drew them from a cryptographic source.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub const fn to_bytes(self) -> [u8; 32] {
        self.0
    }
}

impl FromStr for Nonce {
    type Err = IdentityError;

    fn from_str(text: &str) -> Result<Self, IdentityError> {
        encoding::hex_array(text).map(Self).map_err(|_| IdentityError::Hex)
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_could_mislead_its_reader_is_refused() {
        assert_eq!(
            "Bank Á & Söhne".parse::<VerifierName>().unwrap().as_str(),
            "Bank Á & Söhne"
        );
        for text in [
            "",
            " Bank",
            "Bank ",
            "Bank\nVerified",
            "Ba\u{1b}[1mnk",
            "knaB\u{202e}",
            "Ba\u{200b}nk",
        ] {
            assert_eq!(text.parse::<VerifierName>(), Err(IdentityError::Name), "{text:?}");
        }
        assert!("x".repeat(128).parse::<VerifierName>().is_ok());
        assert!("x".repeat(129).parse::<VerifierName>().is_err());
    }
}
