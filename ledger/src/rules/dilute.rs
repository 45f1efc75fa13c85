//! Dilute: less remains of a receivable, by the word of the one key that its mint named for that.

use super::{Refusal, RuleState, Undecided};
use tradeseal_primitives::receivable::RemainingPpb;
use tradeseal_primitives::tree::{DILUTION_DEPTH, capacity};
use tradeseal_verifier::entry::{DiluteBody, StateTree};

/// The number must have been minted with this key, and less remain than is recorded.
pub(super) fn decide(state: &mut impl RuleState, body: &DiluteBody) -> Result<(), Undecided> {
    let number = body.number;
    let Some(minted) = state.number(number)? else {
        return Err(Refusal::NumberUnknown { number }.into());
    };
    if minted.dilution_key != body.dilution_key {
        return Err(Refusal::NotDilutionKey {
            number,
            key: body.dilution_key,
        }
        .into());
    }
    let recorded = state.dilution(number)?;
    let remaining = recorded.unwrap_or(RemainingPpb::WHOLE);
    if body.remaining >= remaining {
        return Err(Refusal::NotLess {
            number,
            recorded: remaining,
            found: body.remaining,
        }
        .into());
    }
    // Only a receivable's first dilution takes a leaf.
    if recorded.is_none() && state.dilution_count() >= capacity(DILUTION_DEPTH) {
        return Err(Refusal::TreeFull {
            tree: StateTree::Dilutions,
        }
        .into());
    }
    Ok(state.put_dilution(number, body.remaining)?)
}
