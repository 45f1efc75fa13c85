//! What a verifier asks of a credential's holder: a policy, from one ledger, for a while, signed.
//!
//! In scope: the request's JSON, its signed body, its digest. Out of scope: drawing the nonce, the clock, answering it.
//! An attacker who owns this part can have a holder answer a question that the verifier never asked. A request that is
//! replayed is harmless: an answer is only good for the verifier named in it, and only until it expires.

mod body;
mod error;
mod wire;

pub use error::RequestError;

use alloc::vec::Vec;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use tradeseal_primitives::Fr;
use tradeseal_primitives::credential::{Query, request_digest};
use tradeseal_primitives::hash::{Domain, digest_field, sha256};
use tradeseal_primitives::receivable::UnixSeconds;

use super::policy::Policy;
use super::schema::Schema;
use crate::entry::Ed25519Key;
use crate::log::KeyName;
use crate::request::{Nonce, VerifierName};
use crate::statement::{RequestDigest, StatementId};

/// Largest request read.
pub const MAX_REQUEST_BYTES: usize = 8 * 1024 * 1024;

/// Longest time after a request's expiry in which a claim may still be recorded: 180 days, in seconds.
pub const MAX_CLAIM_SECONDS: u64 = 180 * 86_400;

/// Last second of the year 9999: later times cannot be shown to people.
const LAST_SECOND: u64 = 253_402_300_799;

/// What a verifier decides before it signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestDraft {
    /// The log whose ledger holds the revocations.
    pub origin: KeyName,
    /// Who asks, as people know it.
    pub verifier_name: VerifierName,
    /// What the holder's credential must satisfy.
    pub policy: Policy,
    /// 32 random bytes, never used before: they make this request unlike every other and hide the policy in its digest.
    pub nonce: Nonce,
    /// From when the request holds.
    pub issued: UnixSeconds,
    /// The first second at which it holds no more.
    pub expires: UnixSeconds,
    /// Until when the verifier may record that the credential is used up; [`RequestDraft::issued`] if it will not.
    pub claim_until: UnixSeconds,
}

/// A request whose values are in bounds. [`Request::parse`] also holds the signature to be the verifier's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    draft: RequestDraft,
    key: Ed25519Key,
    signature: [u8; 64],
    query: Query,
    digest: RequestDigest,
}

impl Request {
    /// What every such request asks to be proven.
    pub const STATEMENT: StatementId = StatementId::CREDENTIAL_PRESENTATION_V1;

    /// Signs a draft. Its values are checked, its nonce is the caller's duty.
    ///
    /// # Errors
    /// `RequestError` naming the value out of bounds.
    pub fn sign(draft: RequestDraft, key: &SigningKey) -> Result<Self, RequestError> {
        let mut request = Self::assemble(draft, Ed25519Key::of(key), [0; 64])?;
        request.signature = key.sign(&request.signed_bytes()).to_bytes();
        Ok(request)
    }

    /// Parses a request and holds its signature to be that of the verifier it names. `find` gives schemas by their full names.
    ///
    /// # Errors
    /// `RequestError` naming what is malformed, out of bounds, or that the signature does not verify.
    pub fn parse(bytes: &[u8], find: &dyn Fn(&str) -> Option<Schema>) -> Result<Self, RequestError> {
        let request = Self::parse_unchecked_signature(bytes, find)?;
        request.check_signature()?;
        Ok(request)
    }

    /// Parses a request whose signature is judged elsewhere: a verdict lists it among its checks.
    ///
    /// # Errors
    /// `RequestError` naming what is malformed or out of bounds.
    pub fn parse_unchecked_signature(
        bytes: &[u8],
        find: &dyn Fn(&str) -> Option<Schema>,
    ) -> Result<Self, RequestError> {
        let (draft, key, signature) = wire::read(bytes, find)?;
        Self::assemble(draft, key, signature)
    }

    fn assemble(draft: RequestDraft, key: Ed25519Key, signature: [u8; 64]) -> Result<Self, RequestError> {
        let (issued, expires, claim_until) = (draft.issued, draft.expires, draft.claim_until);
        if issued >= expires {
            return Err(RequestError::NeverValid { issued, expires });
        }
        if expires.0 > LAST_SECOND {
            return Err(RequestError::BeyondCalendar { time: expires });
        }
        let latest = UnixSeconds(expires.0.saturating_add(MAX_CLAIM_SECONDS));
        if claim_until < issued || claim_until > latest {
            return Err(RequestError::ClaimTerm { claim_until, latest });
        }
        let context = digest_field(Domain::REQUEST_CONTEXT, &sha256(&body::encode(&draft, &key)));
        let query = draft.policy.query(context);
        let verifier_key = digest_field(Domain::VERIFIER_KEY, &key.0);
        let digest = RequestDigest::from_fr(request_digest(verifier_key, query.digest(), claim_until));
        Ok(Self {
            draft,
            key,
            signature,
            query,
            digest,
        })
    }

    /// Holds the signature to be the named verifier's, over this body.
    ///
    /// # Errors
    /// `Signature` if it does not verify, or if the key is none that signatures could mean anything under.
    pub fn check_signature(&self) -> Result<(), RequestError> {
        VerifyingKey::from_bytes(&self.key.0)
            .and_then(|key| key.verify_strict(&self.signed_bytes(), &Signature::from_bytes(&self.signature)))
            .map_err(|_| RequestError::Signature)
    }

    /// The JSON form, with a final newline.
    pub fn to_json(&self) -> Vec<u8> {
        wire::write(self)
    }

    /// What is asked.
    pub const fn draft(&self) -> &RequestDraft {
        &self.draft
    }

    /// The policy.
    pub const fn policy(&self) -> &Policy {
        &self.draft.policy
    }

    /// The query that the policy and this request make.
    pub const fn query(&self) -> &Query {
        &self.query
    }

    /// Who asks.
    pub const fn verifier_key(&self) -> Ed25519Key {
        self.key
    }

    /// The verifier's key as the circuit sees it.
    pub fn verifier_key_field(&self) -> Fr {
        digest_field(Domain::VERIFIER_KEY, &self.key.0)
    }

    /// What a proof is bound to.
    pub const fn digest(&self) -> RequestDigest {
        self.digest
    }

    fn signed_bytes(&self) -> Vec<u8> {
        body::signed(&body::encode(&self.draft, &self.key))
    }
}

#[cfg(test)]
mod tests;
