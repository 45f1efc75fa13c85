//! Remove: empties a party's leaf in the directory. Its place stays its own, should it be enrolled again.

use super::enrol::next_revision;
use super::{Moment, Refusal, RuleState, Undecided};
use crate::state::PartyRecord;
use tradeseal_primitives::Fr;
use tradeseal_verifier::entry::RemoveBody;

/// The party must be enrolled and the revision its next.
pub(super) fn decide(state: &mut impl RuleState, body: &RemoveBody, moment: Moment) -> Result<(), Undecided> {
    let Some(known) = state.party(body.party)?.filter(|record| record.enrolled) else {
        return Err(Refusal::NotEnrolled { party: body.party }.into());
    };
    let expected = next_revision(Some(&known));
    if body.revision != expected {
        return Err(Refusal::Revision {
            party: body.party,
            expected,
            found: body.revision,
        }
        .into());
    }
    let record = PartyRecord {
        revision: body.revision,
        entry_index: moment.index,
        enrolled: false,
        ..known
    };
    state.put_party(body.party, record, Fr::from(0u64));
    Ok(())
}
