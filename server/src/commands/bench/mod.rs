//! `tradeseal bench`: what this machine takes for what.
//!
//! In scope: the verbs. Out of scope: what is measured (the other crates).
//! An attacker who owns this part has its user buy the wrong machine.

mod ledger;
mod prove;
mod verify;

use clap::Subcommand;

pub use ledger::BenchLedger;
pub use prove::BenchProve;
pub(crate) use prove::{Report, measure};
pub use verify::BenchVerify;

use crate::{Context, Failure, Outcome};

/// Verbs of `bench`.
#[derive(Debug, Subcommand)]
pub enum BenchCommand {
    /// Append deposits to a ledger of its own: how many a second, and how soon the receipts come
    #[command(after_help = ledger::EXAMPLES)]
    Ledger(BenchLedger),
    /// Prove samples of every statement, with ark-groth16 beside us in the same run
    #[command(after_help = prove::EXAMPLES)]
    Prove(BenchProve),
    /// Verify proofs one at a time and in batches, with ark-groth16 beside us in the same run
    #[command(after_help = verify::EXAMPLES)]
    Verify(BenchVerify),
}

impl BenchCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::Ledger(arguments) => arguments.run(context),
            Self::Prove(arguments) => arguments.run(context),
            Self::Verify(arguments) => arguments.run(context),
        }
    }
}
