//! Folders as values: every file below one, with its bytes.
//!
//! In scope: reading, writing, comparing. Out of scope: what the files mean.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// No file, no check, nothing found.
pub(crate) const NONE: [&str; 0] = [];

/// Every file below a folder, by its path from there.
pub(crate) struct Contents(pub(crate) BTreeMap<PathBuf, Vec<u8>>);

impl Contents {
    /// Reads all of it.
    pub(crate) fn of(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        gather(folder, Path::new(""), &mut files);
        Self(files)
    }

    /// Writes all of it, readable by its owner alone, as wallets ask for.
    pub(crate) fn write_to(&self, folder: &Path) {
        for (path, bytes) in &self.0 {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, bytes).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        }
    }

    /// The files that are not the same in both, by name.
    pub(crate) fn differences(&self, other: &Self) -> Vec<String> {
        let names: BTreeSet<_> = self.0.keys().chain(other.0.keys()).collect();
        let differs = |name: &&PathBuf| self.0.get(*name) != other.0.get(*name);
        names.into_iter().filter(differs).map(|name| shown(name)).collect()
    }

    /// The files that hold these bytes somewhere, by name.
    pub(crate) fn holding(&self, bytes: &[u8]) -> Vec<String> {
        let holds = |content: &[u8]| content.windows(bytes.len()).any(|window| window == bytes);
        let found = self.0.iter().filter(|(_, content)| holds(content));
        found.map(|(name, _)| shown(name)).collect()
    }
}

fn shown(name: &Path) -> String {
    name.display().to_string()
}

fn gather(folder: &Path, below: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let (path, name) = entry
            .map(|entry| (entry.path(), below.join(entry.file_name())))
            .unwrap();
        if path.is_dir() {
            gather(&path, &name, files);
        } else {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}
