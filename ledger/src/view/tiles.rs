//! Tiles and entry bundles, made from the log's rows.

use super::{QueryError, View};
use crate::log_tree::{TileCoordinate, TileKind, encode_bundle};

impl View<'_> {
    /// The bytes of a tile or entry bundle of this log: a full one, or any partial one that it has or had.
    ///
    /// # Errors
    /// `Tile` if the log is not that large; the store's errors.
    pub fn tile(&self, tile: &TileCoordinate) -> Result<Vec<u8>, QueryError> {
        tile.require_within(self.size())?;
        match tile.kind() {
            TileKind::Hashes { level } => Ok(tile.hashes(&self.rows, level)?),
            TileKind::Entries => {
                let mut bundle = Vec::new();
                for index in tile.positions() {
                    encode_bundle(&mut bundle, &self.entry(index)?.bytes)?;
                }
                Ok(bundle)
            }
        }
    }
}
