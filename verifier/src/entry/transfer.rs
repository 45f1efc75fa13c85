//! Kind 6, transfer: notes of one receivable change hands, by a proof of `receivable/transfer/v1`.
//!
//! In scope: fields, the digest that the owner signed, the bank's consent. Out of scope: the proof's validity, whether a lock is live.
//! Proof bytes can be made anew by anyone, so they are left out of the digest and identify nothing.

use super::codec::{FieldReader, FieldWriter, Fields};
use super::sealed::{read_four_notes, read_sender_record};
use super::signed::prefix;
use super::{Ed25519Key, Ed25519Signature, EntryError, EntryKind, SealedNote, SenderRecord};
use crate::groth16::KeyId;
use crate::log::KeyName;
use crate::statement::receivable::transfer::Public;
use crate::statement::{EntryDigest, NoteRoot};
use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::vec::Vec;
use ed25519_dalek::SigningKey;
use tradeseal_primitives::hash::{Domain, digest_field, sha256};
use tradeseal_primitives::receivable::{Commitment, Nullifier};

const SEALED_FIELD: u8 = 8;
const BANK_FIELD: u8 = 10;
const RECORD_FIELD: u8 = 11;
const PROOF_FIELD: u8 = 12;
const SIGNATURE_FIELD: u8 = 13;

/// A transfer entry without its proof and without a bank's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferBody {
    /// Root of a tree of notes that holds the inputs.
    pub note_root: NoteRoot,
    /// The inputs, spent by this.
    pub nullifiers: [Nullifier; 2],
    /// The outputs.
    pub commitments: [Commitment; 4],
    /// Each output sealed to its recipient, or to a key made for it and thrown away: all look alike.
    pub sealed_notes: [SealedNote; 4],
    /// The verifying key of the proof.
    pub key_id: KeyId,
    /// The bank that consents, if an input is locked.
    pub bank: Option<Ed25519Key>,
    /// The outputs, sealed to their sender.
    pub sender_record: SenderRecord,
}

impl TransferBody {
    /// The bytes whose SHA-256 the owner signed, and that a consenting bank signs, for the log of this origin.
    pub fn body_bytes(&self, origin: &KeyName) -> Vec<u8> {
        let mut bytes = prefix(Self::KIND, origin);
        bytes.extend(self.encode_fields());
        bytes
    }

    /// `digest_field(transfer-entry, SHA-256(body))`: a transfer on one log serves on no other.
    pub fn body_digest(&self, origin: &KeyName) -> EntryDigest {
        EntryDigest::from_fr(digest_field(Domain::TRANSFER_ENTRY, &sha256(&self.body_bytes(origin))))
    }

    /// The public rows of the proof that belongs to this body.
    pub fn public(&self, origin: &KeyName) -> Public {
        Public {
            note_root: self.note_root,
            nullifiers: self.nullifiers,
            commitments: self.commitments,
            digest: self.body_digest(origin),
        }
    }
}

impl Fields for TransferBody {
    const KIND: EntryKind = EntryKind::Transfer;
    const COUNT: usize = 11;

    fn write(&self, writer: &mut FieldWriter) {
        writer.element(1, &self.note_root.to_fr());
        for (key, nullifier) in (2..).zip(&self.nullifiers) {
            writer.element(key, &nullifier.to_fr());
        }
        for (key, commitment) in (4..).zip(&self.commitments) {
            writer.element(key, &commitment.to_fr());
        }
        writer.byte_strings(SEALED_FIELD, self.sealed_notes.iter().map(|note| &note[..]));
        writer.bytes(9, &self.key_id.to_bytes());
        writer.optional_bytes(BANK_FIELD, self.bank.map(|bank| bank.0));
        writer.bytes(RECORD_FIELD, &self.sender_record[..]);
    }

    fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        Ok(Self {
            note_root: NoteRoot::from_fr(reader.element(1)?),
            nullifiers: [reader.element(2)?, reader.element(3)?].map(Nullifier::from_fr),
            commitments: [
                reader.element(4)?,
                reader.element(5)?,
                reader.element(6)?,
                reader.element(7)?,
            ]
            .map(Commitment::from_fr),
            sealed_notes: read_four_notes(reader, SEALED_FIELD)?,
            key_id: reader.bytes(9, "a 32-byte key id").map(KeyId::from_bytes)?,
            bank: reader
                .optional_bytes(BANK_FIELD, "no bytes, or a 32-byte Ed25519 key")?
                .map(Ed25519Key),
            sender_record: read_sender_record(reader, RECORD_FIELD)?,
        })
    }
}

/// A transfer entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// What the owner and the bank sign.
    pub body: TransferBody,
    /// The proof's 256 bytes (`docs/protocol.md` section 6), not yet parsed.
    pub proof: Box<[u8; 256]>,
    /// The signature of [`TransferBody::bank`] over [`TransferBody::body_bytes`]; there exactly if a bank is named.
    pub bank_signature: Option<Ed25519Signature>,
}

impl Transfer {
    /// A bank's consent to this body on the log of this origin.
    pub fn consent(body: &TransferBody, origin: &KeyName, secret: &SigningKey) -> Ed25519Signature {
        Ed25519Signature::sign(secret, &body.body_bytes(origin))
    }

    /// Checks that the bank named, if one is, signed this body for the log of this origin.
    ///
    /// # Errors
    /// `Signature` if it did not, or if a signature stands there and no bank.
    pub fn verify_consent(&self, origin: &KeyName) -> Result<(), EntryError> {
        let signer = match (self.body.bank, &self.bank_signature) {
            (None, None) => return Ok(()),
            (Some(bank), Some(signature)) if bank.verifies(&self.body.body_bytes(origin), signature) => return Ok(()),
            (bank, _) => bank.unwrap_or(Ed25519Key([0; 32])),
        };
        Err(EntryError::Signature {
            kind: EntryKind::Transfer,
            signer,
            origin: origin.to_string(),
        })
    }

    /// The entry's bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = FieldWriter::new(EntryKind::Transfer, TransferBody::COUNT + 2);
        self.body.write(&mut writer);
        writer.bytes(PROOF_FIELD, &self.proof[..]);
        writer.optional_bytes(SIGNATURE_FIELD, self.bank_signature.map(|signature| signature.0));
        writer.finish()
    }

    pub(super) fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        reader.expect_fields(TransferBody::COUNT + 2)?;
        let body = TransferBody::read(reader)?;
        let proof = reader.bytes(PROOF_FIELD, "a 256-byte proof").map(Box::new)?;
        let signature = reader.optional_bytes(SIGNATURE_FIELD, "no bytes, or a 64-byte Ed25519 signature")?;
        Ok(Self {
            body,
            proof,
            bank_signature: signature.map(Ed25519Signature),
        })
    }
}
