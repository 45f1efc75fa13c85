//! `tradeseal witness`: a log witness, which remembers each log's history and cosigns no second one.
//!
//! In scope: running and showing the log witness in a folder of its own. Out of scope: what it cosigns (crate `witness`).
//! An attacker who owns this part signs as this log witness whatever it likes.

mod serve;
mod show;

use clap::Subcommand;
use tradeseal_verifier::log::LogKey;

pub use serve::ServeWitness;
pub use show::ShowWitness;

use crate::operations::local_ledger;
use crate::wallet::Wallet;
use crate::{Context, Failure, Outcome};

/// Verbs of `witness`.
#[derive(Debug, Subcommand)]
pub enum WitnessCommand {
    /// Cosign logs' checkpoints over HTTP, until stopped
    #[command(after_help = serve::EXAMPLES)]
    Serve(ServeWitness),
    /// Show a log witness's verifier key and what it has cosigned
    #[command(after_help = show::EXAMPLES)]
    Show(ShowWitness),
}

impl WitnessCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::Serve(arguments) => arguments.run(context),
            Self::Show(arguments) => arguments.run(context),
        }
    }
}

/// Whoever holds a ledger's key can sign its forks; a log witness in the same folder would vouch for them.
fn require_own_folder(context: &Context) -> Result<(), Failure> {
    if Wallet::exists(context.dir()) || local_ledger::exists(context) {
        return Err(Failure::new(
            "witness_folder",
            format!("{} holds a wallet or a ledger", context.dir().display()),
            "give the log witness a --dir of its own, on a machine that the log's operator does not control",
        ));
    }
    Ok(())
}

fn parse_log_key(text: &str) -> Result<LogKey, String> {
    LogKey::parse(text).map_err(|cause| cause.to_string())
}
