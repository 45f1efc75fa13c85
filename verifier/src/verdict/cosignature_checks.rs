//! Has anybody independent seen what the log signed? The same question for every verdict that rests on a checkpoint.
//!
//! In scope: the policies that the trust file holds against checkpoints whose log signature was checked. Out of scope: what the entries mean.
//! An attacker who owns fewer log witnesses than the policy needs gets no checkpoint counted.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use tradeseal_primitives::receivable::UnixSeconds;

use super::{Cosigned, Finding};
use crate::calendar::format_utc;
use crate::encoding::printable;
use crate::log::{SignedCheckpoint, WitnessPolicy};
use crate::trust::Trust;

/// Clocks of log witnesses may run this far ahead of the one who checks.
pub(crate) const CLOCK_TOLERANCE_SECONDS: u64 = 300;

/// What no verdict establishes where no policy was held against the log.
pub(crate) const NOBODY_INDEPENDENT: &str = "that anybody independent has seen this log's history: your trust file names no log witnesses for it, and a log can \
     show different people different histories";

/// What a met policy says of a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Witnessed {
    /// Everyone of the policy who cosigned.
    pub(crate) cosigned: Vec<Cosigned>,
}

/// The trust file's policies against checkpoints, all of which must meet them. `None` if it has none for their signers.
pub(crate) fn cosignatures<'c>(
    trust: &Trust,
    checkpoints: impl IntoIterator<Item = &'c SignedCheckpoint>,
    now: UnixSeconds,
) -> Option<Finding<Witnessed>> {
    let mut seen: Vec<&SignedCheckpoint> = Vec::new();
    let mut witnessed = None;
    for checkpoint in checkpoints {
        if seen.contains(&checkpoint) {
            continue;
        }
        seen.push(checkpoint);
        for policy in trust.policies_for(checkpoint) {
            match evaluate(policy, checkpoint, now) {
                Ok(cosigned) => witnessed = Some((policy, Witnessed { cosigned })),
                Err(finding) => return Some(finding),
            }
        }
    }
    let (policy, witnessed) = witnessed?;
    let by: Vec<String> = witnessed
        .cosigned
        .iter()
        .map(|by| format!("{} on {}", by.name, format_utc(UnixSeconds(by.time))))
        .collect();
    let detail = format!("cosigned by {}; required: {}", by.join(", "), policy.requirement());
    Some(Finding::passed(printable_list(&detail), witnessed))
}

fn evaluate(
    policy: &WitnessPolicy,
    checkpoint: &SignedCheckpoint,
    now: UnixSeconds,
) -> Result<Vec<Cosigned>, Finding<Witnessed>> {
    let latest = UnixSeconds(now.0.saturating_add(CLOCK_TOLERANCE_SECONDS));
    let size = checkpoint.unchecked_checkpoint().size();
    let reports = policy
        .evaluate(checkpoint)
        .and_then(|whole| Ok((whole, policy.evaluate_until(checkpoint, latest)?)));
    let (whole, by_now) = reports.map_err(|cause| {
        let reason = "a cosignature by a log witness that your trust file names does not verify";
        Finding::failed(reason, format!("{} entries: {}", size, printable(&cause.to_string())))
    })?;
    let Some(shortfall) = by_now.shortfall else {
        let cosigned = by_now.cosigned.into_iter();
        return Ok(cosigned.map(|(name, time)| Cosigned { name, time: time.0 }).collect());
    };
    let detail = printable(&format!("at {size} entries: {shortfall}"));
    if whole.is_met() {
        return Err(Finding::not_checked(
            "log witnesses state that they cosigned at a time that has not come yet",
            "set your clock, or ask those log witnesses about theirs",
            format!("{detail} by {}", format_utc(now)),
        ));
    }
    Err(Finding::not_checked(
        "the log has not been cosigned by the log witnesses that your trust file requires",
        "ask for it again once they have cosigned, or ask them what they saw of this log",
        detail,
    ))
}

/// Policies have at most 64 log witnesses; a reader of a detail needs not all of them.
fn printable_list(text: &str) -> String {
    const MAX_DETAIL: usize = 1_200;
    let plain = text
        .chars()
        .map(|c| if crate::encoding::is_plain(c) { c } else { '\u{fffd}' });
    plain.take(MAX_DETAIL).collect()
}
