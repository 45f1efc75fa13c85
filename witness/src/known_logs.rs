//! The logs that a log witness looks at: a text file with one verifier key a line, by origin.
//!
//! In scope: reading it, adding to it while the log witness runs, seeing that it changed. Out of scope: what a log says. A
//! list that does not read stops the log witness until it is mended: better no cosignature than one under a removed key.

use crate::error::WitnessError;
use crate::folder::Folder;
use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tradeseal_verifier::log::LogKey;

/// Most lines with keys.
pub const MAX_KNOWN_LOGS: usize = 10_000;
/// Most keys of one log, so that it can change its key.
pub const MAX_KEYS_PER_LOG: usize = 8;
const MAX_FILE_BYTES: u64 = 8 * 1024 * 1024;

type ByOrigin = BTreeMap<String, Vec<LogKey>>;

/// What [`add_log`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogAdded {
    /// The log is known from now on.
    Added,
    /// The log was known, and has one more key from now on.
    AnotherKey,
    /// Nothing: it was there.
    AlreadyThere,
}

/// Adds a log's verifier key to the list in a log witness's folder. A running log witness sees it at the next request.
pub fn add_log(folder: &Path, key: &LogKey) -> Result<LogAdded, WitnessError> {
    let folder = Folder::new(folder);
    if !folder.key().exists() {
        return Err(WitnessError::NotCreated(folder.path().to_owned()));
    }
    let _turn = folder.lock_logs()?;
    let path = folder.logs();
    let mut text = read(&path)?;
    let known = parse(&path, &text)?;
    let keys = known.get(key.name().as_str());
    if keys.is_some_and(|keys| keys.contains(key)) {
        return Ok(LogAdded::AlreadyThere);
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&format!("{key}\n"));
    parse(&path, &text)?;
    folder.replace(&path, text.as_bytes())?;
    Ok(keys.map_or(LogAdded::Added, |_| LogAdded::AnotherKey))
}

/// The list, read again when the file changes.
pub(crate) struct KnownLogs {
    path: PathBuf,
    read: Mutex<(Option<Stamp>, Arc<ByOrigin>)>,
}

/// What tells one state of the file from the next.
type Stamp = (u64, u64, i64, i64);

impl KnownLogs {
    pub(crate) fn open(path: PathBuf) -> Result<Self, WitnessError> {
        let read = Mutex::new((None, Arc::default()));
        let known = Self { path, read };
        known.current()?;
        Ok(known)
    }

    /// The keys of a log; empty if it is unknown.
    pub(crate) fn keys_of(&self, origin: &str) -> Result<Vec<LogKey>, WitnessError> {
        Ok(self.current()?.get(origin).cloned().unwrap_or_default())
    }

    /// Every known origin.
    pub(crate) fn origins(&self) -> Result<Vec<String>, WitnessError> {
        Ok(self.current()?.keys().cloned().collect())
    }

    fn current(&self) -> Result<Arc<ByOrigin>, WitnessError> {
        let stamp = stamp(&self.path)?;
        // A thread that panicked here left the pair as it was.
        let mut read_before = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if read_before.0 != Some(stamp) {
            let known = parse(&self.path, &read(&self.path)?)?;
            *read_before = (Some(stamp), Arc::new(known));
        }
        Ok(read_before.1.clone())
    }
}

/// A missing file is an empty list.
fn stamp(path: &Path) -> Result<Stamp, WitnessError> {
    let of = |meta: Metadata| (meta.ino(), meta.len(), meta.mtime(), meta.mtime_nsec());
    match fs::metadata(path) {
        Ok(meta) => Ok(of(meta)),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok((0, 0, 0, 0)),
        Err(cause) => Err(WitnessError::file(path)(cause)),
    }
}

fn read(path: &Path) -> Result<String, WitnessError> {
    if stamp(path)?.1 > MAX_FILE_BYTES {
        let cause = io::Error::other(format!("the list has more than {MAX_FILE_BYTES} bytes"));
        return Err(WitnessError::file(path)(cause));
    }
    match fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(String::new()),
        Err(cause) => Err(WitnessError::file(path)(cause)),
    }
}

fn parse(path: &Path, text: &str) -> Result<ByOrigin, WitnessError> {
    let mut known = ByOrigin::new();
    let refuse = |why: String| WitnessError::KnownLogs {
        path: path.to_owned(),
        why,
    };
    let mut count = 0;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let key = LogKey::parse(line).map_err(|cause| WitnessError::KnownLog {
            path: path.to_owned(),
            line: index + 1,
            cause,
        })?;
        count += 1;
        let keys = known.entry(key.name().as_str().to_owned()).or_default();
        if keys.contains(&key) {
            return Err(refuse(format!("line {} repeats a key", index + 1)));
        }
        keys.push(key);
        if keys.len() > MAX_KEYS_PER_LOG {
            return Err(refuse(format!("a log has more than {MAX_KEYS_PER_LOG} keys")));
        }
        if count > MAX_KNOWN_LOGS {
            return Err(refuse(format!("it has more than {MAX_KNOWN_LOGS} keys")));
        }
    }
    Ok(known)
}
