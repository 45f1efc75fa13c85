//! The log's RFC 6962 tree: appending, proving, and its C2SP tiles.
//!
//! In scope: every fourth level's hashes as rows of sixteen, the levels between hashed when asked for. Out of scope: checking
//! proofs (`tradeseal_verifier::log`), signing. An attacker who alters a hash gets proofs that do not verify.

mod append;
mod bundle;
mod memory;
mod prove;
mod tile;

pub use append::LogTree;
pub use bundle::{decode_bundle, encode_bundle};
pub use memory::NodeMemory;
pub use prove::{consistency_proof, inclusion_proof, root_at};
pub use tile::{TILE_WIDTH, TileCoordinate, TileError, TileKind, tiles_of};

use crate::state::Overlay;
use crate::state::row::Key;
use crate::store::{StoreError, Table};
use tradeseal_verifier::log::{LogHash, node_hash};

/// Levels of the binary tree that one row stands for.
const ROW_HEIGHT: u32 = 4;
/// Hashes in a full row.
const ROW_WIDTH: u64 = 1 << ROW_HEIGHT;
const HASH_BYTES: usize = 32;

/// Reads complete subtrees: the one at `level` and `index` covers entries `index << level` to `(index + 1) << level`.
pub trait HashReader {
    /// The root of a complete subtree.
    ///
    /// # Errors
    /// `Damaged` if it is not there; the store's errors.
    fn subtree(&self, level: u32, index: u64) -> Result<LogHash, StoreError>;
}

impl HashReader for Overlay<'_> {
    /// Hashes the up to eight stored hashes that the subtree is over.
    fn subtree(&self, level: u32, index: u64) -> Result<LogHash, StoreError> {
        let missing = || StoreError::Damaged {
            what: format!("log node {index} of level {level} is missing"),
        };
        let (row_level, height) = (level / ROW_HEIGHT, level % ROW_HEIGHT);
        let first = index << height;
        let row = self
            .get(Table::LogNodes, &row_key(row_level, first / ROW_WIDTH))?
            .ok_or_else(missing)?;
        let (stored, rest) = row.as_chunks::<HASH_BYTES>();
        let from = usize::try_from(first % ROW_WIDTH).map_err(|_| missing())?;
        let hashes = stored.get(from..from + (1 << height)).ok_or_else(missing)?;
        if !rest.is_empty() || stored.len() as u64 > ROW_WIDTH {
            return Err(StoreError::Damaged {
                what: format!("log nodes of level {}", row_level * ROW_HEIGHT),
            });
        }
        Ok(complete_root(hashes))
    }
}

/// The root over a power of two of hashes.
fn complete_root(hashes: &[[u8; HASH_BYTES]]) -> LogHash {
    match hashes {
        [only] => LogHash(*only),
        _ => {
            let (left, right) = hashes.split_at(hashes.len() / 2);
            node_hash(&complete_root(left), &complete_root(right))
        }
    }
}

/// Of a level that rows hold, and a row's place in it.
fn row_key(row_level: u32, index: u64) -> Vec<u8> {
    // Levels are below 64, those of rows below 16.
    Key::new().byte(row_level.to_le_bytes()[0]).number(index).done()
}
