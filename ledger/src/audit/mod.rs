//! Auditing a log from what it publishes: its tiles and entry bundles, and nothing else.
//!
//! In scope: every byte of every file that a checkpoint covers; the log's tree; each entry by the rules, in its place and at
//! its batch's time; every state record; every proof whose key the auditor has. Out of scope: whether the checkpoint is signed
//! and cosigned (`tradeseal_verifier::log`), reporting.
//!
//! An audit owes nothing to the ledger's own state: it makes all of it again, in a scratch store. An attacker who owns this
//! part can call a forged log sound. Memory is bounded by one batch of entries and one batch of proofs; the scratch store grows
//! as the ledger's own does.

mod fault;
mod hashes;
mod proofs;
mod published;
mod replay;
mod stray;

pub use fault::{AuditCheck, Fault, MAX_FAULTS};
pub use published::{Directory, PublishedLog};
pub use replay::{MAX_BATCH_BYTES, MAX_BATCH_ENTRIES};

use crate::ProofKeys;
use crate::log_tree::{TILE_WIDTH, TileCoordinate, TileKind, decode_bundle};
use crate::store::{Store, StoreError};
use fault::Faults;
use hashes::HashTiles;
use replay::Replay;
use std::collections::{BTreeMap, BTreeSet};
use tradeseal_verifier::entry::{EntryKind, StateRecord};
use tradeseal_verifier::groth16::KeyId;
use tradeseal_verifier::log::{Checkpoint, LogHash, leaf_hash};
use tradeseal_verifier::statement::StatementId;

/// What an audit found.
#[derive(Debug, Clone)]
pub struct Audited {
    /// What does not hold, in the order it was found; at most [`MAX_FAULTS`].
    pub faults: Vec<Fault>,
    /// Entries replayed, by kind.
    pub entries: BTreeMap<EntryKind, u64>,
    /// Whether every bundle of entries was read: if not, a fault says why.
    pub all_read: bool,
    /// Whether every entry was replayed: if not, a fault says why.
    pub whole: bool,
    /// The last state record that the replay made.
    pub state: Option<StateRecord>,
    /// Proofs that hold.
    pub proofs_verified: u64,
    /// Proofs that nobody can judge here, and the keys that it would take.
    pub proofs_without_key: u64,
    /// Those keys.
    pub missing_keys: BTreeSet<(StatementId, KeyId)>,
    /// Files that are not part of the log and were not judged.
    pub strays: Vec<String>,
}

/// Audits the log of a checkpoint. `scratch` is an empty store that the replay may fill; `progress` is told how many entries are done.
///
/// # Errors
/// [`StoreError`] if the scratch store fails. Whatever is wrong with the log is in the result.
pub fn audit(
    log: &dyn PublishedLog,
    checkpoint: &Checkpoint,
    keys: &ProofKeys,
    scratch: &dyn Store,
    progress: &mut dyn FnMut(u64),
) -> Result<Audited, StoreError> {
    let mut reading = Reading {
        log,
        tiles: HashTiles::default(),
        published: HashTiles::default(),
        published_leaves: true,
        differing: Vec::new(),
        faults: Faults::default(),
    };
    let mut replay = Replay::new(checkpoint, keys, scratch)?;
    let size = checkpoint.size();
    let mut all_read = true;
    for index in 0..size.div_ceil(TILE_WIDTH) {
        let width = TILE_WIDTH.min(size - index * TILE_WIDTH);
        let Some(entries) = reading.bundle(index, width) else {
            all_read = false;
            break;
        };
        for (entry, bytes) in (index * TILE_WIDTH..).zip(entries) {
            replay.take(entry, &bytes, &mut reading.faults)?;
        }
        progress(index * TILE_WIDTH + width);
    }
    replay.finish(all_read, &mut reading.faults);
    if all_read {
        reading.finish(checkpoint);
    }
    let strays = stray::judge(log, size, &mut reading.faults);
    Ok(replay.audited(all_read, reading.faults.into_list(), strays))
}

