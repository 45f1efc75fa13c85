//! `tradeseal party`: the keys with which one owns, signs and receives.
//!
//! In scope: making and showing parties of this wallet. enrolling them with this folder's registrar.
//! An attacker who owns this part makes its user hand out another's handle.

mod description;
mod enrol;
mod new;
mod show;

use clap::Subcommand;

pub use enrol::EnrolParty;
pub use new::NewParty;
pub use show::ShowParties;

use crate::{Context, Failure, Outcome};

/// Verbs of `party`.
#[derive(Debug, Subcommand)]
pub enum PartyCommand {
    /// Make a party with fresh keys
    #[command(after_help = new::EXAMPLES)]
    New(NewParty),
    /// Enrol a party on this folder's ledger
    #[command(after_help = enrol::EXAMPLES)]
    Enrol(EnrolParty),
    /// Show one party, or all
    #[command(after_help = show::EXAMPLES)]
    Show(ShowParties),
}

impl PartyCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::New(arguments) => arguments.run(context),
            Self::Enrol(arguments) => arguments.run(context),
            Self::Show(arguments) => arguments.run(context),
        }
    }
}
