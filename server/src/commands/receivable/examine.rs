//! `tradeseal receivable examine`: an auditor or a court checks disclosures of one receivable.
//!
//! In scope: reading the files, printing the report, the exit code. Out of scope: the checks (crate `verifier`).
//! An attacker who owns this part decides what a court believes happened.

use std::path::PathBuf;

use clap::Args;
use tradeseal_verifier::disclosure::{DisclosureReport, MAX_DISCLOSURE_BYTES, verify_disclosures};
use tradeseal_verifier::trust::{MAX_TRUST_BYTES, Trust};
use tradeseal_verifier::verdict::Verdict;

use crate::{Context, Failure, Outcome, clock, files, ledger_view};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal receivable examine acme.disclosure.json --trust trust.json
  tradeseal receivable examine acme.disclosure.json beta.disclosure.json --trust trust.json --json

Several owners' disclosures of one receivable are joined to its whole history. Works offline; the ledger in --dir, if there is one, adds what
changed since. Exit codes: 0 verified, 1 not verified, 2 error, 3 inconclusive: something needed could not be checked.";

/// Arguments of `receivable examine`.
#[derive(Debug, Args)]
pub struct ExamineDisclosures {
    /// What owners handed over
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Which logs and keys to believe
    #[arg(long, value_name = "FILE")]
    trust: PathBuf,
}

impl ExamineDisclosures {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let trust = Trust::parse(&files::read(&self.trust, MAX_TRUST_BYTES as u64)?)?;
        let mut disclosures = Vec::with_capacity(self.files.len());
        for path in &self.files {
            disclosures.push(files::read(path, MAX_DISCLOSURE_BYTES as u64)?);
        }
        let disclosures: Vec<&[u8]> = disclosures.iter().map(Vec::as_slice).collect();
        let ledger = ledger_view::within_reach(context);
        let report = verify_disclosures(&disclosures, &trust, clock::now(), &*ledger);
        context.console().print::<DisclosureReport>(&report)?;
        Ok(match report.verdict {
            Verdict::Verified => Outcome::Done,
            Verdict::Inconclusive => Outcome::Inconclusive,
            Verdict::NotVerified => Outcome::NotVerified,
        })
    }
}
