//! Kind 5, release: a bank gives up a lock before it expires.
//!
//! In scope: fields. Out of scope: whether the lock still holds. The entry names one lock by its position in the log: an old
//! release sent once more must not open a lock that the bank took later.

use super::codec::{FieldReader, FieldWriter, Fields};
use super::{Ed25519Key, EntryError, EntryKind, Signed, SignedBody};
use tradeseal_primitives::receivable::Nullifier;

/// A release with its bank's signature.
pub type Release = Signed<ReleaseBody>;

/// Which lock is given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseBody {
    /// The locked note's nullifier.
    pub nullifier: Nullifier,
    /// Whose lock it is.
    pub bank: Ed25519Key,
    /// Index of the lock entry.
    pub lock_index: u64,
}

impl Fields for ReleaseBody {
    const KIND: EntryKind = EntryKind::Release;
    const COUNT: usize = 3;

    fn write(&self, writer: &mut FieldWriter) {
        writer.element(1, &self.nullifier.to_fr());
        writer.bytes(2, &self.bank.0);
        writer.uint(3, self.lock_index);
    }

    fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        let nullifier = Nullifier::from_fr(reader.element(1)?);
        Ok(Self {
            nullifier,
            bank: reader.ed25519_key(2)?,
            lock_index: reader.uint(3)?,
        })
    }
}

impl SignedBody for ReleaseBody {
    const SIGNATURE_FIELD: u8 = 4;

    fn signer(&self) -> &Ed25519Key {
        &self.bank
    }
}
