//! What people are told of an answer in evidence: the summary, the sentence, and what stays open.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::later::Later;
use super::{Eligibility, kind_of};
use crate::calendar::format_utc;
use crate::eligibility::policy_in_words;
use crate::encoding::printable;
use crate::evidence::report::Moment;

pub(super) fn summary(evidence: &Eligibility) -> Vec<String> {
    let request = &evidence.request;
    let draft = request.draft();
    let mut lines = Vec::from([
        "Of: an answer to a verifier's request, with which the presenter proved that it owned a receivable as asked for".to_string(),
        format!("Asked by: {} (key {})", draft.verifier_name, request.verifier_key()),
        format!("Asked for: {}", policy_in_words(request)),
        format!(
            "Request valid: from {} to {}, digest {}",
            format_utc(draft.issued),
            format_utc(draft.expires),
            request.digest()
        ),
    ]);
    lines.push(match evidence.state() {
        Some((index, state)) => format!(
            "Rests on: entry {index} of {}, the ledger's state of {}",
            printable(draft.origin.as_str()),
            format_utc(state.time)
        ),
        None => "Rests on: a ledger state that cannot be read".to_string(),
    });
    if let Some((index, state)) = evidence.unspent_state() {
        lines.push(format!(
            "Shown beside it: unspent in entry {index}, the ledger's state of {}",
            format_utc(state.time)
        ));
    }
    for logged in &evidence.entries {
        let kind = kind_of(&logged.entry);
        lines.push(format!(
            "Shown beside it: entry {}, {kind}, of the same receivable",
            logged.index
        ));
    }
    lines
}

pub(super) fn verified(evidence: &Eligibility, later: &Later, moment: Option<&Moment>) -> String {
    let request = &evidence.request;
    let as_of = moment.map_or_else(String::new, |moment| format!("as of {}, ", moment.in_words()));
    let mut sentence = format!(
        "{as_of}the presenter owned {}. It answered a request of {}, valid from {} to {}.",
        policy_in_words(request),
        request.draft().verifier_name,
        format_utc(request.draft().issued),
        format_utc(request.draft().expires),
    );
    if let Some(unspent) = &later.unspent {
        sentence.push_str(&format!(" It was unspent on {}.", unspent.in_words()));
    }
    if let Some(answered) = later.answered() {
        sentence.push_str(&format!(" The verifier locked it: {}.", answered.in_words()));
    }
    if let Some(spent) = &later.spent {
        sentence.push_str(&format!(" Later it was moved: {}.", spent.in_words()));
    }
    sentence
}

/// What the evidence leaves open, because only the ledger could say it, or because its maker did not show it.
pub(super) fn limits(evidence: &Eligibility, later: &Later, moment: Option<&Moment>) -> Vec<String> {
    let mut limits = Vec::new();
    let time = |time: u64| format_utc(tradeseal_primitives::receivable::UnixSeconds(time));
    let rests_on = moment.map_or_else(|| "the state that it rests on".to_string(), |moment| time(moment.time));
    match &later.unspent {
        Some(unspent) => limits.push(format!(
            "that the receivable stayed unspent after {}",
            time(unspent.time)
        )),
        None => limits.push(format!(
            "that the receivable was unspent on {rests_on} or later: the evidence shows no state of the ledger for it"
        )),
    }
    limits.push(
        "that the receivable was not locked by another financier: locks are in no tree, so the evidence may leave them out"
            .to_string(),
    );
    limits.push(format!(
        "that no credit note or prepayment was recorded after {rests_on}"
    ));
    if later.answered().is_none() {
        limits.push(format!(
            "when the answer was given: not before the request was issued; that it was given before {} is not shown",
            format_utc(evidence.request.draft().expires)
        ));
    }
    if moment.is_some_and(|moment| moment.by.is_none()) {
        limits.push(
            "the times, beyond the ledger's own word: no log witness that your trust file names vouches for them"
                .to_string(),
        );
    }
    limits
}
