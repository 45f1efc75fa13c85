//! The duplicate tag of a mint: evaluated by the registry's keys that serve, and new.
//!
//! Whether the points were made with those keys is checked before the entry's place is known, against the keys as the log
//! then has them; in its place the entry is refused if they are others by then. One point cannot be made of one other with
//! two keys, so what was checked with other keys would not hold with these.

use super::{Refusal, RuleState, Undecided};
use crate::state::RegistryRecord;
use std::fmt;
use tradeseal_primitives::duplicate_tag::RegistryPublicKey;
use tradeseal_verifier::entry::MintBody;

/// Which of the registry's keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyRole {
    /// The key of the era that runs.
    Current,
    /// The key of the era before.
    Previous,
}

impl fmt::Display for KeyRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Current => "current",
            Self::Previous => "previous",
        })
    }
}

/// The keys that a mint's points were checked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EvaluatedWith {
    current: RegistryPublicKey,
    previous: Option<RegistryPublicKey>,
}

impl EvaluatedWith {
    fn keys_of(registry: &RegistryRecord) -> Self {
        Self {
            current: registry.current,
            previous: registry.previous,
        }
    }
}

/// Each key that serves must have evaluated the blinded point, no other may have, and two tags of one entry must differ.
pub(super) fn check(body: &MintBody, registry: &RegistryRecord) -> Result<EvaluatedWith, Refusal> {
    let refused = |key| move |cause| Refusal::Evaluation { key, cause };
    match (&registry.previous, &body.previous) {
        (None, None) => {}
        (Some(_), None) => return Err(Refusal::PreviousTagMissing),
        (None, Some(_)) => return Err(Refusal::PreviousTagUnexpected),
        (Some(key), Some(previous)) => {
            if previous.tag == body.duplicate_tag {
                return Err(Refusal::Repeated {
                    what: "a duplicate tag",
                });
            }
            previous
                .proof
                .verify(key, &body.blinded, &previous.evaluated)
                .map_err(refused(KeyRole::Previous))?;
        }
    }
    body.evaluation_proof
        .verify(&registry.current, &body.blinded, &body.evaluated)
        .map_err(refused(KeyRole::Current))?;
    Ok(EvaluatedWith::keys_of(registry))
}

/// The keys that serve now must be those of the check.
pub(super) fn require_same_keys(registry: &RegistryRecord, checked: Option<EvaluatedWith>) -> Result<(), Refusal> {
    if checked != Some(EvaluatedWith::keys_of(registry)) {
        return Err(Refusal::RegistryRotated {
            revision: registry.revision,
        });
    }
    Ok(())
}

/// No mint carries any of the entry's tags; changes nothing.
pub(super) fn require_new(state: &impl RuleState, body: &MintBody) -> Result<(), Undecided> {
    for tag in tags(body) {
        if let Some(index) = state.tag(tag)? {
            return Err(Refusal::AlreadyMinted { index }.into());
        }
    }
    Ok(())
}

/// Takes the entry's tags for good.
pub(super) fn take(state: &mut impl RuleState, body: &MintBody, entry_index: u64) {
    tags(body).for_each(|tag| state.put_tag(tag, entry_index));
}

fn tags(body: &MintBody) -> impl Iterator<Item = tradeseal_primitives::duplicate_tag::DuplicateTag> {
    [
        Some(body.duplicate_tag),
        body.previous.as_ref().map(|previous| previous.tag),
    ]
    .into_iter()
    .flatten()
}
