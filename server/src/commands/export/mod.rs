//! `tradeseal export`: our keys and proofs for other people's verifiers.
//!
//! In scope: the verbs. Out of scope: the formats (crate `verifier`, `interop`).
//! An attacker who owns this part has others check something else than was shown.

mod snarkjs;
mod solidity;

use clap::Subcommand;

pub use snarkjs::ExportSnarkjs;
pub use solidity::ExportSolidity;

use crate::{Context, Failure, Outcome};

/// Verbs of `export`.
#[derive(Debug, Subcommand)]
pub enum ExportCommand {
    /// Write a presentation's key, proof and rows as snarkjs reads them
    #[command(after_help = snarkjs::EXAMPLES)]
    Snarkjs(ExportSnarkjs),
    /// Write a contract that verifies a statement's proofs on an Ethereum virtual machine
    #[command(after_help = solidity::EXAMPLES)]
    Solidity(ExportSolidity),
}

impl ExportCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::Snarkjs(arguments) => arguments.run(context),
            Self::Solidity(arguments) => arguments.run(context),
        }
    }
}
