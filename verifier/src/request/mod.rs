//! What a verifier asks: a statement under a policy, from one ledger, for a while, signed.
//!
//! In scope: the request's JSON, its signed body, its digest. Out of scope: drawing the nonce, the clock, answering it.
//! An attacker who owns this part can have a holder answer a question that the verifier never asked. A request that is
//! replayed is harmless: an answer is only good for the verifier named in it, and only until it expires.

mod body;
mod digest;
mod error;
mod identity;
mod wire;

pub use digest::request_digest;
pub use error::{IdentityError, RequestError};
pub use identity::{Nonce, VerifierName};

use alloc::vec::Vec;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::UnixSeconds;

use crate::entry::Ed25519Key;
use crate::log::KeyName;
use crate::policy::{Policy, PolicyDigest};
use crate::statement::{RequestDigest, StatementId};

/// Largest request read: some 100 bytes for each of 65,536 debtors.
pub const MAX_REQUEST_BYTES: usize = 8 * 1024 * 1024;

/// Longest lock that a request may ask for, from its expiry on: 180 days, in seconds.
pub const MAX_LOCK_SECONDS: u64 = 180 * 86_400;

/// Last second of the year 9999: later times cannot be shown to people.
const LAST_SECOND: u64 = 253_402_300_799;

/// What a verifier decides before it signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestDraft {
    /// What is to be proven.
    pub statement: StatementId,
    /// The log whose ledger is meant.
    pub origin: KeyName,
    /// Who asks, as people know it.
    pub verifier_name: VerifierName,
    /// What the holder must meet.
    pub policy: Policy,
    /// 32 random bytes, never used before: they make this request unlike every other and hide the policy in its digest.
    pub nonce: Nonce,
    /// From when the request holds.
    pub issued: UnixSeconds,
    /// The first second at which it holds no more.
    pub expires: UnixSeconds,
    /// Until when the verifier may lock the receivable, at the latest; [`RequestDraft::issued`] if it will not.
    pub lock_until: UnixSeconds,
}

/// A request whose values are in bounds. [`Request::parse`] also holds the signature to be the verifier's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    draft: RequestDraft,
    key: Ed25519Key,
    signature: [u8; 64],
    context: Fr,
    policy_digest: PolicyDigest,
    digest: RequestDigest,
}

impl Request {
    /// Signs a draft. Its values are checked, its nonce is the caller's duty.
    ///
    /// # Errors
    /// `RequestError` naming the value out of bounds.
    pub fn sign(draft: RequestDraft, key: &SigningKey) -> Result<Self, RequestError> {
        let mut request = Self::assemble(draft, Ed25519Key::of(key), [0; 64])?;
        request.signature = key.sign(&request.signed_bytes()).to_bytes();
        Ok(request)
    }

    /// Parses a request and holds its signature to be that of the verifier it names.
    ///
    /// # Errors
    /// `RequestError` naming what is malformed, out of bounds, or that the signature does not verify.
    pub fn parse(bytes: &[u8]) -> Result<Self, RequestError> {
        let request = Self::parse_unchecked_signature(bytes)?;
        request.check_signature()?;
        Ok(request)
    }

    /// Parses a request whose signature is judged elsewhere: a verdict lists it among its checks.
    ///
    /// # Errors
    /// `RequestError` naming what is malformed or out of bounds.
    pub fn parse_unchecked_signature(bytes: &[u8]) -> Result<Self, RequestError> {
        let (draft, key, signature) = wire::read(bytes)?;
        Self::assemble(draft, key, signature)
    }

    fn assemble(draft: RequestDraft, key: Ed25519Key, signature: [u8; 64]) -> Result<Self, RequestError> {
        if draft.statement != StatementId::RECEIVABLE_ELIGIBILITY_V2 {
            return Err(RequestError::NotRequestable {
                statement: draft.statement,
            });
        }
        let (issued, expires) = (draft.issued, draft.expires);
        if issued >= expires {
            return Err(RequestError::NeverValid { issued, expires });
        }
        if expires.0 > LAST_SECOND {
            return Err(RequestError::BeyondCalendar { time: expires });
        }
        let latest = UnixSeconds(expires.0.saturating_add(MAX_LOCK_SECONDS));
        if draft.lock_until < issued || draft.lock_until > latest {
            return Err(RequestError::LockTerm {
                lock_until: draft.lock_until,
                latest,
            });
        }
        let context = digest::context(&body::encode(&draft, &key));
        let policy_digest = draft.policy.digest(context);
        let digest = request_digest(&key, policy_digest, draft.lock_until);
        Ok(Self {
            draft,
            key,
            signature,
            context,
            policy_digest,
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
    pub fn draft(&self) -> &RequestDraft {
        &self.draft
    }

    /// The policy asked for.
    pub fn policy(&self) -> &Policy {
        &self.draft.policy
    }

    /// Who asks.
    pub fn verifier_key(&self) -> Ed25519Key {
        self.key
    }

    /// What the proof and the owner's signature are bound to.
    pub fn digest(&self) -> RequestDigest {
        self.digest
    }

    /// What binds everything but the policy, nonce included, into the digest.
    pub fn context(&self) -> Fr {
        self.context
    }

    /// The verifier's key as the digest takes it.
    pub fn verifier_key_field(&self) -> Fr {
        identity::key_field(&self.key)
    }

    /// What a lock entry publishes in place of the policy.
    pub fn policy_digest(&self) -> PolicyDigest {
        self.policy_digest
    }

    fn signed_bytes(&self) -> Vec<u8> {
        body::signed(&body::encode(&self.draft, &self.key))
    }
}

#[cfg(test)]
mod tests;
