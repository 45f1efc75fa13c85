//! `tradeseal receivable settle`: its owner says that it was paid; from then on it proves nothing any more.
//!
//! In scope: a transfer to the address that nobody owns. Out of scope: the payment itself, which is made elsewhere.
//! An attacker who owns this part settles what was not paid.

use clap::Args;

use super::amount::{currency_of, parse_amount};
use super::moved::{Moved, currency_of_item};
use super::opened::Opened;
use crate::operations::transfer::{Payment, settlement_handle, transfer};
use crate::sealing::Memo;
use crate::wallet::{BankKey, HeldNote, ItemName};
use crate::{ConsoleProgress, Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal receivable settle 1f0c...
  tradeseal receivable settle 1f0c... --amount 250000.00

For the owner, once the debtor has paid. The debtor finds the settlement on the ledger if it is enrolled there.";

/// Arguments of `receivable settle`.
#[derive(Debug, Args)]
pub struct SettleReceivable {
    /// Which receivable
    #[arg(value_name = "ITEM")]
    item: ItemName,
    /// How much of it, in its currency; all if not given
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<String>,
    /// The bank, with its key in this wallet, that consents where it has locked the receivable
    #[arg(long, value_name = "NAME")]
    consent_of: Option<ItemName>,
}

impl SettleReceivable {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let Opened { wallet, local } = Opened::caught_up(context)?;
        let note: HeldNote = wallet.get(&self.item)?;
        let amount = match &self.amount {
            Some(text) => parse_amount(text, currency_of(note.terms().currency)?)?,
            None => note.amount(),
        };
        let payment = Payment {
            to: settlement_handle((&wallet, &local), &self.item)?,
            amount,
            memo: Memo::default(),
        };
        let bank: Option<BankKey> = self.consent_of.as_ref().map(|name| wallet.get(name)).transpose()?;
        let stage = (context, &wallet, &local);
        let progress = &mut ConsoleProgress::new(context.console());
        let items = std::slice::from_ref(&self.item);
        let transferred = transfer(stage, items, &[payment], bank.as_ref(), progress)?;
        let currency = currency_of_item(&wallet, &self.item)?;
        context.console().print(&Moved::of(&transferred, currency))?;
        transferred.receipt.tell(context.console());
        Ok(Outcome::Done)
    }
}
