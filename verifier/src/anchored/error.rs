//! Why bytes were refused as an item proof.

use alloc::string::String;

use super::MAX_ANCHORED_ITEM_BYTES;

/// Why bytes are no item proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnchoredItemError {
    /// Over the limit.
    #[error("the item proof has {bytes} bytes; at most {max} are read", max = MAX_ANCHORED_ITEM_BYTES)]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Not JSON of the right shape, or a value that cannot be read.
    #[error("the item proof cannot be read: {cause}")]
    Json {
        /// What and where.
        cause: String,
    },
    /// The right values in another spelling.
    #[error("the item proof is not in its canonical form from byte {at} on; hand over the file as it was made")]
    NotCanonical {
        /// First byte that differs, counted from 0.
        at: usize,
    },
}
