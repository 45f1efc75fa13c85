//! `tradeseal log verify-anchored`: an item proof, judged offline by a trust file.
//!
//! In scope: reading the two files, printing the report, the exit code. Out of scope: the checks (crate `verifier`).

use std::path::PathBuf;

use clap::Args;
use tradeseal_verifier::anchored::{AnchoredItemReport, MAX_ANCHORED_ITEM_BYTES, verify_anchored_item};
use tradeseal_verifier::trust::{MAX_TRUST_BYTES, Trust};
use tradeseal_verifier::verdict::Verdict;

use crate::{Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal log verify-anchored card-17.anchored.json --trust trust.json
  tradeseal log verify-anchored card-17.anchored.json --trust trust.json --json

Exit codes: 0 verified, 1 not verified, 2 error, 3 inconclusive: something needed could not be checked.";

/// Arguments of `log verify-anchored`.
#[derive(Debug, Args)]
pub struct VerifyItem {
    /// The item proof
    #[arg(value_name = "FILE")]
    proof: PathBuf,
    /// Which logs to believe
    #[arg(long, value_name = "FILE")]
    trust: PathBuf,
}

impl VerifyItem {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let trust = Trust::parse(&files::read(&self.trust, MAX_TRUST_BYTES as u64)?)?;
        let proof = files::read(&self.proof, MAX_ANCHORED_ITEM_BYTES as u64)?;
        let report = verify_anchored_item(&proof, &trust);
        context.console().print::<AnchoredItemReport>(&report)?;
        Ok(match report.verdict {
            Verdict::Verified => Outcome::Done,
            Verdict::Inconclusive => Outcome::Inconclusive,
            Verdict::NotVerified => Outcome::NotVerified,
        })
    }
}
