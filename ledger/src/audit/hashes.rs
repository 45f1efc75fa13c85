//! The tiles of hashes over entries, made again one leaf after another.

use crate::log_tree::{TILE_WIDTH, TileCoordinate, TileKind};
use tradeseal_verifier::log::{LogHash, empty_root, node_hash};

/// The tiles that are not full yet, level by level.
#[derive(Debug, Default)]
pub(super) struct HashTiles(Vec<OpenTile>);

#[derive(Debug, Default)]
struct OpenTile {
    index: u64,
    hashes: Vec<LogHash>,
}

impl HashTiles {
    /// Adds a leaf hash; every tile that it fills is shown to `full`.
    pub(super) fn push(&mut self, leaf: LogHash, full: &mut dyn FnMut(TileCoordinate, &[LogHash])) {
        let mut hash = leaf;
        for level in 0.. {
            if self.0.len() == level {
                self.0.push(OpenTile::default());
            }
            let tile = &mut self.0[level];
            tile.hashes.push(hash);
            if (tile.hashes.len() as u64) < TILE_WIDTH {
                return;
            }
            if let Some(name) = named(level, tile) {
                full(name, &tile.hashes);
            }
            hash = complete_root(&tile.hashes);
            tile.hashes.clear();
            tile.index += 1;
        }
    }

    /// The tiles at the edge, each with fewer hashes than a full one.
    pub(super) fn partial(&self) -> Vec<(TileCoordinate, Vec<LogHash>)> {
        let open = self.0.iter().enumerate();
        open.filter_map(|(level, tile)| Some((named(level, tile)?, tile.hashes.clone())))
            .collect()
    }

    /// The RFC 6962 root: complete subtrees from the smallest, at the right, to the largest.
    pub(super) fn root(&self) -> LogHash {
        let mut root: Option<LogHash> = None;
        for tile in &self.0 {
            let mut rest = &tile.hashes[..];
            while !rest.is_empty() {
                let (left, last) = rest.split_at(rest.len() - (1 << rest.len().trailing_zeros()));
                let subtree = complete_root(last);
                root = Some(root.map_or(subtree, |right| node_hash(&subtree, &right)));
                rest = left;
            }
        }
        root.unwrap_or_else(empty_root)
    }
}

fn named(level: usize, tile: &OpenTile) -> Option<TileCoordinate> {
    let level = u32::try_from(level).ok()?;
    TileCoordinate::new(TileKind::Hashes { level }, tile.index, tile.hashes.len() as u64)
}

/// The root over a power of two of hashes.
fn complete_root(hashes: &[LogHash]) -> LogHash {
    match hashes {
        [only] => *only,
        _ => {
            let (left, right) = hashes.split_at(hashes.len() / 2);
            node_hash(&complete_root(left), &complete_root(right))
        }
    }
}
