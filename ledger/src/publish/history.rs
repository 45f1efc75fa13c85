//! The log's history as log witnesses ask for it: consistency proofs.

use crate::log_tree;
use crate::state::Overlay;
use crate::store::{Store, StoreError};
use std::sync::{Arc, Weak};
use tradeseal_verifier::log::LogHash;

/// Makes consistency proofs for as long as the ledger is open. Holding one does not keep the store open.
#[derive(Clone)]
pub struct LogHistory(Weak<dyn Store>);

impl LogHistory {
    pub(crate) fn of(store: &Arc<dyn Store>) -> Self {
        Self(Arc::downgrade(store))
    }

    /// The proof (RFC 6962 section 2.1.2) that the tree of `new_size` entries begins with that of `old_size`.
    ///
    /// # Errors
    /// The store's; `Damaged` if the log has not that many entries; `Read` once the ledger is closed.
    pub fn consistency_proof(&self, old_size: u64, new_size: u64) -> Result<Vec<LogHash>, StoreError> {
        let store = self.0.upgrade().ok_or_else(|| StoreError::Read {
            cause: "the ledger is closed".into(),
        })?;
        let rows = Overlay::new(store.snapshot());
        log_tree::consistency_proof(&rows, old_size, new_size)
    }
}
