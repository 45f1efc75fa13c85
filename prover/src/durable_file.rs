//! Files that are written whole or not at all, and survive a power cut once written.
//!
//! In scope: write beside, fsync, rename, fsync the folder; reading with a bound. Out of scope: what the bytes mean.
//! An attacker who owns this part can truncate keys or widen who may read them.

use std::fs::{self, File, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tempfile::NamedTempFile;

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone (mode 0600).
    Owner,
    /// Everyone on the machine (mode 0644).
    Everyone,
}

impl Readers {
    fn mode(self) -> u32 {
        match self {
            Self::Owner => 0o600,
            Self::Everyone => 0o644,
        }
    }
}

/// Puts `bytes` at `path`, replacing what is there. A crash leaves the old file or the new one, never a part.
///
/// # Errors
/// Of the file system. After an error `path` holds what it held before.
pub fn replace(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    replace_with(path, readers, |file| file.write_all(bytes))
}

/// Like [`replace`], with the contents written by `write` as it goes: they need not be in memory at once.
///
/// # Errors
/// Of the file system, or of `write`. After an error `path` holds what it held before.
pub fn replace_with(path: &Path, readers: Readers, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let (file, folder) = staged(path, readers, write)?;
    file.persist(path).map_err(|refused| refused.error)?;
    sync_folder(folder)
}

/// Puts `bytes` at `path`, where nothing may be yet: of two processes doing so at once exactly one succeeds.
///
/// # Errors
/// `AlreadyExists`, or another error of the file system.
pub fn create(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    let (file, folder) = staged(path, readers, |file| file.write_all(bytes))?;
    file.persist_noclobber(path).map_err(|refused| refused.error)?;
    sync_folder(folder)
}

/// Reads a file of at most `max_bytes`.
///
/// # Errors
/// `FileTooLarge` above the bound, or another error of the file system.
pub fn read_bounded(path: &Path, max_bytes: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let too_large = || io::Error::new(io::ErrorKind::FileTooLarge, format!("more than {max_bytes} bytes"));
    if length > max_bytes {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).map_err(|_| too_large())?);
    file.take(max_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max_bytes {
        return Err(too_large());
    }
    Ok(bytes)
}

fn staged(
    path: &Path,
    readers: Readers,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<(NamedTempFile, &Path)> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(".writing-")
        .permissions(Permissions::from_mode(readers.mode()))
        .tempfile_in(folder)?;
    write(file.as_file_mut())?;
    file.as_file().sync_all()?;
    Ok((file, folder))
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/er/file");
        replace(&path, b"first, and longer", Readers::Everyone).unwrap();
        replace(&path, b"second", Readers::Owner).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn creating_never_replaces() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        create(&path, b"first", Readers::Owner).unwrap();
        let refused = create(&path, b"second", Readers::Owner).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
    }

    #[test]
    fn a_file_above_the_bound_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        replace(&path, &[7; 11], Readers::Owner).unwrap();
        assert_eq!(read_bounded(&path, 10).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(read_bounded(&path, 11).unwrap(), [7; 11]);
    }
}
