//! Real documents, read in place from the folder that is not part of the project.
//!
//! In scope: finding it; tests are skipped, saying so, where it is absent. Out of scope: what the documents say.

use std::fs;
use std::path::PathBuf;

/// A folder of real documents, such as `ubl`.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data");
    let data = std::env::var_os("TRADESEAL_SHARED_DATA").map_or_else(|| PathBuf::from(default), PathBuf::from);
    let folder = data.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no real documents here (set TRADESEAL_SHARED_DATA to the folder that holds {name}/)");
    None
}

/// One of them as text.
pub(crate) fn text(name: &str, file: &str) -> Option<String> {
    folder(name).map(|folder| fs::read_to_string(folder.join(file)).unwrap())
}
