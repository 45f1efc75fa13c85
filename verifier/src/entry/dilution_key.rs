//! The key that may dilute a receivable, and the receivable's number, which is made of it.
//!
//! In scope: the pair. Out of scope: who holds the key (the debtor where it acknowledges, else the supplier).
//! An attacker who finds another key of the same number (2^64 tries) still dilutes nothing: the ledger keeps the key beside the number.

use super::{Ed25519Key, LedgerId};
use tradeseal_primitives::receivable::{DilutionRight, ReceivableNumber};

/// An Ed25519 key made for one receivable, whose number is not 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DilutionKey {
    key: Ed25519Key,
    number: ReceivableNumber,
}

impl DilutionKey {
    /// `None` for a key whose number would be 0: make another.
    pub fn new(key: Ed25519Key) -> Option<Self> {
        ReceivableNumber::of_dilution_key(&key.0).map(|number| Self { key, number })
    }

    /// The key.
    pub fn key(&self) -> &Ed25519Key {
        &self.key
    }

    /// The receivable's number.
    pub fn number(&self) -> ReceivableNumber {
        self.number
    }

    /// What a debtor acknowledges, and what a mint's proof is bound to: this ledger and this key.
    pub fn right(&self, ledger: &LedgerId) -> DilutionRight {
        DilutionRight::derive(&ledger.0, &self.key.0)
    }
}
