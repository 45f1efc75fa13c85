//! Queries: all that a verifier asks of a credential, hashed into the digest of its request.
//!
//! In scope: the formulas of query, request, revealed values and the holder's message. Out of scope: a request's body (crate `verifier`).
//! An attacker who owns this part has an answer to one question pass for an answer to another.

use super::{CredentialHash, PREDICATES, PredicateForm, SchemaId, Scope, ScopeNullifier, predicates_digest};
use crate::{
    Fr,
    hash::{Domain, hash},
    newtype::field_newtype,
    receivable::{Day, UnixSeconds},
};

/// Values that a presentation can reveal, one for each predicate.
pub const REVEALED_VALUES: usize = PREDICATES;

field_newtype! {
    /// A query, without who asks it.
    QueryDigest
}

/// What is asked of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Query {
    /// Of which schema.
    pub schema: SchemaId,
    /// From one of which issuers.
    pub trusted_issuers_root: Fr,
    /// Valid on which day.
    pub day: Day,
    /// Used once in which scope, if any.
    pub scope: Scope,
    /// What its attributes must satisfy.
    pub predicates: [PredicateForm; PREDICATES],
    /// Digest of the request's body, nonce included.
    pub context: Fr,
}

impl Query {
    /// `query_digest = H(query; schema, trusted_issuers_root, day, scope, predicates_digest, context)`.
    pub fn digest(&self) -> QueryDigest {
        QueryDigest::from_fr(hash(
            Domain::QUERY,
            &[
                self.schema.to_fr(),
                self.trusted_issuers_root,
                Fr::from(self.day.0),
                self.scope.to_fr(),
                predicates_digest(&self.predicates),
                self.context,
            ],
        ))
    }
}

/// `request_digest = H(request; verifier_key, query_digest, claim_until)`: of the shape that a receivable's request has, so that whoever records
/// a claim checks it without seeing what was asked.
pub fn request_digest(verifier_key: Fr, query: QueryDigest, claim_until: UnixSeconds) -> Fr {
    hash(Domain::REQUEST, &[verifier_key, query.to_fr(), Fr::from(claim_until.0)])
}

/// `revealed_digest = H(revealed; r_1 .. r_4)`: r_i is the attribute where predicate i reveals it, else 0.
pub fn revealed_digest(values: &[Fr; REVEALED_VALUES]) -> Fr {
    hash(Domain::REVEALED, values)
}

/// What the holder signs: `H(presentation-sig; request_digest, nullifier, revealed_digest, credential)`. Everything that is public of a
/// presentation but the revocation root is in it, so whoever proves for the holder presents nothing else.
pub fn presentation_message(request: Fr, nullifier: ScopeNullifier, revealed: Fr, credential: CredentialHash) -> Fr {
    hash(
        Domain::PRESENTATION_SIGNATURE,
        &[request, nullifier.to_fr(), revealed, credential.to_fr()],
    )
}
