//! Cosigned checkpoints that are kept: the latest, and the last one of each minute, whose times bracket entries' times.
//!
//! In scope: their rows. Out of scope: whether their cosignatures make a quorum. An attacker who alters a row gives
//! receipts that do not verify.

use super::Overlay;
use crate::store::{Rows, StoreError, Table};
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::log::SignedCheckpoint;

/// The one with the largest size.
pub(crate) fn latest(rows: &Overlay<'_>) -> Result<Option<SignedCheckpoint>, StoreError> {
    let found = rows.at_or_below(Table::Cosigned, &[0xff; 8])?;
    found.map(|(_, row)| parse(row)).transpose()
}

/// The last one kept that does not cover this entry, and the first that does.
pub(crate) fn around(rows: &Overlay<'_>, entry: u64) -> Result<[Option<SignedCheckpoint>; 2], StoreError> {
    let at_or_below = |minute: u64| rows.at_or_below(Table::Cosigned, &minute.to_be_bytes());
    let covers = |row: &[u8]| Ok::<_, StoreError>(parse(row.to_vec())?.unchecked_checkpoint().size() > entry);
    // Sizes grow with minutes: the first minute by which one that covers the entry was kept.
    let (mut below, mut from) = (0, u64::MAX);
    while below < from {
        let middle = below + (from - below) / 2;
        match at_or_below(middle)? {
            Some((_, row)) if covers(&row)? => from = middle,
            _ => below = middle + 1,
        }
    }
    let first = at_or_below(from)?.map(|(_, row)| parse(row)).transpose()?;
    let first = first.filter(|kept| kept.unchecked_checkpoint().size() > entry);
    let last = match (&first, from.checked_sub(1)) {
        (None, _) => latest(rows)?,
        (Some(_), None) => None,
        (Some(_), Some(before)) => at_or_below(before)?.map(|(_, row)| parse(row)).transpose()?,
    };
    Ok([last, first])
}

/// The rows that keep this one; it is larger than those kept before. A clock that stepped back adds to the last minute.
pub(crate) fn keep(rows: &Overlay<'_>, checkpoint: &SignedCheckpoint, now: UnixSeconds) -> Result<Rows, StoreError> {
    let minute = (now.0 / 60).to_be_bytes().to_vec();
    let last = rows.at_or_below(Table::Cosigned, &[0xff; 8])?.map(|(key, _)| key);
    let mut kept = Rows::default();
    let key = last.map_or(minute.clone(), |last| last.max(minute));
    kept.put(Table::Cosigned, key, checkpoint.to_string().into_bytes());
    Ok(kept)
}

fn parse(row: Vec<u8>) -> Result<SignedCheckpoint, StoreError> {
    let damaged = |cause: String| StoreError::Damaged {
        what: format!("a cosigned checkpoint: {cause}"),
    };
    let text = String::from_utf8(row).map_err(|cause| damaged(cause.to_string()))?;
    SignedCheckpoint::parse(&text).map_err(|cause| damaged(cause.to_string()))
}
