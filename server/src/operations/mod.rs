//! What merchants, debtors, banks and registrars do with this machine's wallet and ledger; commands and the demo both call it.
//!
//! In scope: one file for each act. Out of scope: arguments and printing (`commands`).
//! An attacker who owns this part acts for everyone whose keys are in the wallet.

pub mod acknowledge;
pub(crate) mod anchors;
pub mod append;
pub mod audit;
pub mod dilute;
pub mod dilution_key;
pub mod disclose;
pub mod enrol;
pub mod evidence;
pub mod local_ledger;
pub mod lock;
pub mod mint;
pub mod present;
pub mod recipient;
pub mod registry;
pub mod scan;
pub mod transfer;
pub mod trust;
pub mod witness_policy;
pub(crate) mod witness_processes;
pub mod witness_quorum;

pub use local_ledger::{LedgerTimes, LocalLedger};
