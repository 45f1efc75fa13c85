//! The report of an audit as data and as text. Its JSON keys are a contract: more may be added, none renamed.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use tradeseal_ledger::audit::{AuditCheck, Audited, MAX_FAULTS};
use tradeseal_verifier::calendar::format_utc;
use tradeseal_verifier::log::SignedCheckpoint;
use tradeseal_verifier::trust::Trust;
use tradeseal_verifier::verdict::{CheckResult, Outcome, Verdict, write_checks, write_limits};

use super::checks;

/// Which log was audited.
#[derive(Debug, Clone, Serialize)]
pub struct AuditedLog {
    /// Its unique name.
    pub origin: String,
    /// Entries that the checkpoint covers.
    pub size: u64,
    /// The checkpoint's root, base64.
    pub root: String,
}

/// One thing that does not hold.
#[derive(Debug, Clone, Serialize)]
pub struct FaultLine {
    /// The check that it fails.
    pub check: &'static str,
    /// What and where, for people.
    pub what: String,
}

/// Proofs gone through.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct ProofCounts {
    /// Those that hold.
    pub verified: u64,
    /// Those whose key the trust file does not have.
    pub without_key: u64,
}

/// What came of an audit.
#[derive(Debug, Clone, Serialize)]
pub struct AuditReport {
    /// The verdict.
    pub verdict: Verdict,
    /// The verdict in a sentence for people.
    pub sentence: String,
    /// The log; null if its checkpoint is not signed by one that the trust file names.
    pub log: Option<AuditedLog>,
    /// Time of the last state record that was made again, unix seconds.
    pub state_time: Option<u64>,
    /// Entries made again, by kind.
    pub entries: BTreeMap<String, u64>,
    /// Proofs.
    pub proofs: ProofCounts,
    /// Every check, in a fixed order.
    pub checks: Vec<CheckResult>,
    /// What does not hold, each with its file or entry; at most a hundred.
    pub faults: Vec<FaultLine>,
    /// Files in the folder that are no part of the log and were not judged.
    pub not_judged: Vec<String>,
    /// What the verdict does not establish, whatever it is.
    pub not_established: Vec<String>,
}

/// The report on a checkpoint that nobody trusted has signed: nothing else was looked at.
pub(super) fn unsigned(reason: String) -> AuditReport {
    let mut checks = vec![checks::result(checks::SIGNATURE, Outcome::Failed, reason.clone())];
    checks.extend(AuditCheck::ALL.map(|check| {
        let detail = "nothing is judged by a checkpoint that nobody trusted has signed".into();
        checks::result(checks::named(check), Outcome::NotChecked, detail)
    }));
    let faults = vec![FaultLine {
        check: checks::SIGNATURE.0,
        what: reason,
    }];
    finished(AuditReport {
        log: None,
        state_time: None,
        entries: BTreeMap::new(),
        proofs: ProofCounts::default(),
        faults,
        not_judged: vec![],
        ..empty(checks)
    })
}

/// The report on what was gone through.
pub(super) fn of(signed: &SignedCheckpoint, audited: &Audited, trust: &Trust) -> AuditReport {
    let checkpoint = signed.unchecked_checkpoint();
    let signed_by = format!("{}, {} entries", checkpoint.origin(), checkpoint.size());
    let mut checks = vec![checks::result(checks::SIGNATURE, Outcome::Passed, signed_by)];
    let cosignatures = checks::cosignatures(signed, trust);
    let witnessed = cosignatures.is_some();
    let false_cosignature = cosignatures.iter().filter(|check| check.outcome == Outcome::Failed);
    let false_cosignature = false_cosignature.map(|check| FaultLine {
        check: check.name,
        what: check.detail.clone(),
    });
    let mut lines: Vec<FaultLine> = false_cosignature.collect();
    checks.extend(cosignatures);
    checks.extend(AuditCheck::ALL.map(|check| checks::of(check, audited)));
    checks.push(checks::provenance(audited, trust));
    // What names a file comes first: it is what to obtain again.
    let mut faults: Vec<_> = audited.faults.iter().collect();
    faults.sort_by_key(|fault| fault.check());
    lines.extend(faults.into_iter().map(|fault| FaultLine {
        check: checks::named(fault.check()).0,
        what: fault.to_string(),
    }));
    let mut report = AuditReport {
        log: Some(AuditedLog {
            origin: checkpoint.origin().to_owned(),
            size: checkpoint.size(),
            root: checkpoint.root().to_base64(),
        }),
        state_time: audited.state.as_ref().map(|state| state.time.0),
        entries: audited
            .entries
            .iter()
            .map(|(kind, count)| (kind.to_string(), *count))
            .collect(),
        proofs: ProofCounts {
            verified: audited.proofs_verified,
            without_key: audited.proofs_without_key,
        },
        faults: lines,
        not_judged: audited.strays.clone(),
        ..empty(checks)
    };
    if !witnessed {
        report.not_established.push(
            "that anybody independent has seen this log: no log witnesses are asked for, and a log can show different people \
             different histories"
                .into(),
        );
    }
    finished(report)
}

fn empty(checks: Vec<CheckResult>) -> AuditReport {
    AuditReport {
        verdict: Verdict::of(checks.iter().map(|check| check.outcome)),
        sentence: String::new(),
        log: None,
        state_time: None,
        entries: BTreeMap::new(),
        proofs: ProofCounts::default(),
        checks,
        faults: vec![],
        not_judged: vec![],
        not_established: vec![
            "that this is all the log has: entries appended after this checkpoint are not in it".into(),
            "that clocks were right: times are those that the log states".into(),
        ],
    }
}

fn finished(mut report: AuditReport) -> AuditReport {
    let label = report.verdict.label();
    report.sentence = match (&report.verdict, report.faults.len()) {
        (Verdict::Verified, _) => {
            format!("{label}: the log's files, made again from its entries, are what its checkpoint signs.")
        }
        (Verdict::Inconclusive, _) => {
            format!("{label}: nothing contradicts the checkpoint, but something needed could not be checked.")
        }
        (Verdict::NotVerified, MAX_FAULTS) => {
            format!("{label}: at least {MAX_FAULTS} things do not hold. Obtain the log elsewhere and compare.")
        }
        (Verdict::NotVerified, 1) => {
            format!("{label}: one thing does not hold. Obtain that file elsewhere and compare.")
        }
        (Verdict::NotVerified, faults) => {
            format!("{label}: {faults} things do not hold. Obtain those files elsewhere and compare.")
        }
    };
    report
}

impl fmt::Display for AuditReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.sentence)?;
        if let Some(log) = &self.log {
            writeln!(f, "\nLog        {}, {} entries", log.origin, log.size)?;
            writeln!(f, "Root       {}", log.root)?;
        }
        if let Some(time) = self.state_time {
            let time = tradeseal_primitives::receivable::UnixSeconds(time);
            writeln!(f, "State of   {}", format_utc(time))?;
        }
        if !self.faults.is_empty() {
            writeln!(f, "\nWhat does not hold")?;
            self.faults
                .iter()
                .try_for_each(|fault| writeln!(f, "  - {}", fault.what))?;
        }
        write_checks(f, &self.checks)?;
        if !self.not_judged.is_empty() {
            writeln!(f, "\nNo part of the log, and not judged")?;
            self.not_judged
                .iter()
                .try_for_each(|file| writeln!(f, "  - {file:?}"))?;
        }
        write_limits(f, &self.not_established)
    }
}
