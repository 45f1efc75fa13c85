//! `tradeseal demo`: a merchant, its debtor, two tiers of suppliers and three banks, on this folder's ledger, with a real invoice.
//!
//! In scope: the play, its files, its table. Out of scope: everything that it shows; the demo calls what commands call.
//! An attacker who owns this part shows verdicts that nobody reached.

mod afresh;
mod cast;
mod scenes;
mod stage;
mod table;

use std::path::PathBuf;

use clap::Args;
use tradeseal_documents::{Invoice, SAMPLE_UBL_INVOICE, read_invoice};

use crate::commands::receivable::invoice_in;
use crate::{ConsoleProgress, Context, Failure, Outcome};

/// Examples for `demo --help`.
pub const EXAMPLES: &str = "\
Examples:
  tradeseal demo
  tradeseal --dir /tmp/play demo --invoice invoice.xml --json

A folder in which this invoice was played before is set aside as earlier-N: no ledger takes an invoice twice.
Leaves requests, presentations and trust.json in --dir, so that you can verify them again:
  tradeseal --dir DIR verify DIR/bank-a.presentation.json --request DIR/bank-a.request.json --trust DIR/trust.json

It leaves evidence too, which needs no ledger: tradeseal evidence verify DIR/bank-a.evidence.json --trust DIR/trust.json

Uses development keys: anyone can forge proofs under them. Its trust file allows them, and every verdict says so.";

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// An invoice to play with (UBL 2.1 or UN/CEFACT CII); a sample if not given
    #[arg(long, value_name = "FILE")]
    invoice: Option<PathBuf>,
}

impl Demo {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        // Before anything is touched: a refused invoice leaves wallet and ledger as they were.
        let invoice = self.read()?;
        let progress = &mut ConsoleProgress::new(context.console());
        afresh::make_ready(context, &invoice, progress)?;
        let table = scenes::play(context, &invoice, progress)?;
        context.console().print(&table)?;
        Ok(Outcome::Done)
    }

    fn read(&self) -> Result<Invoice, Failure> {
        match &self.invoice {
            Some(path) => invoice_in(path),
            None => read_invoice(SAMPLE_UBL_INVOICE.as_bytes())
                .map_err(|refused| Failure::new(refused.code(), refused.to_string(), refused.remedy())),
        }
    }
}
