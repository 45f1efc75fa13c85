//! Why bytes or values were refused as evidence.

use alloc::string::String;

use super::MAX_EVIDENCE_BYTES;

/// Why bytes or values are no evidence file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceError {
    /// Over the limit.
    #[error("the evidence file has more than the {max} bytes that are read", max = MAX_EVIDENCE_BYTES)]
    TooLong {
        /// How many were handed over: a reader of files stops early, so the message does not say them.
        bytes: usize,
    },
    /// Not JSON of the right shape, or a value that cannot be read.
    #[error("the evidence file cannot be read: {cause}")]
    Json {
        /// What and where.
        cause: String,
    },
    /// The right values in another spelling.
    #[error("the evidence file is not in its canonical form from byte {at} on; use the file as it was made")]
    NotCanonical {
        /// First byte that differs, counted from 0.
        at: usize,
    },
    /// Too few or too many of something.
    #[error("an evidence file holds {min} to {max} {what}, not {count}")]
    Count {
        /// Of what.
        what: &'static str,
        /// The fewest.
        min: usize,
        /// The most.
        max: usize,
        /// How many there are.
        count: usize,
    },
}

impl EvidenceError {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::TooLong { .. } | Self::Count { .. } => "make evidence of fewer files, or of a shorter history",
            _ => "obtain the evidence file again, unchanged",
        }
    }
}

pub(super) fn count(what: &'static str, count: usize, min: usize, max: usize) -> Result<(), EvidenceError> {
    if (min..=max).contains(&count) {
        return Ok(());
    }
    Err(EvidenceError::Count { what, min, max, count })
}
