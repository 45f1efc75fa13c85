//! The canonical body of a credential's request: the deterministic CBOR that is signed and hashed.
//!
//! In scope: 1 statement, 2 origin, 3 verifier name, 4 verifier key, 5 policy, 6 nonce, 7 issued, 8 expires, 9 claim until; the same keys as
//! a receivable's request has. Out of scope: reading it; it is always made from a request, never parsed.
//! An attacker who owns this part could have two requests share one digest.
//!
//! The policy is a map: 1 schema id, 2 purpose, 3 trusted issuers (array of name, member), 4 day, 5 scope (text, or none), 6 conditions (array of
//! packed predicate, a, b, name of the list or none). A list's root stands for its members, an issuer's member for key and days.

use alloc::vec::Vec;
use core::convert::Infallible;

use minicbor::Encoder;
use minicbor::encode::Error;
use tradeseal_primitives::field::to_bytes;

use super::{Request, RequestDraft};
use crate::credential::policy::{Ask, Policy};
use crate::entry::Ed25519Key;

/// Precedes the body in what is signed. The body names the statement, so no two statements' requests are one.
const SIGNATURE_PREFIX: &[u8] = b"tradeseal/request/v1\n";

/// The body.
pub(super) fn encode(draft: &RequestDraft, key: &Ed25519Key) -> Vec<u8> {
    let mut out = Encoder::new(Vec::new());
    write(draft, key, &mut out).expect("writing to memory cannot fail");
    out.into_writer()
}

/// What the verifier signs.
pub(super) fn signed(body: &[u8]) -> Vec<u8> {
    [SIGNATURE_PREFIX, body].concat()
}

fn write(draft: &RequestDraft, key: &Ed25519Key, out: &mut Encoder<Vec<u8>>) -> Result<(), Error<Infallible>> {
    out.map(9)?;
    out.u8(1)?.str(Request::STATEMENT.as_str())?;
    out.u8(2)?.str(draft.origin.as_str())?;
    out.u8(3)?.str(draft.verifier_name.as_str())?;
    out.u8(4)?.bytes(&key.0)?;
    out.u8(5)?;
    write_policy(&draft.policy, out)?;
    out.u8(6)?.bytes(&draft.nonce.to_bytes())?;
    out.u8(7)?.u64(draft.issued.0)?;
    out.u8(8)?.u64(draft.expires.0)?;
    out.u8(9)?.u64(draft.claim_until.0)?;
    Ok(())
}

fn write_policy(policy: &Policy, out: &mut Encoder<Vec<u8>>) -> Result<(), Error<Infallible>> {
    out.map(6)?;
    out.u8(1)?.bytes(&policy.schema().id().to_bytes())?;
    out.u8(2)?.str(policy.purpose())?;
    let issuers = policy.issuers().list();
    out.u8(3)?.array(issuers.len() as u64)?;
    for issuer in issuers {
        out.array(2)?
            .str(&issuer.name)?
            .bytes(&to_bytes(&issuer.trusted.member()))?;
    }
    out.u8(4)?.u32(policy.day().0)?;
    out.u8(5)?;
    text_or_none(policy.once_in(), out)?;
    out.u8(6)?.array(policy.conditions().len() as u64)?;
    for (condition, form) in policy.conditions().iter().zip(policy.forms()) {
        out.array(4)?;
        for value in [form.packed(), form.a, form.b] {
            out.bytes(&to_bytes(&value))?;
        }
        let list = match &condition.ask {
            Ask::In(list) | Ask::NotIn(list) => list.name.as_deref(),
            _ => None,
        };
        text_or_none(list, out)?;
    }
    Ok(())
}

fn text_or_none(text: Option<&str>, out: &mut Encoder<Vec<u8>>) -> Result<(), Error<Infallible>> {
    match text {
        Some(text) => out.str(text)?,
        None => out.null()?,
    };
    Ok(())
}
