//! Building: leaf hashes in order, each level's chunks hashed as they fill up.

use super::{CHUNK, ItemTree, ItemTreeError, failed, level_path, subtree};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use tradeseal_verifier::log::LogHash;

/// Writes a tree into a folder that is empty.
pub struct ItemTreeWriter {
    folder: PathBuf,
    levels: Vec<Level>,
}

struct Level {
    file: BufWriter<File>,
    count: u64,
    /// The last hashes, whose root is not yet in the next level; fewer than a chunk.
    open: Vec<LogHash>,
}

impl ItemTreeWriter {
    /// A tree without items yet.
    ///
    /// # Errors
    /// `File` if the folder cannot be written to or has a tree.
    pub fn create(folder: &Path) -> Result<Self, ItemTreeError> {
        Ok(Self {
            folder: folder.to_path_buf(),
            levels: vec![Level::create(&level_path(folder, 0))?],
        })
    }

    /// Appends an item by its RFC 6962 leaf hash.
    ///
    /// # Errors
    /// `File`.
    pub fn push(&mut self, leaf: LogHash) -> Result<(), ItemTreeError> {
        self.push_at(0, leaf)
    }

    /// Closes the last chunks, syncs every file and the folder, and gives the tree.
    ///
    /// # Errors
    /// `Empty` if there is no item; `File`.
    pub fn finish(mut self) -> Result<ItemTree, ItemTreeError> {
        if self.levels[0].count == 0 {
            return Err(ItemTreeError::Empty);
        }
        let mut level = 0;
        while self.levels[level].count > 1 {
            let open = std::mem::take(&mut self.levels[level].open);
            if !open.is_empty() {
                self.push_at(level + 1, subtree::root(&open))?;
            }
            level += 1;
        }
        for (number, level) in self.levels.iter_mut().enumerate() {
            let written = level.file.flush().and_then(|()| level.file.get_ref().sync_all());
            written.map_err(failed(&level_path(&self.folder, number)))?;
        }
        let synced = File::open(&self.folder).and_then(|folder| folder.sync_all());
        synced.map_err(failed(&self.folder))?;
        ItemTree::open(&self.folder)
    }

    fn push_at(&mut self, number: usize, hash: LogHash) -> Result<(), ItemTreeError> {
        let path = level_path(&self.folder, number);
        if number == self.levels.len() {
            self.levels.push(Level::create(&path)?);
        }
        let level = &mut self.levels[number];
        level.file.write_all(&hash.0).map_err(failed(&path))?;
        level.count += 1;
        level.open.push(hash);
        if level.open.len() < CHUNK {
            return Ok(());
        }
        let full = subtree::root(&level.open);
        level.open.clear();
        self.push_at(number + 1, full)
    }
}

impl Level {
    fn create(path: &Path) -> Result<Self, ItemTreeError> {
        let file = File::create_new(path).map_err(failed(path))?;
        Ok(Self {
            file: BufWriter::with_capacity(1 << 20, file),
            count: 0,
            open: Vec::with_capacity(CHUNK),
        })
    }
}
