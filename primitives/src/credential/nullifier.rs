//! Using a credential once in a scope.
//!
//! In scope: scopes and what a credential is used up under. Out of scope: the record of what is used up (crate `ledger`).
//! An attacker who owns this part claims one bill twice, or links what was claimed in two scopes.

use super::RevocationHandle;
use crate::{
    Fr,
    hash::{Domain, hash, text_field},
    newtype::field_newtype,
    party::NullifierKey,
};

field_newtype! {
    /// Where a credential may be used once; 0 where it may be used at will.
    Scope
}

field_newtype! {
    /// What a credential is used up under in one scope; 0 in none.
    ScopeNullifier
}

impl Scope {
    /// No scope: nothing is used up.
    pub const NONE: Self = Self::from_fr(Fr::new(ark_ff::BigInt([0; 4])));

    /// A scope by its name.
    pub fn named(name: &str) -> Self {
        Self::from_fr(text_field(Domain::SCOPE, name))
    }
}

impl ScopeNullifier {
    /// No scope's.
    pub const NONE: Self = Self::from_fr(Fr::new(ark_ff::BigInt([0; 4])));

    /// `H(scope-nullifier; nk, scope, H(revocation; ..))`, or 0 without a scope. nk is in it so that issuers, who know the rest, cannot find
    /// their holders' nullifiers.
    pub fn derive(key: &NullifierKey, scope: Scope, handle: RevocationHandle) -> Self {
        if scope == Scope::NONE {
            return Self::NONE;
        }
        Self::from_fr(hash(
            Domain::SCOPE_NULLIFIER,
            &[key.expose(), scope.to_fr(), handle.to_fr()],
        ))
    }
}
