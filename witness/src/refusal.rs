//! Why a log witness does not cosign, with the status that C2SP tlog-witness gives each reason.

use crate::add_checkpoint::RequestError;
use tradeseal_verifier::log::LogError;

/// A refusal to cosign. Its message is the answer's body, except for [`Refusal::WrongOldSize`], whose body is the size.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The body is no request.
    #[error("malformed request: {0}")]
    Malformed(#[from] RequestError),
    /// The old size exceeds the checkpoint's.
    #[error("the old size {old_size} exceeds the checkpoint's size {size}")]
    OldSizeAboveNew {
        /// As requested.
        old_size: u64,
        /// The checkpoint's size.
        size: u64,
    },
    /// No log of this origin is known here.
    #[error("no log {origin:?} is known here; ask this log witness's operator to add its verifier key")]
    UnknownLog {
        /// The checkpoint's origin.
        origin: String,
    },
    /// No known key of the log signed, or a line by one does not verify.
    #[error("{0}")]
    NotSigned(LogError),
    /// The old size is not that of the checkpoint cosigned last.
    #[error("the checkpoint cosigned last has size {cosigned}")]
    WrongOldSize {
        /// That size; 0 if none was cosigned.
        cosigned: u64,
    },
    /// A checkpoint of the same size but another root was cosigned: the log shows two histories.
    #[error("another root was cosigned for size {size}; both checkpoints are kept as evidence")]
    OtherRoot {
        /// The size of both.
        size: u64,
    },
    /// The proof does not lead from the old tree to the new one.
    #[error("{0}")]
    NotConsistent(LogError),
    /// The clock is so far behind the last cosignature's time that a cosignature would state a false one.
    #[error(
        "this log witness's clock is {behind_seconds} s behind its last cosignature; its operator must set it right"
    )]
    ClockBehind {
        /// How far.
        behind_seconds: u64,
    },
    /// The log witness cannot work. Nothing was cosigned; whether the checkpoint was recorded is unknown.
    #[error("this log witness cannot cosign: {cause}")]
    Unable {
        /// Why, in the operator's terms.
        cause: String,
    },
}

impl Refusal {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Self::Malformed(RequestError::TooLong) => 413,
            Self::Malformed(_) | Self::OldSizeAboveNew { .. } => 400,
            Self::NotSigned(_) => 403,
            Self::UnknownLog { .. } => 404,
            Self::WrongOldSize { .. } | Self::OtherRoot { .. } => 409,
            Self::NotConsistent(_) => 422,
            Self::Unable { .. } => 500,
            Self::ClockBehind { .. } => 503,
        }
    }
}
