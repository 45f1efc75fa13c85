//! Anchoring items by one entry, and proving each of them afterwards.
//!
//! In scope: the tree over the items, kept below `<dir>/anchors`, the signed entry, item proofs. Out of scope: the items, which
//! their owner keeps. An attacker who owns this part can anchor other items than it was given, not pass them off as these.
//!
//! Each anchor has a folder named after its entry's leaf hash, with the entry's bytes and the tree. The folder is complete and
//! synced before the entry is submitted, so that no crash leaves an anchor whose items cannot be proven; what is anchored again
//! finds its folder and its entry.

mod items;
mod prove;

pub(crate) use items::{Items, each_item};
pub(crate) use prove::prove;

use std::fs;
use std::path::{Path, PathBuf};

use tradeseal_ledger::item_tree::{ItemTree, ItemTreeWriter};
use tradeseal_ledger::rules::Refusal;
use tradeseal_ledger::{Ledger, SubmitError};
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_prover::durable_file::{self, Readers};
use tradeseal_verifier::entry::{Anchor, AnchorBody, Ed25519Key, Entry, ItemCount, Purpose, Signed};
use tradeseal_verifier::log::leaf_hash;

use super::LocalLedger;
use super::append::{Accepted, append};
use crate::wallet::AnchorKey;
use crate::{Context, Failure};

const FOLDER: &str = "anchors";
const ENTRY_FILE: &str = "entry";

/// An anchor that is in the log.
pub(crate) struct MadeAnchor {
    pub(crate) anchor: Anchor,
    pub(crate) index: u64,
    pub(crate) time: UnixSeconds,
    pub(crate) folder: PathBuf,
    /// `None` if it was in the log already.
    pub(crate) accepted: Option<Accepted>,
}

/// Builds the tree over the items, keeps it, and has its root logged.
pub(crate) fn make(
    context: &Context,
    local: &LocalLedger,
    key: &AnchorKey,
    items: &Items,
    purpose: Purpose,
) -> Result<MadeAnchor, Failure> {
    let folder = context.dir().join(FOLDER);
    fs::create_dir_all(&folder).map_err(|cause| Failure::file("make", &folder, &cause))?;
    let work = tempfile::Builder::new()
        .prefix("new-")
        .tempdir_in(&folder)
        .map_err(|cause| Failure::file("write", &folder, &cause))?;
    let mut writer = ItemTreeWriter::create(work.path())?;
    each_item(items, |item| Ok(writer.push(leaf_hash(item))?))?;
    let tree = writer.finish()?;
    let anchor = signed(local.ledger(), key, &tree, purpose)?;
    let bytes = Entry::Anchor(anchor.clone()).encode();
    let kept = keep(&folder, work, &bytes)?;
    let (index, time, accepted) = submit(local, Entry::Anchor(anchor.clone()))?;
    Ok(MadeAnchor {
        anchor,
        index,
        time,
        folder: kept,
        accepted,
    })
}

fn signed(ledger: &Ledger, key: &AnchorKey, tree: &ItemTree, purpose: Purpose) -> Result<Anchor, Failure> {
    let count = ItemCount::new(tree.count()).ok_or_else(|| {
        let message = format!("{} items are more than an anchor covers", tree.count());
        Failure::new("too_many_items", message, "anchor them in several files")
    })?;
    let body = AnchorBody {
        count,
        root: tree.root()?,
        purpose,
        key: Ed25519Key::of(key.signing_key()),
    };
    Signed::sign(body, &ledger.genesis().origin, key.signing_key())
        .map_err(|cause| Failure::new("anchor_signature", cause.to_string(), "run it again"))
}

/// Gives the tree's folder its name, unless the same anchor was made before.
fn keep(folder: &Path, work: tempfile::TempDir, entry: &[u8]) -> Result<PathBuf, Failure> {
    let kept = folder.join(hex::encode(leaf_hash(entry).0));
    if kept.is_dir() {
        return Ok(kept);
    }
    let file = work.path().join(ENTRY_FILE);
    durable_file::replace(&file, entry, Readers::Everyone).map_err(|cause| Failure::file("write", &file, &cause))?;
    let work = work.keep();
    let named = fs::rename(&work, &kept).and_then(|()| fs::File::open(folder)?.sync_all());
    named.map_err(|cause| Failure::file("write", &kept, &cause))?;
    Ok(kept)
}

/// The entry's index and time; one that is in the log already has them too.
fn submit(local: &LocalLedger, entry: Entry) -> Result<(u64, UnixSeconds, Option<Accepted>), Failure> {
    match append(local, entry) {
        Ok(accepted) => Ok((accepted.index(), accepted.entry_time, Some(accepted))),
        Err(SubmitError::Refused(Refusal::AlreadyLogged { index })) => {
            Ok((index, local.ledger().view()?.entry(index)?.time, None))
        }
        Err(refused) => Err(refused.into()),
    }
}
