//! Where the ledger takes the time from.
//!
//! In scope: whole seconds. Out of scope: never going back; the sequencer sees to that. An attacker who owns the clock can
//! date entries in the future and let locks and roots expire early; cosignatures of log witnesses bracket the time.

use std::time::{SystemTime, UNIX_EPOCH};
use tradeseal_primitives::receivable::UnixSeconds;

/// The present time.
pub trait Clock: Send + Sync {
    /// Seconds since 1970-01-01T00:00:00Z.
    fn now(&self) -> UnixSeconds;
}

/// The operating system's clock. A clock set before 1970 reads as 0.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> UnixSeconds {
        UnixSeconds(
            SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| since.as_secs()),
        )
    }
}
