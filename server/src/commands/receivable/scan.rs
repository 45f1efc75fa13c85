//! `tradeseal receivable scan`: find on the ledger what belongs to this wallet's parties.
//!
//! In scope: reading on, or from the start. Out of scope: other people's notes, which do not open.
//! An attacker who owns this part hides notes from their owner.

use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::operations::scan::{Extent, Scanned, scan};
use crate::{ConsoleProgress, Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal receivable scan
  tradeseal receivable scan --from-start

Other commands scan by themselves. From the start brings everything back in a wallet that holds nothing but its parties' keys.";

/// Arguments of `receivable scan`.
#[derive(Debug, Args)]
pub struct ScanLedger {
    /// Read the whole ledger again
    #[arg(long)]
    from_start: bool,
}

#[derive(Debug, Serialize)]
struct Found {
    from: u64,
    to: u64,
    found: Vec<String>,
    spent: Vec<String>,
    payments: Vec<String>,
}

impl From<Scanned> for Found {
    fn from(scanned: Scanned) -> Self {
        let names = |items: Vec<crate::wallet::ItemName>| items.iter().map(ToString::to_string).collect();
        Self {
            from: scanned.from,
            to: scanned.to,
            found: names(scanned.found),
            spent: names(scanned.spent),
            payments: names(scanned.payments),
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "read entries {} to {}: {} receivables found, {} spent, {} payments sent",
            self.from,
            self.to,
            self.found.len(),
            self.spent.len(),
            self.payments.len()
        )
    }
}

impl ScanLedger {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let (wallet, local) = context.wallet_and_ledger()?;
        let progress = &mut ConsoleProgress::new(context.console());
        let extent = if self.from_start {
            Extent::FromStart
        } else {
            Extent::Resume
        };
        let scanned = scan(&wallet, &local, extent, progress)?;
        context.console().print(&Found::from(scanned))?;
        Ok(Outcome::Done)
    }
}