/// Files read so far, and the tree over the entries in them.
struct Reading<'a> {
    log: &'a dyn PublishedLog,
    /// The tree over the entries.
    tiles: HashTiles,
    /// The tree over the leaf hashes as published.
    published: HashTiles,
    /// Whether every tile of leaf hashes could be read.
    published_leaves: bool,
    /// Tiles with another hash than the entries have, and where.
    differing: Vec<(TileCoordinate, u64)>,
    faults: Faults,
}

impl Reading<'_> {
    /// The entries of a bundle, after their hashes were held against the published ones. `None` if it cannot be read.
    fn bundle(&mut self, index: u64, width: u64) -> Option<Vec<Vec<u8>>> {
        let name = TileCoordinate::new(TileKind::Entries, index, width)?;
        let bytes = match self.log.read(&name) {
            Ok(bytes) => bytes,
            Err(cause) => {
                self.faults.add(Fault::unreadable(&name, &cause));
                return None;
            }
        };
        let Some(entries) = decode_bundle(&bytes, width) else {
            self.faults.add(Fault::Bundle { file: name.to_string() });
            return None;
        };
        let leaves: Vec<LogHash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        self.leaves(index, &leaves);
        Some(entries)
    }

    fn leaves(&mut self, index: u64, leaves: &[LogHash]) {
        let name = TileCoordinate::new(TileKind::Hashes { level: 0 }, index, leaves.len() as u64);
        match name.and_then(|name| self.compare(name, leaves)) {
            Some(published) => published
                .into_iter()
                .for_each(|hash| self.published.push(hash, &mut |_, _| ())),
            None => self.published_leaves = false,
        }
        let mut filled = Vec::new();
        for leaf in leaves {
            self.tiles
                .push(*leaf, &mut |name, hashes| filled.push((name, hashes.to_vec())));
        }
        // Tiles of leaf hashes were compared above.
        for (name, hashes) in filled.into_iter().filter(|(name, _)| is_above_leaves(name)) {
            self.compare(name, &hashes);
        }
    }

    /// Reads a tile and notes the first hash that is not the expected one; returns its hashes if it has as many as it should.
    fn compare(&mut self, name: TileCoordinate, expected: &[LogHash]) -> Option<Vec<LogHash>> {
        let bytes = match self.log.read(&name) {
            Ok(bytes) => bytes,
            Err(cause) => {
                self.faults.add(Fault::unreadable(&name, &cause));
                return None;
            }
        };
        let (hashes, rest) = bytes.as_chunks::<32>();
        if !rest.is_empty() || hashes.len() != expected.len() {
            self.faults.add(Fault::TileLength {
                file: name.to_string(),
                expected: expected.len() * 32,
                got: bytes.len(),
            });
            return None;
        }
        let published: Vec<LogHash> = hashes.iter().map(|hash| LogHash(*hash)).collect();
        if let Some(at) = published
            .iter()
            .zip(expected)
            .position(|(published, expected)| published != expected)
        {
            self.differing.push((name, name.positions().start + at as u64));
        }
        Some(published)
    }

    /// The tiles at the log's edge, the root, and who is at fault where hashes differ.
    fn finish(&mut self, checkpoint: &Checkpoint) {
        for (name, hashes) in self
            .tiles
            .partial()
            .into_iter()
            .filter(|(name, _)| is_above_leaves(name))
        {
            self.compare(name, &hashes);
        }
        let entries_hold = self.tiles.root() == *checkpoint.root();
        let leaves_hold = self.published_leaves && self.published.root() == *checkpoint.root();
        if !entries_hold && !leaves_hold {
            self.faults.add(Fault::Root);
        }
        for (name, position) in std::mem::take(&mut self.differing) {
            let changed_entry = leaves_hold && !entries_hold && !is_above_leaves(&name);
            self.faults.add(if changed_entry {
                Fault::entry_changed(position, checkpoint.size())
            } else {
                Fault::TileHash {
                    file: name.to_string(),
                    position,
                }
            });
        }
    }
}

fn is_above_leaves(name: &TileCoordinate) -> bool {
    name.kind() != TileKind::Hashes { level: 0 }
}
