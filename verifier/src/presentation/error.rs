//! Why bytes were refused as a presentation.

use alloc::string::String;

use super::MAX_PRESENTATION_BYTES;

/// Why bytes are no presentation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PresentationError {
    /// Over the limit.
    #[error("the presentation has more than the {max} bytes that are read", max = MAX_PRESENTATION_BYTES)]
    TooLong {
        /// How many were handed over: a reader of files stops early, so the message does not say them.
        bytes: usize,
    },
    /// Not JSON of the right shape, or a value that cannot be read.
    #[error("the presentation cannot be read: {cause}")]
    Json {
        /// What and where.
        cause: String,
    },
    /// The right values in another spelling.
    #[error("the presentation is not in its canonical form from byte {at} on; hand over the file as it was made")]
    NotCanonical {
        /// First byte that differs, counted from 0.
        at: usize,
    },
}
