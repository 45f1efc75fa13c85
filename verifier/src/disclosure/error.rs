//! Why bytes or values were refused as a disclosure.

use alloc::string::String;

use super::MAX_DISCLOSURE_BYTES;
use crate::statement::StatementId;

/// Why bytes or values are no disclosure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DisclosureError {
    /// Over the limit.
    #[error("the disclosure has {bytes} bytes; at most {max} are read", max = MAX_DISCLOSURE_BYTES)]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Not JSON of the right shape, or a value that cannot be read.
    #[error("the disclosure cannot be read: {cause}")]
    Json {
        /// What and where.
        cause: String,
    },
    /// The right values in another spelling.
    #[error("the disclosure is not in its canonical form from byte {at} on; hand over the file as it was made")]
    NotCanonical {
        /// First byte that differs, counted from 0.
        at: usize,
    },
    /// Of another statement.
    #[error("a disclosure is of receivable/disclosure/v1, not of {statement}")]
    Statement {
        /// The statement named.
        statement: StatementId,
    },
    /// Too few or too many of something.
    #[error("a disclosure holds {min} to {max} {what}, not {count}")]
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
    /// A list that must ascend does not.
    #[error("the disclosure's {what} must ascend without repeats; number {position} does not")]
    NotAscending {
        /// Which list.
        what: &'static str,
        /// The element out of order, counted from 1.
        position: usize,
    },
    /// One note twice: its amount would count twice.
    #[error("the disclosure opens one note twice, as number {first} and number {second}")]
    RepeatedNote {
        /// Where it stands first, counted from 1.
        first: usize,
        /// Where it stands again.
        second: usize,
    },
}

impl DisclosureError {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::TooLong { .. } | Self::Count { .. } => "ask the discloser for several smaller files",
            _ => "obtain the disclosure again from the discloser, unchanged",
        }
    }
}
