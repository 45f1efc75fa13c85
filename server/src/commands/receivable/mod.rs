//! `tradeseal receivable`: invoices as receivables.
//!
//! In scope: the verbs. Out of scope: reading documents (crate `documents`).
//! An attacker who owns this part shows its user another invoice than the file's.

mod read;

use clap::Subcommand;

pub use read::ReadInvoice;

use crate::{Context, Failure, Outcome};

/// Verbs of `receivable`.
#[derive(Debug, Subcommand)]
pub enum ReceivableCommand {
    /// Read an invoice (UBL 2.1 or UN/CEFACT CII) and show what a receivable would be made of
    #[command(after_help = read::EXAMPLES)]
    Read(ReadInvoice),
}

impl ReceivableCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::Read(arguments) => arguments.run(context),
        }
    }
}
