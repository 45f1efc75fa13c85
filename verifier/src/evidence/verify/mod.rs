//! Does the evidence hold? From the file's bytes to a report, with a trust file and nothing else.
//!
//! In scope: every check, in a fixed order, each with its reason. Out of scope: reading files and the clock (callers bring them), any
//! ledger: it may be gone. An attacker who owns this part decides what courts believe.

mod check;
mod file_checks;
mod log_checks;
mod times;

pub use check::Check;
pub(super) use times::{Bracket, Times};

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use tradeseal_primitives::receivable::UnixSeconds;

use super::report::{EvidenceBasis, EvidenceReport, FileFacts, SeenCheckpoint};
use super::subject::Judged;
use super::{Evidence, LogPart};
use crate::groth16::Provenance;
use crate::log::{LogKey, SignedCheckpoint, WitnessPolicy};
use crate::trust::Trust;
use crate::verdict::{Checklist, Conclusion, Cosigned, Finding, NOBODY_INDEPENDENT, Outcome, cosignatures};

/// Makes every check that can be made on an evidence file, at time `now` by the reader's clock. The clock decides only whether times in the
/// file lie in the future: what the file proves, it proves as of then, however many years ago.
///
/// Checks that need one that did not pass are reported as not checked, naming it.
pub fn verify_evidence(bytes: &[u8], trust: &Trust, now: UnixSeconds) -> EvidenceReport {
    let mut verification = Verification {
        trust,
        now,
        checks: Checklist::new(),
        basis: EvidenceBasis::default(),
        times: Times::default(),
        unwitnessed: false,
    };
    let evidence = verification.check(Check::EvidenceFormat, || file_checks::evidence_format(bytes));
    let judged = evidence.as_ref().map(|evidence| verification.judge(evidence));
    if evidence.is_none() {
        verification.leave_log_witnesses_out_if_none();
    }
    verification.report(evidence.as_ref(), judged, FileFacts::of(bytes))
}

/// One verification under way. Every check looks at `Checklist::reached` first.
struct Verification<'a> {
    trust: &'a Trust,
    now: UnixSeconds,
    checks: Checklist<Check>,
    basis: EvidenceBasis,
    times: Times,
    /// Whether no log witness was asked for.
    unwitnessed: bool,
}

