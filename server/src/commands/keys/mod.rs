//! `tradeseal keys`: proving and verifying keys of statements.
//!
//! In scope: listing, showing, development set-ups, files for and from other tools. Out of scope: whom a verifier believes (its trust file).
//! An attacker who owns this part has its user prove under a key of the attacker's.

mod chosen;
mod dev_setup;
mod export_r1cs;
mod export_zkey;
mod import_zkey;
mod list;
mod show;

use clap::Subcommand;
use tradeseal_verifier::groth16::Provenance;

pub use dev_setup::DevSetup;
pub use export_r1cs::ExportR1cs;
pub use export_zkey::ExportZkey;
pub use import_zkey::ImportZkey;
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
    /// Write a statement's circuit as an .r1cs file, for a ceremony or another prover
    #[command(after_help = export_r1cs::EXAMPLES)]
    ExportR1cs(ExportR1cs),
    /// Write a key as a .zkey file, for snarkjs or rapidsnark to prove with
    #[command(after_help = export_zkey::EXAMPLES)]
    ExportZkey(ExportZkey),
    /// Check and keep the key that a ceremony made
    #[command(after_help = import_zkey::EXAMPLES)]
    ImportZkey(ImportZkey),
    /// Show one key, in the form that a trust file takes
    #[command(after_help = show::EXAMPLES)]
    Show(ShowKey),
}

impl KeysCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::List(arguments) => arguments.run(context),
            Self::DevSetup(arguments) => arguments.run(context),
            Self::ExportR1cs(arguments) => arguments.run(context),
            Self::ExportZkey(arguments) => arguments.run(context),
            Self::ImportZkey(arguments) => arguments.run(context),
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
