//! The file's checkpoints: signed by the log, cosigned, every line accounted for, one history, at times that fit the ledger's.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use tradeseal_primitives::receivable::UnixSeconds;

use super::Times;
use crate::calendar::format_utc;
use crate::encoding::printable;
use crate::evidence::{LogPart, Subject};
use crate::log::{Checkpoint, KeyName, LogHash, LogKey, SignedCheckpoint, verify_consistency};
use crate::trust::Trust;
use crate::verdict::{CLOCK_TOLERANCE_SECONDS, Finding};

const DAMAGED: &str = "a proof from the ledger's log in the evidence is damaged";
const TWO_HISTORIES: &str = "the log's checkpoints in the evidence do not continue one another: parts of several files were put together, or the \
     log shows different people different histories";

pub(super) fn log_checkpoints(log: &LogPart, origin: Option<&KeyName>, trust: &Trust) -> Finding<Vec<LogKey>> {
    let Some(origin) = origin else {
        return Finding::failed("the evidence names no log", "nothing in it says which ledger it is of");
    };
    for checkpoint in log.chain() {
        let named = checkpoint.unchecked_checkpoint().origin();
        if named != origin.as_str() {
            return Finding::failed(
                "the evidence's checkpoints are of another log than what they are to show",
                format!(
                    "the subject is of log {origin}, a checkpoint is of {}",
                    printable(named)
                ),
            );
        }
    }
    let keys = trust.log_keys(origin);
    if keys.is_empty() {
        return Finding::not_checked(
            format!("your trust file names no key of the ledger {origin}"),
            "add the ledger's key to the trust file, if you trust that ledger",
            format!("no trusted key of {origin}"),
        );
    }
    for checkpoint in log.chain() {
        if let Err(cause) = checkpoint.verify(&keys) {
            let size = checkpoint.unchecked_checkpoint().size();
            return Finding::failed(
                "the ledger's signature on a checkpoint is missing or does not verify",
                format!("at {size} entries: {}", printable(&cause.to_string())),
            );
        }
    }
    let sizes: Vec<_> = log
        .chain()
        .map(|at| at.unchecked_checkpoint().size().to_string())
        .collect();
    Finding::passed(format!("signed by {origin} at {} entries", sizes.join(", ")), keys)
}

/// No line of any checkpoint in the file may be one that nobody can check, and no key may be there without a line.
pub(super) fn signature_lines(log: &LogPart, subject: &Subject) -> Finding<()> {
    let proofs = match subject.log_proofs() {
        Ok(proofs) => proofs,
        Err(cause) => return Finding::failed(DAMAGED, printable(&cause.to_string())),
    };
    let in_subject = proofs.iter().map(|proof| proof.checkpoint());
    let mut used = Vec::new();
    let mut seen: Vec<&SignedCheckpoint> = Vec::new();
    for checkpoint in log.chain().chain(in_subject) {
        if seen.contains(&checkpoint) {
            continue;
        }
        seen.push(checkpoint);
        if let Err(why) = lines_of(log, checkpoint, &mut used) {
            let size = checkpoint.unchecked_checkpoint().size();
            return Finding::failed(
                "a signature on a checkpoint in the evidence does not verify under a key in it",
                format!("at {size} entries: {}", printable(&why)),
            );
        }
    }
    used.sort_unstable();
    used.dedup();
    let keys = log.log_keys.len() + log.log_witnesses.len();
    if used.len() != keys {
        return Finding::failed(
            "the evidence holds a key of a log or log witness that signed nothing in it",
            format!("{keys} keys, {} of them signed", used.len()),
        );
    }
    let checkpoints = seen.len();
    Finding::passed(format!("every line of {checkpoints} checkpoints, by {keys} keys"), ())
}

/// Adds the places of the keys that the lines are by, log keys first.
fn lines_of(log: &LogPart, checkpoint: &SignedCheckpoint, used: &mut Vec<usize>) -> Result<(), String> {
    checkpoint.verify(&log.log_keys).map_err(|cause| cause.to_string())?;
    checkpoint
        .cosignatures(&log.log_witnesses)
        .map_err(|cause| cause.to_string())?;
    for line in checkpoint.note().signatures() {
        let of_log = log
            .log_keys
            .iter()
            .position(|key| key.name() == line.name() && key.id() == line.key_id());
        let of_witness = || log.log_witnesses.iter().position(|key| key.is_claimed_by(line));
        let place = of_log.or_else(|| of_witness().map(|at| at + log.log_keys.len()));
        used.push(place.ok_or_else(|| format!("a line by {}, whose key is not in the file", line.name()))?);
    }
    Ok(())
}

