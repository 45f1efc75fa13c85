//! A registrar enrols a party: the entry that ties a name on invoices to a key.
//!
//! In scope: first enrolment, change of key. Out of scope: how the registrar knows the company (its duty).
//! An attacker who owns this part mints in other companies' names.

use tradeseal_verifier::entry::{Ed25519Key, Enrol, EnrolBody, Entry};

use super::LocalLedger;
use super::append::{Accepted, append};
use crate::Failure;
use crate::wallet::{ItemName, Party};

/// Enrols the party with its present keys, unless it is enrolled with them already.
///
/// # Errors
/// `party_without_id` if documents have no name for the party; the ledger's refusals.
pub fn enrol(local: &LocalLedger, name: &ItemName, party: &Party) -> Result<Option<Accepted>, Failure> {
    let identifier = party.identifier().ok_or_else(|| {
        Failure::new(
            "party_without_id",
            format!("{name} has no identifier, so no invoice can name it"),
            "make a party with one: tradeseal party new NAME --id VAT:DE123456789",
        )
    })?;
    let view = local.ledger().view()?;
    let id = identifier.id();
    let enrolled = view.directory_entry(id)?;
    let (key, handle) = (party.public_key(), party.handle());
    if enrolled.is_some_and(|entry| entry.enrolment.key == key && entry.enrolment.handle == handle) {
        return Ok(None);
    }
    let revision = view.party(id)?.map_or(0, |record| record.revision + 1);
    let secret = local.registrar().signing_key();
    let body = EnrolBody {
        party: id,
        key,
        handle,
        revision,
        registrar: Ed25519Key::of(secret),
    };
    let signed = Enrol::sign(body, local.origin(), secret).map_err(|cause| {
        Failure::new(
            "enrolment",
            cause.to_string(),
            "report this: the entry could not be signed",
        )
    })?;
    Ok(Some(append(local, Entry::Enrol(signed))?))
}
