//! `tradeseal receivable`: invoices as receivables.
//!
//! In scope: the verbs. Out of scope: reading documents (crate `documents`).
//! An attacker who owns this part shows its user another invoice than the file's.

mod acknowledge;
mod list;
mod lock;
mod mint;
mod read;

use clap::Subcommand;

pub use acknowledge::AcknowledgeInvoice;
pub use list::ListReceivables;
pub use lock::LockReceivable;
pub use mint::MintReceivable;
pub use read::ReadInvoice;
pub(crate) use read::invoice_in;

use crate::{Context, Failure, Outcome};

/// Verbs of `receivable`.
#[derive(Debug, Subcommand)]
pub enum ReceivableCommand {
    /// Read an invoice (UBL 2.1 or UN/CEFACT CII) and show what a receivable would be made of
    #[command(after_help = read::EXAMPLES)]
    Read(ReadInvoice),
    /// Sign, as its debtor, that an invoice is owed
    #[command(after_help = acknowledge::EXAMPLES)]
    Acknowledge(AcknowledgeInvoice),
    /// Make a receivable of an invoice that you issued
    #[command(after_help = mint::EXAMPLES)]
    Mint(MintReceivable),
    /// Show your receivables and whether they are free
    #[command(after_help = list::EXAMPLES)]
    List(ListReceivables),
    /// Reserve, as a bank, the receivable behind a presentation
    #[command(after_help = lock::EXAMPLES)]
    Lock(LockReceivable),
}

impl ReceivableCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::Read(arguments) => arguments.run(context),
            Self::Acknowledge(arguments) => arguments.run(context),
            Self::Mint(arguments) => arguments.run(context),
            Self::List(arguments) => arguments.run(context),
            Self::Lock(arguments) => arguments.run(context),
        }
    }
}
