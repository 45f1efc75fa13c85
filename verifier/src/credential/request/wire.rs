//! A request as JSON.
//!
//! In scope: shape and sizes; unknown fields are refused. Out of scope: bounds between values (`Request`).
//! JSON is only the envelope: what is signed is the body made of its values, so white space and order are free.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use tradeseal_primitives::receivable::UnixSeconds;

use super::{MAX_REQUEST_BYTES, Request, RequestDraft, RequestError};
use crate::credential::policy::WirePolicy;
use crate::credential::schema::Schema;
use crate::encoding;
use crate::entry::Ed25519Key;
use crate::log::KeyName;
use crate::request::{Nonce, VerifierName};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    statement: String,
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
    claim_until: u64,
    #[serde(with = "encoding::hex_fixed")]
    signature: [u8; 64],
}

/// A request's values, each in its own bounds.
pub(super) fn read(
    bytes: &[u8],
    find: &dyn Fn(&str) -> Option<Schema>,
) -> Result<(RequestDraft, Ed25519Key, [u8; 64]), RequestError> {
    if bytes.len() > MAX_REQUEST_BYTES {
        return Err(RequestError::TooLong { bytes: bytes.len() });
    }
    let wire: Wire = serde_json::from_slice(bytes).map_err(|cause| RequestError::Json {
        cause: encoding::printable(&cause.to_string()),
    })?;
    if wire.statement != Request::STATEMENT.as_str() {
        return Err(RequestError::Statement {
            statement: encoding::printable(&wire.statement),
        });
    }
    let draft = RequestDraft {
        origin: wire.origin,
        verifier_name: wire.verifier_name,
        policy: wire.policy.read(find)?,
        nonce: wire.nonce,
        issued: UnixSeconds(wire.issued),
        expires: UnixSeconds(wire.expires),
        claim_until: UnixSeconds(wire.claim_until),
    };
    Ok((draft, wire.verifier_key, wire.signature))
}

/// Two-space indent, fields in order, one final newline.
pub(super) fn write(request: &Request) -> Vec<u8> {
    let draft = &request.draft;
    encoding::pretty_json(&Wire {
        statement: Request::STATEMENT.to_string(),
        origin: draft.origin.clone(),
        verifier_name: draft.verifier_name.clone(),
        verifier_key: request.key,
        policy: WirePolicy::write(&draft.policy),
        nonce: draft.nonce,
        issued: draft.issued.0,
        expires: draft.expires.0,
        claim_until: draft.claim_until.0,
        signature: request.signature,
    })
}
