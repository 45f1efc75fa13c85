//! Kind 3, mint: a receivable comes into being, by a proof of `receivable/mint/v2`.
//!
//! In scope: fields, the digest that the proof and its owner's signature are bound to. Out of scope: the proof's validity.
//! Proof bytes can be made anew by anyone, so they are left out of the digest and identify nothing.

use super::codec::{FieldReader, FieldWriter, Fields, point_of, read_point};
use super::sealed::read_note;
use super::signed::prefix;
use super::{DilutionKey, Ed25519Key, EntryError, EntryKind, LedgerId, SealedNote};
use crate::groth16::KeyId;
use crate::log::KeyName;
use crate::statement::receivable::mint::Public;
use crate::statement::{DirectoryRoot, EntryDigest};
use alloc::boxed::Box;
use alloc::vec::Vec;
use tradeseal_primitives::duplicate_tag::{BlindedPoint, DleqProof, DuplicateTag, EvaluatedPoint};
use tradeseal_primitives::hash::{Domain, digest_field, sha256};
use tradeseal_primitives::receivable::{Commitment, Day};

const PREVIOUS_TAG_FIELD: u8 = 7;
const PREVIOUS_EVALUATED_FIELD: u8 = 11;
const PREVIOUS_PROOF_FIELD: u8 = 12;
const PROOF_FIELD: u8 = 16;

/// A mint entry without its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MintBody {
    /// The new note's commitment.
    pub commitment: Commitment,
    /// The directory in which supplier and debtor are enrolled.
    pub directory_root: DirectoryRoot,
    /// Whether the debtor's acknowledgment was checked in circuit.
    pub acknowledged: bool,
    /// The note, sealed to its owner.
    pub sealed_note: SealedNote,
    /// The verifying key of the proof.
    pub key_id: KeyId,
    /// The invoice under the registry's current key.
    pub duplicate_tag: DuplicateTag,
    /// The invoice under the registry's previous key, while there is one.
    pub previous: Option<PreviousTag>,
    /// The blinded point that the registry evaluated.
    pub blinded: BlindedPoint,
    /// Evaluated under the current key.
    pub evaluated: EvaluatedPoint,
    /// That it was; not yet checked.
    pub evaluation_proof: DleqProof,
    /// The invoice was not issued before.
    pub issue_from: Day,
    /// The invoice was not issued after.
    pub issue_to: Day,
    /// The key that may dilute the receivable.
    pub dilution_key: DilutionKey,
}

/// The same blinded point under the registry's previous key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousTag {
    /// The invoice under that key.
    pub tag: DuplicateTag,
    /// Evaluated under that key.
    pub evaluated: EvaluatedPoint,
    /// That it was; not yet checked.
    pub proof: DleqProof,
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

    /// The public rows of the proof that belongs to this body on this ledger.
    pub fn public(&self, origin: &KeyName, ledger: &LedgerId) -> Public {
        let (previous_tag, previous_evaluated) = match &self.previous {
            Some(previous) => (previous.tag, previous.evaluated),
            None => (self.duplicate_tag, self.evaluated),
        };
        Public {
            commitment: self.commitment,
            directory_root: self.directory_root,
            acknowledged: self.acknowledged,
            duplicate_tag: self.duplicate_tag,
            previous_tag,
            blinded: self.blinded,
            evaluated: self.evaluated,
            previous_evaluated,
            issue_from: self.issue_from,
            issue_to: self.issue_to,
            number: self.dilution_key.number(),
            dilution_right: self.dilution_key.right(ledger),
            digest: self.body_digest(origin),
        }
    }
}

impl Fields for MintBody {
    const KIND: EntryKind = EntryKind::Mint;
    const COUNT: usize = 15;

