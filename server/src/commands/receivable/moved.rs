//! A transfer as it is printed: its entry and the notes that it made.
//!
//! In scope: the JSON keys and the text of `split`, `join`, `transfer` and `settle`. Out of scope: making it (`operations`).
//! An attacker who owns this part shows another recipient than the one that was paid.

use std::fmt;

use serde::Serialize;
use tradeseal_primitives::receivable::{CurrencyCode, settled_address};

use super::amount::shown;
use crate::Failure;
use crate::operations::append::ReceiptState;
use crate::operations::transfer::{MadeNote, Transferred};
use crate::wallet::{HeldNote, ItemName, Wallet};

/// A note that was made.
#[derive(Debug, Serialize)]
pub(super) struct Part {
    item: String,
    amount_minor: u64,
    amount: String,
    /// The recipient's handle; null for what is settled.
    to: Option<String>,
    /// Whether it stayed with the sender.
    kept: bool,
}

impl Part {
    pub(super) fn of(note: &MadeNote, currency: CurrencyCode) -> Self {
        let settled = note.owner.address == settled_address();
        Self {
            item: note.item.to_string(),
            amount_minor: note.amount.0,
            amount: shown(note.amount, currency),
            to: (!settled).then(|| note.owner.to_string()),
            kept: note.kept,
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.to {
            _ if self.kept => write!(f, "kept     {}  {}", self.amount, self.item),
            Some(handle) => write!(f, "paid     {}  to {handle}", self.amount),
            None => write!(f, "settled  {}", self.amount),
        }
    }
}

/// A transfer that the ledger took.
#[derive(Debug, Serialize)]
pub(super) struct Moved {
    entry_index: u64,
    entry_time: u64,
    parts: Vec<Part>,
    constraints: usize,
    prove_ms: u128,
    #[serde(flatten)]
    receipt: ReceiptState,
}

impl Moved {
    pub(super) fn of(transferred: &Transferred, currency: CurrencyCode) -> Self {
        Self {
            entry_index: transferred.receipt.index(),
            entry_time: transferred.receipt.entry_time.0,
            parts: transferred.notes.iter().map(|note| Part::of(note, currency)).collect(),
            constraints: transferred.proven.constraints,
            prove_ms: transferred.proven.timings.total().as_millis(),
            receipt: transferred.receipt.state(),
        }
    }
}

impl fmt::Display for Moved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            writeln!(f, "{part}")?;
        }
        write!(f, "entry {}, proven in {} ms", self.entry_index, self.prove_ms)
    }
}

/// The currency of an item of the wallet.
pub(super) fn currency_of_item(wallet: &Wallet, item: &ItemName) -> Result<CurrencyCode, Failure> {
    Ok(wallet.get::<HeldNote>(item)?.terms().currency)
}
