//! The proof of one item: its place in a kept tree, its anchor and the state record that closes the anchor's batch.

use std::fs;
use std::path::{Path, PathBuf};

use tradeseal_ledger::item_tree::ItemTree;
use tradeseal_ledger::view::View;
use tradeseal_verifier::anchored::{AnchoredItem, ProvenEntry};
use tradeseal_verifier::entry::{Anchor, Entry, MAX_ENTRY_BYTES};
use tradeseal_verifier::log::leaf_hash;

use super::{ENTRY_FILE, FOLDER};
use crate::{Context, Failure, files};

/// An item with its proof.
pub(crate) struct Anchored {
    pub(crate) proof: AnchoredItem,
    pub(crate) anchor: Anchor,
    pub(crate) anchor_index: u64,
}

/// A kept anchor that is in the log.
struct Kept {
    folder: PathBuf,
    anchor: Anchor,
    index: u64,
}

/// Proves an item of the first anchor that has it, or of the anchor at this index; `position` spares the search.
pub(crate) fn prove(
    context: &Context,
    view: &View<'_>,
    item: Vec<u8>,
    anchor_index: Option<u64>,
    position: Option<u64>,
) -> Result<Anchored, Failure> {
    let leaf = leaf_hash(&item);
    for kept in kept(&context.dir().join(FOLDER), view)? {
        if anchor_index.is_some_and(|index| index != kept.index) {
            continue;
        }
        let tree = ItemTree::open(&kept.folder)?;
        let found = match position {
            Some(position) => Some(position),
            None => tree.find(&leaf)?,
        };
        if let Some(position) = found {
            let state_index = view.entry(kept.index)?.state_index;
            let proven = |index| -> Result<ProvenEntry, Failure> {
                Ok(ProvenEntry::new(view.entry(index)?.bytes, &view.tlog_proof(index)?))
            };
            let hashes = tree.prove(position)?;
            let proof = AnchoredItem::new(item, position, &hashes, proven(kept.index)?, proven(state_index)?);
            return Ok(Anchored {
                proof,
                anchor: kept.anchor,
                anchor_index: kept.index,
            });
        }
    }
    Err(Failure::new(
        "item_not_anchored",
        "no anchor that was made here has this item",
        "give the item's exact bytes (a line without its end), and the --dir in which it was anchored",
    ))
}

/// The anchors that were made here and are in the log, oldest first.
fn kept(folder: &Path, view: &View<'_>) -> Result<Vec<Kept>, Failure> {
    let unreadable = |cause: &std::io::Error| Failure::file("read", folder, cause);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut kept = Vec::new();
    for entry in fs::read_dir(folder).map_err(|cause| unreadable(&cause))? {
        let folder = entry.map_err(|cause| unreadable(&cause))?.path();
        let file = folder.join(ENTRY_FILE);
        // A folder without an entry was left by a run that was cut short.
        if !file.is_file() {
            continue;
        }
        let bytes = files::read(&file, MAX_ENTRY_BYTES as u64)?;
        let logged = view.find_entry(&leaf_hash(&bytes))?;
        if let (Some(index), Ok(Entry::Anchor(anchor))) = (logged, Entry::decode(&bytes)) {
            kept.push(Kept { folder, anchor, index });
        }
    }
    kept.sort_unstable_by_key(|kept| kept.index);
    Ok(kept)
}
