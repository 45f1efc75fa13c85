//! `tradeseal receivable disclose`: open one receivable's history to an auditor or a court.
//!
//! In scope: one file for one reader. Out of scope: delivering it; whoever has it can read it.
//! An attacker who owns this part opens another receivable than was named.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tradeseal_verifier::request::VerifierName;

use super::opened::Opened;
use super::read::invoice_in;
use crate::operations::disclose::disclose;
use crate::wallet::ItemName;
use crate::{ConsoleProgress, Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal receivable disclose 1f0c... --to \"Court of Rotterdam, 2026/117\" -o acme.disclosure.json
  tradeseal receivable disclose 1f0c... --to \"Court of Rotterdam, 2026/117\" --invoice invoice.xml -o acme.disclosure.json

Opens every part of this one receivable that you own or owned, where each went, and nothing of any other. The reader checks it with:
  tradeseal receivable examine acme.disclosure.json --trust trust.json";

/// Arguments of `receivable disclose`.
#[derive(Debug, Args)]
pub struct DiscloseReceivable {
    /// Any part of the receivable
    #[arg(value_name = "ITEM")]
    item: ItemName,
    /// For whom, as it will be read
    #[arg(long, value_name = "TEXT")]
    to: VerifierName,
    /// Name this invoice as what is behind it; only its supplier can
    #[arg(long, value_name = "FILE")]
    invoice: Option<PathBuf>,
    /// Where to write the disclosure
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Debug, Serialize)]
struct Written {
    file: String,
    audience: String,
    notes: usize,
    transfers: usize,
    entries: usize,
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "opened {} parts and {} transfers of one receivable for {}\nwritten to {}; whoever has this file can read them",
            self.notes, self.transfers, self.audience, self.file
        )
    }
}

impl DiscloseReceivable {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let invoice = self.invoice.as_deref().map(invoice_in).transpose()?;
        let Opened { wallet, local } = Opened::caught_up(context)?;
        let progress = &mut ConsoleProgress::new(context.console());
        let stage = (context, &wallet, &local);
        let disclosed = disclose(stage, &self.item, &self.to, invoice.as_ref(), progress)?;
        files::write(&self.output, &disclosed.disclosure.to_json())?;
        let body = disclosed.disclosure.body();
        context.console().print(&Written {
            file: self.output.display().to_string(),
            audience: self.to.to_string(),
            notes: disclosed.notes,
            transfers: body.transfers.len(),
            entries: body.entries.len(),
        })?;
        Ok(Outcome::Done)
    }
}
