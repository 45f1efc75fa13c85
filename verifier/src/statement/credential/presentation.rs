//! `credential/presentation/v1`: an unrevoked credential of a trusted issuer satisfies a verifier's query (`docs/protocol.md` section 8.2).
//!
//! In scope: its public rows. Out of scope: the circuit, the query (`primitives::credential`), the verdict.
//! An attacker who swaps two rows here turns a proof about one thing into a proof about another.

use tradeseal_primitives::Fr;
use tradeseal_primitives::credential::ScopeNullifier;

use crate::statement::{RequestDigest, RevealedDigest, RevocationRoot};

/// The public rows, in order.
pub const ROW_NAMES: [&str; 4] = ["revocation_root", "nullifier", "revealed_digest", "request_digest"];

/// What a verifier sees of a presentation. The same for every schema, and nothing in it but the nullifier is the credential's alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Public {
    /// Row 1: root of a tree of revocations that does not hold the credential's.
    pub revocation_root: RevocationRoot,
    /// Row 2: what the credential is used up under in the request's scope; 0 where there is none.
    pub nullifier: ScopeNullifier,
    /// Row 3: the attributes that the request has revealed.
    pub revealed_digest: RevealedDigest,
    /// Row 4: the request, query and verifier included.
    pub request_digest: RequestDigest,
}

impl Public {
    /// The rows as the circuit takes them.
    pub fn rows(&self) -> [Fr; ROW_NAMES.len()] {
        [
            self.revocation_root.to_fr(),
            self.nullifier.to_fr(),
            self.revealed_digest.to_fr(),
            self.request_digest.to_fr(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_their_names() {
        let public = Public {
            revocation_root: RevocationRoot::from_fr(Fr::from(11u64)),
            nullifier: ScopeNullifier::from_fr(Fr::from(12u64)),
            revealed_digest: RevealedDigest::from_fr(Fr::from(13u64)),
            request_digest: RequestDigest::from_fr(Fr::from(14u64)),
        };
        assert_eq!(public.rows(), [11u64, 12, 13, 14].map(Fr::from));
    }
}
