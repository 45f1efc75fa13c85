//! Kind 2, remove: a registrar takes a party out of the directory.
//!
//! In scope: fields. Out of scope: notes the party owns; they stay its own. An attacker who could remove parties could
//! keep them from minting.

use super::codec::{FieldReader, FieldWriter, Fields};
use super::{Ed25519Key, EntryError, EntryKind, Signed, SignedBody};
use tradeseal_primitives::party::PartyId;

/// A removal with its registrar's signature.
pub type Remove = Signed<RemoveBody>;

/// Who is removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoveBody {
    /// The party.
    pub party: PartyId,
    /// Its last revision plus one.
    pub revision: u64,
    /// Who removes it.
    pub registrar: Ed25519Key,
}

impl Fields for RemoveBody {
    const KIND: EntryKind = EntryKind::Remove;
    const COUNT: usize = 3;

    fn write(&self, writer: &mut FieldWriter) {
        writer.element(1, &self.party.to_fr());
        writer.uint(6, self.revision);
        writer.bytes(7, &self.registrar.0);
    }

    fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        let party = PartyId::from_fr(reader.element(1)?);
        Ok(Self {
            party,
            revision: reader.uint(6)?,
            registrar: reader.ed25519_key(7)?,
        })
    }
}

impl SignedBody for RemoveBody {
    const SIGNATURE_FIELD: u8 = 8;

    fn signer(&self) -> &Ed25519Key {
        &self.registrar
    }
}
