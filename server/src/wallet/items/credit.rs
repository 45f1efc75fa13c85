//! A credit note or prepayment that was, or is just being, applied to a receivable.
//!
//! In scope: keeping it, so that no credit note is applied twice and the sum of all is exact. Out of scope: applying (`operations::dilute`).
//! Whoever reads it learns what was credited; whoever deletes it can have a credit note applied twice.

use minicbor::{Decode, Encode};
use tradeseal_primitives::receivable::{AmountMinor, ReceivableNumber, RemainingPpb};
use zeroize::Zeroizing;

use super::{WalletItem, from_cbor, to_cbor};
use crate::wallet::ItemKind;

/// A credit that this wallet applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppliedCredit {
    /// To which receivable.
    pub number: ReceivableNumber,
    /// How much was credited.
    pub credited: AmountMinor,
    /// What remains of the receivable after it. The ledger takes it once it says as much or less.
    pub remaining: RemainingPpb,
}

#[derive(Encode, Decode)]
struct Wire {
    #[n(0)]
    number: u64,
    #[n(1)]
    credited_minor: u64,
    #[n(2)]
    remaining_ppb: u32,
}

impl WalletItem for AppliedCredit {
    const KIND: ItemKind = ItemKind::Credit;

    fn to_plaintext(&self) -> Result<Zeroizing<Vec<u8>>, String> {
        to_cbor(&Wire {
            number: self.number.get(),
            credited_minor: self.credited.0,
            remaining_ppb: self.remaining.get(),
        })
    }

    fn from_plaintext(bytes: &[u8]) -> Result<Self, String> {
        let wire: Wire = from_cbor(bytes)?;
        Ok(Self {
            number: ReceivableNumber::new(wire.number).ok_or("its receivable has the number 0")?,
            credited: AmountMinor(wire.credited_minor),
            remaining: RemainingPpb::new(wire.remaining_ppb).ok_or("more than all remains after it")?,
        })
    }
}
