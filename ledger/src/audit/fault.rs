//! What an audit can find, each with the file or the entry it is in.

use crate::log_tree::{TILE_WIDTH, TileCoordinate, TileKind};
use crate::rules::Refusal;
use std::io;
use tradeseal_verifier::entry::{EntryError, EntryKind};

/// Most faults that an audit lists: where one file is wrong, everything after it may be.
pub const MAX_FAULTS: usize = 100;

/// What is checked, for a report with a line for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuditCheck {
    /// Every file that the checkpoint covers is there and can be read.
    Files,
    /// The tiles hold the hashes of the entries.
    Tiles,
    /// The root over the entries is the checkpoint's.
    Root,
    /// Every entry has its one encoding.
    Entries,
    /// The rules allow every entry in its place.
    Rules,
    /// Every state record is what the entries before it make.
    StateRecords,
    /// Every proof holds.
    Proofs,
}

impl AuditCheck {
    /// In the order of a report.
    pub const ALL: [Self; 7] = [
        Self::Files,
        Self::Tiles,
        Self::Root,
        Self::Entries,
        Self::Rules,
        Self::StateRecords,
        Self::Proofs,
    ];
}

/// One thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A file is missing or cannot be read.
    #[error("{file} cannot be read: {cause}")]
    Unreadable {
        /// Its path in the export.
        file: String,
        /// The operating system's word.
        cause: String,
    },
    /// The folder cannot be listed.
    #[error("the folder cannot be listed: {cause}")]
    Listing {
        /// The operating system's word.
        cause: String,
    },
    /// A bundle is not entries one after another, each after its length.
    #[error("{file} is not the number of entries that its place asks for, each after its length")]
    Bundle {
        /// Its path.
        file: String,
    },
    /// A tile has another length than its hashes.
    #[error("{file} has {got} bytes where its hashes take {expected}")]
    TileLength {
        /// Its path.
        file: String,
        /// Bytes it should have.
        expected: usize,
        /// Bytes it has.
        got: usize,
    },
    /// A tile holds a hash that the entries do not have.
    #[error("{file}: the hash at position {position} of its level is not the one of the entries")]
    TileHash {
        /// Its path.
        file: String,
        /// Position within the tile's level.
        position: u64,
    },
    /// The published hashes lead to the checkpoint's root, the entry does not have its hash.
    #[error("{file}: entry {entry} is not the one in the log's tree")]
    EntryChanged {
        /// The bundle's path.
        file: String,
        /// The entry's index.
        entry: u64,
    },
    /// Neither the entries nor the published hashes lead to the checkpoint's root.
    #[error("checkpoint: its root is neither that of the entries nor that of the hashes in the tiles")]
    Root,
    /// An earlier partial tile is not the beginning of the present one.
    #[error("{file} is not the beginning of {present}")]
    Earlier {
        /// The earlier tile's path.
        file: String,
        /// The present one's.
        present: String,
    },
    /// An entry cannot be read.
    #[error("entry {entry} cannot be read: {cause}")]
    Entry {
        /// Its index.
        entry: u64,
        /// Why.
        cause: EntryError,
    },
    /// An entry reads, and would be written otherwise.
    #[error("entry {entry} is not written in its one encoding")]
    Encoding {
        /// Its index.
        entry: u64,
    },
    /// The log does not begin or end as a log must, or a batch is too large to be one.
    #[error("entry {entry}: {what}")]
    Order {
        /// Its index.
        entry: u64,
        /// What is out of place.
        what: &'static str,
    },
    /// A rule refuses the entry in its place.
    #[error("entry {entry} ({kind}) is against the rules: {refusal}")]
    Refused {
        /// Its index.
        entry: u64,
        /// Its kind.
        kind: EntryKind,
        /// The rule's word.
        refusal: Box<Refusal>,
    },
    /// A state record is not what the entries before it make.
    #[error("state record {entry}: {field} is not what the entries before it make")]
    State {
        /// Its index.
        entry: u64,
        /// Which field differs first.
        field: &'static str,
    },
    /// A proof does not hold.
    #[error("the proof in entry {entry} does not hold: {reason}")]
    Proof {
        /// The entry's index.
        entry: u64,
        /// The verifier's word.
        reason: String,
    },
}

impl Fault {
    pub(super) fn unreadable(tile: &TileCoordinate, cause: &io::Error) -> Self {
        Self::Unreadable {
            file: tile.to_string(),
            cause: cause.to_string(),
        }
    }

    pub(super) fn entry_changed(entry: u64, size: u64) -> Self {
        let bundle = entry / TILE_WIDTH;
        let width = TILE_WIDTH.min(size - bundle * TILE_WIDTH);
        let file = TileCoordinate::new(TileKind::Entries, bundle, width);
        Self::EntryChanged {
            file: file.map(|file| file.to_string()).unwrap_or_default(),
            entry,
        }
    }

    /// Which check it fails.
    pub fn check(&self) -> AuditCheck {
        match self {
            Self::Unreadable { .. } | Self::Listing { .. } | Self::Bundle { .. } | Self::TileLength { .. } => {
                AuditCheck::Files
            }
            Self::TileHash { .. } | Self::EntryChanged { .. } | Self::Earlier { .. } => AuditCheck::Tiles,
            Self::Root => AuditCheck::Root,
            Self::Entry { .. } | Self::Encoding { .. } | Self::Order { .. } => AuditCheck::Entries,
            Self::Refused { .. } => AuditCheck::Rules,
            Self::State { .. } => AuditCheck::StateRecords,
            Self::Proof { .. } => AuditCheck::Proofs,
        }
    }
}

/// Faults so far.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn add(&mut self, fault: Fault) {
        if self.0.len() < MAX_FAULTS {
            self.0.push(fault);
        }
    }

    pub(super) fn into_list(self) -> Vec<Fault> {
        self.0
    }
}
