//! When was something in the log? What log witnesses say of it, where the trust file's quorum of them cosigned.
//!
//! In scope: bracketing an entry between two cosigned checkpoints. Out of scope: checking the cosignatures (`log_checks`).
//! An attacker who owns the log alone can state any time; one who owns less than a quorum of log witnesses moves neither end of a bracket
//! beyond what the honest ones of the quorum state: the earliest time counts below, the time at which the quorum was complete above.

use alloc::vec::Vec;

use tradeseal_primitives::receivable::UnixSeconds;

use crate::log::{SignedCheckpoint, WitnessPolicy};
use crate::trust::Trust;

/// The cosigned checkpoints of a file, ascending; none where the trust file names no log witnesses.
#[derive(Default)]
pub(in super::super) struct Times(Vec<Seen>);

struct Seen {
    size: u64,
    /// No log witness of the quorum states an earlier time.
    first: UnixSeconds,
    /// When the quorum was complete.
    quorum: UnixSeconds,
}

/// Between which times an entry came into the log, as far as log witnesses say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in super::super) struct Bracket {
    /// They had last seen the log without it then.
    pub(in super::super) not_before: Option<UnixSeconds>,
    /// They had seen the log with it by then.
    pub(in super::super) by: Option<UnixSeconds>,
}

impl Times {
    /// The times of checkpoints that meet the trust file's policies.
    pub(super) fn of<'c>(trust: &Trust, chain: impl Iterator<Item = &'c SignedCheckpoint>) -> Self {
        Self(chain.filter_map(|checkpoint| seen(trust, checkpoint)).collect())
    }

    /// Between which times entry `index` came into the log.
    pub(in super::super) fn bracket(&self, index: u64) -> Bracket {
        Bracket {
            not_before: self
                .0
                .iter()
                .rev()
                .find(|seen| seen.size <= index)
                .map(|seen| seen.first),
            by: self.0.iter().find(|seen| seen.size > index).map(|seen| seen.quorum),
        }
    }
}

fn seen(trust: &Trust, checkpoint: &SignedCheckpoint) -> Option<Seen> {
    let policies = trust.policies_for(checkpoint);
    let times: Option<Vec<(UnixSeconds, UnixSeconds)>> =
        policies.iter().map(|policy| times(policy, checkpoint)).collect();
    let times = times?;
    Some(Seen {
        size: checkpoint.unchecked_checkpoint().size(),
        first: times.iter().map(|(first, _)| *first).min()?,
        quorum: times.iter().map(|(_, quorum)| *quorum).max()?,
    })
}

/// The first time stated, and the one at which the quorum was complete.
fn times(policy: &WitnessPolicy, checkpoint: &SignedCheckpoint) -> Option<(UnixSeconds, UnixSeconds)> {
    let mut stated: Vec<UnixSeconds> = policy
        .evaluate(checkpoint)
        .ok()?
        .cosigned
        .into_iter()
        .map(|(_, time)| time)
        .collect();
    stated.sort_unstable();
    let complete = |latest: &&UnixSeconds| {
        policy
            .evaluate_until(checkpoint, **latest)
            .is_ok_and(|report| report.is_met())
    };
    let quorum = *stated.iter().find(complete)?;
    Some((*stated.first()?, quorum))
}