    fn write(&self, writer: &mut FieldWriter) {
        let previous = self.previous.as_ref();
        writer.element(1, &self.commitment.to_fr());
        writer.element(2, &self.directory_root.to_fr());
        writer.bool(3, self.acknowledged);
        writer.bytes(4, &self.sealed_note[..]);
        writer.bytes(5, &self.key_id.to_bytes());
        writer.element(6, &self.duplicate_tag.to_fr());
        writer.optional_bytes(PREVIOUS_TAG_FIELD, previous.map(|p| p.tag.to_bytes()));
        writer.bytes(8, &self.blinded.to_bytes());
        writer.bytes(9, &self.evaluated.to_bytes());
        writer.bytes(10, &self.evaluation_proof.to_bytes());
        writer.optional_bytes(PREVIOUS_EVALUATED_FIELD, previous.map(|p| p.evaluated.to_bytes()));
        writer.optional_bytes(PREVIOUS_PROOF_FIELD, previous.map(|p| p.proof.to_bytes()));
        writer.uint(13, u64::from(self.issue_from.0));
        writer.uint(14, u64::from(self.issue_to.0));
        writer.bytes(15, &self.dilution_key.key().0);
    }

    fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        let commitment = Commitment::from_fr(reader.element(1)?);
        let directory_root = DirectoryRoot::from_fr(reader.element(2)?);
        let acknowledged = reader.bool(3)?;
        let sealed_note = read_note(reader, 4)?;
        let key_id = reader.bytes(5, "a 32-byte key id").map(KeyId::from_bytes)?;
        let duplicate_tag = DuplicateTag::from_fr(reader.element(6)?);
        let previous_tag = read_previous_tag(reader)?;
        let blinded = read_point(reader, 8, BlindedPoint::from_bytes)?;
        let evaluated = read_point(reader, 9, EvaluatedPoint::from_bytes)?;
        let evaluation_proof =
            reader.parsed(10, "a 64-byte proof of two scalars below the subgroup's order", dleq_of)?;
        let previous = read_previous(reader, previous_tag)?;
        Ok(Self {
            commitment,
            directory_root,
            acknowledged,
            sealed_note,
            key_id,
            duplicate_tag,
            previous,
            blinded,
            evaluated,
            evaluation_proof,
            issue_from: read_day(reader, 13)?,
            issue_to: read_day(reader, 14)?,
            dilution_key: reader.parsed(15, "a 32-byte Ed25519 key whose receivable number is not 0", |bytes| {
                DilutionKey::new(Ed25519Key(bytes.try_into().ok()?))
            })?,
        })
    }
}

fn read_previous_tag(reader: &mut FieldReader<'_>) -> Result<Option<DuplicateTag>, EntryError> {
    let expected = "no bytes, or a canonical 32-byte field element";
    reader.parsed(PREVIOUS_TAG_FIELD, expected, |bytes| match bytes {
        [] => Some(None),
        _ => DuplicateTag::from_bytes(bytes.try_into().ok()?).ok().map(Some),
    })
}

/// Fields 11 and 12, which are there if and only if field 7 is.
fn read_previous(reader: &mut FieldReader<'_>, tag: Option<DuplicateTag>) -> Result<Option<PreviousTag>, EntryError> {
    let Some(tag) = tag else {
        let expected = "no bytes, as field 7 has none";
        for field in [PREVIOUS_EVALUATED_FIELD, PREVIOUS_PROOF_FIELD] {
            reader.parsed(field, expected, |bytes| bytes.is_empty().then_some(()))?;
        }
        return Ok(None);
    };
    let expected =
        "as field 7 is there, a BabyJubJub point of the prime-order subgroup (64 bytes) other than the identity";
    let evaluated = reader.parsed(PREVIOUS_EVALUATED_FIELD, expected, |bytes| {
        point_of(bytes, EvaluatedPoint::from_bytes)
    })?;
    let expected = "as field 7 is there, a 64-byte proof of two scalars below the subgroup's order";
    let proof = reader.parsed(PREVIOUS_PROOF_FIELD, expected, dleq_of)?;
    Ok(Some(PreviousTag { tag, evaluated, proof }))
}

fn dleq_of(bytes: &[u8]) -> Option<DleqProof> {
    DleqProof::from_bytes(bytes.try_into().ok()?).ok()
}

fn read_day(reader: &mut FieldReader<'_>, key: u8) -> Result<Day, EntryError> {
    reader.field(key, "a day since 1970-01-01, below 2^32", |decoder| {
        decoder.u32().ok().map(Day)
    })
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
