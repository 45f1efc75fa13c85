//! The canonical body of a request: the deterministic CBOR that is signed and hashed (`docs/protocol.md` section 6).
//!
//! In scope: 1 statement, 2 origin, 3 verifier name, 4 verifier key, 5 policy, 6 nonce, 7 issued, 8 expires, 9 lock until.
//! Out of scope: reading it; it is always made from a request, never parsed.
//! An attacker who owns this part could have two requests share one digest.

use alloc::vec::Vec;
use core::convert::Infallible;

use minicbor::Encoder;
use minicbor::encode::Error;

use super::RequestDraft;
use crate::entry::Ed25519Key;

/// Precedes the body in what is signed, so that a request's signature serves nothing else.
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
    out.u8(1)?.str(draft.statement.as_str())?;
    out.u8(2)?.str(draft.origin.as_str())?;
    out.u8(3)?.str(draft.verifier_name.as_str())?;
    out.u8(4)?.bytes(&key.0)?;
    out.u8(5)?;
    draft.policy.encode(out)?;
    out.u8(6)?.bytes(&draft.nonce.to_bytes())?;
    out.u8(7)?.u64(draft.issued.0)?;
    out.u8(8)?.u64(draft.expires.0)?;
    out.u8(9)?.u64(draft.lock_until.0)?;
    Ok(())
}
