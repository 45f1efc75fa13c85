//! `tradeseal receivable transfer`: parts of a receivable go to others; the rest goes back.
//!
//! In scope: who gets how much; whose consent is there; offering and completing where a bank elsewhere has to consent. Out of scope: what is paid in return.
//! An attacker who owns this part pays others than were named.

use std::fmt;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use tradeseal_primitives::receivable::CurrencyCode;

use super::amount::{currency_of, parse_amount};
use super::moved::{Moved, Part};
use super::opened::Opened;
use crate::operations::append::ReceiptState;
use crate::operations::recipient::recipient;
use crate::operations::transfer::{MAX_OFFER_BYTES, Payment, SignedConsent, complete, offer, transfer};
use crate::sealing::Memo;
use crate::wallet::{BankKey, HeldNote, ItemName, Wallet};
use crate::{ConsoleProgress, Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal receivable transfer 1f0c... --to tradeseal1... --amount 400000.00 --memo \"order 4471\"
  tradeseal receivable transfer 1f0c... --to tradeseal1... --amount 400000.00 --to beta --amount 100000.00
  tradeseal receivable transfer 1f0c... --to tradeseal1... --amount 400000.00 --consent-of \"First Bank\"

The rest goes back to you. A receivable that a bank elsewhere has locked, in three steps:
  owner:  tradeseal receivable transfer 1f0c... --to tradeseal1... --amount 400000.00 --offer offer.json
  bank:   tradeseal receivable consent offer.json --as \"First Bank\" -o consent.json
  owner:  tradeseal receivable transfer --complete consent.json";

/// Arguments of `receivable transfer`.
#[derive(Debug, Args)]
pub struct TransferReceivable {
    /// Which receivable
    #[arg(
        value_name = "ITEM",
        required_unless_present = "complete",
        conflicts_with = "complete"
    )]
    item: Option<ItemName>,
    /// To whom: a handle, or a party of this wallet; up to three times, each with its --amount
    #[arg(
        long,
        value_name = "HANDLE|NAME",
        required_unless_present = "complete",
        conflicts_with = "complete"
    )]
    to: Vec<String>,
    /// How much, in the receivable's currency
    #[arg(long, value_name = "AMOUNT", conflicts_with = "complete")]
    amount: Vec<String>,
    /// A word to the recipients, at most 150 bytes, sealed with the note
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true, value_parser = parse_memo)]
    memo: Memo,
    /// The bank, with its key in this wallet, that consents because it has locked the receivable
    #[arg(long, value_name = "NAME", conflicts_with_all = ["offer", "complete"])]
    consent_of: Option<ItemName>,
    /// Write an offer for the bank that has locked the receivable, instead of moving it
    #[arg(long, value_name = "FILE", conflicts_with = "complete")]
    offer: Option<PathBuf>,
    /// Complete an offer with the bank's consent
    #[arg(long, value_name = "CONSENT")]
    complete: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
struct Offered {
    file: String,
    parts: Vec<Part>,
}

impl fmt::Display for Offered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "offered; nothing has moved yet\nwritten to {}; hand it to the bank that has locked the receivable",
            self.file
        )
    }
}

#[derive(Debug, Serialize)]
struct Completed {
    entry_index: u64,
    entry_time: u64,
    /// Parts that are this wallet's.
    found: Vec<String>,
    #[serde(flatten)]
    receipt: ReceiptState,
}

impl fmt::Display for Completed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for item in &self.found {
            writeln!(f, "found    {item}")?;
        }
        write!(f, "completed by entry {}", self.entry_index)
    }
}

impl TransferReceivable {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let opened = Opened::caught_up(context)?;
        if let Some(path) = &self.complete {
            return run_completion(context, &opened, path);
        }
        let Some(item) = &self.item else {
            return Err(Failure::new(
                "usage",
                "a receivable is missing",
                "name one: tradeseal receivable list",
            ));
        };
        let note: HeldNote = opened.wallet.get(item)?;
        let payments = self.payments(&opened.wallet, note.terms().currency)?;
        match &self.offer {
            Some(path) => run_offer(context, &opened, (item, &payments), path),
            None => self.run_transfer(context, &opened, (item, &payments)),
        }
    }

    fn payments(&self, wallet: &Wallet, currency: CurrencyCode) -> Result<Vec<Payment>, Failure> {
        if self.to.len() != self.amount.len() {
            return Err(Failure::new(
                "usage",
                format!("{} recipients, but {} amounts", self.to.len(), self.amount.len()),
                "give one --amount for each --to",
            ));
        }
        let currency = currency_of(currency)?;
        let payment = |(to, amount): (&String, &String)| {
            Ok(Payment {
                to: recipient(wallet, to)?,
                amount: parse_amount(amount, currency)?,
                memo: self.memo.clone(),
            })
        };
        self.to.iter().zip(&self.amount).map(payment).collect()
    }

    fn run_transfer(
        &self,
        context: &Context,
        Opened { wallet, local }: &Opened,
        (item, payments): (&ItemName, &[Payment]),
    ) -> Result<Outcome, Failure> {
        let bank: Option<BankKey> = self.consent_of.as_ref().map(|name| wallet.get(name)).transpose()?;
        let progress = &mut ConsoleProgress::new(context.console());
        let items = std::slice::from_ref(item);
        let transferred = transfer((context, wallet, local), items, payments, bank.as_ref(), progress)?;
        let currency = wallet.get::<HeldNote>(item)?.terms().currency;
        context.console().print(&Moved::of(&transferred, currency))?;
        transferred.receipt.tell(context.console());
        Ok(Outcome::Done)
    }
}

fn run_offer(
    context: &Context,
    Opened { wallet, local }: &Opened,
    (item, payments): (&ItemName, &[Payment]),
    path: &Path,
) -> Result<Outcome, Failure> {
    let progress = &mut ConsoleProgress::new(context.console());
    let items = std::slice::from_ref(item);
    let (offer, notes, _) = offer((context, wallet, local), items, payments, progress)?;
    files::write(path, offer.to_json().as_bytes())?;
    let currency = wallet.get::<HeldNote>(item)?.terms().currency;
    context.console().print(&Offered {
        file: path.display().to_string(),
        parts: notes.iter().map(|note| Part::of(note, currency)).collect(),
    })?;
    Ok(Outcome::Done)
}

fn run_completion(context: &Context, Opened { wallet, local }: &Opened, path: &Path) -> Result<Outcome, Failure> {
    let consent = SignedConsent::parse(&files::read(path, MAX_OFFER_BYTES)?)?;
    let progress = &mut ConsoleProgress::new(context.console());
    let completed = complete((wallet, local), &consent, progress)?;
    context.console().print(&Completed {
        entry_index: completed.receipt.index(),
        entry_time: completed.receipt.entry_time.0,
        receipt: completed.receipt.state(),
        found: completed.found.iter().map(ToString::to_string).collect(),
    })?;
    completed.receipt.tell(context.console());
    Ok(Outcome::Done)
}

fn parse_memo(text: &str) -> Result<Memo, String> {
    text.parse().map_err(|cause| format!("{cause}"))
}
