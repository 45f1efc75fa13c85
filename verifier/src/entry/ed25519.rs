//! Keys and signatures of registrars and banks.
//!
//! In scope: 32 and 64 bytes with a name, strict verification. Out of scope: who holds which key.
//! A signature that verified in two byte forms would make two entries of one.

use core::fmt;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

/// An Ed25519 public key (RFC 8032). Text form: 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ed25519Key(pub [u8; 32]);

impl Ed25519Key {
    /// The public half of a signing key.
    pub fn of(secret: &SigningKey) -> Self {
        Self(secret.verifying_key().to_bytes())
    }

    /// Whether the signature is this key's over the message: canonical encodings, no points of small order.
    pub(super) fn verifies(&self, message: &[u8], signature: &Ed25519Signature) -> bool {
        VerifyingKey::from_bytes(&self.0)
            .and_then(|key| key.verify_strict(message, &Signature::from_bytes(&signature.0)))
            .is_ok()
    }
}

impl fmt::Display for Ed25519Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Ed25519Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ed25519Key({self})")
    }
}

/// An Ed25519 signature.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Ed25519Signature(pub [u8; 64]);

impl Ed25519Signature {
    pub(super) fn sign(secret: &SigningKey, message: &[u8]) -> Self {
        Self(secret.sign(message).to_bytes())
    }
}

impl fmt::Debug for Ed25519Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ed25519Signature({})", hex::encode(self.0))
    }
}
