//! `tradeseal registry`: the duplicate registry of this folder's ledger.
//!
//! In scope: the verbs. Out of scope: evaluating points for minters (`operations::registry`).
//! An attacker who owns this part shows other keys than the ledger's, or has a registrar rotate them.

mod rotate;
mod show;

use clap::Subcommand;

pub use rotate::RotateRegistry;
pub use show::ShowRegistry;

use crate::{Context, Failure, Outcome};

/// Verbs of `registry`.
#[derive(Debug, Subcommand)]
pub enum RegistryCommand {
    /// Show the registry's keys and when they may be replaced
    #[command(after_help = show::EXAMPLES)]
    Show(ShowRegistry),
    /// Replace the registry's key by a fresh one
    #[command(after_help = rotate::EXAMPLES)]
    Rotate(RotateRegistry),
}

impl RegistryCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::Show(arguments) => arguments.run(context),
            Self::Rotate(arguments) => arguments.run(context),
        }
    }
}
