//! `tradeseal receivable`: invoices as receivables.
//!
//! In scope: the verbs. Out of scope: reading documents (crate `documents`).
//! An attacker who owns this part shows its user another invoice than the file's.

mod acknowledge;
mod amount;
mod consent;
mod dilute;
mod disclose;
mod examine;
mod join;
mod list;
mod lock;
mod mint;
mod moved;
mod opened;
mod read;
mod scan;
mod settle;
mod split;
mod transfer;

use clap::Subcommand;

pub use acknowledge::AcknowledgeInvoice;
pub use consent::ConsentToTransfer;
pub use dilute::DiluteReceivable;
pub use disclose::DiscloseReceivable;
pub use examine::ExamineDisclosures;
pub use join::JoinReceivables;
pub use list::ListReceivables;
pub use lock::LockReceivable;
pub use mint::MintReceivable;
pub use read::ReadInvoice;
pub(crate) use read::invoice_in;
pub use scan::ScanLedger;
pub use settle::SettleReceivable;
pub use split::SplitReceivable;
pub use transfer::TransferReceivable;

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
    /// Look on the ledger for what belongs to your parties
    #[command(after_help = scan::EXAMPLES)]
    Scan(ScanLedger),
    /// Divide a receivable into parts
    #[command(after_help = split::EXAMPLES)]
    Split(SplitReceivable),
    /// Put two parts of a receivable together
    #[command(after_help = join::EXAMPLES)]
    Join(JoinReceivables),
    /// Pay others with parts of a receivable
    #[command(after_help = transfer::EXAMPLES)]
    Transfer(TransferReceivable),
    /// Consent, as the bank that has locked it, to a receivable's transfer
    #[command(after_help = consent::EXAMPLES)]
    Consent(ConsentToTransfer),
    /// Say that a receivable was paid
    #[command(after_help = settle::EXAMPLES)]
    Settle(SettleReceivable),
    /// Lower what a receivable proves, by a credit note or prepayment
    #[command(after_help = dilute::EXAMPLES)]
    Dilute(DiluteReceivable),
    /// Open a receivable's history to an auditor or a court
    #[command(after_help = disclose::EXAMPLES)]
    Disclose(DiscloseReceivable),
    /// Check, as an auditor or a court, what owners disclosed of a receivable
    #[command(after_help = examine::EXAMPLES)]
    Examine(ExamineDisclosures),
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
            Self::Scan(arguments) => arguments.run(context),
            Self::Split(arguments) => arguments.run(context),
            Self::Join(arguments) => arguments.run(context),
            Self::Transfer(arguments) => arguments.run(context),
            Self::Consent(arguments) => arguments.run(context),
            Self::Settle(arguments) => arguments.run(context),
            Self::Dilute(arguments) => arguments.run(context),
            Self::Disclose(arguments) => arguments.run(context),
            Self::Examine(arguments) => arguments.run(context),
            Self::Lock(arguments) => arguments.run(context),
        }
    }
}
