//! Kind 10, anchor: one entry that dates up to 2^40 items by the root of a tree over them.
//!
//! In scope: fields, what a purpose and a count may be. Out of scope: the items and their proofs (`anchored`). Who signs can
//! anchor a root of anything, also of items that do not exist: a proof shows an item, and nothing of its neighbours.

use super::codec::{FieldReader, FieldWriter, Fields};
use super::{Ed25519Key, EntryError, EntryKind, Signed, SignedBody};
use crate::encoding;
use crate::log::{LogHash, empty_root};
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

/// An anchor with its signer's signature.
pub type Anchor = Signed<AnchorBody>;

/// Which items are dated, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchorBody {
    /// How many items the tree has.
    pub count: ItemCount,
    /// RFC 6962 root over the items' bytes, in order.
    pub root: LogHash,
    /// What the signer says that the items are.
    pub purpose: Purpose,
    /// Who anchors.
    pub key: Ed25519Key,
}

/// How many items an anchor covers: 1 to 2^40.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemCount(u64);

impl ItemCount {
    /// The most items of one anchor.
    pub const MAX: Self = Self(1 << 40);

    /// `None` for 0 and for more than [`Self::MAX`].
    pub fn new(count: u64) -> Option<Self> {
        (1..=Self::MAX.0).contains(&count).then_some(Self(count))
    }

    /// The number.
    pub fn get(self) -> u64 {
        self.0
    }
}

/// What anchored items are, in their signer's words: one short line of visible text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose(String);

impl Purpose {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why text is no purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a purpose is 1 to 128 bytes of visible text in one line, without spaces at its ends")]
pub struct PurposeError;

impl FromStr for Purpose {
    type Err = PurposeError;

    fn from_str(text: &str) -> Result<Self, PurposeError> {
        encoding::is_short_line(text)
            .then(|| Self(text.into()))
            .ok_or(PurposeError)
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Fields for AnchorBody {
    const KIND: EntryKind = EntryKind::Anchor;
    const COUNT: usize = 4;

    fn write(&self, writer: &mut FieldWriter) {
        writer.uint(1, self.count.0);
        writer.bytes(2, &self.root.0);
        writer.text(3, &self.purpose.0);
        writer.bytes(4, &self.key.0);
    }

    fn read(reader: &mut FieldReader<'_>) -> Result<Self, EntryError> {
        Ok(Self {
            count: reader.field(1, "how many items there are, 1 to 2^40", |d| {
                ItemCount::new(d.u64().ok()?)
            })?,
            root: reader.parsed(2, "the 32-byte root over at least one item", |bytes| {
                let root = LogHash(bytes.try_into().ok()?);
                (root != empty_root()).then_some(root)
            })?,
            purpose: reader.text(3, "1 to 128 bytes of visible text in one line", |text| {
                text.parse().ok()
            })?,
            key: reader.ed25519_key(4)?,
        })
    }
}

impl SignedBody for AnchorBody {
    const SIGNATURE_FIELD: u8 = 5;

    fn signer(&self) -> &Ed25519Key {
        &self.key
    }
}
