//! `tradeseal verify`: a presentation, or a folder of them, in answer to requests, judged by a trust file.
//!
//! In scope: reading the files, printing the report, the exit code. Out of scope: the checks (crate `verifier`).
//! An attacker who owns this part decides what its bank finances.

mod folder;

use std::path::{Path, PathBuf};

use clap::Args;
use tradeseal_verifier::batch::{BatchResults, verify_all};
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
  tradeseal verify --batch handed-over/ --trust trust.json

Whether the receivable is still free is asked of the ledger in --dir, if there is one of the request's origin.
A folder's presentations are its files *.presentation.json; each is judged by the *.request.json in it that it names, or by --request.
Exit codes: 0 verified, 1 not verified, 2 error, 3 inconclusive: something needed could not be checked. A folder's is that of its worst file.";

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct VerifyPresentation {
    /// What the holder handed over
    #[arg(value_name = "PRESENTATION", required_unless_present = "batch")]
    presentation: Option<PathBuf>,
    /// A folder of presentations, all at once
    #[arg(long, value_name = "FOLDER", conflicts_with = "presentation")]
    batch: Option<PathBuf>,
    /// What was asked
    #[arg(long, value_name = "FILE", required_unless_present = "batch")]
    request: Option<PathBuf>,
    /// Which logs and keys to believe
    #[arg(long, value_name = "FILE")]
    trust: PathBuf,
}

impl VerifyPresentation {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let verdict = match (&self.batch, &self.presentation, &self.request) {
            (Some(folder), _, request) => self.verify_folder(context, folder, request.as_deref())?,
            (None, Some(presentation), Some(request)) => self.verify_one(context, presentation, request)?,
            (None, ..) => unreachable!("the grammar above requires both or --batch"),
        };
        Ok(match verdict {
            Verdict::Verified => Outcome::Done,
            Verdict::Inconclusive => Outcome::Inconclusive,
            Verdict::NotVerified => Outcome::NotVerified,
        })
    }

    fn verify_one(&self, context: &Context, presentation: &Path, request: &Path) -> Result<Verdict, Failure> {
        let request = read_request(request)?;
        let trust = self.trust()?;
        let presentation = files::read(presentation, MAX_PRESENTATION_BYTES as u64)?;
        let ledger = ledger_view::within_reach(context);
        let report = verify_eligibility(&presentation, &request, &trust, clock::now(), &*ledger);
        context.console().print::<Report>(&report)?;
        Ok(report.verdict)
    }

    fn verify_folder(&self, context: &Context, folder: &Path, request: Option<&Path>) -> Result<Verdict, Failure> {
        let trust = self.trust()?;
        let handed = folder::handed(folder)?;
        let questions = folder::questions(folder, request)?;
        let ledger = ledger_view::within_reach(context);
        let results = verify_all(&handed, &questions, &trust, clock::now(), &*ledger);
        context.console().print::<BatchResults>(&results)?;
        Ok(results.verdict)
    }

    fn trust(&self) -> Result<Trust, Failure> {
        Ok(Trust::parse(&files::read(&self.trust, MAX_TRUST_BYTES as u64)?)?)
    }
}

/// The request's signature is among the checks of a verification, and so is not checked here.
fn read_request(path: &Path) -> Result<Request, Failure> {
    Ok(Request::parse_unchecked_signature(&files::read(
        path,
        MAX_REQUEST_BYTES as u64,
    )?)?)
}
