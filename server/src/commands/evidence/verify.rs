//! `tradeseal evidence verify`: an evidence file, judged by a trust file and nothing else.
//!
//! In scope: reading both, printing the report, the page for a judge, the exit code. Out of scope: the checks (crate `verifier`). No ledger is
//! opened and no folder is needed. An attacker who owns this part decides what a court believes.

use std::path::{Path, PathBuf};

use clap::Args;
use tradeseal_primitives::hash::sha256;
use tradeseal_verifier::evidence::html::{Repeat, page};
use tradeseal_verifier::evidence::{EvidenceReport, MAX_EVIDENCE_BYTES, verify_evidence};
use tradeseal_verifier::trust::{MAX_TRUST_BYTES, Trust};
use tradeseal_verifier::verdict::Verdict;

use crate::{Context, Failure, Outcome, clock, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal evidence verify acme.evidence.json --trust trust.json
  tradeseal evidence verify acme.evidence.json --trust trust.json --report acme.report.html

Needs no network and no ledger: what the file proves, it proves as of the time that it shows. The report is one HTML page to print.
Exit codes: 0 verified, 1 not verified, 2 error, 3 inconclusive: something needed could not be checked.";

/// Arguments of `evidence verify`.
#[derive(Debug, Args)]
pub struct VerifyEvidence {
    /// The evidence
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Which logs, log witnesses and keys to believe
    #[arg(long, value_name = "FILE")]
    trust: PathBuf,
    /// Where to write the report for a judge, as one HTML page
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

impl VerifyEvidence {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let trust_bytes = files::read(&self.trust, MAX_TRUST_BYTES as u64)?;
        let trust = Trust::parse(&trust_bytes)?;
        let evidence = files::read(&self.file, MAX_EVIDENCE_BYTES as u64)?;
        let report = verify_evidence(&evidence, &trust, clock::now());
        if let Some(path) = &self.report {
            let trust_sha256 = hex::encode(sha256(&trust_bytes));
            let (file, trust) = (name(&self.file), name(&self.trust));
            let repeat = Repeat {
                file: &file,
                trust: &trust,
                trust_sha256: &trust_sha256,
                program: concat!("tradeseal ", env!("CARGO_PKG_VERSION")),
            };
            files::write(path, page(&report, &repeat).as_bytes())?;
        }
        context.console().print::<EvidenceReport>(&report)?;
        Ok(match report.verdict {
            Verdict::Verified => Outcome::Done,
            Verdict::Inconclusive => Outcome::Inconclusive,
            Verdict::NotVerified => Outcome::NotVerified,
        })
    }
}

/// Without the folders of this machine: the report is for somebody else's.
fn name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
