//! Kind 7, registry: the duplicate registry's key is replaced by a new one.
//!
//! In scope: fields. Out of scope: when a rotation is due (crate `ledger`). A registrar that rotates to a key it knows can find out
//! which invoices were minted by guessing them; one that rotates too often would let old invoices be minted again.

use super::codec::{FieldReader, FieldWriter, Fields, read_point};
use super::{Ed25519Key, EntryError, EntryKind, Signed, SignedBody};
use tradeseal_primitives::duplicate_tag::RegistryPublicKey;

/// A rotation with its registrar's signature.
pub type Registry = Signed<RegistryBody>;

/// The key that becomes the current one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryBody {
    /// The new key.
    pub key: RegistryPublicKey,
    /// 1 for the first rotation, then one more each time.
    pub revision: u64,
    /// Who rotates.
    pub registrar: Ed25519Key,
}

impl Fields for RegistryBody {
    const KIND: EntryKind = EntryKind::Registry;
    const COUNT: usize = 3;

    fn write(&self, writer: &mut FieldWriter) {
        writer.bytes(1, &self.key.to_bytes());
        writer.uint(2, self.revision);
        writer.bytes(3, &self.registrar.0);
    }

    fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        Ok(Self {
            key: read_point(reader, 1, RegistryPublicKey::from_bytes)?,
            revision: reader.uint(2)?,
            registrar: reader.ed25519_key(3)?,
        })
    }
}

impl SignedBody for RegistryBody {
    const SIGNATURE_FIELD: u8 = 4;

    fn signer(&self) -> &Ed25519Key {
        &self.registrar
    }
}
