//! Kind 3, mint: a receivable comes into being, by a proof of `receivable/mint/v1`.
//!
//! In scope: fields, the digest that the proof and its owner's signature are bound to. Out of scope: the proof's validity.
//! Proof bytes can be made anew by anyone, so they are left out of the digest and identify nothing.

use super::codec::{FieldReader, FieldWriter, Fields};
use super::signed::prefix;
use super::{EntryError, EntryKind};
use crate::groth16::KeyId;
use crate::log::KeyName;
use crate::statement::receivable::mint::Public;
use crate::statement::{DirectoryRoot, EntryDigest};
use alloc::boxed::Box;
use alloc::vec::Vec;
use tradeseal_primitives::hash::{Domain, digest_field, sha256};
use tradeseal_primitives::receivable::Commitment;

/// Longest sealed note in bytes.
pub const MAX_SEALED_NOTE_BYTES: usize = 1024;

const PROOF_FIELD: u8 = 6;

/// A mint entry without its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MintBody {
    /// The new note's commitment.
    pub commitment: Commitment,
    /// The directory in which supplier and debtor are enrolled.
    pub directory_root: DirectoryRoot,
    /// Whether the debtor's acknowledgment was checked in circuit.
    pub acknowledged: bool,
    /// The note, sealed to its owner; at most [`MAX_SEALED_NOTE_BYTES`].
    pub sealed_note: Vec<u8>,
    /// The verifying key of the proof.
    pub key_id: KeyId,
}

impl MintBody {
    /// The bytes whose SHA-256 the proof is bound to, for the log of this origin.
    pub fn body_bytes(&self, origin: &KeyName) -> Vec<u8> {
        let mut bytes = prefix(Self::KIND, origin);
        bytes.extend(self.encode_fields());
        bytes
    }

    /// `digest_field(mint-entry, SHA-256(body))`: a mint for one log serves no other.
    pub fn body_digest(&self, origin: &KeyName) -> EntryDigest {
        EntryDigest::from_fr(digest_field(Domain::MINT_ENTRY, &sha256(&self.body_bytes(origin))))
    }

    /// The public rows of the proof that belongs to this body.
    pub fn public(&self, origin: &KeyName) -> Public {
        Public {
            commitment: self.commitment,
            directory_root: self.directory_root,
            acknowledged: self.acknowledged,
            digest: self.body_digest(origin),
        }
    }
}

impl Fields for MintBody {
    const KIND: EntryKind = EntryKind::Mint;
    const COUNT: usize = 5;

    fn write(&self, writer: &mut FieldWriter) {
        writer.element(1, &self.commitment.to_fr());
        writer.element(2, &self.directory_root.to_fr());
        writer.bool(3, self.acknowledged);
        writer.bytes(4, &self.sealed_note);
        writer.bytes(5, &self.key_id.to_bytes());
    }

    fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        Ok(Self {
            commitment: Commitment::from_fr(reader.element(1)?),
            directory_root: DirectoryRoot::from_fr(reader.element(2)?),
            acknowledged: reader.bool(3)?,
            sealed_note: reader.bytes_up_to(4, MAX_SEALED_NOTE_BYTES, "a sealed note of at most 1024 bytes")?,
            key_id: reader.bytes(5, "a 32-byte key id").map(KeyId::from_bytes)?,
        })
    }
}

/// A mint entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mint {
    /// All but the proof.
    pub body: MintBody,
    /// The proof's 256 bytes (`docs/protocol.md` section 6), not yet parsed.
    pub proof: Box<[u8; 256]>,
}

impl Mint {
    /// The entry's bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = FieldWriter::new(EntryKind::Mint, MintBody::COUNT + 1);
        self.body.write(&mut writer);
        writer.bytes(PROOF_FIELD, &self.proof[..]);
        writer.finish()
    }

    pub(super) fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        reader.expect_fields(MintBody::COUNT + 1)?;
        let body = MintBody::read(reader)?;
        let proof = reader.bytes(PROOF_FIELD, "a 256-byte proof").map(Box::new)?;
        Ok(Self { body, proof })
    }
}
