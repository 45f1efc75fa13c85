//! `tradeseal receivable dilute`: a credit note or a prepayment leaves less of a receivable.
//!
//! In scope: from files to an entry. Out of scope: who may; the ledger knows the receivable's dilution key.
//! An attacker who owns this part lowers another invoice's receivable than the user named.

use std::fmt;
use std::path::PathBuf;

use clap::{ArgGroup, Args};
use serde::Serialize;
use tradeseal_documents::{MAX_BYTES, read_credit_note};

use super::amount::parse_amount;
use super::opened::Opened;
use super::read::invoice_in;
use crate::operations::append::ReceiptState;
use crate::operations::dilute::{Credit, dilute};
use crate::wallet::{ItemName, Party};
use crate::{Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal receivable dilute invoice.xml --as buyer --credit-note credit-note.xml
  tradeseal receivable dilute invoice.xml --as buyer --prepaid 50000.00

By the debtor that acknowledged the invoice, else by its supplier. Every part of the receivable then proves that much less, whoever owns it.";

/// Arguments of `receivable dilute`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("credit").required(true)))]
pub struct DiluteReceivable {
    /// The invoice, as it was minted
    #[arg(value_name = "INVOICE")]
    invoice: PathBuf,
    /// Who may dilute it: a party of this wallet
    #[arg(long = "as", value_name = "NAME")]
    party: ItemName,
    /// A credit note for this invoice (UBL 2.1 or UN/CEFACT CII)
    #[arg(long, value_name = "FILE", group = "credit")]
    credit_note: Option<PathBuf>,
    /// What was paid already, in the invoice's currency
    #[arg(long, value_name = "AMOUNT", group = "credit")]
    prepaid: Option<String>,
}

#[derive(Debug, Serialize)]
struct Diluted {
    number: String,
    entry_index: u64,
    /// What is left of the invoice's amount.
    left_minor: u64,
    left: String,
    of: String,
    /// What every part proves at most, in billionths of its amount.
    remaining_ppb: u32,
    #[serde(flatten)]
    receipt: ReceiptState,
}

impl fmt::Display for Diluted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} of {} are left of receivable {} (entry {})",
            self.left, self.of, self.number, self.entry_index
        )
    }
}

impl DiluteReceivable {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let invoice = invoice_in(&self.invoice)?;
        let note = match &self.credit_note {
            Some(path) => Some(
                read_credit_note(&files::read(path, MAX_BYTES as u64)?).map_err(|refused| {
                    Failure::new(
                        refused.code(),
                        format!("{}: {refused}", path.display()),
                        refused.remedy(),
                    )
                })?,
            ),
            None => None,
        };
        let prepaid = self.prepaid.as_deref().map(|text| parse_amount(text, invoice.currency));
        let credit = match (&note, prepaid.transpose()?) {
            (Some(note), _) => Credit::Note(note),
            (None, Some(amount)) => Credit::Prepaid(amount),
            (None, None) => {
                return Err(Failure::new(
                    "usage",
                    "neither a credit note nor a prepayment is given",
                    "give --credit-note FILE or --prepaid AMOUNT",
                ));
            }
        };
        let Opened { wallet, local } = Opened::caught_up(context)?;
        let party: Party = wallet.get(&self.party)?;
        let diluted = dilute((&wallet, &local), &invoice, (&self.party, &party), &credit)?;
        let shown = |amount| format!("{} {}", invoice.currency.decimal(amount), invoice.currency);
        context.console().print(&Diluted {
            number: diluted.number.to_string(),
            entry_index: diluted.receipt.index(),
            receipt: diluted.receipt.state(),
            left_minor: diluted.left.0,
            left: shown(diluted.left),
            of: shown(diluted.face),
            remaining_ppb: diluted.remaining.get(),
        })?;
        diluted.receipt.tell(context.console());
        Ok(Outcome::Done)
    }
}
