//! Evidence of what was presented or disclosed, with the log's proofs as the ledger here gives them.
//!
//! In scope: fetching proofs, the keys, a check of the whole before it is handed out. Out of scope: what a court makes of it (crate `verifier`).
//! An attacker who owns this part leaves out what speaks against the holder: later entries, a spending transfer.

mod chain;

use std::collections::BTreeSet;

use tradeseal_ledger::view::{NullifierStatus, View};
use tradeseal_prover::Progress;
use tradeseal_verifier::disclosure::{Disclosure, LoggedEntry, Unspent};
use tradeseal_verifier::entry::Entry;
use tradeseal_verifier::evidence::{
    Disclosures, Eligibility, Evidence, EvidenceReport, MAX_LATER_ENTRIES, Subject, UnspentSince, verify_evidence,
};
use tradeseal_verifier::groth16::VerifyingKey;
use tradeseal_verifier::log::{KeyName, TlogProof};
use tradeseal_verifier::presentation::Presentation;
use tradeseal_verifier::request::Request;
use tradeseal_verifier::verdict::Verdict;

pub use chain::{Cosigned, KeptCheckpoints};

use super::{LocalLedger, local_ledger};
use crate::{Context, Failure, clock, operations};
use chain::Head;

/// Evidence, and the verdict on it by whoever trusts this folder's ledger and keys.
pub struct MadeEvidence {
    /// The file.
    pub evidence: Evidence,
    /// What comes of it here.
    pub report: EvidenceReport,
}

/// Evidence of an answer to a request, with what the ledger here shows of the receivable since.
///
/// # Errors
/// If the answer is to another request or another ledger, or does not hold.
pub fn of_presentation(
    (context, local): (&Context, &LocalLedger),
    (request, presentation): (Request, Presentation),
    kept: &KeptCheckpoints,
    progress: &mut dyn Progress,
) -> Result<MadeEvidence, Failure> {
    require_origin(&request.draft().origin, local)?;
    if request.digest() != presentation.request_digest {
        return Err(Failure::new(
            "evidence_refused",
            "the presentation answers another request, not this one",
            "give the request that it was made for",
        ));
    }
    let view = local.ledger().view()?;
    let state = state_index(&presentation)?;
    let log = local.ledger().log_key();
    let kept = &kept.gathered(&view, &[state], log)?;
    let head = Head::choose(&view, kept, state, log)?;
    let presentation = head.with_known_lines_only(&view, presentation, kept, local)?;
    let nullifier = presentation.rows.nullifier;
    let unspent = match view.nullifier_status(nullifier)? {
        NullifierStatus::Spent { .. } => None,
        _ if head.size() < view.size() => None,
        _ => {
            let index = view.latest_state().log_size;
            Some(UnspentSince {
                state: head.logged(&view, index)?,
                absence: Unspent {
                    state: index,
                    absence: view.nullifier_absence(nullifier)?,
                },
            })
        }
    };
    let mut entries: Vec<LoggedEntry> = Vec::new();
    for index in state + 1..head.size() {
        let of_it = match Entry::decode(&view.entry(index)?.bytes) {
            Ok(Entry::Lock(lock)) => lock.body.nullifier == nullifier,
            Ok(Entry::Release(release)) => release.body.nullifier == nullifier,
            Ok(Entry::Transfer(transfer)) => transfer.body.nullifiers.contains(&nullifier),
            _ => false,
        };
        if of_it && entries.len() < MAX_LATER_ENTRIES {
            entries.push(head.logged(&view, index)?);
        }
    }
    let marks = [state].into_iter().chain(entries.iter().map(|entry| entry.index));
    let marks: Vec<u64> = marks.chain(unspent.iter().map(|unspent| unspent.state.index)).collect();
    let subject = Subject::Eligibility(Box::new(Eligibility {
        request,
        presentation,
        unspent,
        entries,
    }));
    finish((context, local), &view, subject, (&head, &marks, kept), progress)
}

