//! Whose credentials a verifier believes, and from when until when.
//!
//! In scope: the list and the root that stands for it. Out of scope: why an issuer is trusted.
//! An attacker who adds a line here issues to itself.

use alloc::string::String;
use alloc::vec::Vec;

use tradeseal_primitives::Fr;
use tradeseal_primitives::credential::TrustedIssuer;
use tradeseal_primitives::tree::SetTree;

use super::{PolicyError, is_one_line};
use crate::encoding::printable;

/// Most issuers of a policy.
pub const MAX_ISSUERS: usize = 4096;

/// An issuer with the name that its verifier gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// For people.
    pub name: String,
    /// Key and days.
    pub trusted: TrustedIssuer,
}

/// Issuers with their set.
#[derive(Debug, Clone)]
pub struct TrustedIssuers {
    list: Vec<Issuer>,
    tree: SetTree,
}

impl PartialEq for TrustedIssuers {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

impl Eq for TrustedIssuers {}

impl TrustedIssuers {
    /// Builds the set. One issuer may stand in it several times, with different days.
    ///
    /// # Errors
    /// `NoIssuers`, `TooManyIssuers`, `Issuer` for a name or days that cannot be.
    pub fn new(list: Vec<Issuer>) -> Result<Self, PolicyError> {
        let count = list.len();
        if count == 0 {
            return Err(PolicyError::NoIssuers);
        }
        if count > MAX_ISSUERS {
            return Err(PolicyError::TooManyIssuers { count });
        }
        for issuer in &list {
            let refuse = |cause| PolicyError::Issuer {
                name: printable(&issuer.name),
                cause,
            };
            if !is_one_line(&issuer.name) {
                return Err(refuse(
                    "its name is not one line of 1 to 128 bytes without invisible characters",
                ));
            }
            if issuer.trusted.from > issuer.trusted.until {
                return Err(refuse("it is trusted from a later day than until"));
            }
        }
        let tree = SetTree::new(list.iter().map(|issuer| issuer.trusted.member())).map_err(PolicyError::Issuers)?;
        Ok(Self { list, tree })
    }

    /// The root that stands for the list.
    pub const fn root(&self) -> Fr {
        self.tree.root()
    }

    /// The list.
    pub fn list(&self) -> &[Issuer] {
        &self.list
    }

    /// The set, for the holder's proof.
    pub const fn tree(&self) -> &SetTree {
        &self.tree
    }
}
