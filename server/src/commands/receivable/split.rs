//! `tradeseal receivable split`: one receivable becomes several of the same owner's.
//!
//! In scope: from amounts to a transfer to oneself. Out of scope: paying anybody.
//! An attacker who owns this part splits into other amounts than were typed.

use clap::Args;
use tradeseal_primitives::receivable::AmountMinor;

use super::amount::{currency_of, parse_amount};
use super::moved::{Moved, currency_of_item};
use super::opened::Opened;
use crate::operations::transfer::{Payment, transfer};
use crate::sealing::Memo;
use crate::wallet::{BankKey, HeldNote, ItemName, Party};
use crate::{ConsoleProgress, Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal receivable split 1f0c... --amounts 400000.00,350000.00
  tradeseal receivable split 1f0c... --amounts 400000.00,350000.00,250000.00 --json

What the amounts leave is a part of its own. At most four parts in all.";

/// Arguments of `receivable split`.
#[derive(Debug, Args)]
pub struct SplitReceivable {
    /// Which receivable
    #[arg(value_name = "ITEM")]
    item: ItemName,
    /// The parts, in the receivable's currency
    #[arg(long, value_name = "AMOUNT,...", value_delimiter = ',', required = true)]
    amounts: Vec<String>,
    /// The bank, with its key in this wallet, that consents where it has locked the receivable
    #[arg(long, value_name = "NAME")]
    consent_of: Option<ItemName>,
}

impl SplitReceivable {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let Opened { wallet, local } = Opened::caught_up(context)?;
        let note: HeldNote = wallet.get(&self.item)?;
        let owner: Party = wallet.get(&note.party)?;
        let currency = currency_of(note.terms().currency)?;
        let amounts: Vec<AmountMinor> = self
            .amounts
            .iter()
            .map(|text| parse_amount(text, currency))
            .collect::<Result<_, _>>()?;
        let own = |amount| Payment {
            to: owner.handle(),
            amount,
            memo: Memo::default(),
        };
        let payments: Vec<Payment> = amounts.into_iter().map(own).collect();
        let bank: Option<BankKey> = self.consent_of.as_ref().map(|name| wallet.get(name)).transpose()?;
        let stage = (context, &wallet, &local);
        let progress = &mut ConsoleProgress::new(context.console());
        let items = std::slice::from_ref(&self.item);
        let transferred = transfer(stage, items, &payments, bank.as_ref(), progress)?;
        let currency = currency_of_item(&wallet, &self.item)?;
        context.console().print(&Moved::of(&transferred, currency))?;
        transferred.receipt.tell(context.console());
        Ok(Outcome::Done)
    }
}
