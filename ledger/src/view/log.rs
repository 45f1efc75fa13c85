//! Questions about the log: entries, inclusion, consistency.

use super::{QueryError, View};
use crate::log_tree;
use crate::state::{LoggedEntry, lookup};
use tradeseal_verifier::entry::{Entry, StateRecord};
use tradeseal_verifier::log::{LogHash, TlogProof};

impl View<'_> {
    /// An entry with its time and the state record that closes its batch.
    ///
    /// # Errors
    /// `NoEntry` beyond the log's end; the store's errors.
    pub fn entry(&self, index: u64) -> Result<LoggedEntry, QueryError> {
        lookup::entry(&self.rows, index)?.ok_or(QueryError::NoEntry {
            index,
            size: self.size(),
        })
    }

    /// The position of the entry with this RFC 6962 leaf hash.
    ///
    /// # Errors
    /// The store's.
    pub fn find_entry(&self, leaf: &LogHash) -> Result<Option<u64>, QueryError> {
        Ok(lookup::entry_index(&self.rows, leaf)?)
    }

    /// The state record at this index.
    ///
    /// # Errors
    /// `NotState` if the entry is of another kind; as [`Self::entry`].
    pub fn state(&self, index: u64) -> Result<StateRecord, QueryError> {
        match Entry::decode(&self.entry(index)?.bytes)? {
            Entry::State(state) => Ok(*state),
            other => Err(QueryError::NotState {
                index,
                kind: other.kind(),
            }),
        }
    }

    /// The RFC 6962 root of the log's first `size` entries.
    ///
    /// # Errors
    /// `Size` if the log has fewer; the store's errors.
    pub fn log_root(&self, size: u64) -> Result<LogHash, QueryError> {
        self.require_size(size)?;
        Ok(log_tree::root_at(&self.rows, size)?)
    }

    /// The proof that entry `index` is in the log of `size` entries, the present size or an earlier one.
    ///
    /// # Errors
    /// `Size` or `NoEntry` if the log has no such size, or that size no such entry; the store's errors.
    pub fn inclusion_proof(&self, index: u64, size: u64) -> Result<Vec<LogHash>, QueryError> {
        self.require_size(size)?;
        if index >= size {
            return Err(QueryError::NoEntry { index, size });
        }
        Ok(log_tree::inclusion_proof(&self.rows, index, size)?)
    }

    /// The proof that the log of `new_size` entries begins with the one of `old_size`.
    ///
    /// # Errors
    /// `Size` if the log has fewer entries than `new_size`, or `new_size` is below `old_size`; the store's errors.
    pub fn consistency_proof(&self, old_size: u64, new_size: u64) -> Result<Vec<LogHash>, QueryError> {
        self.require_size(new_size)?;
        if old_size > new_size {
            return Err(QueryError::Size {
                size: new_size,
                log_size: self.size(),
            });
        }
        Ok(log_tree::consistency_proof(&self.rows, old_size, new_size)?)
    }

    /// The proof of an entry under this view's checkpoint, to be stored and shown to others.
    ///
    /// # Errors
    /// `NoEntry` beyond the log's end; the store's errors.
    pub fn tlog_proof(&self, index: u64) -> Result<TlogProof, QueryError> {
        let hashes = self.inclusion_proof(index, self.size())?;
        Ok(TlogProof::new(index, hashes, self.checkpoint.clone())?)
    }

    /// The proof of an entry under the latest checkpoint that the ledger's quorum cosigned: its receipt. `None` if none covers it yet,
    /// or the ledger has no quorum.
    ///
    /// # Errors
    /// `NoEntry` beyond the log's end; the store's errors.
    pub fn cosigned_proof(&self, index: u64) -> Result<Option<TlogProof>, QueryError> {
        if index >= self.size() {
            return Err(QueryError::NoEntry {
                index,
                size: self.size(),
            });
        }
        let covering = self
            .cosigned
            .as_ref()
            .filter(|kept| index < kept.unchecked_checkpoint().size())
            // One that was kept under another policy need not do for this one.
            .filter(|kept| self.quorum.is_some_and(|quorum| quorum.is_met(kept)));
        let Some(kept) = covering else { return Ok(None) };
        let hashes = self.inclusion_proof(index, kept.unchecked_checkpoint().size())?;
        Ok(Some(TlogProof::new(index, hashes, kept.clone())?))
    }

    pub(super) fn require_size(&self, size: u64) -> Result<(), QueryError> {
        if size > self.size() {
            return Err(QueryError::Size {
                size,
                log_size: self.size(),
            });
        }
        Ok(())
    }
}
