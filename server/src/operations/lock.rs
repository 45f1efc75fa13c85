//! A bank that accepts a presentation locks its receivable: from then on every other bank's request is refused.
//!
//! In scope: the lock entry. Out of scope: the verdict that comes before it, the payment that comes after.
//! An attacker who owns this part locks what its bank did not accept; without a presentation for that bank it locks nothing.

use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::entry::{Ed25519Key, Entry, Lock, LockBody};
use tradeseal_verifier::presentation::Presentation;
use tradeseal_verifier::request::Request;

use super::LocalLedger;
use super::append::{Accepted, append};
use crate::Failure;
use crate::wallet::BankKey;

/// Locks the presented receivable for the bank until `expires`.
///
/// # Errors
/// `not_your_request` if the request is another bank's; the ledger's refusals, such as another bank's live lock.
pub fn lock(
    local: &LocalLedger,
    bank: &BankKey,
    (request, presentation): (&Request, &Presentation),
    expires: UnixSeconds,
) -> Result<Accepted, Failure> {
    let key = Ed25519Key::of(bank.signing_key());
    if request.verifier_key() != key || request.digest() != presentation.request_digest {
        return Err(Failure::new(
            "not_your_request",
            "the presentation does not answer a request of this bank's key",
            "lock with the bank that made the request: --bank NAME, and the request that was answered",
        ));
    }
    let malformed = |cause: String| {
        Failure::new(
            "presentation_malformed",
            cause,
            "ask the holder for the presentation again",
        )
    };
    let proof = presentation
        .proof
        .as_slice()
        .try_into()
        .map_err(|_| malformed("a proof has 256 bytes".into()))?;
    let body = LockBody {
        note_root: presentation.rows.note_root,
        nullifier: presentation.rows.nullifier,
        policy_digest: request.policy_digest(),
        bank: key,
        expires,
        lock_until: request.draft().lock_until,
        key_id: presentation.key_id,
        proof: Box::new(proof),
        dilution_root: presentation.rows.dilution_root,
    };
    let signed = Lock::sign(body, local.origin(), bank.signing_key()).map_err(|cause| malformed(cause.to_string()))?;
    Ok(append(local, Entry::Lock(signed))?)
}
