//! Versioned names of statements, a closed list.
//!
//! In scope: which exist and which rows they have. Out of scope: keys. A statement whose rows change gets a new name.

use core::fmt;
use core::str::FromStr;

use super::credential::presentation;
use super::receivable::{disclosure, eligibility, mint, transfer};

/// The name of a statement, such as `receivable/eligibility/v2`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId(&'static str);

/// A name that this version does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown statement; this version knows receivable/mint/v2, receivable/transfer/v1, receivable/eligibility/v2, \
     receivable/disclosure/v1 and credential/presentation/v1"
)]
pub struct UnknownStatement;

impl StatementId {
    /// A receivable comes into being, owned by its enrolled supplier.
    pub const RECEIVABLE_MINT_V2: Self = Self("receivable/mint/v2");
    /// Notes of one receivable change hands.
    pub const RECEIVABLE_TRANSFER_V1: Self = Self("receivable/transfer/v1");
    /// A receivable meets a verifier's policy.
    pub const RECEIVABLE_ELIGIBILITY_V2: Self = Self("receivable/eligibility/v2");
    /// A note's owner says which entry spends it, or that none does.
    pub const RECEIVABLE_DISCLOSURE_V1: Self = Self("receivable/disclosure/v1");
    /// A credential satisfies a verifier's query.
    pub const CREDENTIAL_PRESENTATION_V1: Self = Self("credential/presentation/v1");

    /// Every statement with the names of its public rows, in order.
    pub const REGISTRY: [(Self, &'static [&'static str]); 5] = [
        (Self::RECEIVABLE_MINT_V2, &mint::ROW_NAMES),
        (Self::RECEIVABLE_TRANSFER_V1, &transfer::ROW_NAMES),
        (Self::RECEIVABLE_ELIGIBILITY_V2, &eligibility::ROW_NAMES),
        (Self::RECEIVABLE_DISCLOSURE_V1, &disclosure::ROW_NAMES),
        (Self::CREDENTIAL_PRESENTATION_V1, &presentation::ROW_NAMES),
    ];

    /// Longest name in bytes.
    pub const MAX_BYTES: usize = 64;

    /// The name.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The name without its version: what people may type.
    pub fn family(self) -> &'static str {
        self.0.rsplit_once('/').map_or(self.0, |(family, _)| family)
    }

    /// As people write it: a full name, or one without its version, which means the version known here. Files hold full names only.
    ///
    /// # Errors
    /// `UnknownStatement`.
    pub fn from_typed(text: &str) -> Result<Self, UnknownStatement> {
        Self::find(|id| id.0 == text || id.family() == text)
    }

    fn find(matches: impl Fn(Self) -> bool) -> Result<Self, UnknownStatement> {
        Self::REGISTRY
            .iter()
            .map(|(id, _)| *id)
            .find(|id| matches(*id))
            .ok_or(UnknownStatement)
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
        Self::find(|id| id.0 == text)
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
            assert_eq!(StatementId::from_typed(id.as_str()), Ok(id));
        }
        for text in [
            "",
            "receivable/mint",
            "receivable/mint/v1",
            "receivable/eligibility/v1",
            "receivable/mint/v2 ",
            "Receivable/mint/v2",
        ] {
            assert_eq!(text.parse::<StatementId>(), Err(UnknownStatement), "{text:?}");
        }
    }
    #[test]
    fn a_person_may_leave_the_version_out_and_means_the_one_known_here() {
        assert_eq!(
            StatementId::from_typed("receivable/eligibility"),
            Ok(StatementId::RECEIVABLE_ELIGIBILITY_V2)
        );
        for (id, _) in StatementId::REGISTRY {
            assert_eq!(StatementId::from_typed(id.family()), Ok(id));
        }
        for text in [
            "",
            "receivable",
            "receivable/",
            "receivable/mint/",
            "receivable/eligibility/v1",
            "mint",
        ] {
            assert_eq!(StatementId::from_typed(text), Err(UnknownStatement), "{text:?}");
        }
    }
}
