//! Exporting the log as the static files of C2SP tlog-tiles, which anyone may serve or mirror.
//!
//! Tiles first, then the checkpoint, each file complete before it has its name: a directory with a checkpoint has all that
//! the checkpoint covers. A tile never changes, so one that would is reported, not replaced. Last go the partial tiles that a
//! full one has replaced.

use super::{QueryError, View};
use crate::log_tree::tiles_of;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

impl View<'_> {
    /// Writes `checkpoint` and every tile and entry bundle that it needs under a directory; returns how many files were new.
    ///
    /// # Errors
    /// `ExportDiffers` if the directory holds another log; `Export` if writing fails; the store's errors.
    pub fn export(&self, directory: &Path) -> Result<usize, QueryError> {
        let mut written = 0;
        let mut filled = Vec::new();
        for tile in tiles_of(0, self.size()) {
            let path = directory.join(tile.to_string());
            let bytes = self.tile(&tile)?;
            match fs::read(&path) {
                Ok(present) if present == bytes => continue,
                Ok(_) => return Err(QueryError::ExportDiffers { path }),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(failed(&path, &error)),
            }
            replace(&path, &bytes).map_err(|error| failed(&path, &error))?;
            written += 1;
            filled.extend(partial_tiles(&path).filter(|_| tile.is_full()));
        }
        let path = directory.join("checkpoint");
        replace(&path, self.checkpoint.to_string().as_bytes()).map_err(|error| failed(&path, &error))?;
        for partial in filled {
            fs::remove_dir_all(&partial).map_err(|error| failed(&partial, &error))?;
        }
        Ok(written + 1)
    }
}

/// The folder of a tile's earlier widths, if there is one.
fn partial_tiles(full: &Path) -> Option<PathBuf> {
    let mut name = full.as_os_str().to_owned();
    name.push(".p");
    Some(PathBuf::from(name)).filter(|folder| folder.is_dir())
}

/// Writes a file under another name, syncs it, gives it its name, syncs the directory.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let directory = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    make_folders(directory)?;
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let mut file = File::create(&name)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&name, path)?;
    File::open(directory)?.sync_all()
}

/// Makes a folder and those above it, each of them on the disk before anything is put into it.
fn make_folders(directory: &Path) -> io::Result<()> {
    if directory.as_os_str().is_empty() || directory.is_dir() {
        return Ok(());
    }
    let above = directory.parent().ok_or(io::ErrorKind::InvalidInput)?;
    make_folders(above)?;
    match fs::create_dir(directory) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let above = if above.as_os_str().is_empty() {
        Path::new(".")
    } else {
        above
    };
    File::open(above)?.sync_all()
}

fn failed(path: &Path, error: &io::Error) -> QueryError {
    QueryError::Export {
        path: path.into(),
        cause: error.to_string(),
    }
}
