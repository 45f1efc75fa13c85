//! Kind 8, dilute: a credit note or a prepayment leaves less of a receivable.
//!
//! In scope: fields. Out of scope: whether the key is the receivable's and less than before remains (crate `ledger`).
//! Whoever holds a receivable's dilution key can make it worthless, and nobody can give back what it took.

use super::codec::{FieldReader, FieldWriter, Fields};
use super::{Ed25519Key, EntryError, EntryKind, Signed, SignedBody};
use tradeseal_primitives::receivable::{ReceivableNumber, RemainingPpb};

/// A dilution with the signature of the receivable's dilution key.
pub type Dilute = Signed<DiluteBody>;

/// What remains of which receivable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiluteBody {
    /// The receivable.
    pub number: ReceivableNumber,
    /// What remains of it, in billionths of its face amount.
    pub remaining: RemainingPpb,
    /// The key that may dilute it, published by its mint.
    pub dilution_key: Ed25519Key,
}

impl Fields for DiluteBody {
    const KIND: EntryKind = EntryKind::Dilute;
    const COUNT: usize = 3;

    fn write(&self, writer: &mut FieldWriter) {
        writer.uint(1, self.number.get());
        writer.uint(2, u64::from(self.remaining.get()));
        writer.bytes(3, &self.dilution_key.0);
    }

    fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        Ok(Self {
            number: reader.field(1, "a receivable's number, above 0", |d| {
                ReceivableNumber::new(d.u64().ok()?)
            })?,
            remaining: reader.field(2, "what remains in billionths, at most 1000000000", |d| {
                RemainingPpb::new(d.u32().ok()?)
            })?,
            dilution_key: reader.ed25519_key(3)?,
        })
    }
}

impl SignedBody for DiluteBody {
    const SIGNATURE_FIELD: u8 = 4;

    fn signer(&self) -> &Ed25519Key {
        &self.dilution_key
    }
}
