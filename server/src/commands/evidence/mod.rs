//! `tradeseal evidence`: one file for a court, and its verdict.
//!
//! In scope: the verbs. Out of scope: the checks (crate `verifier`).
//! An attacker who owns this part decides what a court is shown.

mod make;
mod verify;

use clap::Subcommand;

pub use make::MakeEvidence;
pub use verify::VerifyEvidence;

use crate::{Context, Failure, Outcome};

/// Verbs of `evidence`.
#[derive(Debug, Subcommand)]
pub enum EvidenceCommand {
    /// Make one offline file of a presentation, or of disclosures, with the log's proofs
    #[command(after_help = make::EXAMPLES)]
    Make(MakeEvidence),
    /// Verify an evidence file, offline, and print a report for a judge
    #[command(after_help = verify::EXAMPLES)]
    Verify(VerifyEvidence),
}

impl EvidenceCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::Make(arguments) => arguments.run(context),
            Self::Verify(arguments) => arguments.run(context),
        }
    }
}
