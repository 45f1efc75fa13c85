//! Scanning: entries with new notes in the log's order, a bounded number at a time, for wallets that look for theirs.
//!
//! In scope: what a wallet needs to try to open each note and to find its leaf. Out of scope: opening (the wallet's keys).

use super::{QueryError, View};
use crate::state::lookup;
use crate::store::StoreError;
use std::ops::Range;
use tradeseal_primitives::receivable::{Commitment, UnixSeconds};
use tradeseal_verifier::entry::Entry;

/// Most entries read at once, of whatever kind.
pub const MAX_SCAN_ENTRIES: usize = 1024;

/// A part of the log that was scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// Mint and transfer entries among those read, in the log's order.
    pub entries: Vec<NoteEntry>,
    /// Where to go on; the view's size when all of it is scanned.
    pub next: u64,
}

/// An entry that made notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteEntry {
    /// Its index in the log.
    pub index: u64,
    /// Its time, which is in the notes' leaves.
    pub time: UnixSeconds,
    /// Where in the note tree its notes are, in the entry's order: one of a mint, four of a transfer.
    pub positions: Range<u64>,
    /// The mint or transfer.
    pub entry: Entry,
}

impl View<'_> {
    /// Reads entries from this index on, at most `max_entries` and [`MAX_SCAN_ENTRIES`].
    ///
    /// # Errors
    /// `Size` if the log does not reach to `from`: whoever scanned further saw another log; the store's errors.
    pub fn scan(&self, from: u64, max_entries: usize) -> Result<Scan, QueryError> {
        self.require_size(from)?;
        let count = max_entries.min(MAX_SCAN_ENTRIES) as u64;
        let next = self.size().min(from.saturating_add(count));
        let entries = (from..next).filter_map(|index| self.note_entry(index).transpose());
        Ok(Scan {
            entries: entries.collect::<Result<_, _>>()?,
            next,
        })
    }

    /// The entry at this index, if it made notes.
    fn note_entry(&self, index: u64) -> Result<Option<NoteEntry>, QueryError> {
        let logged = self.entry(index)?;
        let entry = Entry::decode(&logged.bytes)?;
        let (first, count) = match &entry {
            Entry::Mint(mint) => (mint.body.commitment, 1),
            Entry::Transfer(transfer) => {
                let commitments = &transfer.body.commitments;
                (commitments[0], commitments.len() as u64)
            }
            _ => return Ok(None),
        };
        let first = self.position(first)?;
        Ok(Some(NoteEntry {
            index,
            time: logged.time,
            positions: first..first + count,
            entry,
        }))
    }

    fn position(&self, commitment: Commitment) -> Result<u64, QueryError> {
        let note = lookup::note(&self.rows, commitment)?.ok_or_else(|| StoreError::Damaged {
            what: format!("note {commitment} of a logged entry"),
        })?;
        Ok(note.position)
    }
}
