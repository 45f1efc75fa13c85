//! The file itself: canonical, true to its own summary, not from the future, with the keys that it needs.

use alloc::collections::BTreeSet;
use alloc::format;

use tradeseal_primitives::receivable::UnixSeconds;

use crate::calendar::format_utc;
use crate::evidence::{Evidence, summary};
use crate::groth16::{KeyId, VerifyingKey};
use crate::verdict::{CLOCK_TOLERANCE_SECONDS, Finding};

pub(super) fn evidence_format(bytes: &[u8]) -> Finding<Evidence> {
    match Evidence::parse(bytes) {
        Ok(evidence) => Finding::passed(format!("canonical form, {} bytes", bytes.len()), evidence),
        Err(cause) => Finding::failed("the file handed over is not an intact evidence file", cause),
    }
}

pub(super) fn derived_summary(evidence: &Evidence) -> Finding<()> {
    let derived = summary::derive(evidence);
    let given = evidence.summary();
    if given == derived {
        return Finding::passed(
            format!("{} lines, each derived from the rest of the file", derived.len()),
            (),
        );
    }
    let same = given
        .iter()
        .zip(&derived)
        .take_while(|(given, derived)| given == derived);
    let line = same.count() + 1;
    Finding::failed(
        "the summary at the head of the file says something else than its content",
        format!(
            "from line {line} on: the file has {} lines, its content gives {}",
            given.len(),
            derived.len()
        ),
    )
}

pub(super) fn made(evidence: &Evidence, now: UnixSeconds) -> Finding<()> {
    let made = evidence.made();
    if made.0 > now.0.saturating_add(CLOCK_TOLERANCE_SECONDS) {
        return Finding::not_checked(
            "the file says that it was made in the future",
            "set your clock, or ask its maker about its own",
            format!("made on {}, it is {}", format_utc(made), format_utc(now)),
        );
    }
    Finding::passed(format!("on {}, by its maker's clock", format_utc(made)), ())
}

pub(super) fn key_bytes(evidence: &Evidence) -> Finding<()> {
    let wrong = "the verifying keys in the evidence are not those that its proofs name";
    let mut held: BTreeSet<KeyId> = BTreeSet::new();
    for key in &evidence.keys {
        match VerifyingKey::from_bytes(&key.verifying_key) {
            Ok(read) if read.key_id() == key.key_id => {}
            Ok(read) => {
                let detail = format!("the key given as {} is {}", key.key_id, read.key_id());
                return Finding::failed(wrong, detail);
            }
            Err(cause) => return Finding::failed(wrong, format!("key {}: {cause}", key.key_id)),
        }
        if !held.insert(key.key_id) {
            return Finding::failed(wrong, format!("key {} is there twice", key.key_id));
        }
    }
    let named = evidence.subject().key_ids();
    if held != named {
        let detail = format!("the file holds {} keys, its proofs name {}", held.len(), named.len());
        return Finding::failed(wrong, detail);
    }
    Finding::passed(format!("{} held, each the one that its id says", held.len()), ())
}
