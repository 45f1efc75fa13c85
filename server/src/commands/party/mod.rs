//! `tradeseal party`: the keys with which one owns, signs and receives.
//!
//! In scope: making and showing parties of this wallet. Out of scope: enrolling them (a registrar's).
//! An attacker who owns this part makes its user hand out another's handle.

mod description;
mod new;
mod show;

use clap::Subcommand;

pub use new::NewParty;
pub use show::ShowParties;

use crate::{Context, Failure, Outcome};

/// Verbs of `party`.
#[derive(Debug, Subcommand)]
pub enum PartyCommand {
    /// Make a party with fresh keys
    #[command(after_help = new::EXAMPLES)]
    New(NewParty),
    /// Show one party, or all
    #[command(after_help = show::EXAMPLES)]
    Show(ShowParties),
}

impl PartyCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::New(arguments) => arguments.run(context),
            Self::Show(arguments) => arguments.run(context),
        }
    }
}
