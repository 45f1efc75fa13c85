//! Where an audit reads a log's files from.

use crate::log_tree::{TileCoordinate, TileKind};
use crate::view::View;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Largest file that tlog-tiles allows: a full bundle of the largest entries, each after its length.
const MAX_BUNDLE_BYTES: u64 = 256 * (2 + 65_535);
/// A full tile of hashes.
const MAX_TILE_BYTES: u64 = 256 * 32;
/// `tile/<L>/` and at most nine levels of folders below, each of three digits.
const MAX_FOLDERS: usize = 12;

/// A log's published files.
pub trait PublishedLog {
    /// The bytes of a tile or entry bundle.
    ///
    /// # Errors
    /// If it is not there, cannot be read, or is larger than such a file may be.
    fn read(&self, tile: &TileCoordinate) -> io::Result<Vec<u8>>;

    /// The paths of every file there is, relative, with slashes.
    ///
    /// # Errors
    /// If they cannot be listed.
    fn files(&self) -> io::Result<Vec<String>>;
}

/// A folder that holds an export or a mirror.
#[derive(Debug, Clone)]
pub struct Directory(PathBuf);

impl Directory {
    /// The folder in which `checkpoint` and `tile` are.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }
}

impl PublishedLog for Directory {
    fn read(&self, tile: &TileCoordinate) -> io::Result<Vec<u8>> {
        let limit = match tile.kind() {
            TileKind::Entries => MAX_BUNDLE_BYTES,
            TileKind::Hashes { .. } => MAX_TILE_BYTES,
        };
        let path = self.0.join(tile.to_string());
        // A pipe in a file's place would keep the audit waiting for ever.
        if !fs::metadata(&path)?.is_file() {
            return Err(io::Error::other("not a regular file"));
        }
        let mut bytes = Vec::new();
        let file = File::open(path)?;
        file.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(io::Error::other(format!(
                "larger than {limit} bytes, which no such file is"
            )));
        }
        Ok(bytes)
    }

    fn files(&self) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        list(&self.0, "", MAX_FOLDERS, &mut found)?;
        found.sort_unstable();
        Ok(found)
    }
}

fn list(folder: &Path, prefix: &str, folders_left: usize, found: &mut Vec<String>) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let item = item?;
        let name = format!("{prefix}{}", item.file_name().to_string_lossy());
        if !item.file_type()?.is_dir() {
            found.push(name);
        } else if let Some(left) = folders_left.checked_sub(1) {
            list(&item.path(), &format!("{name}/"), left, found)?;
        }
    }
    Ok(())
}

/// What the ledger would publish now.
impl PublishedLog for View<'_> {
    fn read(&self, tile: &TileCoordinate) -> io::Result<Vec<u8>> {
        self.tile(tile).map_err(io::Error::other)
    }

    fn files(&self) -> io::Result<Vec<String>> {
        Ok(Vec::new())
    }
}
