//! How a ledger is run: batches, queue, clock, quorum.

use crate::clock::{Clock, SystemClock};
use crate::publish::Quorum;
use std::sync::Arc;
use std::time::Duration;

/// When a batch is closed. An idle ledger sequences at once; what arrives meanwhile goes into the next batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchLimits {
    /// A batch takes no further entries after this time.
    pub max_duration: Duration,
    /// A batch takes no further entries after this many.
    pub max_entries: usize,
    /// A busy ledger keeps a batch open for this long at least, unless it is full. Zero: a batch is what waits.
    pub gather: Duration,
}

impl Default for BatchLimits {
    /// 100 milliseconds, 4,096 entries, 40 milliseconds when busy.
    fn default() -> Self {
        Self {
            max_duration: Duration::from_millis(100),
            max_entries: 4096,
            gather: Duration::from_millis(40),
        }
    }
}

/// How a ledger is run.
#[derive(Clone)]
pub struct LedgerOptions {
    /// When a batch is closed.
    pub batch: BatchLimits,
    /// How many checked entries may wait; further ones are told that the ledger is busy.
    pub queue_length: usize,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Who must cosign before receipts go out; without one they carry the log's signature alone.
    pub quorum: Option<Arc<dyn Quorum>>,
}

impl Default for LedgerOptions {
    fn default() -> Self {
        Self {
            batch: BatchLimits::default(),
            queue_length: 16_384,
            clock: Arc::new(SystemClock),
            quorum: None,
        }
    }
}