/// Evidence of one receivable's history, as these files disclose it.
///
/// # Errors
/// If a disclosure is of another ledger, or does not hold.
pub fn of_disclosures(
    (context, local): (&Context, &LocalLedger),
    disclosures: Vec<Disclosure>,
    kept: &KeptCheckpoints,
    progress: &mut dyn Progress,
) -> Result<MadeEvidence, Failure> {
    let mut states = Vec::new();
    for disclosure in &disclosures {
        require_origin(&disclosure.body().origin, local)?;
        let entries = disclosure.body().entries.iter();
        states.extend(entries.filter_map(|logged| match Entry::decode(&logged.entry) {
            Ok(Entry::State(_)) => Some(logged.index),
            _ => None,
        }));
    }
    let view = local.ledger().view()?;
    let last = states.iter().max().copied().unwrap_or_default();
    let log = local.ledger().log_key();
    let kept = &kept.gathered(&view, &[last], log)?;
    let head = Head::choose(&view, kept, last, log)?;
    let first = states.iter().min().copied().unwrap_or_default();
    let subject = Subject::Disclosure(Disclosures { disclosures });
    finish(
        (context, local),
        &view,
        subject,
        (&head, &[first, last], kept),
        progress,
    )
}

fn finish(
    (context, local): (&Context, &LocalLedger),
    view: &View<'_>,
    subject: Subject,
    (head, marks, kept): (&Head, &[u64], &KeptCheckpoints),
    progress: &mut dyn Progress,
) -> Result<MadeEvidence, Failure> {
    let keys = keys_of(context, &subject, progress)?;
    let kept = kept.gathered(view, marks, local.ledger().log_key())?;
    let log = head.log_part(view, &subject, marks, &kept, local)?;
    let now = clock::now();
    let evidence = Evidence::new(now, subject, log, &keys)?;
    let trust = operations::trust::trust(context, local, (true, None), progress)?;
    let report = verify_evidence(&evidence.to_json(), &trust, now);
    if report.verdict == Verdict::NotVerified {
        return Err(Failure::new(
            "evidence_refused",
            format!("no evidence was made, as it would not hold: {}", report.sentence),
            "check that the files are as they were handed over",
        ));
    }
    Ok(MadeEvidence { evidence, report })
}

fn keys_of(context: &Context, subject: &Subject, progress: &mut dyn Progress) -> Result<Vec<VerifyingKey>, Failure> {
    let named = subject.key_ids();
    let known = local_ledger::verifying_keys(context, progress)?;
    let keys: Vec<VerifyingKey> = known
        .into_iter()
        .map(|(key, _)| key)
        .filter(|key| named.contains(&key.key_id()))
        .collect();
    let held: BTreeSet<_> = keys.iter().map(VerifyingKey::key_id).collect();
    match named.difference(&held).next() {
        None => Ok(keys),
        Some(missing) => Err(Failure::new(
            "key_missing",
            format!("the verifying key {missing} that a proof names is not in this folder"),
            "see which are: tradeseal keys list",
        )),
    }
}

fn require_origin(origin: &KeyName, local: &LocalLedger) -> Result<(), Failure> {
    if origin == local.origin() {
        return Ok(());
    }
    Err(Failure::new(
        "other_ledger",
        format!(
            "it is of the ledger {origin}, the one in this folder is {}",
            local.origin()
        ),
        "run this where that ledger is, or choose its folder with --dir",
    ))
}

fn state_index(presentation: &Presentation) -> Result<u64, Failure> {
    match TlogProof::parse(&presentation.anchor.tlog_proof) {
        Ok(proof) => Ok(proof.index()),
        Err(cause) => Err(Failure::new(
            "evidence_refused",
            format!("the presentation's proof from the log is damaged: {cause}"),
            "obtain the presentation again, unchanged",
        )),
    }
}
