//! Tiles (C2SP tlog-tiles): 256 hashes of every eighth level, by path `tile/<L>/<N>[.p/<W>]`.
//!
//! In scope: coordinates, paths, which tiles a size needs. Out of scope: serving. Full tiles never change.

use super::HashReader;
use crate::store::StoreError;
use std::fmt;
use std::str::FromStr;

/// Hashes in a full tile, entries in a full bundle.
pub const TILE_WIDTH: u64 = 256;
/// Levels of the binary tree that one tile spans.
const TILE_HEIGHT: u32 = 8;
/// 256^8 is 2^64: no log needs a higher level.
const MAX_LEVEL: u32 = 7;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileKind {
    /// Hashes of subtrees with 256^level entries.
    Hashes {
        /// The tile's level, 0 to 7.
        level: u32,
    },
    /// The entries themselves.
    Entries,
}

impl TileKind {
    fn level(self) -> u32 {
        match self {
            Self::Hashes { level } => level,
            Self::Entries => 0,
        }
    }
}

/// Names a tile or an entry bundle. `Display` and `FromStr` are its path, such as `tile/0/x001/x234/067.p/12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileCoordinate {
    kind: TileKind,
    index: u64,
    width: u64,
}

/// Why a path names no tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// Not a tile path.
    #[error("a tile's path is tile/<level or entries>/<N>, where a partial tile adds .p/<width>")]
    Path,
    /// The log is not that large.
    #[error("a log of {size} entries does not have this tile")]
    Absent {
        /// The log's size.
        size: u64,
    },
}

impl TileCoordinate {
    /// A tile of 1 to 256 hashes or entries; levels are 0 to 7.
    pub fn new(kind: TileKind, index: u64, width: u64) -> Option<Self> {
        let first_fits = index.checked_mul(TILE_WIDTH).is_some();
        (kind.level() <= MAX_LEVEL && (1..=TILE_WIDTH).contains(&width) && first_fits).then_some(Self {
            kind,
            index,
            width,
        })
    }

    /// What it holds.
    pub fn kind(&self) -> TileKind {
        self.kind
    }

    /// Whether it has all the hashes or entries that a tile can have; it never changes then.
    pub fn is_full(&self) -> bool {
        self.width == TILE_WIDTH
    }

    /// Positions, within the tile's level, of the hashes or entries it holds.
    pub fn positions(&self) -> std::ops::Range<u64> {
        let first = self.index * TILE_WIDTH;
        first..first + self.width
    }

    /// Whether a log of this size has the tile: a full one, or the partial one at its edge or an earlier edge.
    ///
    /// # Errors
    /// `Absent` if it does not.
    pub fn require_within(&self, size: u64) -> Result<(), TileError> {
        if self.positions().end > hashes_at(self.kind.level(), size) {
            return Err(TileError::Absent { size });
        }
        Ok(())
    }

    /// The bytes of a tile of hashes, 32 for each.
    ///
    /// # Errors
    /// As [`HashReader::subtree`].
    pub(crate) fn hashes(&self, nodes: &impl HashReader, level: u32) -> Result<Vec<u8>, StoreError> {
        let mut bytes = Vec::new();
        for position in self.positions() {
            bytes.extend(nodes.subtree(level * TILE_HEIGHT, position)?.0);
        }
        Ok(bytes)
    }
}

/// The tiles and entry bundles that hold the log of `size` entries, those left out that the log of `old_size` had in full.
pub fn tiles_of(old_size: u64, size: u64) -> impl Iterator<Item = TileCoordinate> {
    let kinds = (0..=MAX_LEVEL)
        .map(|level| TileKind::Hashes { level })
        .chain([TileKind::Entries]);
    kinds.flat_map(move |kind| {
        let (old, new) = (hashes_at(kind.level(), old_size), hashes_at(kind.level(), size));
        let first = if old == new {
            new.div_ceil(TILE_WIDTH)
        } else {
            old / TILE_WIDTH
        };
        (first..new.div_ceil(TILE_WIDTH))
            .filter_map(move |index| TileCoordinate::new(kind, index, TILE_WIDTH.min(new - index * TILE_WIDTH)))
    })
}

/// Complete subtrees of 256^level entries in a log of this size.
fn hashes_at(level: u32, size: u64) -> u64 {
    size.checked_shr(level * TILE_HEIGHT).unwrap_or(0)
}

impl fmt::Display for TileCoordinate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Hashes { level } => write!(f, "tile/{level}/")?,
            TileKind::Entries => f.write_str("tile/entries/")?,
        }
        let digits = self.index.to_string();
        let groups = digits.len().div_ceil(3);
        let padded = format!("{:0>1$}", digits, groups * 3);
        for group in 0..groups {
            let separator = if group + 1 < groups { "x" } else { "" };
            let end = if group + 1 < groups { "/" } else { "" };
            write!(f, "{separator}{}{end}", &padded[group * 3..group * 3 + 3])?;
        }
        if self.width < TILE_WIDTH {
            write!(f, ".p/{}", self.width)
        } else {
            Ok(())
        }
    }
}

impl FromStr for TileCoordinate {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        let parsed = parse(path).filter(|tile| tile.to_string() == path);
        parsed.ok_or(TileError::Path)
    }
}

/// Reads more forms than the one that paths have; the caller compares.
fn parse(path: &str) -> Option<TileCoordinate> {
    let (kind, rest) = path.strip_prefix("tile/")?.split_once('/')?;
    let kind = match kind {
        "entries" => TileKind::Entries,
        level => TileKind::Hashes {
            level: level.parse().ok()?,
        },
    };
    let (index, width) = match rest.split_once(".p/") {
        Some((index, width)) => (index, width.parse().ok()?),
        None => (rest, TILE_WIDTH),
    };
    let digits: String = index
        .split('/')
        .map(|group| group.strip_prefix('x').unwrap_or(group))
        .collect();
    TileCoordinate::new(kind, digits.parse().ok()?, width)
}
