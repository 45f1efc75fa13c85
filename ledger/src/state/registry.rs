//! The duplicate registry's keys as the log has them, and the times that its rules count from (`docs/protocol.md` section 3.4).
//!
//! In scope: one row, what a rotation makes of it. Out of scope: whether a rotation is due (`rules`). Whoever could set the
//! oldest issue day back could have an invoice minted again that was minted under a dropped key.

use super::row::{Key, Row};
use crate::store::StoreError;
use tradeseal_primitives::duplicate_tag::RegistryPublicKey;
use tradeseal_primitives::receivable::{Day, UnixSeconds};
use tradeseal_verifier::entry::Genesis;

/// Under which keys mints are tagged now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegistryRecord {
    /// Rotations so far; the last one's revision.
    pub revision: u64,
    /// The key of the era that runs.
    pub current: RegistryPublicKey,
    /// The key of the era before, if there was one.
    pub previous: Option<RegistryPublicKey>,
    /// When the era of the current key began: with the last rotation, or with the log.
    pub era_began: UnixSeconds,
    /// When the era of the last dropped key ended; none before a key was dropped. Notes minted until then have no tag under
    /// a key that still serves.
    pub dropped_era_ended: Option<UnixSeconds>,
    /// The entry that brought the current key.
    pub entry_index: u64,
}

impl RegistryRecord {
    /// The only row's key.
    pub(crate) const KEY: &'static [u8] = b"registry";

    /// The registry as the log begins.
    pub fn begin(genesis: &Genesis) -> Self {
        Self {
            revision: 0,
            current: genesis.registry_key,
            previous: None,
            era_began: genesis.created,
            dropped_era_ended: None,
            entry_index: 0,
        }
    }

    /// The registry after a rotation at this time, by the entry of this index.
    pub fn rotated(self, key: RegistryPublicKey, time: UnixSeconds, entry_index: u64) -> Self {
        Self {
            revision: self.revision + 1,
            current: key,
            previous: Some(self.current),
            era_began: time,
            // The era of what is dropped now, the previous key, ended when the current one's began.
            dropped_era_ended: self.previous.map(|_| self.era_began),
            entry_index,
        }
    }

    /// From when on the key may be rotated.
    pub fn rotates_from(&self, era_seconds: u64) -> UnixSeconds {
        UnixSeconds(self.era_began.0.saturating_add(era_seconds))
    }

    /// The earliest issue day that a mint may allow for. A note of a dropped era has an issue day of at most that era's last
    /// day + 1, so from the day after on no invoice can have been minted under dropped keys alone.
    pub fn oldest_issue_day(&self) -> Day {
        self.dropped_era_ended.map_or(Day(0), |ended| day_after(ended, 2))
    }

    /// The latest issue day that a mint may allow for at this time.
    pub fn latest_issue_day(now: UnixSeconds) -> Day {
        day_after(now, 1)
    }

    pub(crate) fn to_row(self) -> Vec<u8> {
        let key = Key::new()
            .number(self.revision)
            .number(self.era_began.0)
            .number(self.entry_index)
            .byte(self.dropped_era_ended.is_some().into())
            .number(self.dropped_era_ended.map_or(0, |ended| ended.0))
            .bytes(&self.current.to_bytes());
        match self.previous {
            Some(previous) => key.bytes(&previous.to_bytes()),
            None => key,
        }
        .done()
    }

    pub(crate) fn from_row(row: &[u8]) -> Result<Self, StoreError> {
        let what = "the registry's row";
        let key = |bytes: &[u8; 64]| {
            RegistryPublicKey::from_bytes(bytes).map_err(|_| StoreError::Damaged { what: what.into() })
        };
        let mut row = Row::new(what, row);
        let (revision, era_began, entry_index) = (row.number()?, UnixSeconds(row.number()?), row.number()?);
        let (dropped, ended) = (row.flag()?, UnixSeconds(row.number()?));
        let current = key(&row.array()?)?;
        let previous = if revision > 0 { Some(key(&row.array()?)?) } else { None };
        row.end(Self {
            revision,
            current,
            previous,
            era_began,
            dropped_era_ended: dropped.then_some(ended),
            entry_index,
        })
    }
}

/// The day of this time and some more. Times of a log reach no further than its clock; days of the far future are one.
fn day_after(time: UnixSeconds, days: u32) -> Day {
    const SECONDS_PER_DAY: u64 = 86_400;
    let day = u32::try_from(time.0 / SECONDS_PER_DAY).unwrap_or(u32::MAX);
    Day(day.saturating_add(days))
}
