//! Lock: one bank at a time, for a bounded time, on a note that is not spent.

use super::proof::check_proof;
use super::roots::require_standing;
use super::{Moment, ProofChecker, Refusal, RuleState, Undecided};
use crate::state::LockRecord;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::entry::{Genesis, Lock, LockBody, StateTree};
use tradeseal_verifier::statement::StatementId;

/// Longest lock: 180 days, in seconds.
pub const MAX_LOCK_SECONDS: u64 = 180 * 86_400;

/// The bank must have signed, and the proof must hold for a request of that bank.
pub(super) fn check(lock: &Lock, genesis: &Genesis, proofs: &dyn ProofChecker) -> Result<(), Refusal> {
    let (body, rows) = (&lock.body, lock.body.public().rows());
    lock.verify(&genesis.origin)?;
    check_proof(
        StatementId::RECEIVABLE_ELIGIBILITY_V2,
        &body.key_id,
        &body.proof,
        &rows,
        genesis,
        proofs,
    )
}

/// Sets the lock. The bank that holds one already may set another, longer or shorter.
pub(super) fn decide(state: &mut impl RuleState, body: &LockBody, moment: Moment) -> Result<(), Undecided> {
    let (now, nullifier) = (moment.time, body.nullifier);
    require_term(body, now)?;
    require_standing(state, StateTree::Notes, body.note_root.to_fr(), now)?;
    require_standing(state, StateTree::Dilutions, body.dilution_root.to_fr(), now)?;
    if let Some(index) = state.spent(nullifier)? {
        return Err(Refusal::Spent { nullifier, index }.into());
    }
    if let Some(held) = state
        .lock(nullifier)?
        .filter(|held| held.holds_at(now) && held.bank != body.bank)
    {
        return Err(Refusal::Locked {
            nullifier,
            by: held.bank,
            until: held.expires,
        }
        .into());
    }
    let record = LockRecord {
        bank: body.bank,
        expires: body.expires,
        entry_index: moment.index,
        released: false,
    };
    state.put_lock(nullifier, record);
    Ok(())
}

/// now < expires <= now + 180 days, and not after what the owner consented to.
fn require_term(body: &LockBody, now: UnixSeconds) -> Result<(), Refusal> {
    let expires = body.expires;
    let latest = UnixSeconds(now.0.saturating_add(MAX_LOCK_SECONDS)).min(body.lock_until);
    if expires <= now || expires > latest {
        return Err(Refusal::LockTerm { expires, now, latest });
    }
    Ok(())
}
