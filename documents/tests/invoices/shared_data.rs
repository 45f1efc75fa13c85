//! The folder of real documents, read in place.

use std::path::PathBuf;

/// The bytes of a real document; `None`, with a line saying so, where the folder is absent.
pub(crate) fn read(file: &str) -> Option<Vec<u8>> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data");
    let folder = std::env::var_os("TRADESEAL_SHARED_DATA").map_or_else(|| PathBuf::from(default), PathBuf::from);
    if !folder.is_dir() {
        eprintln!("skipped: no shared data (set TRADESEAL_SHARED_DATA to read {file})");
        return None;
    }
    let path = folder.join("ubl").join(file);
    Some(std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}
