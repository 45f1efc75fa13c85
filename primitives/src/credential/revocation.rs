//! Revocation: what the ledger's one tree of revocations holds for a credential.
//!
//! In scope: handle and key. Out of scope: the tree (`tree::indexed`), who may revoke (crate `ledger`).
//! An attacker who owns this part presents what was revoked, or links presentations of one credential.

use super::SetKey;
use crate::{
    eddsa::PublicKey,
    hash::{Domain, hash},
    newtype::field_newtype,
};

field_newtype! {
    /// What an issuer names one of its credentials by: a uniformly random element, known to issuer and holder only.
    RevocationId
}

field_newtype! {
    /// `H(revocation; issuer.x, issuer.y, revocation_id)`: one for each issuer and id, so that issuers cannot revoke each other's.
    RevocationHandle
}

impl RevocationHandle {
    /// Of a credential.
    pub fn derive(issuer: &PublicKey, id: RevocationId) -> Self {
        Self::from_fr(hash(Domain::REVOCATION, &[issuer.x(), issuer.y(), id.to_fr()]))
    }

    /// `revocation_key`: what stands in the tree once it is revoked. 0, which no tree holds, never passes.
    pub fn key(self) -> SetKey {
        SetKey::of(&self.to_fr())
    }
}
