//! Appending: each entry completes the subtrees that end with it.

use super::{HashReader, node_key};
use crate::state::Overlay;
use crate::store::{StoreError, Table};
use tradeseal_verifier::log::{LogHash, empty_root, node_hash};

/// The right edge of the tree: the complete subtrees that its size is the sum of, smallest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogTree {
    size: u64,
    edge: Vec<(u32, LogHash)>,
}

impl LogTree {
    /// A log without entries.
    pub fn empty() -> Self {
        Self {
            size: 0,
            edge: Vec::new(),
        }
    }

    /// The edge of a stored log.
    ///
    /// # Errors
    /// As [`HashReader::subtree`].
    pub fn load(nodes: &impl HashReader, size: u64) -> Result<Self, StoreError> {
        let levels = (0..u64::BITS).filter(|level| size >> level & 1 == 1);
        let edge = levels.map(|level| Ok((level, nodes.subtree(level, (size >> level) - 1)?)));
        Ok(Self {
            size,
            edge: edge.collect::<Result<_, StoreError>>()?,
        })
    }

    /// Number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends an entry's leaf hash and writes the subtrees it completes.
    pub fn append(&mut self, nodes: &mut Overlay<'_>, leaf: LogHash) {
        let (mut level, mut hash) = (0, leaf);
        let mut put = |level, index, hash: LogHash| nodes.put(Table::LogNodes, node_key(level, index), hash.0.to_vec());
        put(level, self.size, hash);
        while self.size >> level & 1 == 1 {
            let (_, left) = self.edge.remove(0);
            hash = node_hash(&left, &hash);
            level += 1;
            put(level, self.size >> level, hash);
        }
        self.edge.insert(0, (level, hash));
        self.size += 1;
    }

    /// The RFC 6962 root.
    pub fn root(&self) -> LogHash {
        let hashes = self.edge.iter().map(|(_, hash)| *hash);
        hashes
            .reduce(|right, left| node_hash(&left, &right))
            .unwrap_or_else(empty_root)
    }
}