impl Verification<'_> {
    /// Makes a check if what it needs passed.
    fn check<T>(&mut self, check: Check, make: impl FnOnce() -> Finding<T>) -> Option<T> {
        if !self.checks.reached(check) {
            return None;
        }
        self.checks.record(check, make())
    }

    fn judge(&mut self, evidence: &Evidence) -> Judged {
        let (now, trust) = (self.now, self.trust);
        let arm = evidence.subject().arm();
        self.check(Check::Summary, || file_checks::derived_summary(evidence));
        self.check(Check::Made, || file_checks::made(evidence, now));
        self.check(Check::KeyBytes, || file_checks::key_bytes(evidence));
        let log = &evidence.log;
        let keys = self.check(Check::LogCheckpoints, || {
            log_checks::log_checkpoints(log, arm.origin(), trust)
        });
        self.check(Check::SignatureLines, || {
            log_checks::signature_lines(log, evidence.subject())
        });
        self.check_cosignatures(evidence, keys.is_some());
        self.check(Check::LogHistory, || log_checks::log_history(log, evidence.subject()));
        if self.checks.all_passed(&[Check::Cosignatures, Check::LogHistory]) && !self.unwitnessed {
            self.times = Times::of(trust, log.chain());
        }
        let times = &self.times;
        if self.checks.reached(Check::LedgerTime) && !self.unwitnessed {
            let finding = log_checks::ledger_time(&arm.states(), times);
            self.checks.record(Check::LedgerTime, finding);
        }
        if let Some(keys) = keys {
            self.note_log(log, &keys);
        }
        arm.judge(trust, now, &self.times)
    }

    fn check_cosignatures(&mut self, evidence: &Evidence, signed: bool) {
        let required = evidence
            .subject()
            .origin()
            .is_some_and(|origin| self.trust.requires_log_witnesses(origin));
        if !required {
            return self.leave_log_witnesses_out();
        }
        if !signed {
            return;
        }
        match cosignatures(self.trust, evidence.log.chain(), self.now) {
            Some(finding) => {
                self.checks.record(Check::Cosignatures, finding);
            }
            None => self.leave_log_witnesses_out(),
        }
    }

    fn leave_log_witnesses_out_if_none(&mut self) {
        if self.trust.logs().iter().all(|log| log.policy().is_none()) {
            self.leave_log_witnesses_out();
        }
    }

    fn leave_log_witnesses_out(&mut self) {
        self.checks.leave_out(Check::Cosignatures);
        self.checks.leave_out(Check::LedgerTime);
        self.unwitnessed = true;
    }

    fn note_log(&mut self, log: &LogPart, keys: &[LogKey]) {
        let signed = |key: &&LogKey| {
            log.chain()
                .any(|checkpoint| checkpoint.verify(core::slice::from_ref(*key)).is_ok())
        };
        let first = log.chain().next();
        self.basis.log = first.map(|checkpoint| checkpoint.unchecked_checkpoint().origin().to_string());
        self.basis.log_keys = keys.iter().filter(signed).map(ToString::to_string).collect();
        let policies: Vec<&WitnessPolicy> = log
            .chain()
            .last()
            .map(|checkpoint| self.trust.policies_for(checkpoint))
            .unwrap_or_default();
        let required: Vec<String> = policies.iter().map(|policy| policy.requirement()).collect();
        self.basis.required = (!required.is_empty()).then(|| required.join("; "));
        self.basis.log_witnesses = policies.iter().map(|policy| policy.witnesses().len()).sum();
        let met = self.checks.outcome(Check::Cosignatures) == Outcome::Passed;
        self.basis.checkpoints = log
            .chain()
            .map(|checkpoint| seen(self.trust, checkpoint, met))
            .collect();
    }

    fn report(self, evidence: Option<&Evidence>, judged: Option<Judged>, file: FileFacts) -> EvidenceReport {
        let own = self.checks.conclude();
        let own_holds = own.verdict() == crate::verdict::Verdict::Verified;
        let mut report = EvidenceReport {
            verdict: own.verdict(),
            sentence: String::new(),
            statement: evidence.map(|evidence| evidence.subject().statement().as_str()),
            asked: None,
            made_for: Vec::new(),
            claims: Vec::new(),
            checks: Vec::new(),
            not_established: Vec::new(),
            basis: self.basis,
            made: evidence.map(|evidence| evidence.made().0),
            checked: self.now.0,
            file,
        };
        if self.unwitnessed {
            report.not_established.push(NOBODY_INDEPENDENT.to_string());
        }
        let (conclusion, verified) = match judged {
            Some(judged) => fill(&mut report, own, judged, own_holds),
            None => (own, String::new()),
        };
        report.verdict = conclusion.verdict();
        report.sentence = conclusion.sentence(|| verified);
        report.checks = conclusion.results;
        report
    }
}

/// Takes the statement's part over; nothing is proven by a file whose own checks did not all pass.
fn fill(report: &mut EvidenceReport, own: Conclusion, judged: Judged, own_holds: bool) -> (Conclusion, String) {
    report.asked = judged.asked;
    report.made_for = judged.made_for;
    report.claims = judged.claims;
    if !own_holds {
        report.claims.iter_mut().for_each(|claim| claim.proven = None);
    }
    report.not_established.extend(judged.not_established);
    report.basis.moment = judged.moment;
    report.basis.keys = judged.keys;
    let development = |key: &super::KeyFacts| key.provenance == Some(Provenance::InsecureDev);
    let told = judged.verified.contains("Development keys were used");
    let warning = if !told && report.basis.keys.iter().any(development) {
        " Development keys were used, so anyone who made them could have forged what this rests on."
    } else {
        ""
    };
    (own.and(judged.conclusion), judged.verified + warning)
}

fn seen(trust: &Trust, checkpoint: &SignedCheckpoint, met: bool) -> SeenCheckpoint {
    let policies = if met {
        trust.policies_for(checkpoint)
    } else {
        Vec::new()
    };
    let reports = policies.iter().filter_map(|policy| policy.evaluate(checkpoint).ok());
    let cosigned = reports
        .flat_map(|report| report.cosigned)
        .map(|(name, time)| Cosigned { name, time: time.0 });
    let at = checkpoint.unchecked_checkpoint();
    SeenCheckpoint {
        size: at.size(),
        root: at.root().to_base64(),
        cosigned: cosigned.collect(),
    }
}
