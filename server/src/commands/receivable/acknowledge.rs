//! `tradeseal receivable acknowledge`: a debtor signs that it owes an invoice.
//!
//! In scope: from file to signature. Out of scope: whether the debtor should.
//! An attacker who owns this part has debtors sign another invoice than the one they see.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tradeseal_documents::Invoice;
use tradeseal_primitives::party::Handle;
use tradeseal_primitives::receivable::Day;
use tradeseal_verifier::calendar::{format_day, parse_day};
use tradeseal_verifier::entry::{DilutionKey, LedgerId};

use super::read::invoice_in;
use crate::operations::acknowledge::acknowledge;
use crate::operations::{dilution_key, local_ledger};
use crate::wallet::{ItemName, Party};
use crate::{Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Example, run by the debtor with the handle that the supplier handed out:
  tradeseal receivable acknowledge invoice.xml --debtor buyer --owner tradeseal1... --due 2026-12-31 -o invoice.ack.json

--due is only for invoices that state no due day. --ledger is the id that `tradeseal registry show` prints where the supplier will mint;
that of the ledger in --dir if not given. The acknowledgment serves on that ledger only, and only you can dilute the receivable made of it.";

/// Arguments of `receivable acknowledge`.
#[derive(Debug, Args)]
pub struct AcknowledgeInvoice {
    /// The invoice
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Who owes it: a party of this wallet
    #[arg(long, value_name = "NAME")]
    debtor: ItemName,
    /// Whose the receivable is first: the supplier's handle, from `tradeseal party show`
    #[arg(long, value_name = "HANDLE", value_parser = parse_handle)]
    owner: Handle,
    /// When it falls due, if the invoice does not say
    #[arg(long, value_name = "DATE", value_parser = parse_due_day)]
    due: Option<Day>,
    /// The ledger that it serves on; that in --dir if not given
    #[arg(long, value_name = "LEDGER_ID", value_parser = parse_ledger)]
    ledger: Option<LedgerId>,
    /// Where to write the acknowledgment
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Debug, Serialize)]
struct Acknowledged {
    invoice_number: String,
    amount: String,
    due_date: String,
    file: String,
}

impl fmt::Display for Acknowledged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "acknowledged invoice {}: {} due {}\nwritten to {}; hand it to the supplier only",
            self.invoice_number, self.amount, self.due_date, self.file
        )
    }
}

impl AcknowledgeInvoice {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let invoice = invoice_in(&self.file)?;
        let debtor: Party = context.wallet()?.get(&self.debtor)?;
        let signed = acknowledge(
            &invoice,
            (&self.debtor, &debtor),
            &self.owner,
            self.ledger_and_key(context, &debtor, &invoice)?,
            self.due,
        )?;
        files::write(&self.output, format!("{}\n", signed.to_json()).as_bytes())?;
        context.console().print(&Acknowledged {
            invoice_number: invoice.invoice_number.clone(),
            amount: format!(
                "{} {}",
                invoice.currency.decimal(invoice.amount_minor),
                invoice.currency
            ),
            due_date: format_day(signed.content.due_day),
            file: self.output.display().to_string(),
        })?;
        Ok(Outcome::Done)
    }

    /// The ledger, and the key that may dilute there what is made of the invoice. Without the ledger at hand it is the debtor's first for it.
    fn ledger_and_key(
        &self,
        context: &Context,
        debtor: &Party,
        invoice: &Invoice,
    ) -> Result<(LedgerId, DilutionKey), Failure> {
        let fingerprint = invoice.fingerprint();
        if local_ledger::exists(context) {
            let local = context.ledger()?;
            if self.ledger.is_none_or(|ledger| ledger == local.id()) {
                return Ok((local.id(), dilution_key::unused(debtor, &local, fingerprint)?));
            }
        }
        let ledger = self.ledger.ok_or_else(|| {
            Failure::new(
                "ledger_needed",
                "the acknowledgment is for no ledger: none is named, and there is none in --dir",
                "give the id that `tradeseal registry show` prints where the supplier will mint: --ledger ID",
            )
        })?;
        Ok((ledger, dilution_key::derive(debtor, &ledger, fingerprint, 0)?.public))
    }
}

fn parse_ledger(text: &str) -> Result<LedgerId, String> {
    text.parse().map_err(|cause| format!("{cause}"))
}

fn parse_handle(text: &str) -> Result<Handle, String> {
    text.parse().map_err(|cause| format!("{cause}"))
}

fn parse_due_day(text: &str) -> Result<Day, String> {
    parse_day(text).map_err(|cause| format!("{cause}"))
}
