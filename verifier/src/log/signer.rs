//! Signing a log's notes.
//!
//! In scope: one Ed25519 key under one name. Out of scope: keeping the key at rest, and deciding what deserves a signature.
//! Whoever owns this key can sign a second history of the log.

use super::{KeyName, LogError, LogKey, NoteSignature, SignedNote};
use alloc::string::String;
use alloc::vec;
use core::fmt;
use ed25519_dalek::{Signer as _, SigningKey};

/// A log's signing key, named after the log's origin. Its `Debug` shows the public half; the secret is zeroized on drop.
pub struct LogSigner {
    key: LogKey,
    secret: SigningKey,
}

impl LogSigner {
    /// A signer for the log of this origin.
    pub fn new(origin: KeyName, secret: SigningKey) -> Result<Self, LogError> {
        let key = LogKey::new(origin, secret.verifying_key().as_bytes())?;
        Ok(Self { key, secret })
    }

    /// The verifier key to publish.
    pub fn key(&self) -> &LogKey {
        &self.key
    }

    /// Signs a text, which must end in a newline.
    pub fn sign(&self, text: String) -> Result<SignedNote, LogError> {
        let signature = self.secret.sign(text.as_bytes()).to_bytes();
        let line = NoteSignature::new(self.key.name().clone(), self.key.id(), signature.to_vec())?;
        SignedNote::new(text, vec![line])
    }
}

impl fmt::Debug for LogSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogSigner")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}
