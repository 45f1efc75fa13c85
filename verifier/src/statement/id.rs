//! Versioned names of statements, a closed list.
//!
//! In scope: which exist and which rows they have. Out of scope: keys. A statement whose rows change gets a new name.

use core::fmt;
use core::str::FromStr;

use super::receivable::{eligibility, mint, transfer};

/// The name of a statement, such as `receivable/eligibility/v1`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId(&'static str);

/// A name that this version does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown statement; this version knows receivable/mint/v1, receivable/transfer/v1 and receivable/eligibility/v1"
)]
pub struct UnknownStatement;

impl StatementId {
    /// A receivable comes into being, owned by its enrolled supplier.
    pub const RECEIVABLE_MINT_V1: Self = Self("receivable/mint/v1");
    /// Notes of one receivable change hands.
    pub const RECEIVABLE_TRANSFER_V1: Self = Self("receivable/transfer/v1");
    /// A receivable meets a verifier's policy.
    pub const RECEIVABLE_ELIGIBILITY_V1: Self = Self("receivable/eligibility/v1");

    /// Every statement with the names of its public rows, in order.
    pub const REGISTRY: [(Self, &'static [&'static str]); 3] = [
        (Self::RECEIVABLE_MINT_V1, &mint::ROW_NAMES),
        (Self::RECEIVABLE_TRANSFER_V1, &transfer::ROW_NAMES),
        (Self::RECEIVABLE_ELIGIBILITY_V1, &eligibility::ROW_NAMES),
    ];

    /// Longest name in bytes.
    pub const MAX_BYTES: usize = 64;

    /// The name.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Names of the public rows, in order.
    pub fn row_names(self) -> &'static [&'static str] {
        Self::REGISTRY
            .iter()
            .find(|(id, _)| *id == self)
            .map_or(&[], |(_, rows)| rows)
    }

    /// Number of public rows.
    pub fn row_count(self) -> usize {
        self.row_names().len()
    }
}

impl FromStr for StatementId {
    type Err = UnknownStatement;

    fn from_str(text: &str) -> Result<Self, UnknownStatement> {
        Self::REGISTRY
            .iter()
            .map(|(id, _)| *id)
            .find(|id| id.0 == text)
            .ok_or(UnknownStatement)
    }
}

impl fmt::Display for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StatementId({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn every_registered_name_parses_to_itself_and_no_other_does() {
        for (id, rows) in StatementId::REGISTRY {
            assert_eq!(id.to_string().parse(), Ok(id));
            assert_eq!(id.row_count(), rows.len());
            assert!(id.as_str().len() <= StatementId::MAX_BYTES);
        }
        for text in [
            "",
            "receivable/mint",
            "receivable/mint/v2",
            "receivable/mint/v1 ",
            "Receivable/mint/v1",
        ] {
            assert_eq!(text.parse::<StatementId>(), Err(UnknownStatement), "{text:?}");
        }
    }
}
