//! Kind 9, deposit: a commitment that the ledger dates.
//!
//! In scope: the one field. Out of scope: what is committed to. Nobody signs: an author who deposits stays hidden, and whoever
//! copies a commitment from elsewhere dates what it cannot open.

use super::codec::{FieldReader, FieldWriter, Fields};
use super::{EntryError, EntryKind};
use tradeseal_primitives::deposit::DepositCommitment;

/// A deposit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deposit {
    /// What is dated.
    pub commitment: DepositCommitment,
}

impl Fields for Deposit {
    const KIND: EntryKind = EntryKind::Deposit;
    const COUNT: usize = 1;

    fn write(&self, writer: &mut FieldWriter) {
        writer.element(1, &self.commitment.to_fr());
    }

    fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        Ok(Self {
            commitment: DepositCommitment::from_fr(reader.element(1)?),
        })
    }
}
