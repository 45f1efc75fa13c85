//! `tradeseal receivable read`: what a receivable would be made of.
//!
//! In scope: printing an invoice's attributes and fingerprint to its holder. Out of scope: the ledger, the wallet.
//! An attacker who owns this part shows another invoice than the file's.

use std::fmt;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use tradeseal_documents::{Invoice, MAX_BYTES, read_invoice};
use tradeseal_verifier::calendar::format_day;
use tradeseal_verifier::policy::flag_names;

use crate::{Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal receivable read invoice.xml
  tradeseal receivable read invoice.xml --json

The fingerprint is for the invoice's holder: whoever sees it can recognise the invoice.";

/// Arguments of `receivable read`.
#[derive(Debug, Args)]
pub struct ReadInvoice {
    /// The invoice, a UBL 2.1 Invoice or a UN/CEFACT CrossIndustryInvoice
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// An invoice as it is printed. The keys up to `fingerprint` are a contract (`DESIGN` section 8).
#[derive(Debug, Serialize)]
struct Attributes {
    invoice_number: String,
    issue_day: u32,
    type_code: String,
    currency: &'static str,
    amount_minor: u64,
    due_day: Option<u32>,
    supplier_id: String,
    debtor_id: String,
    flags: Vec<&'static str>,
    fingerprint: String,
    issue_date: String,
    due_date: Option<String>,
    amount: String,
    supplier: String,
    debtor: String,
    syntax: String,
    document_sha256: String,
}

impl From<&Invoice> for Attributes {
    fn from(invoice: &Invoice) -> Self {
        let (supplier, debtor) = (&invoice.supplier.identifier, &invoice.debtor.identifier);
        Self {
            invoice_number: invoice.invoice_number.clone(),
            issue_day: invoice.issue_day.0,
            type_code: invoice.type_code.to_string(),
            currency: invoice.currency.alpha(),
            amount_minor: invoice.amount_minor.0,
            due_day: invoice.due_day.map(|day| day.0),
            supplier_id: supplier.id().to_string(),
            debtor_id: debtor.id().to_string(),
            flags: flag_names(invoice.flags()),
            fingerprint: invoice.fingerprint().to_string(),
            issue_date: format_day(invoice.issue_day),
            due_date: invoice.due_day.map(format_day),
            amount: invoice.currency.decimal(invoice.amount_minor),
            supplier: supplier.to_string(),
            debtor: debtor.to_string(),
            syntax: invoice.syntax.to_string(),
            document_sha256: hex::encode(invoice.doc_sha256),
        }
    }
}

impl fmt::Display for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "invoice      {} (type {}, {})",
            self.invoice_number, self.type_code, self.syntax
        )?;
        writeln!(f, "issued       {}", self.issue_date)?;
        let due = self
            .due_date
            .as_deref()
            .unwrap_or("not stated; only the debtor's acknowledgment can supply it");
        writeln!(f, "due          {due}")?;
        writeln!(f, "amount       {} {}", self.amount, self.currency)?;
        writeln!(f, "supplier     {}", self.supplier)?;
        writeln!(f, "debtor       {}", self.debtor)?;
        let flags = if self.flags.is_empty() {
            "none".to_owned()
        } else {
            self.flags.join(", ")
        };
        writeln!(f, "flags        {flags}")?;
        write!(f, "fingerprint  {} (keep it to yourself)", self.fingerprint)
    }
}

impl ReadInvoice {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let invoice = invoice_in(&self.file)?;
        context.console().print(&Attributes::from(&invoice))?;
        Ok(Outcome::Done)
    }
}

/// Reads the invoice in a file that the user named.
pub(crate) fn invoice_in(path: &Path) -> Result<Invoice, Failure> {
    let bytes = files::read(path, MAX_BYTES as u64)?;
    read_invoice(&bytes).map_err(|refused| {
        Failure::new(
            refused.code(),
            format!("{}: {refused}", path.display()),
            refused.remedy(),
        )
    })
}
