//! Entries that a registrar or a bank signs.
//!
//! In scope: the bytes signed, signing, checking. Out of scope: whether the signer may do this (crate `ledger`).
//! The signature covers the log's origin and the kind: a registrar's signature for one log serves no other.

use super::codec::{FieldReader, FieldWriter, Fields};
use super::{Ed25519Key, Ed25519Signature, EntryError, EntryKind};
use crate::log::KeyName;
use alloc::string::ToString;
use alloc::vec::Vec;
use ed25519_dalek::SigningKey;

/// What is signed in a signed entry.
pub trait SignedBody: Fields {
    /// Key of the signature field, the entry's last.
    const SIGNATURE_FIELD: u8;

    /// Who must sign.
    fn signer(&self) -> &Ed25519Key;
}

/// A body and its signer's signature for one log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed<B> {
    /// What is signed.
    pub body: B,
    /// Over [`Signed::signing_bytes`].
    pub signature: Ed25519Signature,
}

impl<B: SignedBody> Signed<B> {
    /// Signs a body for the log of this origin.
    ///
    /// # Errors
    /// `WrongSigner` if the body names another key.
    pub fn sign(body: B, origin: &KeyName, secret: &SigningKey) -> Result<Self, EntryError> {
        let given = Ed25519Key::of(secret);
        if *body.signer() != given {
            return Err(EntryError::WrongSigner {
                kind: B::KIND,
                named: *body.signer(),
                given,
            });
        }
        let signature = Ed25519Signature::sign(secret, &signing_bytes(origin, &body));
        Ok(Self { body, signature })
    }

    /// The bytes that the signature covers for the log of this origin.
    pub fn signing_bytes(&self, origin: &KeyName) -> Vec<u8> {
        signing_bytes(origin, &self.body)
    }

    /// Checks the signature for the log of this origin.
    ///
    /// # Errors
    /// `Signature` if it is not the named signer's.
    pub fn verify(&self, origin: &KeyName) -> Result<(), EntryError> {
        let signer = *self.body.signer();
        if !signer.verifies(&self.signing_bytes(origin), &self.signature) {
            return Err(EntryError::Signature {
                kind: B::KIND,
                signer,
                origin: origin.to_string(),
            });
        }
        Ok(())
    }

    /// The entry's bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = FieldWriter::new(B::KIND, B::COUNT + 1);
        self.body.write(&mut writer);
        writer.bytes(B::SIGNATURE_FIELD, &self.signature.0);
        writer.finish()
    }

    pub(super) fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        reader.expect_fields(B::COUNT + 1)?;
        let body = B::read(reader)?;
        let signature = reader
            .bytes(B::SIGNATURE_FIELD, "a 64-byte Ed25519 signature")
            .map(Ed25519Signature)?;
        Ok(Self { body, signature })
    }
}

fn signing_bytes<B: SignedBody>(origin: &KeyName, body: &B) -> Vec<u8> {
    let mut bytes = prefix(B::KIND, origin);
    bytes.extend(body.encode_fields());
    bytes
}

/// `tradeseal/<kind name>/v1`, the origin, each with its newline. An origin holds no newline.
pub(super) fn prefix(kind: EntryKind, origin: &KeyName) -> Vec<u8> {
    alloc::format!("tradeseal/{kind}/v1\n{origin}\n").into_bytes()
}
