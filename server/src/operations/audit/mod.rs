//! An audit of a published log, from its checkpoint's signatures to the last proof, as a report of named checks.
//!
//! In scope: who signed and cosigned, the ledger's audit over a scratch store, the report. Out of scope: the rules and the
//! tree (`tradeseal_ledger::audit`). An attacker who owns this part prints Verified over a forged log.

mod checks;
mod report;

pub use report::{AuditReport, AuditedLog, FaultLine, ProofCounts};

use tradeseal_ledger::ProofKeys;
use tradeseal_ledger::audit::{Audited, PublishedLog, audit as audit_log};
use tradeseal_ledger::store::{RocksStore, StoreError};
use tradeseal_prover::{Count, Progress, State};
use tradeseal_verifier::log::{Checkpoint, LogKey, SignedCheckpoint};
use tradeseal_verifier::trust::{Trust, TrustedKey};

use crate::Failure;

/// A log as anybody may read it.
pub struct Published<'l> {
    /// The checkpoint file.
    pub checkpoint: Vec<u8>,
    /// Tiles and bundles.
    pub files: Box<dyn PublishedLog + 'l>,
}

/// Audits; what is wrong with the log is in the report.
///
/// # Errors
/// `audit_scratch` if the folder for temporary files cannot hold the replay.
pub fn audit(published: &Published<'_>, trust: &Trust, progress: &mut dyn Progress) -> Result<AuditReport, Failure> {
    match signed(&published.checkpoint, trust) {
        Err(reason) => Ok(report::unsigned(reason)),
        Ok(signed) => {
            let checkpoint = signed.unchecked_checkpoint();
            let audited = replayed(&*published.files, checkpoint, trust, progress)?;
            Ok(report::of(&signed, &audited, trust))
        }
    }
}

/// The checkpoint, if it is signed by a log that the trust file names; else why not.
fn signed(bytes: &[u8], trust: &Trust) -> Result<SignedCheckpoint, String> {
    let text = core::str::from_utf8(bytes).map_err(|_| "checkpoint: it is not text".to_owned())?;
    let signed =
        SignedCheckpoint::parse(text).map_err(|cause| format!("checkpoint: {}", printable(&cause.to_string())))?;
    let origin = signed.unchecked_checkpoint().origin();
    let named = |key: &LogKey| key.name().as_str() == origin;
    let keys: Vec<LogKey> = trust.logs().iter().map(|log| log.key().clone()).filter(named).collect();
    if keys.is_empty() {
        return Err(format!("checkpoint: the trust file names no log {}", printable(origin)));
    }
    signed
        .verify(&keys)
        .map_err(|cause| format!("checkpoint: {}", printable(&cause.to_string())))?;
    Ok(signed)
}

fn replayed(
    log: &dyn PublishedLog,
    checkpoint: &Checkpoint,
    trust: &Trust,
    progress: &mut dyn Progress,
) -> Result<Audited, Failure> {
    let folder = tempfile::tempdir().map_err(|cause| scratch_failed(&cause))?;
    let scratch = RocksStore::open_scratch(&folder.path().join("replay")).map_err(|cause| scratch_failed(&cause))?;
    let keys = ProofKeys::new(trust.keys().iter().map(TrustedKey::key).cloned());
    let total = checkpoint.size();
    let mut tell = |done| {
        let count = Count {
            done,
            total,
            unit: "entries",
        };
        progress.enter(State::named("auditing", checkpoint.origin()).counted(count));
    };
    audit_log(log, checkpoint, &keys, &scratch, &mut tell).map_err(|cause: StoreError| scratch_failed(&cause))
}

fn scratch_failed(cause: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        "audit_scratch",
        format!("the replay has no room: {cause}"),
        "make room in the folder for temporary files, or name another in TMPDIR",
    )
}

/// Text out of a file that anybody may have written, fit for a terminal.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .take(200)
        .collect()
}
