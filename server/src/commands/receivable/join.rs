//! `tradeseal receivable join`: two parts of one receivable become one.
//!
//! In scope: a transfer to oneself of everything in both. Out of scope: which parts belong together; the operation refuses others.
//! An attacker who owns this part joins other items than were named.

use clap::Args;

use super::moved::{Moved, currency_of_item};
use super::opened::Opened;
use crate::operations::transfer::transfer;
use crate::wallet::{BankKey, ItemName};
use crate::{ConsoleProgress, Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Example:
  tradeseal receivable join 1f0c... 77ab...

Only parts of one receivable, of one owner, can be joined: those with one number in tradeseal receivable list.";

/// Arguments of `receivable join`.
#[derive(Debug, Args)]
pub struct JoinReceivables {
    /// One part
    #[arg(value_name = "ITEM")]
    first: ItemName,
    /// Another part
    #[arg(value_name = "ITEM")]
    second: ItemName,
    /// The bank, with its key in this wallet, that consents where it has locked a part
    #[arg(long, value_name = "NAME")]
    consent_of: Option<ItemName>,
}

impl JoinReceivables {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let Opened { wallet, local } = Opened::caught_up(context)?;
        let bank: Option<BankKey> = self.consent_of.as_ref().map(|name| wallet.get(name)).transpose()?;
        let items = [self.first.clone(), self.second.clone()];
        let progress = &mut ConsoleProgress::new(context.console());
        let transferred = transfer((context, &wallet, &local), &items, &[], bank.as_ref(), progress)?;
        let currency = currency_of_item(&wallet, &self.first)?;
        context.console().print(&Moved::of(&transferred, currency))?;
        transferred.receipt.tell(context.console());
        Ok(Outcome::Done)
    }
}
