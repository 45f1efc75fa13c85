//! The entries that a history refers to, each with its proof from the log, and none that has nothing to do with the receivable.
//!
//! In scope: finding them; the state records around them, which say when they were recorded. Out of scope: what they prove (crate `verifier`).
//! An attacker who owns this part leaves entries out; nothing can be added that the log does not have.

use std::collections::BTreeSet;

use tradeseal_ledger::view::View;
use tradeseal_primitives::receivable::{Nullifier, Terms};
use tradeseal_verifier::disclosure::{Fate, LoggedEntry};
use tradeseal_verifier::entry::Entry;

use super::notes::History;
use crate::Failure;

/// Entries by index.
pub(super) struct Evidence(BTreeSet<u64>);

impl Evidence {
    pub(super) fn of(view: &View<'_>, history: &History, terms: &Terms) -> Result<Self, Failure> {
        let mut found = Self(BTreeSet::from([0, view.latest_state().log_size]));
        let nullifiers: BTreeSet<Nullifier> = history.notes.iter().map(|note| note.nullifier).collect();
        let mut from = None;
        for note in &history.notes {
            let made = note.created.map(|created| created.entry);
            let spent = match &note.fate {
                Fate::Spent(input) => Some(input.entry),
                Fate::Unspent(_) => None,
            };
            for entry in made.into_iter().chain(spent) {
                found.with_times(view, entry)?;
                from = Some(from.map_or(entry, |first: u64| first.min(entry)));
            }
        }
        for index in from.unwrap_or(view.size())..view.size() {
            if concerns(&view.entry(index)?.bytes, terms, &nullifiers) {
                found.with_times(view, index)?;
            }
        }
        Ok(found)
    }

    /// An entry with the state record that closes its batch, and the one before it.
    fn with_times(&mut self, view: &View<'_>, index: u64) -> Result<(), Failure> {
        self.0.insert(index);
        self.0.insert(view.entry(index)?.state_index);
        let before = (0..index).rev();
        for earlier in before {
            if view.entry(earlier)?.state_index == earlier {
                self.0.insert(earlier);
                break;
            }
        }
        Ok(())
    }

    /// With their proofs, all under one checkpoint.
    pub(super) fn into_entries(self, view: &View<'_>) -> Result<Vec<LoggedEntry>, Failure> {
        let logged = |index| {
            Ok(LoggedEntry {
                index,
                entry: view.entry(index)?.bytes,
                tlog_proof: view.tlog_proof(index)?.to_string(),
            })
        };
        self.0.into_iter().map(logged).collect()
    }
}

/// Locks and releases of the owner's notes, and dilutions of the receivable.
fn concerns(entry: &[u8], terms: &Terms, nullifiers: &BTreeSet<Nullifier>) -> bool {
    match Entry::decode(entry) {
        Ok(Entry::Lock(lock)) => nullifiers.contains(&lock.body.nullifier),
        Ok(Entry::Release(release)) => nullifiers.contains(&release.body.nullifier),
        Ok(Entry::Dilute(dilute)) => dilute.body.number == terms.number,
        _ => false,
    }
}
