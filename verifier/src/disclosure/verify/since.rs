//! What a reachable ledger says of the notes that the files show unspent: the files end where they were made.
//!
//! In scope: asking, and saying it. Out of scope: the verdict, which is on the files. An attacker who answers in the ledger's place can
//! hide that a note was spent since; the claim's date stays true.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;

use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};

use super::history::History;
use crate::calendar::format_utc;
use crate::ledger_view::{LedgerView, NullifierStatus};
use crate::log::KeyName;

/// The ledger's answers; empty where it was not asked.
#[derive(Default)]
pub(super) struct Since {
    answers: BTreeMap<Nullifier, NullifierStatus>,
    now: u64,
}

impl Since {
    pub(super) fn ask(history: &History<'_>, origin: &KeyName, now: UnixSeconds, ledger: &dyn LedgerView) -> Self {
        let mut since = Self {
            now: now.0,
            ..Self::default()
        };
        if ledger.origin().ok().as_ref() != Some(origin) {
            return since;
        }
        for (known, _) in history.unspent() {
            if let Ok(status) = ledger.nullifier_status(known.nullifier) {
                since.answers.insert(known.nullifier, status);
            }
        }
        since
    }

    /// What follows a claim that a note was unspent.
    pub(super) fn words(&self, nullifier: &Nullifier) -> String {
        match self.answers.get(nullifier) {
            None => String::new(),
            Some(NullifierStatus::Spent) => String::from("; spent since"),
            Some(NullifierStatus::Locked { until, .. }) if until.0 > self.now => {
                format!("; still unspent, reserved by a financier until {}", format_utc(*until))
            }
            Some(NullifierStatus::Unspent | NullifierStatus::Locked { .. }) => String::from("; still unspent"),
        }
    }

    /// A sentence to follow the verdict's, if something changed.
    pub(super) fn warning(&self) -> String {
        let spent = self
            .answers
            .values()
            .filter(|status| **status == NullifierStatus::Spent)
            .count();
        if spent == 0 {
            return String::new();
        }
        let (notes, were, they) = if spent == 1 {
            ("note", "was", "it")
        } else {
            ("notes", "were", "they")
        };
        format!(" Since then {spent} {notes} of it {were} spent: ask for a new disclosure to see where {they} went.")
    }
}
