//! `tradeseal request`: what a verifier asks of holders.
//!
//! In scope: making and showing requests. Out of scope: answering them.
//! An attacker who owns this part has holders answer questions that their bank never asked.

mod duration;
mod new;
mod show;
mod summary;

use clap::Subcommand;

pub use new::NewRequest;
pub use show::ShowRequest;

use crate::{Context, Failure, Outcome};

/// Verbs of `request`.
#[derive(Debug, Subcommand)]
pub enum RequestCommand {
    /// Make and sign a request
    #[command(after_help = new::EXAMPLES)]
    New(NewRequest),
    /// Show what a request asks, and check its signature
    #[command(after_help = show::EXAMPLES)]
    Show(ShowRequest),
}

impl RequestCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::New(arguments) => arguments.run(context),
            Self::Show(arguments) => arguments.run(context),
        }
    }
}
