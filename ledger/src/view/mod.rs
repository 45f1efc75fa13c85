//! Everything that can be asked of a ledger, as of one checkpoint.
//!
//! In scope: entries and their proofs, records, paths, tiles, export. Out of scope: who may ask. A view is consistent: a path
//! and the state record taken from it belong together, whatever is appended meanwhile.

mod deposits;
mod error;
mod export;
mod live;
mod log;
mod receivables;
mod records;
mod scan;
mod tiles;
mod trees;

pub use deposits::DepositPath;
pub use error::QueryError;
pub use receivables::Receivable;
pub use records::{DirectoryEntry, NullifierStatus};
pub use scan::{MAX_SCAN_ENTRIES, NoteEntry, Scan};
pub use trees::{DilutionPath, NotePath, PartyPath};

use crate::ledger::Shared;
use crate::publish::Quorum;
use crate::state::{Overlay, cosigned, lookup};
use crate::store::{Snapshot, StoreError};
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::entry::StateRecord;
use tradeseal_verifier::log::SignedCheckpoint;

/// The ledger as of one checkpoint.
pub struct View<'l> {
    rows: Overlay<'l>,
    checkpoint: SignedCheckpoint,
    cosigned: Option<SignedCheckpoint>,
    quorum: Option<&'l dyn Quorum>,
    latest: StateRecord,
    now: UnixSeconds,
}

impl<'l> View<'l> {
    pub(crate) fn new(shared: &'l Shared) -> Result<Self, QueryError> {
        let rows = Overlay::new(shared.store.snapshot());
        let missing = |what: &str| StoreError::Damaged { what: what.into() };
        let head = (&rows).head()?.ok_or_else(|| missing("the head"))?;
        let last = head.size.checked_sub(1).ok_or_else(|| missing("the first entry"))?;
        let last = lookup::entry(&rows, last)?.ok_or_else(|| missing("the last entry"))?;
        let latest = StateRecord::decode(&last.bytes)?;
        let now = shared.clock.now().max(latest.time);
        let cosigned = cosigned::latest(&rows)?;
        let whole = cosigned
            .clone()
            .filter(|kept| kept.unchecked_checkpoint().size() == head.size);
        let checkpoint = match whole {
            Some(cosigned) => cosigned,
            None => SignedCheckpoint::parse(&head.checkpoint)?,
        };
        Ok(Self {
            rows,
            checkpoint,
            cosigned,
            quorum: shared.quorum.as_deref(),
            latest,
            now,
        })
    }

    /// The signed checkpoint that this view is of; cosigned if a quorum has done so by now.
    pub fn checkpoint(&self) -> &SignedCheckpoint {
        &self.checkpoint
    }

    /// The latest checkpoint that a quorum cosigned, if any; it may be smaller than this view's.
    pub fn cosigned_checkpoint(&self) -> Option<&SignedCheckpoint> {
        self.cosigned.as_ref()
    }

    /// The last kept cosigned checkpoint that does not cover an entry, and the first one that does: their times bracket its own.
    /// One is kept for each minute, and the latest.
    ///
    /// # Errors
    /// The store's.
    pub fn cosigned_around(&self, entry: u64) -> Result<[Option<SignedCheckpoint>; 2], QueryError> {
        Ok(cosigned::around(&self.rows, entry)?)
    }

    /// Number of entries.
    pub fn size(&self) -> u64 {
        self.checkpoint.unchecked_checkpoint().size()
    }

    /// The last state record: the log's last entry, at index `log_size`.
    pub fn latest_state(&self) -> &StateRecord {
        &self.latest
    }

    /// The time by which locks count: the clock's, and never before the last state record's.
    pub fn now(&self) -> UnixSeconds {
        self.now
    }
}
