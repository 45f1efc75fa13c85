//! A log witness's folder: `key`, `history`, `logs`, and the locks that keep two processes apart.
//!
//! In scope: where things are, and writing a file so that it is either whole and durable or not there. Out of scope: what the
//! files say. An attacker who can write here owns the log witness.

use crate::error::WitnessError;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Holds a lock until dropped or until the process ends.
pub(crate) struct Lock(File);

impl Drop for Lock {
    /// Closing is not enough: a process that this one is just starting holds a copy of the file until it has begun.
    fn drop(&mut self) {
        // What cannot be unlocked is unlocked by closing, a little later.
        let _ = self.0.unlock();
    }
}

/// Where a log witness keeps what it is.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Makes the folder, for its owner only, if it is not there.
    pub(crate) fn make(&self) -> Result<(), WitnessError> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.0)
            .map_err(WitnessError::file(&self.0))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn key(&self) -> PathBuf {
        self.0.join("key")
    }

    pub(crate) fn history(&self) -> PathBuf {
        self.0.join("history")
    }

    pub(crate) fn logs(&self) -> PathBuf {
        self.0.join("logs")
    }

    /// Takes the log witness for this process, until the lock is dropped or the process ends.
    pub(crate) fn lock_witness(&self) -> Result<Lock, WitnessError> {
        let path = self.0.join("witness.lock");
        let file = open_lock(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(TryLockError::WouldBlock) => Err(WitnessError::InUse(self.0.clone())),
            Err(TryLockError::Error(cause)) => Err(WitnessError::File { path, cause }),
        }
    }

    /// Waits for a turn to change the list of logs.
    pub(crate) fn lock_logs(&self) -> Result<Lock, WitnessError> {
        let path = self.0.join("logs.lock");
        let file = open_lock(&path)?;
        file.lock().map_err(WitnessError::file(&path))?;
        Ok(Lock(file))
    }

    /// Puts a file in place: whole and durable when this returns, as it was before if it fails or the process dies.
    pub(crate) fn replace(&self, path: &Path, bytes: &[u8]) -> Result<(), WitnessError> {
        let new = path.with_extension("new");
        let write = || {
            // What an interrupted replacement left may have other permissions.
            remove_if_there(&new)?;
            let mut file = options().create_new(true).open(&new)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(WitnessError::file(&new))?;
        self.rename(&new, path)
    }

    /// Gives a durable file its place, durably.
    pub(crate) fn rename(&self, from: &Path, to: &Path) -> Result<(), WitnessError> {
        fs::rename(from, to).map_err(WitnessError::file(from))?;
        let sync = || File::open(&self.0)?.sync_all();
        sync().map_err(WitnessError::file(&self.0))
    }
}

/// Removes a file; one that is not there is no failure.
pub(crate) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    }
}

fn open_lock(path: &Path) -> Result<File, WitnessError> {
    options().open(path).map_err(WitnessError::file(path))
}

/// For its owner only.
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true).mode(0o600);
    options
}
