//! The state record behind the proof: signed by the log, included in it, holding both roots.

use alloc::format;

use super::{Check, Verification};
use crate::entry::StateRecord;
use crate::log::TlogProof;
use crate::presentation::Presentation;
use crate::statement::{DilutionRoot, NoteRoot};
use crate::verdict::{Finding, checkpoint_signature, cosignatures, log_inclusion, state_record};

impl Verification<'_> {
    pub(super) fn check_log(&mut self, presentation: &Presentation) {
        let anchor = &presentation.anchor;
        let state = self.checks.record(Check::StateRecord, state_record(anchor));
        let signed = self.checks.record(
            Check::CheckpointSignature,
            checkpoint_signature(self.trust, &self.request.draft().origin, anchor),
        );
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
