//! The formulas of a credential: attributes, what an issuer signs, revocation, queries, nullifiers (`docs/protocol.md` section 8).
//!
//! In scope: native hashing of typed values, and sets that values are or are not in. Out of scope: proofs (crate `circuits`), schemas
//! and documents (crate `documents`), requests (crate `verifier`).
//! An attacker who owns this part could make one credential stand for two, or a query ask for something else than it says.

mod attribute;
mod body;
mod key_set;
mod nullifier;
mod predicate;
mod query;
mod revocation;
mod set_key;

pub use attribute::{Attribute, Attributes, SLOTS, Slot, SlotError, normalise_text};
pub use body::{CredentialBody, CredentialHash, SchemaId, TrustedIssuer};
pub use key_set::{KeySet, KeySetError, SetProof};
pub use nullifier::{Scope, ScopeNullifier};
pub use predicate::{Op, PREDICATES, Predicate, PredicateForm, predicates_digest};
pub use query::{Query, QueryDigest, REVEALED_VALUES, presentation_message, request_digest, revealed_digest};
pub use revocation::{RevocationHandle, RevocationId};
pub use set_key::{KEY_BITS, SetKey};
