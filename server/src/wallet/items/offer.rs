//! A transfer of a locked receivable that waits for its bank's consent.
//!
//! In scope: keeping the whole entry, proof included, under its digest. Out of scope: asking the bank (`operations::consent`).
//! Whoever reads it can complete the transfer once the bank consents, as its owner meant to.

use zeroize::Zeroizing;

use tradeseal_verifier::entry::{Entry, Transfer};

use super::WalletItem;
use crate::wallet::ItemKind;

/// A transfer, proven, without its bank's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedTransfer(pub Box<Transfer>);

impl WalletItem for OfferedTransfer {
    const KIND: ItemKind = ItemKind::Offer;

    fn to_plaintext(&self) -> Result<Zeroizing<Vec<u8>>, String> {
        Ok(Zeroizing::new(self.0.encode()))
    }

    fn from_plaintext(bytes: &[u8]) -> Result<Self, String> {
        match Entry::decode(bytes) {
            Ok(Entry::Transfer(transfer)) => Ok(Self(transfer)),
            Ok(other) => Err(format!("it is a {} entry", other.kind())),
            Err(cause) => Err(cause.to_string()),
        }
    }
}
