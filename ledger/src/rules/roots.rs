//! Known and stale roots. A root's age counts from its replacement: while nothing changes, no proof grows old.

use super::{Refusal, RuleState, Undecided};
use crate::state::RootStatus;
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::entry::StateTree;

/// A state record must hold the root, and not have been replaced for the grace period or longer.
pub(super) fn require_standing(
    state: &impl RuleState,
    tree: StateTree,
    root: Fr,
    now: UnixSeconds,
) -> Result<(), Undecided> {
    let grace_seconds = state.genesis().root_grace_seconds;
    match state.root_status(tree, root)? {
        RootStatus::Unknown => Err(Refusal::RootUnknown { tree, root }.into()),
        RootStatus::Superseded { at, .. } if now.0 >= at.0.saturating_add(grace_seconds) => Err(Refusal::RootStale {
            tree,
            superseded_at: at,
            grace_seconds,
            now,
        }
        .into()),
        RootStatus::Current { .. } | RootStatus::Superseded { .. } => Ok(()),
    }
}
