//! `tradeseal keys`: proving and verifying keys of statements.
//!
//! In scope: listing, showing, development set-ups. Out of scope: whom a verifier believes (its trust file).
//! An attacker who owns this part has its user prove under a key of the attacker's.

mod dev_setup;
mod list;
mod show;

use clap::Subcommand;
use tradeseal_verifier::groth16::Provenance;

pub use dev_setup::DevSetup;
pub use list::ListKeys;
pub use show::ShowKey;

use crate::{Context, Failure, Outcome};

/// Verbs of `keys`.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// List the keys on this machine
    #[command(after_help = list::EXAMPLES)]
    List(ListKeys),
    /// Make development keys. Insecure: anyone can forge proofs under them
    #[command(after_help = dev_setup::EXAMPLES)]
    DevSetup(DevSetup),
    /// Show one key, in the form that a trust file takes
    #[command(after_help = show::EXAMPLES)]
    Show(ShowKey),
}

impl KeysCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::List(arguments) => arguments.run(context),
            Self::DevSetup(arguments) => arguments.run(context),
            Self::Show(arguments) => arguments.run(context),
        }
    }
}

fn in_words(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::InsecureDev => "development, insecure",
        Provenance::Ceremony { .. } => "ceremony",
    }
}
