//! Kind 1, enrol: a registrar ties a party's identifier to its keys.
//!
//! In scope: fields. Out of scope: how the registrar convinced itself. A registrar that lies here owns the party's name.

use super::codec::{FieldReader, FieldWriter, Fields};
use super::{Ed25519Key, EntryError, EntryKind, Signed, SignedBody};
use tradeseal_primitives::eddsa::PublicKey;
use tradeseal_primitives::party::{Address, Handle, PartyId, directory_leaf};
use tradeseal_primitives::{Fr, field};

/// An enrolment with its registrar's signature.
pub type Enrol = Signed<EnrolBody>;

/// Who is enrolled with which keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolBody {
    /// The party.
    pub party: PartyId,
    /// Its spending key's public half.
    pub key: PublicKey,
    /// Its address and encryption key.
    pub handle: Handle,
    /// 0 when the party is new, else its last revision plus one.
    pub revision: u64,
    /// Who enrols it.
    pub registrar: Ed25519Key,
}

impl EnrolBody {
    /// The party's leaf in the directory tree.
    pub fn directory_leaf(&self) -> Fr {
        directory_leaf(self.party, &self.key, self.handle.address)
    }
}

impl Fields for EnrolBody {
    const KIND: EntryKind = EntryKind::Enrol;
    const COUNT: usize = 7;

    fn write(&self, writer: &mut FieldWriter) {
        writer.element(1, &self.party.to_fr());
        writer.element(2, &self.key.x());
        writer.element(3, &self.key.y());
        writer.element(4, &self.handle.address.to_fr());
        writer.bytes(5, &self.handle.encryption_key);
        writer.uint(6, self.revision);
        writer.bytes(7, &self.registrar.0);
    }

    fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        let party = PartyId::from_fr(reader.element(1)?);
        let x = reader.element(2)?;
        let key = reader.field(
            3,
            "with field 2 a BabyJubJub point of the prime-order subgroup",
            |decoder| {
                let y = field::from_bytes(decoder.bytes().ok()?.try_into().ok()?).ok()?;
                PublicKey::from_coordinates(x, y).ok()
            },
        )?;
        let address = Address::from_fr(reader.element(4)?);
        let encryption_key = reader.bytes(5, "a 32-byte X25519 key")?;
        let handle = Handle {
            address,
            encryption_key,
        };
        Ok(Self {
            party,
            key,
            handle,
            revision: reader.uint(6)?,
            registrar: reader.ed25519_key(7)?,
        })
    }
}

impl SignedBody for EnrolBody {
    const SIGNATURE_FIELD: u8 = 8;

    fn signer(&self) -> &Ed25519Key {
        &self.registrar
    }
}
