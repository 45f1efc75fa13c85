//! Whether a root that a proof rests on still stands, by the ledger's own word or by a trust file's limit.
//!
//! In scope: the ledger's answer, its absence, ages. Out of scope: reaching a ledger.
//! An attacker who owns this part has a verifier accept a state of long ago.

use alloc::format;

use tradeseal_primitives::receivable::UnixSeconds;

use super::Finding;
use crate::calendar::format_duration;
use crate::encoding::printable;
use crate::ledger_view::{LedgerView, RootStatus, Unavailable};
use crate::log::KeyName;
use crate::trust::Trust;

/// A tree of the ledger, as people are told of it.
pub(crate) struct TreeWords {
    /// The ledger does not know the root.
    pub(crate) unknown: &'static str,
    /// It was replaced too long ago.
    pub(crate) stale: &'static str,
    /// Nobody could be asked.
    pub(crate) not_asked: &'static str,
}

/// Age counts from the root's replacement. Without the ledger, the state's own time bounds that age from above.
pub(crate) fn root_fresh(
    tree: &TreeWords,
    answer: Result<RootStatus, Unavailable>,
    (state_time, now): (UnixSeconds, UnixSeconds),
    trust: &Trust,
) -> Finding<()> {
    match answer {
        Ok(RootStatus::Current) => Finding::passed("it is the ledger's current root", ()),
        Ok(RootStatus::Replaced { at, grace_seconds }) => {
            let limit = trust.max_state_age_seconds().unwrap_or(grace_seconds);
            replaced(tree, now, at, limit)
        }
        Ok(RootStatus::Unknown) => Finding::failed(tree.unknown, "no state record of the ledger holds this root"),
        Err(cause) => fresh_offline(tree, (state_time, now), trust, &cause),
    }
}

fn fresh_offline(
    tree: &TreeWords,
    (state_time, now): (UnixSeconds, UnixSeconds),
    trust: &Trust,
    cause: &Unavailable,
) -> Finding<()> {
    let (Some(limit), Some(age)) = (trust.max_state_age_seconds(), now.0.checked_sub(state_time.0)) else {
        return not_asked(tree.not_asked, cause);
    };
    if age < limit {
        let (age, limit) = (format_duration(age), format_duration(limit));
        return Finding::passed(format!("the state is {age} old, under the limit of {limit}"), ());
    }
    not_asked(tree.not_asked, cause)
}

fn replaced(tree: &TreeWords, now: UnixSeconds, at: UnixSeconds, limit: u64) -> Finding<()> {
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

/// Answers of another ledger than the request's do not count.
pub(crate) fn right_ledger(ledger: &dyn LedgerView, asked: &KeyName) -> Result<(), Unavailable> {
    let reached = ledger.origin()?;
    if *asked == reached {
        return Ok(());
    }
    Err(Unavailable {
        reason: format!("the ledger reached is {reached}, the request names {asked}"),
    })
}

/// The ledger was needed and gave no answer.
pub(crate) fn not_asked<T>(reason: &'static str, cause: &Unavailable) -> Finding<T> {
    Finding::not_checked(
        reason,
        "check again with the ledger reachable",
        printable(&cause.reason),
    )
}
