//! `tradeseal trust`: whom a verifier believes.
//!
//! In scope: the verbs. Out of scope: deciding to trust.
//! An attacker who owns this part has its user believe another log and other keys.

mod new;

use clap::Subcommand;

pub use new::NewTrust;

use crate::{Context, Failure, Outcome};

/// Verbs of `trust`.
#[derive(Debug, Subcommand)]
pub enum TrustCommand {
    /// Write the trust file for this folder's ledger and keys
    #[command(after_help = new::EXAMPLES)]
    New(NewTrust),
}

impl TrustCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::New(arguments) => arguments.run(context),
        }
    }
}
