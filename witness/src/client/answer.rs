//! What one log witness said.

use std::fmt;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::log::NoteSignature;

/// The outcome of asking one log witness. `Display` says it to an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It cosigned; the line verified.
    Cosigned {
        /// The time it stated.
        time: UnixSeconds,
        /// The signature line.
        line: NoteSignature,
    },
    /// It has not answered yet; it may still do so within its time.
    Pending,
    /// It did not answer in time.
    TimedOut,
    /// It was still busy with an older checkpoint when a newer one came.
    Superseded,
    /// No connection, or one that broke.
    Unreachable {
        /// The cause.
        cause: String,
    },
    /// It refused.
    Refused {
        /// The HTTP status.
        status: u16,
        /// What it said, shortened.
        message: String,
    },
    /// It holds another history of this log: at the same size it cosigned another root, or its tree is not the beginning of
    /// this one. Either the log forked, or the proof was wrong.
    OtherHistory {
        /// The size up to which it holds one.
        size: u64,
        /// What it said, shortened.
        message: String,
    },
    /// It has cosigned a larger checkpoint of this log than the one it was given.
    Ahead {
        /// That checkpoint's size.
        size: u64,
    },
    /// Its answer is false: no line by its key, a line that does not verify, a time far from ours, an impossible size.
    False {
        /// What is false.
        cause: String,
    },
    /// It was not asked: there is no consistency proof for it.
    NoProof {
        /// Why not.
        cause: String,
    },
    /// It was not asked: the policy has no URL for it.
    NoAddress,
}

/// Answers by what an operator does about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Cosigned,
    /// Wait.
    Slow,
    /// Ask its operator.
    Refusing,
    /// Distrust it.
    Lying,
    /// Look at the network.
    Unreachable,
    /// Look at this side.
    NotAsked,
}

impl Answer {
    /// What kind of answer this is.
    pub fn standing(&self) -> Standing {
        match self {
            Self::Cosigned { .. } => Standing::Cosigned,
            Self::Pending | Self::TimedOut | Self::Superseded => Standing::Slow,
            Self::Refused { .. } | Self::OtherHistory { .. } | Self::Ahead { .. } => Standing::Refusing,
            Self::False { .. } => Standing::Lying,
            Self::Unreachable { .. } => Standing::Unreachable,
            Self::NoProof { .. } | Self::NoAddress => Standing::NotAsked,
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cosigned { time, .. } => write!(f, "cosigned at {}", time.0),
            Self::Pending => f.write_str("has not answered yet"),
            Self::TimedOut => f.write_str("did not answer in time"),
            Self::Superseded => f.write_str("was still busy with an older checkpoint"),
            Self::Unreachable { cause } => write!(f, "is unreachable: {cause}"),
            Self::Refused { status, message } => write!(f, "refused with status {status}: {message}"),
            Self::OtherHistory { size, message } => {
                write!(f, "holds another history of this log up to size {size}: {message}")
            }
            Self::Ahead { size } => write!(f, "has cosigned this log at the larger size {size}"),
            Self::False { cause } => write!(f, "answered falsely: {cause}"),
            Self::NoProof { cause } => write!(f, "was not asked, for want of a consistency proof: {cause}"),
            Self::NoAddress => f.write_str("was not asked: the policy has no URL for it"),
        }
    }
}

/// A log witness, by its name in the policy, and what it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The policy's name.
    pub witness: String,
    /// Its answer.
    pub answer: Answer,
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.witness, self.answer)
    }
}
