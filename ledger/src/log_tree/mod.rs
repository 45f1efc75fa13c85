//! The log's RFC 6962 tree: appending, proving, and its C2SP tiles.
//!
//! In scope: complete subtrees as rows, each written once. Out of scope: checking proofs (`tradeseal_verifier::log`), signing.
//! An attacker who alters a node gets proofs that do not verify.

mod append;
mod bundle;
mod prove;
mod tile;

pub use append::LogTree;
pub use bundle::encode_bundle;
pub use prove::{consistency_proof, inclusion_proof, root_at};
pub use tile::{TILE_WIDTH, TileCoordinate, TileError, TileKind, tiles_of};

use crate::state::Overlay;
use crate::state::row::{Key, Row};
use crate::store::{StoreError, Table};
use tradeseal_verifier::log::LogHash;

/// Reads complete subtrees: the one at `level` and `index` covers entries `index << level` to `(index + 1) << level`.
pub trait HashReader {
    /// The root of a complete subtree.
    ///
    /// # Errors
    /// `Damaged` if it is not there; the store's errors.
    fn subtree(&self, level: u32, index: u64) -> Result<LogHash, StoreError>;
}

impl HashReader for Overlay<'_> {
    fn subtree(&self, level: u32, index: u64) -> Result<LogHash, StoreError> {
        let missing = || StoreError::Damaged {
            what: format!("log node {index} of level {level} is missing"),
        };
        let row = self
            .get(Table::LogNodes, &node_key(level, index))?
            .ok_or_else(missing)?;
        let mut row = Row::new("a log node", &row);
        let hash = row.hash()?;
        row.end(hash)
    }
}

fn node_key(level: u32, index: u64) -> Vec<u8> {
    // Levels are below 64.
    Key::new().byte(level.to_le_bytes()[0]).number(index).done()
}
