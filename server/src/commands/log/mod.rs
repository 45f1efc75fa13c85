//! `tradeseal log`: what the ledger's log has signed.
//!
//! In scope: checkpoints and proofs of this installation's ledger. Out of scope: auditing another's.
//! An attacker who owns this part shows another log than the one appended to; its signatures would not verify.

mod checkpoint;
mod proof;

use clap::Subcommand;

pub use checkpoint::ShowCheckpoint;
pub use proof::ProveEntry;

use crate::{Context, Failure, Outcome};

/// Verbs of `log`.
#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Print the log's latest signed checkpoint
    #[command(after_help = checkpoint::EXAMPLES)]
    Checkpoint(ShowCheckpoint),
    /// Print the proof that an entry is in the log
    #[command(after_help = proof::EXAMPLES)]
    Proof(ProveEntry),
}

impl LogCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::Checkpoint(arguments) => arguments.run(context),
            Self::Proof(arguments) => arguments.run(context),
        }
    }
}
