//! A request as JSON.
//!
//! In scope: shape and sizes; unknown fields are refused. Out of scope: bounds between values (`Request`).
//! JSON is only the envelope: what is signed is the body made of its values, so white space and order are free.

use alloc::string::ToString;
use alloc::vec::Vec;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use tradeseal_primitives::receivable::UnixSeconds;

use super::{MAX_REQUEST_BYTES, Nonce, Request, RequestDraft, RequestError, VerifierName};
use crate::encoding;
use crate::entry::Ed25519Key;
use crate::log::KeyName;
use crate::policy::WirePolicy;
use crate::statement::StatementId;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    #[serde(with = "encoding::text")]
    statement: StatementId,
    #[serde(with = "encoding::origin")]
    origin: KeyName,
    #[serde(with = "encoding::text")]
    verifier_name: VerifierName,
    #[serde(with = "encoding::text")]
    verifier_key: Ed25519Key,
    policy: WirePolicy,
    #[serde(with = "encoding::text")]
    nonce: Nonce,
    issued: u64,
    expires: u64,
    lock_until: u64,
    #[serde(with = "encoding::hex_fixed")]
    signature: [u8; 64],
}

/// A request's values, each in its own bounds.
pub(super) fn read(bytes: &[u8]) -> Result<(RequestDraft, Ed25519Key, [u8; 64]), RequestError> {
    if bytes.len() > MAX_REQUEST_BYTES {
        return Err(RequestError::TooLong { bytes: bytes.len() });
    }
    let wire: Wire = serde_json::from_slice(bytes).map_err(|cause| RequestError::Json {
        cause: encoding::printable(&cause.to_string()),
    })?;
    values(wire)
}

fn values(wire: Wire) -> Result<(RequestDraft, Ed25519Key, [u8; 64]), RequestError> {
    let draft = RequestDraft {
        statement: wire.statement,
        origin: wire.origin,
        verifier_name: wire.verifier_name,
        policy: wire.policy.try_into()?,
        nonce: wire.nonce,
        issued: UnixSeconds(wire.issued),
        expires: UnixSeconds(wire.expires),
        lock_until: UnixSeconds(wire.lock_until),
    };
    Ok((draft, wire.verifier_key, wire.signature))
}

/// Two-space indent, fields in order, one final newline.
pub(super) fn write(request: &Request) -> Vec<u8> {
    encoding::pretty_json(request)
}

fn wire(request: &Request) -> Wire {
    let draft = &request.draft;
    Wire {
        statement: draft.statement,
        origin: draft.origin.clone(),
        verifier_name: draft.verifier_name.clone(),
        verifier_key: request.key,
        policy: WirePolicy::from(&draft.policy),
        nonce: draft.nonce,
        issued: draft.issued.0,
        expires: draft.expires.0,
        lock_until: draft.lock_until.0,
        signature: request.signature,
    }
}

/// Inside another file: in the one form that [`write`] gives.
impl Serialize for Request {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        wire(self).serialize(out)
    }
}

/// Its signature is judged elsewhere, as by [`Request::parse_unchecked_signature`].
impl<'de> Deserialize<'de> for Request {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let (draft, key, signature) = values(Wire::deserialize(input)?).map_err(D::Error::custom)?;
        Self::assemble(draft, key, signature).map_err(D::Error::custom)
    }
}
