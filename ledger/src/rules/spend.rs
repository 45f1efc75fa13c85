//! Spending a nullifier: once, and past no other party's lock. Entry kinds that spend share this rule.

use super::{Moment, Refusal, RuleState, Undecided};
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::Nullifier;
use tradeseal_primitives::tree::{INDEXED_DEPTH, capacity};
use tradeseal_verifier::entry::{Ed25519Key, StateTree};

/// Spends a nullifier; `to` is the bank in whose favour it is spent, if any: a live lock must be that bank's.
///
/// # Errors
/// `Refused` if it is spent, locked for another, or cannot be a member of the tree; `Store` if the state cannot be read.
pub fn spend(
    state: &mut impl RuleState,
    nullifier: Nullifier,
    to: Option<Ed25519Key>,
    moment: Moment,
) -> Result<(), Undecided> {
    require_spendable(state, nullifier, to, moment)?;
    Ok(state.insert_nullifier(nullifier, moment.index)?)
}

/// Whether [`spend`] would spend the nullifier; changes nothing, so that an entry with several is decided as a whole.
///
/// # Errors
/// `Refused` if it is spent, locked for another, or cannot be a member of the tree; `Store` if the state cannot be read.
pub(super) fn require_spendable(
    state: &impl RuleState,
    nullifier: Nullifier,
    to: Option<Ed25519Key>,
    moment: Moment,
) -> Result<(), Undecided> {
    if nullifier.to_fr() == Fr::from(0u64) {
        return Err(Refusal::NullifierZero.into());
    }
    if let Some(index) = state.spent(nullifier)? {
        return Err(Refusal::Spent { nullifier, index }.into());
    }
    if let Some(held) = state
        .lock(nullifier)?
        .filter(|held| held.holds_at(moment.time) && Some(held.bank) != to)
    {
        return Err(Refusal::Locked {
            nullifier,
            by: held.bank,
            until: held.expires,
        }
        .into());
    }
    // The tree's first leaf is none of the nullifiers, and one entry spends at most two.
    if state.nullifier_count() + 2 >= capacity(INDEXED_DEPTH) {
        return Err(Refusal::TreeFull {
            tree: StateTree::Nullifiers,
        }
        .into());
    }
    Ok(())
}
