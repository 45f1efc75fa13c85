//! Registry: a new key of the duplicate registry; the current one becomes the previous one, a still older one is dropped.
//!
//! An era has a length, since what was minted two keys ago can no longer be compared: rotated at will, the oldest issue day
//! would run after invoices that wait to be minted.

use super::{KeyRole, Moment, Refusal, RuleState, Undecided};
use tradeseal_verifier::entry::RegistryBody;

/// The revision must be the next, the era over, and the key neither of those that serve.
pub(super) fn decide(state: &mut impl RuleState, body: &RegistryBody, moment: Moment) -> Result<(), Undecided> {
    let record = state.registry()?;
    let expected = record.revision + 1;
    if body.revision != expected {
        return Err(Refusal::RegistryRevision {
            expected,
            found: body.revision,
        }
        .into());
    }
    let from = record.rotates_from(state.genesis().registry_era_seconds);
    if moment.time < from {
        return Err(Refusal::RegistryEra { from }.into());
    }
    if body.key == record.current {
        return Err(Refusal::RegistryKeyServes { role: KeyRole::Current }.into());
    }
    if record.previous == Some(body.key) {
        return Err(Refusal::RegistryKeyServes {
            role: KeyRole::Previous,
        }
        .into());
    }
    state.put_registry(record.rotated(body.key, moment.time, moment.index));
    Ok(())
}
