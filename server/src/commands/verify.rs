//! `tradeseal verify`: a presentation, in answer to a request, judged by a trust file.
//!
//! In scope: reading the three files, printing the report, the exit code. Out of scope: the checks (crate `verifier`).
//! An attacker who owns this part decides what its bank finances.

use std::path::PathBuf;

use clap::Args;
use tradeseal_verifier::eligibility::verify_eligibility;
use tradeseal_verifier::presentation::MAX_PRESENTATION_BYTES;
use tradeseal_verifier::request::{MAX_REQUEST_BYTES, Request};
use tradeseal_verifier::trust::{MAX_TRUST_BYTES, Trust};
use tradeseal_verifier::verdict::{Report, Verdict};

use crate::{Context, Failure, Outcome, clock, files, ledger_view};

/// Examples for `verify --help`.
pub const EXAMPLES: &str = "\
Examples:
  tradeseal verify acme.presentation.json --request request.json --trust trust.json
  tradeseal verify acme.presentation.json --request request.json --trust trust.json --json

Whether the receivable is still free is asked of the ledger in --dir, if there is one of the request's origin.
Exit codes: 0 verified, 1 not verified, 2 error, 3 inconclusive: something needed could not be checked.";

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct VerifyPresentation {
    /// What the holder handed over
    #[arg(value_name = "PRESENTATION")]
    presentation: PathBuf,
    /// What was asked
    #[arg(long, value_name = "FILE")]
    request: PathBuf,
    /// Which logs and keys to believe
    #[arg(long, value_name = "FILE")]
    trust: PathBuf,
}

impl VerifyPresentation {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let request = Request::parse_unchecked_signature(&files::read(&self.request, MAX_REQUEST_BYTES as u64)?)?;
        let trust = Trust::parse(&files::read(&self.trust, MAX_TRUST_BYTES as u64)?)?;
        let presentation = files::read(&self.presentation, MAX_PRESENTATION_BYTES as u64)?;
        let ledger = ledger_view::within_reach(context);
        let report = verify_eligibility(&presentation, &request, &trust, clock::now(), &*ledger);
        context.console().print::<Report>(&report)?;
        Ok(match report.verdict {
            Verdict::Verified => Outcome::Done,
            Verdict::Inconclusive => Outcome::Inconclusive,
            Verdict::NotVerified => Outcome::NotVerified,
        })
    }
}
