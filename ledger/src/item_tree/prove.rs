//! Proving: one chunk of each level is read, whatever the number of items.

use super::{CHUNK, HASH_BYTES, ItemTreeError, failed, level_path, subtree};
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use tradeseal_verifier::log::LogHash;

/// A tree over items in a folder.
#[derive(Debug)]
pub struct ItemTree {
    folder: PathBuf,
    /// Hashes of each level; the first is the number of items, the last is 1.
    counts: Vec<u64>,
}

impl ItemTree {
    /// Opens a tree that was finished.
    ///
    /// # Errors
    /// `Damaged` if a level has not the hashes that the one below makes; `Empty`; `File`.
    pub fn open(folder: &Path) -> Result<Self, ItemTreeError> {
        let damaged = || ItemTreeError::Damaged {
            path: folder.to_path_buf(),
        };
        let mut counts = vec![];
        loop {
            let path = level_path(folder, counts.len());
            let bytes = std::fs::metadata(&path).map_err(failed(&path))?.len();
            let expected = counts.last().map(|below: &u64| below.div_ceil(CHUNK as u64));
            let count = bytes / HASH_BYTES;
            if bytes % HASH_BYTES != 0 || expected.is_some_and(|expected| expected != count) {
                return Err(damaged());
            }
            match count {
                0 => return Err(ItemTreeError::Empty),
                _ => counts.push(count),
            }
            if count == 1 {
                let folder = folder.to_path_buf();
                return Ok(Self { folder, counts });
            }
        }
    }

    /// Number of items.
    pub fn count(&self) -> u64 {
        self.counts[0]
    }

    /// The RFC 6962 root.
    ///
    /// # Errors
    /// `File`.
    pub fn root(&self) -> Result<LogHash, ItemTreeError> {
        let top = self.chunk(self.counts.len() - 1, 0)?;
        Ok(subtree::root(&top))
    }

    /// The hashes from the sibling of the item at this place up to the root.
    ///
    /// # Errors
    /// `NoItem` beyond the last; `File`.
    pub fn prove(&self, position: u64) -> Result<Vec<LogHash>, ItemTreeError> {
        if position >= self.count() {
            return Err(ItemTreeError::NoItem {
                position,
                count: self.count(),
            });
        }
        let (mut path, mut position) = (vec![], position);
        for level in 0..self.counts.len() {
            let (chunk, within) = (position / CHUNK as u64, position % CHUNK as u64);
            let within = usize::try_from(within).unwrap_or_default();
            path.extend(subtree::path(within, &self.chunk(level, chunk)?));
            position = chunk;
        }
        Ok(path)
    }

    /// The first place of an item with this leaf hash. Reads the leaf hashes one after another: 32 bytes an item.
    ///
    /// # Errors
    /// `File`.
    pub fn find(&self, leaf: &LogHash) -> Result<Option<u64>, ItemTreeError> {
        let path = level_path(&self.folder, 0);
        let mut file = BufReader::with_capacity(1 << 20, File::open(&path).map_err(failed(&path))?);
        let mut hash = [0; 32];
        for position in 0..self.count() {
            file.read_exact(&mut hash).map_err(failed(&path))?;
            if hash == leaf.0 {
                return Ok(Some(position));
            }
        }
        Ok(None)
    }

    /// The hashes of a level under one hash of the next.
    fn chunk(&self, level: usize, index: u64) -> Result<Vec<LogHash>, ItemTreeError> {
        let path = level_path(&self.folder, level);
        let first = index * CHUNK as u64;
        let count = self.counts[level].saturating_sub(first).min(CHUNK as u64);
        let read = |bytes: &mut Vec<u8>| {
            let mut file = File::open(&path)?;
            file.seek(SeekFrom::Start(first * HASH_BYTES))?;
            file.take(count * HASH_BYTES).read_to_end(bytes)
        };
        let mut bytes = vec![];
        read(&mut bytes).map_err(failed(&path))?;
        let (hashes, rest) = bytes.as_chunks::<32>();
        if hashes.len() as u64 != count || !rest.is_empty() {
            return Err(ItemTreeError::Damaged {
                path: self.folder.clone(),
            });
        }
        Ok(hashes.iter().copied().map(LogHash).collect())
    }
}
