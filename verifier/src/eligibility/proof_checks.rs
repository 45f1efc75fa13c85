//! The proof: under a known key, well formed, and holding for exactly these rows.

use alloc::format;

use super::{Check, Finding, Verification};
use crate::groth16::{self, Proof, ProofRefusal, Provenance};
use crate::presentation::Presentation;
use crate::statement::receivable::eligibility::Public;
use crate::trust::{Trust, TrustedKey};

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
        let Some(key) = self.checks.record(Check::KeyKnown, key_known(trust, presentation)) else {
            return;
        };
        self.basis.provenance = Some(key.provenance());
        self.checks.record(Check::KeyProvenance, key_provenance(trust, key));
        if let Some(proof) = proof {
            self.checks.record(Check::Proof, self.proof(presentation, key, &proof));
        }
    }

    fn proof(&self, presentation: &Presentation, key: &TrustedKey, proof: &Proof) -> Finding<()> {
        // The digest is this request's own, whatever the presentation names.
        let public = Public {
            note_root: presentation.rows.note_root,
            dilution_root: presentation.rows.dilution_root,
            nullifier: presentation.rows.nullifier,
            request_digest: self.request.digest(),
        };
        match groth16::verify(key.prepared(), proof, &public.rows()) {
            Ok(()) => Finding::passed("it holds for these roots, this nullifier and this request", ()),
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

fn key_known<'t>(trust: &'t Trust, presentation: &Presentation) -> Finding<&'t TrustedKey> {
    let id = presentation.key_id;
    match trust.key(id) {
        Some(key) if key.statement() == presentation.statement => Finding::passed(format!("key {id}"), key),
        Some(key) => Finding::failed(
            "the proof was made under a key for another statement",
            format!("key {id} is for {}", key.statement()),
        ),
        None => Finding::failed(
            "the proof was made under a key that your trust file does not name",
            format!("no key {id} in the trust file; a newer trust file may name it"),
        ),
    }
}

fn key_provenance(trust: &Trust, key: &TrustedKey) -> Finding<()> {
    match key.provenance() {
        Provenance::Ceremony { transcript } => Finding::passed(
            format!("made in the ceremony of transcript {}", hex::encode(transcript.0)),
            (),
        ),
        Provenance::InsecureDev if trust.allow_insecure_dev() => Finding::passed(
            "development key, allowed by the trust file: whoever made it could have forged this proof",
            (),
        ),
        Provenance::InsecureDev => Finding::not_checked(
            "it was proven under a development key, and whoever made that key could have forged the proof",
            "ask for a proof under a ceremony key",
            "development key: nothing shows that its set-up secrets were destroyed",
        ),
    }
}
