//! `tradeseal log`: what the ledger's log has signed.
//!
//! In scope: checkpoints, proofs and exports of this installation's ledger; audits of any. Out of scope: what is appended.
//! An attacker who owns this part shows another log than the one appended to; its signatures would not verify.

mod anchor;
mod anchored;
mod audit;
mod checkpoint;
mod export;
mod policy;
mod proof;
mod verify_anchored;

use clap::Subcommand;

pub use anchor::AnchorItems;
pub use anchored::ProveItem;
pub use audit::AuditLog;
pub use checkpoint::ShowCheckpoint;
pub use export::ExportLog;
pub use policy::PolicyCommand;
pub use proof::ProveEntry;
pub use verify_anchored::VerifyItem;

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
    /// Date any number of items by one entry
    #[command(after_help = anchor::EXAMPLES)]
    Anchor(AnchorItems),
    /// Prove one anchored item
    #[command(after_help = anchored::EXAMPLES)]
    Anchored(ProveItem),
    /// Check the proof of an anchored item, offline
    #[command(after_help = verify_anchored::EXAMPLES)]
    VerifyAnchored(VerifyItem),
    /// Write the log as static files that anyone may serve, mirror and audit
    #[command(after_help = export::EXAMPLES)]
    Export(ExportLog),
    /// Make the whole log again from its public files, and find what does not hold
    #[command(after_help = audit::EXAMPLES)]
    Audit(AuditLog),
    #[command(subcommand)]
    /// Whose cosignatures receipts wait for
    Policy(PolicyCommand),
}

impl LogCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::Checkpoint(arguments) => arguments.run(context),
            Self::Proof(arguments) => arguments.run(context),
            Self::Anchor(arguments) => arguments.run(context),
            Self::Anchored(arguments) => arguments.run(context),
            Self::VerifyAnchored(arguments) => arguments.run(context),
            Self::Export(arguments) => arguments.run(context),
            Self::Audit(arguments) => arguments.run(context),
            Self::Policy(command) => command.run(context),
        }
    }
}
