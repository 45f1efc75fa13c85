//! What the ledger says now: do the roots stand, is the receivable spent, is it locked.

use alloc::format;

use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};

use super::{Check, Verification};
use crate::calendar::format_utc;
use crate::entry::Ed25519Key;
use crate::ledger_view::{NullifierStatus, Unavailable};
use crate::presentation::Presentation;
use crate::statement::{DilutionRoot, NoteRoot};
use crate::verdict::{Finding, TreeWords, not_asked, right_ledger, root_fresh};

const NOT_ASKED: &str = "whether the receivable is still free was not checked against the ledger";

const NOTES: TreeWords = TreeWords {
    unknown: "the ledger does not know the state that the presentation refers to",
    stale: "the presentation rests on a ledger state that was replaced too long ago; ask for a new presentation",
    not_asked: NOT_ASKED,
};

const DILUTIONS: TreeWords = TreeWords {
    unknown: "the ledger does not know the credit notes and prepayments that the presentation counts",
    stale: "the presentation counts credit notes and prepayments as they stood too long ago; ask for a new presentation",
    not_asked: "whether it counts the latest credit notes and prepayments was not checked against the ledger",
};

impl Verification<'_> {
    pub(super) fn check_ledger(&mut self, presentation: &Presentation) {
        // Asking about a nullifier that no proof vouches for would tell about somebody else's receivable, or nobody's.
        if !self.checks.all_passed(&[Check::Proof]) {
            return;
        }
        let status = self.nullifier_status(presentation.rows.nullifier);
        let free = self.checks.record(Check::NullifierUnspent, nullifier_unspent(&status));
        match status {
            Err(cause) => {
                self.checks.record(Check::NotLocked, not_asked::<()>(NOT_ASKED, &cause));
            }
            Ok(status) if free.is_some() => {
                self.checks.record(Check::NotLocked, self.not_locked(status));
            }
            Ok(_) => {}
        }
    }

    pub(super) fn root_fresh(&self, root: NoteRoot, state_time: UnixSeconds) -> Finding<()> {
        let answer = self.the_right_ledger().and_then(|()| self.ledger.root_status(root));
        root_fresh(&NOTES, answer, (state_time, self.now), self.trust)
    }

    pub(super) fn dilution_fresh(&self, root: DilutionRoot, state_time: UnixSeconds) -> Finding<()> {
        let answer = self
            .the_right_ledger()
            .and_then(|()| self.ledger.dilution_root_status(root));
        root_fresh(&DILUTIONS, answer, (state_time, self.now), self.trust)
    }

    fn nullifier_status(&self, nullifier: Nullifier) -> Result<NullifierStatus, Unavailable> {
        self.the_right_ledger()?;
        self.ledger.nullifier_status(nullifier)
    }

    fn the_right_ledger(&self) -> Result<(), Unavailable> {
        right_ledger(self.ledger, &self.request.draft().origin)
    }

    fn not_locked(&self, status: NullifierStatus) -> Finding<()> {
        match status {
            NullifierStatus::Locked { by, until } if until > self.now => self.locked(by, until),
            NullifierStatus::Locked { until, .. } => {
                Finding::passed(format!("its last lock ended on {}", format_utc(until)), ())
            }
            NullifierStatus::Unspent | NullifierStatus::Spent => Finding::passed("no lock", ()),
        }
    }

    fn locked(&self, by: Ed25519Key, until: UnixSeconds) -> Finding<()> {
        let until = format_utc(until);
        if by == self.request.verifier_key() {
            return Finding::passed(format!("locked until {until} by the verifier that asks"), ());
        }
        Finding::failed(
            format!("the receivable is locked until {until} by another financier"),
            format!("locked until {until} by another financier"),
        )
    }
}

fn nullifier_unspent(status: &Result<NullifierStatus, Unavailable>) -> Finding<()> {
    match status {
        Err(cause) => not_asked(NOT_ASKED, cause),
        Ok(NullifierStatus::Spent) => Finding::failed(
            "the receivable has already been transferred or settled",
            "the ledger holds this nullifier as spent",
        ),
        Ok(NullifierStatus::Unspent | NullifierStatus::Locked { .. }) => {
            Finding::passed("the ledger does not hold this nullifier as spent", ())
        }
    }
}
