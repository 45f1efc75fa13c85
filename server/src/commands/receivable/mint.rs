//! `tradeseal receivable mint`: an invoice becomes a receivable on this installation's ledger.
//!
//! In scope: from files to a receipt. Out of scope: the proof and the rules.
//! An attacker who owns this part mints another invoice than the file's.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::read::invoice_in;
use crate::operations::acknowledge::{MAX_ACKNOWLEDGMENT_BYTES, SignedAcknowledgment};
use crate::operations::append::ReceiptState;
use crate::operations::{LocalLedger, mint};
use crate::wallet::{ItemName, Party};
use crate::{ConsoleProgress, Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal receivable mint invoice.xml --owner acme
  tradeseal receivable mint invoice.xml --owner acme --acknowledgment invoice.ack.json

The owner is the supplier that the invoice names, enrolled on the ledger (tradeseal party enrol NAME).";

/// Arguments of `receivable mint`.
#[derive(Debug, Args)]
pub struct MintReceivable {
    /// The invoice
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The supplier: a party of this wallet
    #[arg(long, value_name = "NAME")]
    owner: ItemName,
    /// The debtor's acknowledgment
    #[arg(long, value_name = "FILE")]
    acknowledgment: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
struct Minted {
    /// The receivable's name for `prove --item`.
    item: String,
    entry_index: u64,
    entry_time: u64,
    acknowledged: bool,
    constraints: usize,
    prove_ms: u128,
    #[serde(flatten)]
    receipt: ReceiptState,
}

impl fmt::Display for Minted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "minted {}\nentry {}, proven in {} ms",
            self.item, self.entry_index, self.prove_ms
        )
    }
}

impl MintReceivable {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let invoice = invoice_in(&self.file)?;
        let acknowledgment = match &self.acknowledgment {
            Some(path) => Some(SignedAcknowledgment::parse(&files::read(
                path,
                MAX_ACKNOWLEDGMENT_BYTES,
            )?)?),
            None => None,
        };
        let wallet = context.wallet()?;
        let owner: Party = wallet.get(&self.owner)?;
        let progress = &mut ConsoleProgress::new(context.console());
        let local = LocalLedger::open(context, &wallet, progress)?;
        let owner = (&self.owner, &owner);
        let minted = mint::mint(
            (context, &wallet, &local),
            &invoice,
            owner,
            acknowledgment.as_ref(),
            progress,
        )?;
        context.console().print(&Minted {
            item: minted.item.to_string(),
            entry_index: minted.receipt.index(),
            entry_time: minted.receipt.entry_time.0,
            acknowledged: acknowledgment.is_some(),
            constraints: minted.proven.constraints,
            prove_ms: minted.proven.timings.total().as_millis(),
            receipt: minted.receipt.state(),
        })?;
        minted.receipt.tell(context.console());
        Ok(Outcome::Done)
    }
}
