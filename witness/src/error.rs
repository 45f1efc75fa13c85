//! Why a log witness does not start.

use std::io;
use std::path::{Path, PathBuf};
use tradeseal_verifier::log::LogError;

/// A failure to make, open or change a log witness's folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WitnessError {
    /// A file or folder cannot be read or written.
    #[error("{}: {cause}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// The operating system's reason.
        cause: io::Error,
    },
    /// There is no log witness in the folder.
    #[error("{} holds no log witness; make its key first", .0.display())]
    NotCreated(PathBuf),
    /// There is one already, under another name.
    #[error("{} holds the log witness {found}, not {expected}; give it a folder of its own", .path.display())]
    OtherName {
        /// The folder.
        path: PathBuf,
        /// The name of the one there.
        found: String,
        /// The name asked for.
        expected: String,
    },
    /// Another process works in the folder.
    #[error("{} is in use by another process", .0.display())]
    InUse(PathBuf),
    /// The key file is readable by others.
    #[error("others than its owner can read {} (mode {mode:o}); chmod it to 600, and consider the key known to them", .path.display())]
    KeyExposed {
        /// The key file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// The key file does not read.
    #[error("{} is no log witness's key: {why}", .path.display())]
    Key {
        /// The key file.
        path: PathBuf,
        /// What is wrong with it, without its contents.
        why: &'static str,
    },
    /// The name is no key name.
    #[error(transparent)]
    Name(LogError),
    /// The operating system gave no randomness for a new key.
    #[error("no randomness for a new key: {0}")]
    Randomness(String),
    /// The key has a history, and it is gone.
    #[error(
        "{} is missing: this log witness no longer knows what it cosigned. Restore the file as it was last, or retire the \
         key and make a new log witness in another folder", .0.display()
    )]
    HistoryLost(PathBuf),
    /// The history is another key's.
    #[error("{} belongs to the key {history}, the key file holds {key}", .path.display())]
    HistoryOfOtherKey {
        /// The history's file.
        path: PathBuf,
        /// The verifier key that the history names.
        history: String,
        /// The verifier key of the key file.
        key: String,
    },
    /// The history has cosigned, and its key is gone.
    #[error("{} is missing, but {} shows what it signed; restore it, or make a new log witness in another folder", .key.display(), .history.display())]
    KeyLost {
        /// The key file.
        key: PathBuf,
        /// The history's file.
        history: PathBuf,
    },
    /// The history's store failed.
    #[error("{}: {cause}", .path.display())]
    History {
        /// The history's file.
        path: PathBuf,
        /// The store's reason.
        cause: String,
    },
    /// A line of the list of known logs.
    #[error("line {line} of {}: {cause}", .path.display())]
    KnownLog {
        /// The list.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        cause: LogError,
    },
    /// The list of known logs exceeds a bound.
    #[error("{}: {why}", .path.display())]
    KnownLogs {
        /// The list.
        path: PathBuf,
        /// Which bound.
        why: String,
    },
}

impl WitnessError {
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |cause| Self::File { path, cause }
    }
}
