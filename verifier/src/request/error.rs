//! Why a request was refused, and what to do about it.

use alloc::string::String;

use tradeseal_primitives::receivable::UnixSeconds;

use super::MAX_REQUEST_BYTES;
use crate::calendar::format_utc;
use crate::policy::WirePolicyError;
use crate::statement::StatementId;

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
    /// A statement that nobody proves on request.
    #[error("{statement} is not a statement that can be requested; receivable/eligibility/v2 is")]
    NotRequestable {
        /// The statement named.
        statement: StatementId,
    },
    /// The policy is not acceptable.
    #[error("the request's policy: {0}")]
    Policy(#[from] WirePolicyError),
    /// It expires before, or when, it begins.
    #[error("the request expires at {} but is issued at {}", format_utc(*expires), format_utc(*issued))]
    NeverValid {
        /// From when it holds.
        issued: UnixSeconds,
        /// Until when it would.
        expires: UnixSeconds,
    },
    /// A lock for longer than anyone may ask, or one that ends before the request begins.
    #[error("the request asks for a lock until second {}, which is before its issue or after {}", lock_until.0, format_utc(*latest))]
    LockTerm {
        /// Asked for.
        lock_until: UnixSeconds,
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
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "ask the verifier for a request with fewer approved debtors",
            Self::NeverValid { .. } | Self::BeyondCalendar { .. } => "issue the request with an expiry after its issue",
            Self::LockTerm { .. } => "issue the request with a lock of at most 180 days after its expiry",
            _ => "obtain the request again from the verifier, unchanged",
        }
    }
}

/// Why text is no name, key or nonce of a verifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// Empty, too long, or with characters that could mislead who reads it.
    #[error("a verifier's name has 1 to 128 bytes, no control or invisible characters, and no space at either end")]
    Name,
    /// Not 32 bytes of hexadecimal.
    #[error("expected 64 lower-case hexadecimal digits")]
    Hex,
}
