//! Where times come from.
//!
//! In scope: reading a clock. Out of scope: what to do when it steps back (`witness`). An attacker who owns a log witness's
//! clock decides the times that it cosigns, except that they do not decrease.

use std::time::{SystemTime, UNIX_EPOCH};
use tradeseal_primitives::receivable::UnixSeconds;

/// A source of the current time.
pub trait Clock: Send + Sync {
    /// Seconds since 1970; 0 before.
    fn now(&self) -> UnixSeconds;
}

/// The operating system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> UnixSeconds {
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
        UnixSeconds(elapsed.map_or(0, |elapsed| elapsed.as_secs()))
    }
}
