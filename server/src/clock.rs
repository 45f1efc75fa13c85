//! The machine's clock, read at the edge only: everything below is handed the time.
//!
//! In scope: now. Out of scope: ledger time. An attacker who sets this clock makes expired requests look alive on this
//! machine.

use std::time::{SystemTime, UNIX_EPOCH};

use tradeseal_primitives::receivable::UnixSeconds;

/// Seconds since 1970; a clock set before then reads as 0.
pub(crate) fn now() -> UnixSeconds {
    UnixSeconds(
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs()),
    )
}
