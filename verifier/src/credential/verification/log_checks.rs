//! The state record behind the proof: signed by the log, included in it, holding the root of revocations.

use alloc::format;

use super::{Check, Verification};
use crate::credential::presentation::Presentation;
use crate::entry::StateRecord;
use crate::log::TlogProof;
use crate::statement::RevocationRoot;
use crate::verdict::{Finding, checkpoint_signature, cosignatures, log_inclusion, state_record};

impl Verification<'_> {
    pub(super) fn check_log(&mut self, presentation: &Presentation) {
        let anchor = &presentation.anchor;
        let state = self.checks.record(Check::StateRecord, state_record(anchor));
        let signature = checkpoint_signature(self.trust, &self.request.draft().origin, anchor);
        let signed = self.checks.record(Check::CheckpointSignature, signature);
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
        let root = presentation.rows.revocation_root;
        let held = self
            .checks
            .record(Check::RevocationsInState, revocations_in_state(&state, root));
        if held.is_some() && self.basis.log.is_some() {
            self.checks
                .record(Check::RevocationsFresh, self.revocations_fresh(root, state.time));
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

fn revocations_in_state(state: &StateRecord, root: RevocationRoot) -> Finding<()> {
    let held = RevocationRoot::from_fr(state.revocation_root);
    if held == root {
        return Finding::passed("the state holds the proof's root of revocations", ());
    }
    Finding::failed(
        "the proof counts other revocations than the ledger state shown with it",
        format!("the state's root of revocations is {held}, the presentation's is {root}"),
    )
}
