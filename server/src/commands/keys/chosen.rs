//! Which key or statement a command means: a key's id or its first digits, or a statement.
//!
//! In scope: finding it among the keys here. Out of scope: loading it.
//! An attacker who owns this part has its user export or show another key than named.

use tradeseal_prover::keys::{KeyRecord, KeyRegistry};

use crate::Failure;
use crate::statements::{all_ids, is_current};

/// Fewest digits of a key id that may stand for it.
const MIN_PREFIX_DIGITS: usize = 6;

/// The one key here that `text` means.
pub(super) fn find(registry: &KeyRegistry, text: &str) -> Result<KeyRecord, Failure> {
    let mut found: Vec<KeyRecord> = registry
        .list(&all_ids())?
        .into_iter()
        .filter(|record| is_meant(record, text))
        .collect();
    match (found.pop(), found.len()) {
        (Some(record), 0) => Ok(record),
        (None, _) => Err(Failure::new(
            "key_unknown",
            format!("no key here is {text}"),
            "see what there is: tradeseal keys list; make development keys: tradeseal keys dev-setup",
        )),
        (Some(_), others) => Err(Failure::new(
            "key_ambiguous",
            format!("{} keys here are {text}", others + 1),
            "give the first digits of the key id: tradeseal keys list",
        )),
    }
}

fn is_meant(record: &KeyRecord, text: &str) -> bool {
    let by_id = text.len() >= MIN_PREFIX_DIGITS && record.key_id.to_string().starts_with(text);
    by_id || (record.statement.as_str() == text && is_current(record))
}
