//! Enrol: a party's revisions are 0, 1, 2..., so that an enrolment cannot be sent again after a removal or a key change.

use super::{Moment, Refusal, RuleState, Undecided};
use crate::state::PartyRecord;
use tradeseal_primitives::tree::{DIRECTORY_DEPTH, capacity};
use tradeseal_verifier::entry::{EnrolBody, StateTree};

/// Gives a new party the next place in the directory; a known one keeps its own.
pub(super) fn decide(state: &mut impl RuleState, body: &EnrolBody, moment: Moment) -> Result<(), Undecided> {
    let known = state.party(body.party)?;
    let expected = next_revision(known.as_ref());
    if body.revision != expected {
        return Err(Refusal::Revision {
            party: body.party,
            expected,
            found: body.revision,
        }
        .into());
    }
    let place = known.map_or_else(|| state.directory_count(), |record| record.place);
    if place >= capacity(DIRECTORY_DEPTH) {
        return Err(Refusal::TreeFull {
            tree: StateTree::Directory,
        }
        .into());
    }
    let record = PartyRecord {
        place,
        revision: body.revision,
        entry_index: moment.index,
        enrolled: true,
    };
    state.put_party(body.party, record, body.directory_leaf());
    Ok(())
}

/// The only revision that the party's next entry may have. Each costs an entry, so none comes near 2^64.
pub(super) fn next_revision(known: Option<&PartyRecord>) -> u64 {
    known.map_or(0, |record| record.revision + 1)
}
