//! What the ledger says now: does the root stand, is the receivable spent, is it locked.

use alloc::format;

use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};

use super::{Check, Finding, Verification};
use crate::calendar::{format_duration, format_utc};
use crate::encoding::printable;
use crate::entry::Ed25519Key;
use crate::ledger_view::{NullifierStatus, RootStatus, Unavailable};
use crate::presentation::Presentation;
use crate::statement::NoteRoot;

const NOT_ASKED: &str = "whether the receivable is still free was not checked against the ledger";

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
                self.checks.record(Check::NotLocked, not_asked::<()>(&cause));
            }
            Ok(status) if free.is_some() => {
                self.checks.record(Check::NotLocked, self.not_locked(status));
            }
            Ok(_) => {}
        }
    }

    /// Age counts from the root's replacement. Without the ledger, the state's own time bounds that age from above.
    pub(super) fn root_fresh(&self, root: NoteRoot, state_time: UnixSeconds) -> Finding<()> {
        let answer = self.the_right_ledger().and_then(|()| self.ledger.root_status(root));
        match answer {
            Ok(RootStatus::Current) => Finding::passed("it is the ledger's current root", ()),
            Ok(RootStatus::Replaced { at, grace_seconds }) => replaced(
                self.now,
                at,
                self.trust.max_state_age_seconds().unwrap_or(grace_seconds),
            ),
            Ok(RootStatus::Unknown) => Finding::failed(
                "the ledger does not know the state that the presentation refers to",
                "no state record of the ledger holds this root",
            ),
            Err(cause) => self.root_fresh_offline(state_time, &cause),
        }
    }

    fn root_fresh_offline(&self, state_time: UnixSeconds, cause: &Unavailable) -> Finding<()> {
        let (Some(limit), Some(age)) = (self.trust.max_state_age_seconds(), self.now.0.checked_sub(state_time.0))
        else {
            return not_asked(cause);
        };
        if age < limit {
            let (age, limit) = (format_duration(age), format_duration(limit));
            return Finding::passed(format!("the state is {age} old, under the limit of {limit}"), ());
        }
        not_asked(cause)
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
        Err(cause) => not_asked(cause),
        Ok(NullifierStatus::Spent) => Finding::failed(
            "the receivable has already been transferred or settled",
            "the ledger holds this nullifier as spent",
        ),
        Ok(NullifierStatus::Unspent | NullifierStatus::Locked { .. }) => {
            Finding::passed("the ledger does not hold this nullifier as spent", ())
        }
    }
}

fn replaced(now: UnixSeconds, at: UnixSeconds, limit: u64) -> Finding<()> {
    let age = now.0.saturating_sub(at.0);
    let detail = format!(
        "replaced {} ago; accepted for {} after that",
        format_duration(age),
        format_duration(limit)
    );
    if age < limit {
        return Finding::passed(detail, ());
    }
    Finding::failed(
        "the presentation rests on a ledger state that was replaced too long ago; ask for a new presentation",
        detail,
    )
}

fn not_asked<T>(cause: &Unavailable) -> Finding<T> {
    Finding::not_checked(
        NOT_ASKED,
        "check again with the ledger reachable",
        printable(&cause.reason),
    )
}
