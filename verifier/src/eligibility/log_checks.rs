//! The state record behind the proof: signed by the log, included in it, holding both roots.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::{Check, Verification};
use crate::calendar::format_utc;
use crate::encoding::printable;
use crate::entry::StateRecord;
use crate::log::{LogError, LogKey, TlogProof};
use crate::presentation::{Anchor, Presentation};
use crate::statement::{DilutionRoot, NoteRoot};
use crate::verdict::{Finding, LogPosition, cosignatures};

const NOT_IN_LOG: &str = "the ledger state that the presentation refers to is not in the ledger's log";

impl Verification<'_> {
    pub(super) fn check_log(&mut self, presentation: &Presentation) {
        let anchor = &presentation.anchor;
        let state = self.checks.record(Check::StateRecord, state_record(anchor));
        let signed = self
            .checks
            .record(Check::CheckpointSignature, self.checkpoint_signature(anchor));
        if let Some((proof, _)) = &signed {
            self.check_cosignatures(proof);
        }
        let Some(state) = state else { return };
        if let Some((proof, keys)) = signed {
            let included = self
                .checks
                .record(Check::LogInclusion, log_inclusion(anchor, &state, &proof, &keys));
            self.basis.state_time = included.as_ref().map(|_| state.time.0);
            self.basis.log = included;
        }
        let rows = &presentation.rows;
        let notes = self
            .checks
            .record(Check::RootInState, root_in_state(&state, rows.note_root));
        let dilutions = self
            .checks
            .record(Check::DilutionInState, dilution_in_state(&state, rows.dilution_root));
        if self.basis.log.is_none() {
            return;
        }
        if notes.is_some() {
            self.checks
                .record(Check::RootFresh, self.root_fresh(rows.note_root, state.time));
        }
        if dilutions.is_some() {
            self.checks.record(
                Check::DilutionFresh,
                self.dilution_fresh(rows.dilution_root, state.time),
            );
        }
    }

    fn check_cosignatures(&mut self, proof: &TlogProof) {
        if self.unwitnessed {
            return;
        }
        match cosignatures(self.trust, [proof.checkpoint()], self.now) {
            Some(finding) => {
                let witnessed = self.checks.record(Check::Cosignatures, finding);
                self.basis.cosigned = witnessed.unwrap_or_default().cosigned;
            }
            None => self.leave_cosignatures_out(),
        }
    }

    /// Nobody independent is asked for: the verdict says so among what it does not establish.
    pub(super) fn leave_cosignatures_out(&mut self) {
        self.checks.leave_out(Check::Cosignatures);
        self.unwitnessed = true;
    }

    /// The parsed proof, and the trusted keys of the request's log.
    fn checkpoint_signature(&self, anchor: &Anchor) -> Finding<(TlogProof, Vec<LogKey>)> {
        let damaged = "the presentation's proof from the ledger's log is damaged";
        let proof = match TlogProof::parse(&anchor.tlog_proof) {
            Ok(proof) => proof,
            Err(cause) => return Finding::failed(damaged, printable(&cause.to_string())),
        };
        if proof.extra().is_some() {
            return Finding::failed(damaged, "it carries an extra line, which nobody signed");
        }
        let origin = &self.request.draft().origin;
        let named = proof.checkpoint().unchecked_checkpoint().origin();
        if named != origin.as_str() {
            return Finding::failed(
                "the presentation refers to another ledger than the request",
                format!(
                    "the request names log {origin}, the checkpoint is of {}",
                    printable(named)
                ),
            );
        }
        let keys = self.trust.log_keys(origin);
        if keys.is_empty() {
            return Finding::not_checked(
                format!("your trust file names no key of the ledger {origin}"),
                "add the ledger's key to the trust file, if you trust that ledger",
                format!("no trusted key of {origin}"),
            );
        }
        match proof.checkpoint().verify(&keys) {
            Ok(checkpoint) => {
                let detail = format!("signed by {origin} at {} entries", checkpoint.size());
                Finding::passed(detail, (proof, keys))
            }
            Err(cause) => {
                let reason = "the ledger's signature in the presentation is missing or does not verify";
                Finding::failed(reason, printable(&cause.to_string()))
            }
        }
    }
}

fn state_record(anchor: &Anchor) -> Finding<StateRecord> {
    match StateRecord::decode(&anchor.state_entry) {
        Ok(state) => Finding::passed(format!("ledger state of {}", format_utc(state.time)), state),
        Err(cause) => Finding::failed("the ledger state in the presentation is damaged", cause),
    }
}

fn log_inclusion(anchor: &Anchor, state: &StateRecord, proof: &TlogProof, keys: &[LogKey]) -> Finding<LogPosition> {
    let inclusion = match proof.verify(&anchor.state_entry, keys) {
        Ok(inclusion) => inclusion,
        Err(cause @ LogError::RootMismatch { .. }) => return Finding::failed(NOT_IN_LOG, cause),
        Err(cause) => return Finding::failed(NOT_IN_LOG, printable(&cause.to_string())),
    };
    if state.log_size != inclusion.index {
        let detail = format!(
            "the record says it is entry {}, it is entry {}",
            state.log_size, inclusion.index
        );
        return Finding::failed(
            "the ledger state in the presentation contradicts its place in the log",
            detail,
        );
    }
    let (index, size) = (inclusion.index, inclusion.checkpoint.size());
    let position = LogPosition {
        origin: inclusion.checkpoint.origin().to_string(),
        index,
        size,
    };
    Finding::passed(format!("entry {index} of {size}"), position)
}

fn root_in_state(state: &StateRecord, root: NoteRoot) -> Finding<()> {
    if state.contains_note_root(root) {
        return Finding::passed("the state holds the proof's root of notes", ());
    }
    Finding::failed(
        "the proof is about receivables that are not in the ledger state shown with it",
        format!(
            "the state's root of notes is {}, the presentation's is {root}",
            state.note_root
        ),
    )
}

fn dilution_in_state(state: &StateRecord, root: DilutionRoot) -> Finding<()> {
    if state.contains_dilution_root(root) {
        return Finding::passed("the state holds the proof's root of dilutions", ());
    }
    Finding::failed(
        "the proof counts other credit notes and prepayments than the ledger state shown with it",
        format!(
            "the state's root of dilutions is {}, the presentation's is {root}",
            state.dilution_root
        ),
    )
}