/// The chain ascends, each checkpoint continues the one before, and every checkpoint in the subject is one of them or leads to the next.
pub(super) fn log_history(log: &LogPart, subject: &Subject) -> Finding<()> {
    match one_history(log, subject) {
        Ok(shown) => Finding::passed(format!("one history of {shown} checkpoints"), ()),
        Err(why) => Finding::failed(TWO_HISTORIES, printable(&why)),
    }
}

fn one_history(log: &LogPart, subject: &Subject) -> Result<usize, String> {
    let chain: Vec<&Checkpoint> = log.chain().map(SignedCheckpoint::unchecked_checkpoint).collect();
    if let Some(first) = log.checkpoints.first()
        && !first.consistency.is_empty()
    {
        return Err("the first checkpoint continues none".to_string());
    }
    for (pair, link) in chain.windows(2).zip(&log.checkpoints[1..]) {
        if pair[0].size() >= pair[1].size() {
            return Err(format!(
                "{} entries are not more than {}",
                pair[1].size(),
                pair[0].size()
            ));
        }
        continues(pair[0], pair[1], &link.consistency)?;
    }
    let proofs = subject.log_proofs().map_err(|cause| cause.to_string())?;
    let mut others: BTreeMap<u64, Checkpoint> = BTreeMap::new();
    for proof in &proofs {
        let checkpoint = proof.checkpoint().unchecked_checkpoint();
        if chain.contains(&checkpoint) {
            continue;
        }
        let first = others.entry(checkpoint.size()).or_insert_with(|| checkpoint.clone());
        if first != checkpoint {
            return Err(format!("two checkpoints of {} entries differ", checkpoint.size()));
        }
    }
    if !log.joins.iter().map(|join| join.size).eq(others.keys().copied()) {
        return Err(format!(
            "{} checkpoints are to be joined to the chain, and {} joins are given",
            others.len(),
            log.joins.len()
        ));
    }
    for (join, other) in log.joins.iter().zip(others.values()) {
        let next = chain.iter().find(|checkpoint| checkpoint.size() >= other.size());
        let next = next.ok_or_else(|| format!("no checkpoint of the chain covers {} entries", other.size()))?;
        continues(other, next, &join.consistency)?;
    }
    Ok(chain.len() + others.len())
}

fn continues(old: &Checkpoint, new: &Checkpoint, proof: &[LogHash]) -> Result<(), String> {
    verify_consistency(old.size(), old.root(), new.size(), new.root(), proof)
        .map_err(|cause| format!("{} entries to {}: {cause}", old.size(), new.size()))
}

/// A ledger that dates its states before or after what its log witnesses saw has lied, or its clock was wrong.
pub(super) fn ledger_time(states: &[(u64, UnixSeconds)], times: &Times) -> Finding<()> {
    for (index, time) in states {
        let bracket = times.bracket(*index);
        let too_early = bracket
            .not_before
            .is_some_and(|not_before| time.0 + CLOCK_TOLERANCE_SECONDS < not_before.0);
        let too_late = bracket
            .by
            .is_some_and(|by| time.0 > by.0.saturating_add(CLOCK_TOLERANCE_SECONDS));
        let Some(seen) = bracket
            .not_before
            .filter(|_| too_early)
            .or(bracket.by.filter(|_| too_late))
        else {
            continue;
        };
        let (given, seen) = (format_utc(*time), format_utc(seen));
        let detail = if too_early {
            format!("the ledger dates entry {index} {given}; log witnesses saw the log without it on {seen}")
        } else {
            format!("the ledger dates entry {index} {given}; log witnesses saw it in the log on {seen}")
        };
        return Finding::failed("the log witnesses contradict the time that the ledger states", detail);
    }
    let detail = match states {
        [] => "nothing is dated".to_string(),
        _ => format!("{} states, none dated against its log witnesses", states.len()),
    };
    Finding::passed(detail, ())
}
