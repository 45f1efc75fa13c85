//! How a command that did its work came out; each outcome has its exit code.
//!
//! In scope: exit codes. Out of scope: verdicts' contents. An attacker who owns this part turns a refusal into a success
//! for scripts that go by exit codes.

/// How a command came out. Errors are [`crate::Failure`], exit code 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done, or verified: exit code 0.
    Done,
    /// Not verified: exit code 1.
    NotVerified,
    /// Something needed could not be checked: exit code 3.
    Inconclusive,
}

impl Outcome {
    /// The process's exit code.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::NotVerified => 1,
            Self::Inconclusive => 3,
        }
    }
}
