//! Why a request was refused, and what to do about it.

use alloc::string::String;

use tradeseal_primitives::receivable::UnixSeconds;

use super::MAX_REQUEST_BYTES;
use crate::calendar::format_utc;
use crate::credential::policy::PolicyError;

/// Why bytes or values are no request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// Over the limit.
    #[error("the request has {bytes} bytes; at most {max} are read", max = MAX_REQUEST_BYTES)]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Not JSON of the right shape, or a value that cannot be read.
    #[error("the request cannot be read: {cause}")]
    Json {
        /// What and where.
        cause: String,
    },
    /// It asks for another statement.
    #[error("the request asks for {statement}, not for a credential's presentation")]
    Statement {
        /// The statement named.
        statement: String,
    },
    /// The policy is not acceptable.
    #[error("the request's policy: {0}")]
    Policy(#[from] PolicyError),
    /// It expires before, or when, it begins.
    #[error("the request expires at {} but is issued at {}", format_utc(*expires), format_utc(*issued))]
    NeverValid {
        /// From when it holds.
        issued: UnixSeconds,
        /// Until when it would.
        expires: UnixSeconds,
    },
    /// A claim later than anyone may ask for, or before the request begins.
    #[error("the request asks to record a claim until second {}, which is before its issue or after {}", claim_until.0, format_utc(*latest))]
    ClaimTerm {
        /// Asked for.
        claim_until: UnixSeconds,
        /// The latest that may be asked for.
        latest: UnixSeconds,
    },
    /// After the year 9999.
    #[error("the request's expiry, second {}, is after the year 9999", time.0)]
    BeyondCalendar {
        /// The time.
        time: UnixSeconds,
    },
    /// The signature is not the named key's over this request.
    #[error("the request's signature does not verify: it was changed after signing, or another key signed it")]
    Signature,
}

impl RequestError {
    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "ask the verifier for a request with shorter lists",
            Self::NeverValid { .. } | Self::BeyondCalendar { .. } => "issue the request with an expiry after its issue",
            Self::ClaimTerm { .. } => "issue the request with a claim at most 180 days after its expiry",
            Self::Policy(error) => error.remedy(),
            _ => "obtain the request again from the verifier, unchanged",
        }
    }
}
