//! What a party of this wallet sent to somebody, found again in its sender's record on the ledger.
//!
//! In scope: keeping it, under the commitment of the note that was made. Out of scope: what became of that note; it is its recipient's.
//! Whoever reads it learns who was paid how much, and can recognise that note on the ledger.

use minicbor::{Decode, Encode};
use tradeseal_primitives::field;
use tradeseal_primitives::party::{Address, Handle};
use tradeseal_primitives::receivable::{
    AmountMinor, Commitment, CurrencyCode, NoteRandomness, UnixSeconds, settled_address,
};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{WalletItem, from_cbor, to_cbor};
use crate::sealing::RecordedOutput;
use crate::wallet::{ItemKind, ItemName};

/// A payment in parts of a receivable. Never printed.
#[derive(Clone)]
pub struct SentPayment {
    /// The party that paid, by its name in this wallet.
    pub party: ItemName,
    /// The note that it was paid from.
    pub from: Commitment,
    /// What was made for whom.
    pub output: RecordedOutput,
    /// Currency of the amount.
    pub currency: CurrencyCode,
    /// The transfer.
    pub entry_index: u64,
    /// Its time.
    pub entry_time: UnixSeconds,
}

impl SentPayment {
    /// Whether it settled its amount.
    pub fn is_settlement(&self) -> bool {
        self.output.recipient.address == settled_address()
    }
}

#[derive(Encode, Decode, Zeroize, ZeroizeOnDrop)]
struct Wire {
    #[n(0)]
    party: String,
    #[cbor(n(1), with = "minicbor::bytes")]
    from: [u8; 32],
    #[n(2)]
    amount_minor: u64,
    #[cbor(n(3), with = "minicbor::bytes")]
    address: [u8; 32],
    #[cbor(n(4), with = "minicbor::bytes")]
    encryption_key: [u8; 32],
    #[cbor(n(5), with = "minicbor::bytes")]
    rho: [u8; 32],
    #[cbor(n(6), with = "minicbor::bytes")]
    r: [u8; 32],
    #[n(7)]
    currency: u16,
    #[n(8)]
    entry_index: u64,
    #[n(9)]
    entry_time: u64,
}

impl WalletItem for SentPayment {
    const KIND: ItemKind = ItemKind::Payment;

    fn to_plaintext(&self) -> Result<Zeroizing<Vec<u8>>, String> {
        let output = &self.output;
        to_cbor(&Wire {
            party: self.party.as_str().to_owned(),
            from: self.from.to_bytes(),
            amount_minor: output.amount.0,
            address: output.recipient.address.to_bytes(),
            encryption_key: output.recipient.encryption_key,
            rho: field::to_bytes(&output.randomness.rho),
            r: field::to_bytes(&output.randomness.r),
            currency: self.currency.0,
            entry_index: self.entry_index,
            entry_time: self.entry_time.0,
        })
    }

    fn from_plaintext(bytes: &[u8]) -> Result<Self, String> {
        let wire: Wire = from_cbor(bytes)?;
        let said = |cause: field::FieldError| cause.to_string();
        Ok(Self {
            party: wire
                .party
                .parse()
                .map_err(|_| "its party has no usable name".to_owned())?,
            from: Commitment::from_bytes(&wire.from).map_err(said)?,
            output: RecordedOutput {
                amount: AmountMinor(wire.amount_minor),
                recipient: Handle {
                    address: Address::from_bytes(&wire.address).map_err(said)?,
                    encryption_key: wire.encryption_key,
                },
                randomness: NoteRandomness {
                    rho: field::from_bytes(&wire.rho).map_err(said)?,
                    r: field::from_bytes(&wire.r).map_err(said)?,
                },
            },
            currency: CurrencyCode(wire.currency),
            entry_index: wire.entry_index,
            entry_time: UnixSeconds(wire.entry_time),
        })
    }
}
