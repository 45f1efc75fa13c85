//! Questions about deposits: when they came, and the path that a statement about them proves with.

use super::{QueryError, View};
use crate::state::{AppendRows, DepositRecord, lookup};
use crate::store::Table;
use tradeseal_primitives::Fr;
use tradeseal_primitives::deposit::DepositCommitment;
use tradeseal_primitives::tree::{DEPOSIT_DEPTH, MerklePath};
use tradeseal_verifier::statement::DepositRoot;

/// A deposit with the path from its leaf to the root in the view's last state record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepositPath {
    /// Its entry, time and position.
    pub record: DepositRecord,
    /// The leaf: the commitment with that time.
    pub leaf: Fr,
    /// From the leaf to the root.
    pub path: MerklePath<DEPOSIT_DEPTH>,
    /// Root of the tree of deposits.
    pub root: DepositRoot,
    /// Index of the state record that holds the root.
    pub state_index: u64,
}

impl View<'_> {
    /// A deposit's position, entry and time.
    ///
    /// # Errors
    /// The store's.
    pub fn deposit(&self, commitment: DepositCommitment) -> Result<Option<DepositRecord>, QueryError> {
        Ok(lookup::deposit(&self.rows, commitment)?)
    }

    /// The path of a deposit.
    ///
    /// # Errors
    /// `NoDeposit` if the commitment was never deposited; the store's errors.
    pub fn deposit_path(&self, commitment: DepositCommitment) -> Result<DepositPath, QueryError> {
        let record = self.deposit(commitment)?.ok_or(QueryError::NoDeposit { commitment })?;
        let mut rows = self.rows.over();
        let path = AppendRows::<DEPOSIT_DEPTH>::new(&mut rows, Table::DepositNodes).path(record.position)?;
        Ok(DepositPath {
            record,
            leaf: commitment.leaf(record.time),
            path,
            root: self.latest.deposit_root,
            state_index: self.latest.log_size,
        })
    }
}
