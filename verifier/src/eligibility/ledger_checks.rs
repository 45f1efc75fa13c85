//! What the ledger says now: do the roots stand, is the receivable spent, is it locked.

use alloc::format;

use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};

use super::{Check, Verification};
use crate::calendar::{format_duration, format_utc};
use crate::encoding::printable;
use crate::entry::Ed25519Key;
use crate::ledger_view::{NullifierStatus, RootStatus, Unavailable};
use crate::presentation::Presentation;
use crate::statement::{DilutionRoot, NoteRoot};
use crate::verdict::Finding;

const NOT_ASKED: &str = "whether the receivable is still free was not checked against the ledger";

/// One of the two trees that a presentation rests on, as its reader is told of it.
struct Tree {
    unknown: &'static str,
    stale: &'static str,
    not_asked: &'static str,
}

const NOTES: Tree = Tree {
    unknown: "the ledger does not know the state that the presentation refers to",
    stale: "the presentation rests on a ledger state that was replaced too long ago; ask for a new presentation",
    not_asked: NOT_ASKED,
};

const DILUTIONS: Tree = Tree {
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
        self.fresh(&NOTES, answer, state_time)
    }

    pub(super) fn dilution_fresh(&self, root: DilutionRoot, state_time: UnixSeconds) -> Finding<()> {
        let answer = self
            .the_right_ledger()
            .and_then(|()| self.ledger.dilution_root_status(root));
        self.fresh(&DILUTIONS, answer, state_time)
    }

    /// Age counts from the root's replacement. Without the ledger, the state's own time bounds that age from above.
    fn fresh(&self, tree: &Tree, answer: Result<RootStatus, Unavailable>, state_time: UnixSeconds) -> Finding<()> {
        match answer {
            Ok(RootStatus::Current) => Finding::passed("it is the ledger's current root", ()),
            Ok(RootStatus::Replaced { at, grace_seconds }) => {
                let limit = self.trust.max_state_age_seconds().unwrap_or(grace_seconds);
                replaced(tree, self.now, at, limit)
            }
            Ok(RootStatus::Unknown) => Finding::failed(tree.unknown, "no state record of the ledger holds this root"),
            Err(cause) => self.fresh_offline(tree, state_time, &cause),
        }
    }

    fn fresh_offline(&self, tree: &Tree, state_time: UnixSeconds, cause: &Unavailable) -> Finding<()> {
        let (Some(limit), Some(age)) = (self.trust.max_state_age_seconds(), self.now.0.checked_sub(state_time.0))
        else {
            return not_asked(tree.not_asked, cause);
        };
        if age < limit {
            let (age, limit) = (format_duration(age), format_duration(limit));
            return Finding::passed(format!("the state is {age} old, under the limit of {limit}"), ());
        }
        not_asked(tree.not_asked, cause)
    }

    fn nullifier_status(&self, nullifier: Nullifier) -> Result<NullifierStatus, Unavailable> {
        self.the_right_ledger()?;
        self.ledger.nullifier_status(nullifier)
    }

    fn the_right_ledger(&self) -> Result<(), Unavailable> {
        let (asked, reached) = (&self.request.draft().origin, self.ledger.origin()?);
        if *asked == reached {
            return Ok(());
        }
        Err(Unavailable {
            reason: format!("the ledger reached is {reached}, the request names {asked}"),
        })
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

fn replaced(tree: &Tree, now: UnixSeconds, at: UnixSeconds, limit: u64) -> Finding<()> {
    let age = now.0.saturating_sub(at.0);
    let detail = format!(
        "replaced {} ago; accepted for {} after that",
        format_duration(age),
        format_duration(limit)
    );
    if age < limit {
        return Finding::passed(detail, ());
    }
    Finding::failed(tree.stale, detail)
}

fn not_asked<T>(reason: &'static str, cause: &Unavailable) -> Finding<T> {
    Finding::not_checked(
        reason,
        "check again with the ledger reachable",
        printable(&cause.reason),
    )
}
