//! Files beside those that the checkpoint needs: earlier partial tiles, which must agree, and strangers, which are named.

use super::PublishedLog;
use super::fault::{Fault, Faults};
use crate::log_tree::{TILE_WIDTH, TileCoordinate, TileKind, decode_bundle, encode_bundle};

/// Most strangers named.
const MAX_STRAYS: usize = 20;

/// Holds earlier partial tiles against the present ones, and returns the names of files that are no part of the log.
pub(super) fn judge(log: &dyn PublishedLog, size: u64, faults: &mut Faults) -> Vec<String> {
    let files = match log.files() {
        Ok(files) => files,
        Err(cause) => {
            faults.add(Fault::Listing {
                cause: cause.to_string(),
            });
            return vec![];
        }
    };
    let mut strays = Vec::new();
    for file in files.into_iter().filter(|file| file != "checkpoint") {
        let tile = file.parse::<TileCoordinate>().ok();
        match tile.filter(|tile| tile.require_within(size).is_ok()) {
            Some(tile) => match present(&tile, size) {
                Some(present) if present != tile => judge_earlier(log, &tile, &present, faults),
                _ => {}
            },
            None if strays.len() < MAX_STRAYS => strays.push(file),
            None => {}
        }
    }
    strays
}

/// The tile of the same place in a log of this size.
fn present(tile: &TileCoordinate, size: u64) -> Option<TileCoordinate> {
    let first = tile.positions().start;
    let level = match tile.kind() {
        TileKind::Entries => 0,
        TileKind::Hashes { level } => level,
    };
    let width = (size >> (8 * level)).checked_sub(first)?.min(TILE_WIDTH);
    TileCoordinate::new(tile.kind(), first / TILE_WIDTH, width)
}

fn judge_earlier(log: &dyn PublishedLog, earlier: &TileCoordinate, present: &TileCoordinate, faults: &mut Faults) {
    let (Ok(old), Ok(new)) = (log.read(earlier), log.read(present)) else {
        // The present one's absence has been found before.
        return;
    };
    let width = earlier.positions().count();
    let beginning = match earlier.kind() {
        TileKind::Hashes { .. } => new.get(..width * 32).map(<[u8]>::to_vec),
        TileKind::Entries => decode_bundle(&new, present.positions().count() as u64).and_then(|entries| {
            let mut bundle = Vec::new();
            let entries = entries.iter().take(width);
            entries
                .into_iter()
                .try_for_each(|entry| encode_bundle(&mut bundle, entry))
                .ok()?;
            Some(bundle)
        }),
    };
    if beginning.is_none_or(|beginning| beginning != old) {
        faults.add(Fault::Earlier {
            file: earlier.to_string(),
            present: present.to_string(),
        });
    }
}
