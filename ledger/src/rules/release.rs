//! Release: the bank that holds a lock gives up that very lock.

use super::{Moment, Refusal, RuleState, Undecided};
use crate::state::LockRecord;
use tradeseal_verifier::entry::ReleaseBody;

/// The nullifier's live lock must be the entry named, and the bank's own.
pub(super) fn decide(state: &mut impl RuleState, body: &ReleaseBody, moment: Moment) -> Result<(), Undecided> {
    let nullifier = body.nullifier;
    let Some(held) = state.lock(nullifier)?.filter(|held| held.holds_at(moment.time)) else {
        return Err(Refusal::NotLocked { nullifier }.into());
    };
    if held.bank != body.bank {
        return Err(Refusal::NotHolder {
            nullifier,
            holder: held.bank,
        }
        .into());
    }
    if held.entry_index != body.lock_index {
        return Err(Refusal::OtherLock {
            nullifier,
            held: held.entry_index,
            named: body.lock_index,
        }
        .into());
    }
    state.put_lock(nullifier, LockRecord { released: true, ..held });
    Ok(())
}
