//! Why a policy was refused, and what to do about it.

use alloc::string::String;
use alloc::vec::Vec;

use tradeseal_primitives::credential::KeySetError;
use tradeseal_primitives::tree::SetError;

use super::{MAX_ISSUERS, MAX_POLICY_BYTES};
use crate::credential::schema::ValueError;

/// Why bytes or terms are no policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// Over the limit.
    #[error("the policy has {bytes} bytes; at most {max} are read", max = MAX_POLICY_BYTES)]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Not JSON of the right shape.
    #[error("the policy cannot be read: {cause}")]
    Json {
        /// What and where.
        cause: String,
    },
    /// No such schema, or another than its id says.
    #[error("the schema {schema:?} is not known here, or is not the one that is meant")]
    UnknownSchema {
        /// The name given.
        schema: String,
    },
    /// Not a purpose of the schema.
    #[error("the schema has no purpose {purpose:?}; it has {}", known.join(", "))]
    UnknownPurpose {
        /// The name given.
        purpose: String,
        /// Its purposes.
        known: Vec<String>,
    },
    /// The schema has no such slot.
    #[error("the schema {schema} has no slot {slot:?}")]
    UnknownSlot {
        /// Which schema.
        schema: String,
        /// The name given.
        slot: String,
    },
    /// More conditions than a proof answers.
    #[error("the policy has {count} conditions; one presentation answers four")]
    TooManyConditions {
        /// How many.
        count: usize,
    },
    /// A condition that cannot be.
    #[error("{slot}: {problem}")]
    Condition {
        /// On which slot.
        slot: String,
        /// Why not.
        problem: ConditionError,
    },
    /// No name of a scope.
    #[error(
        "{scope:?} cannot name where a credential is used once: 1 to 128 bytes on one line, no invisible characters"
    )]
    Scope {
        /// The name given.
        scope: String,
    },
    /// Not a day.
    #[error("{0}")]
    Day(#[from] crate::calendar::DayError),
    /// Nobody is trusted.
    #[error("the policy trusts no issuer")]
    NoIssuers,
    /// More issuers than a set holds.
    #[error("the policy trusts {count} issuers; at most {max} are read", max = MAX_ISSUERS)]
    TooManyIssuers {
        /// How many.
        count: usize,
    },
    /// Their set cannot be built.
    #[error("the trusted issuers: {0}")]
    Issuers(SetError),
    /// An issuer that is none.
    #[error("issuer {name:?}: {cause}")]
    Issuer {
        /// Its name.
        name: String,
        /// What is wrong with it.
        cause: &'static str,
    },
}

impl PolicyError {
    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "shorten its lists",
            Self::UnknownSchema { .. } => "give the schema's file, or the name of one that this version knows",
            Self::UnknownSlot { .. } | Self::UnknownPurpose { .. } => "use a name that the schema has",
            Self::TooManyConditions { .. } => "ask the rest in a second request",
            Self::Condition { problem, .. } => problem.remedy(),
            Self::NoIssuers | Self::TooManyIssuers { .. } | Self::Issuers(_) | Self::Issuer { .. } => {
                "list each issuer you trust with its key and the days from and until which you trust it"
            }
            Self::Scope { .. } => "give a short name of one line",
            Self::Day(_) => "write days as 2026-12-31",
            Self::Json { .. } => "correct the policy file",
        }
    }
}

/// Why a condition cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    /// None of the kinds, or two of them.
    #[error("it asks {count} things; a condition asks exactly one of reveal, is, is_not, from and to, in, not_in")]
    Kinds {
        /// How many.
        count: usize,
    },
    /// A value that is none of the slot.
    #[error("{value:?}: {problem}")]
    Value {
        /// The value.
        value: String,
        /// Why.
        problem: ValueError,
    },
    /// Its values have no order.
    #[error("its values have no order, so nothing lies between two of them")]
    NoOrder,
    /// Open at both ends.
    #[error("it has neither a from nor a to")]
    NoBounds,
    /// The range is empty.
    #[error("from is more than to")]
    Reversed,
    /// The schema allows no lists for it.
    #[error("the schema does not let it be looked up in lists")]
    NoLists,
    /// Nothing on the list.
    #[error("its list is empty")]
    EmptyList,
    /// The list cannot be a set.
    #[error("its list: {0}")]
    List(KeySetError),
    /// No name of a list.
    #[error("the list's name is not one line of 1 to 128 bytes without invisible characters")]
    ListName,
    /// Days ahead on something that is no day.
    #[error("days ahead are counted on a day, which it is not, or lead beyond the calendar")]
    NotADay,
    /// Days ahead in a request, which names days.
    #[error("a request names days and not how many days ahead they are")]
    Relative,
}

impl ConditionError {
    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Kinds { .. } => "ask one thing in each condition",
            Self::Value { problem, .. } => problem.remedy(),
            Self::NoOrder | Self::NotADay => "ask for a list of values instead",
            Self::NoBounds | Self::Reversed => "give from, to, or both, the smaller one first",
            Self::NoLists => "ask for a value, or a range, instead",
            Self::EmptyList | Self::List(_) => "give 1 to 65535 members",
            Self::ListName => "give a short name of one line",
            Self::Relative => "obtain the request again from the verifier, unchanged",
        }
    }
}
