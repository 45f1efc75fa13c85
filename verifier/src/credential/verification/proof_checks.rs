//! The proof: under a known key, well formed, and holding for exactly these rows.

use alloc::format;

use super::{Check, Verification, public};
use crate::credential::presentation::Presentation;
use crate::groth16::{self, Proof, ProofRefusal};
use crate::trust::TrustedKey;
use crate::verdict::{Finding, key_known, key_provenance};

impl Verification<'_> {
    pub(super) fn check_proof(&mut self, presentation: &Presentation) {
        self.basis.key_id = Some(presentation.key_id);
        let proof = self
            .checks
            .record(Check::ProofEncoding, proof_encoding(&presentation.proof));
        if !self.checks.all_passed(&[Check::Statement]) {
            return;
        }
        let trust = self.trust;
        let known = key_known(trust, presentation.key_id, presentation.statement);
        let Some(key) = self.checks.record(Check::KeyKnown, known) else {
            return;
        };
        self.basis.provenance = Some(key.provenance());
        self.checks.record(Check::KeyProvenance, key_provenance(trust, key));
        if let Some(proof) = proof {
            self.checks.record(Check::Proof, self.proof(presentation, key, &proof));
        }
    }

    fn proof(&self, presentation: &Presentation, key: &TrustedKey, proof: &Proof) -> Finding<()> {
        match groth16::verify(key.prepared(), proof, &public(presentation, self.request).rows()) {
            Ok(()) => Finding::passed("it holds for these revocations, these values and this request", ()),
            Err(cause @ (ProofRefusal::Equation | ProofRefusal::RowCount { .. })) => Finding::failed(
                "the proof does not hold: it was made for something else, or is forged or damaged",
                cause,
            ),
        }
    }
}

fn proof_encoding(bytes: &[u8]) -> Finding<Proof> {
    match Proof::from_bytes(bytes) {
        Ok(proof) => Finding::passed(
            format!("{} bytes, three points of the right groups", Proof::BYTES),
            proof,
        ),
        Err(cause) => Finding::failed("the proof in the presentation is damaged", cause),
    }
}
