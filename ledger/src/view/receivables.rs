//! Questions about receivables: the registry's keys, tags, numbers, what remains.

use super::{QueryError, View};
use crate::state::{RegistryRecord, dilutions, lookup};
use tradeseal_primitives::duplicate_tag::DuplicateTag;
use tradeseal_primitives::receivable::{ReceivableNumber, RemainingPpb};
use tradeseal_verifier::entry::Ed25519Key;

/// A receivable as its number tells; which notes are parts of it, the ledger does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receivable {
    /// Index of its mint entry.
    pub entry_index: u64,
    /// The one key that may dilute it.
    pub dilution_key: Ed25519Key,
    /// What remains of it.
    pub remaining: RemainingPpb,
}

impl View<'_> {
    /// The duplicate registry: which keys evaluate now, and since when.
    ///
    /// # Errors
    /// The store's.
    pub fn registry(&self) -> Result<RegistryRecord, QueryError> {
        Ok(lookup::registry(&self.rows)?)
    }

    /// The mint entry that carries a tag; `None` if its invoice was not minted under the tag's key.
    ///
    /// # Errors
    /// The store's.
    pub fn tag(&self, tag: DuplicateTag) -> Result<Option<u64>, QueryError> {
        Ok(lookup::tag(&self.rows, tag)?)
    }

    /// The receivable of this number.
    ///
    /// # Errors
    /// The store's.
    pub fn receivable(&self, number: ReceivableNumber) -> Result<Option<Receivable>, QueryError> {
        let Some(minted) = lookup::receivable(&self.rows, number)? else {
            return Ok(None);
        };
        let remaining = dilutions::remaining(&self.rows, number)?.unwrap_or(RemainingPpb::WHOLE);
        Ok(Some(Receivable {
            entry_index: minted.entry_index,
            dilution_key: minted.dilution_key,
            remaining,
        }))
    }
}
