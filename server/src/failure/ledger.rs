//! Ledger errors: codes and remedies.
//!
//! In scope: failures of the ledger itself and questions it cannot answer. Out of scope: entries it refuses (`submission`).
//! An attacker who owns this part talks an operator into replacing a ledger that is whole.

use tradeseal_ledger::LedgerError;
use tradeseal_ledger::item_tree::ItemTreeError;
use tradeseal_ledger::store::StoreError;
use tradeseal_ledger::view::QueryError;

use super::Failure;

const RESTORE: &str = "keep the store as it is, restore a copy, and compare its checkpoints with ones that others hold";

impl From<LedgerError> for Failure {
    fn from(refused: LedgerError) -> Self {
        let message = refused.to_string();
        match refused {
            LedgerError::Store(StoreError::InUse { .. }) => Self::new(
                "ledger_in_use",
                message,
                "stop the other process, or ask its service instead",
            ),
            LedgerError::NotCreated => Self::new(
                "ledger_missing",
                message,
                "give the --dir of an installation that has one",
            ),
            LedgerError::AlreadyCreated { .. } => Self::new("ledger_exists", message, "use it, or choose a new --dir"),
            LedgerError::WrongLogKey { .. } => Self::new(
                "ledger_log_key",
                message,
                "restore the wallet that this ledger was begun with",
            ),
            LedgerError::Damaged { .. } => Self::new("ledger_damaged", message, RESTORE),
            _ => Self::new(
                "ledger_failed",
                message,
                "check the disk under --dir, then run it again",
            ),
        }
    }
}

impl From<QueryError> for Failure {
    fn from(refused: QueryError) -> Self {
        let message = refused.to_string();
        match refused {
            QueryError::NoEntry { .. } | QueryError::Size { .. } => {
                Self::new("log_no_entry", message, "see the log's size: tradeseal log checkpoint")
            }
            QueryError::ExportDiffers { .. } => Self::new(
                "export_differs",
                message,
                "export to an empty folder; if this one is of the same log, somebody altered it or rewrote history",
            ),
            QueryError::Export { .. } => {
                Self::new("export_failed", message, "make room there, or choose another folder")
            }
            _ => Self::new("ledger_failed", message, RESTORE),
        }
    }
}

impl From<ItemTreeError> for Failure {
    fn from(refused: ItemTreeError) -> Self {
        let message = refused.to_string();
        match refused {
            ItemTreeError::File { path, cause } => Self::file("use", &path, &cause),
            ItemTreeError::Empty => Self::new("no_items", message, "check that this is the file you meant"),
            ItemTreeError::NoItem { .. } => Self::new("item_position", message, "leave --position out"),
            ItemTreeError::Damaged { .. } => Self::new(
                "anchor_damaged",
                message,
                "anchor the same items again: the entry stays the same",
            ),
        }
    }
}
