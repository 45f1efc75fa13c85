//! Why a policy was refused, and on which line.

use super::super::LogError;
use super::MAX_POLICY_BYTES;
use alloc::string::String;

/// A refusal of a policy's text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// The text exceeds its bound.
    #[error("the policy has {actual} bytes; at most {MAX_POLICY_BYTES} are read")]
    TooLong {
        /// Its length in bytes.
        actual: usize,
    },
    /// A line is wrong.
    #[error("line {line} of the policy: {fault}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        fault: PolicyFault,
    },
    /// There is no quorum line.
    #[error("the policy has no quorum line; write `quorum none` if no cosignature is needed")]
    NoQuorum,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyFault {
    /// The text ends within a line.
    #[error("it does not end in a newline")]
    Unterminated,
    /// A control character other than tab.
    #[error("it has a control character")]
    ControlCharacter,
    /// The first word is no keyword.
    #[error("{0:?} is not one of log, witness, group, quorum")]
    Keyword(String),
    /// Words are missing or too many.
    #[error("it must read `{0}`")]
    Form(&'static str),
    /// A key's text.
    #[error("{0}")]
    Key(#[from] LogError),
    /// Two lines have the same public key.
    #[error("another line has the same public key")]
    DuplicateKey,
    /// A name is defined already, or predefined.
    #[error("the name {0:?} is taken")]
    NameTaken(String),
    /// A name is not defined on a line before this one.
    #[error("{0:?} is neither a witness nor a group defined above")]
    UnknownName(String),
    /// A name is a member already: of this group or of another.
    #[error("{0:?} is a member of a group already")]
    MemberTaken(String),
    /// A threshold is not `any`, `all` or a number from 1 to the number of members.
    #[error("the threshold {threshold:?} is neither any, nor all, nor a number from 1 to {members}")]
    Threshold {
        /// What stood there.
        threshold: String,
        /// Members of the group.
        members: usize,
    },
    /// A second quorum line.
    #[error("the quorum is defined already")]
    SecondQuorum,
    /// Too many lines of one kind.
    #[error("a policy has at most {0} of these")]
    TooMany(usize),
}
