//! A tree over items, for an anchor: RFC 6962 hashes on disk, as many as there is room for, and the proof of each item.
//!
//! In scope: building in one pass with little memory, proving, finding an item's place. Out of scope: the items themselves, which
//! whoever anchors keeps; the entry; checking proofs (`tradeseal_verifier`).
//! An attacker who alters a file here gets proofs that do not verify.
//!
//! Files: `level-0` holds the items' leaf hashes in order, 32 bytes each; `level-1` the root of each 256 of them, the last of
//! which may be of fewer; and so on to a level of one hash, the root. As 256 is a power of two, the RFC's tree over all leaves
//! is the RFC's tree over the roots of the chunks.

mod build;
mod prove;
mod subtree;

#[cfg(test)]
mod tests;

pub use build::ItemTreeWriter;
pub use prove::ItemTree;

use std::path::{Path, PathBuf};

/// Hashes of one level under one hash of the next.
const CHUNK: usize = 256;
const HASH_BYTES: u64 = 32;

/// A tree over items could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum ItemTreeError {
    /// The operating system's refusal.
    #[error("{}: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The operating system's word.
        cause: std::io::Error,
    },
    /// A tree without items has no place in an anchor.
    #[error("there are no items; an anchor covers at least one")]
    Empty,
    /// Files of different trees, or cut short.
    #[error("the tree in {} is damaged; anchor the items again to make it anew", path.display())]
    Damaged {
        /// The tree's folder.
        path: PathBuf,
    },
    /// No item has this place.
    #[error("there is no item {position}; the tree has {count}")]
    NoItem {
        /// The place asked for.
        position: u64,
        /// Items of the tree.
        count: u64,
    },
}

fn level_path(folder: &Path, level: usize) -> PathBuf {
    folder.join(format!("level-{level}"))
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> ItemTreeError {
    move |cause| ItemTreeError::File {
        path: path.to_path_buf(),
        cause,
    }
}
