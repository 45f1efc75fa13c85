//! What a proof is bound to: `H(request; verifier_key, policy_digest, lock_until)` (`docs/protocol.md` section 3.2).
//!
//! In scope: the two formulas. Out of scope: the policy's own digest (`policy`).
//! An attacker who owns this part can pass an answer to one request off as an answer to another.

use tradeseal_primitives::Fr;
use tradeseal_primitives::hash::{Domain, digest_field, hash, sha256};
use tradeseal_primitives::receivable::UnixSeconds;

use super::identity::key_field;
use crate::entry::Ed25519Key;
use crate::policy::PolicyDigest;
use crate::statement::RequestDigest;

/// The request's digest. The ledger recomputes it from a lock entry's bank key, policy digest and latest end of a lock: an owner
/// that answers consents to a lock until then, and to none beyond.
pub fn request_digest(key: &Ed25519Key, policy: PolicyDigest, lock_until: UnixSeconds) -> RequestDigest {
    let inputs = [key_field(key), policy.to_fr(), Fr::from(lock_until.0)];
    RequestDigest::from_fr(hash(Domain::REQUEST, &inputs))
}

/// The rest of the request as one field element, hashed into the policy's digest.
pub(super) fn context(body: &[u8]) -> Fr {
    digest_field(Domain::REQUEST_CONTEXT, &sha256(body))
}
