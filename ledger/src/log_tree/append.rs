//! Appending: each entry completes the subtrees that end with it.

use super::{HASH_BYTES, HashReader, ROW_HEIGHT, ROW_WIDTH, row_key};
use crate::state::Overlay;
use crate::store::{StoreError, Table};
use tradeseal_verifier::log::{LogHash, empty_root, node_hash};

/// The right edge of the tree: the complete subtrees that its size is the sum of, smallest first, and the rows that are not full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogTree {
    size: u64,
    edge: Vec<(u32, LogHash)>,
    /// The last row of each level that rows hold; empty if the one before it is full.
    open_rows: Vec<Vec<u8>>,
}

impl LogTree {
    /// A log without entries.
    pub fn empty() -> Self {
        Self {
            size: 0,
            edge: Vec::new(),
            open_rows: Vec::new(),
        }
    }

    /// The edge of a stored log.
    ///
    /// # Errors
    /// As [`HashReader::subtree`].
    pub fn load(nodes: &Overlay<'_>, size: u64) -> Result<Self, StoreError> {
        let levels = (0..u64::BITS).filter(|level| size >> level & 1 == 1);
        let edge = levels.map(|level| Ok((level, nodes.subtree(level, (size >> level) - 1)?)));
        let row_levels = (0..u64::BITS / ROW_HEIGHT).take_while(|row_level| size >> (row_level * ROW_HEIGHT) > 0);
        let open_rows = row_levels.map(|row_level| open_row(nodes, row_level, size >> (row_level * ROW_HEIGHT)));
        Ok(Self {
            size,
            edge: edge.collect::<Result<_, StoreError>>()?,
            open_rows: open_rows.collect::<Result<_, _>>()?,
        })
    }

    /// Number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends an entry's leaf hash and writes the rows it fills; [`Self::write_open_rows`] writes the others.
    pub fn append(&mut self, nodes: &mut Overlay<'_>, leaf: LogHash) {
        let (mut level, mut hash) = (0, leaf);
        self.push(nodes, level, hash);
        while self.size >> level & 1 == 1 {
            let (_, left) = self.edge.remove(0);
            hash = node_hash(&left, &hash);
            level += 1;
            self.push(nodes, level, hash);
        }
        self.edge.insert(0, (level, hash));
        self.size += 1;
    }

    /// Writes the rows that later entries will fill.
    pub fn write_open_rows(&self, nodes: &mut Overlay<'_>) {
        for (row_level, row) in (0..).zip(&self.open_rows) {
            if !row.is_empty() {
                let index = (self.size >> (row_level * ROW_HEIGHT)) / ROW_WIDTH;
                nodes.put(Table::LogNodes, row_key(row_level, index), row.clone());
            }
        }
    }

    /// The RFC 6962 root.
    pub fn root(&self) -> LogHash {
        let hashes = self.edge.iter().map(|(_, hash)| *hash);
        hashes
            .reduce(|right, left| node_hash(&left, &right))
            .unwrap_or_else(empty_root)
    }

    /// Adds the hash of the subtree that the entry at `size` completes at this level to its row, if rows hold the level.
    fn push(&mut self, nodes: &mut Overlay<'_>, level: u32, hash: LogHash) {
        if !level.is_multiple_of(ROW_HEIGHT) {
            return;
        }
        let row_level = level / ROW_HEIGHT;
        let at = row_level as usize;
        if at == self.open_rows.len() {
            self.open_rows.push(Vec::with_capacity(HASH_BYTES << ROW_HEIGHT));
        }
        let row = &mut self.open_rows[at];
        row.extend(hash.0);
        if row.len() == HASH_BYTES << ROW_HEIGHT {
            let full = std::mem::take(row);
            let index = (self.size >> level) / ROW_WIDTH;
            nodes.put(Table::LogNodes, row_key(row_level, index), full);
        }
    }
}

/// The row of a level that the next hash goes into, as far as it is filled.
fn open_row(nodes: &Overlay<'_>, row_level: u32, hashes: u64) -> Result<Vec<u8>, StoreError> {
    if hashes.is_multiple_of(ROW_WIDTH) {
        return Ok(vec![]);
    }
    let row = nodes.get(Table::LogNodes, &row_key(row_level, hashes / ROW_WIDTH))?;
    let row = row.filter(|row| row.len() as u64 == hashes % ROW_WIDTH * HASH_BYTES as u64);
    row.ok_or_else(|| StoreError::Damaged {
        what: format!("log nodes of level {}", row_level * ROW_HEIGHT),
    })
}
