//! `tradeseal receivable list`: the receivables of this wallet, and what the ledger says of each.
//!
//! In scope: showing them to their holder. Out of scope: anyone else's.
//! An attacker who owns this part hides that a receivable is locked or spent.

use std::fmt;

use clap::Args;
use serde::Serialize;
use tradeseal_ledger::view::{NullifierStatus, View};
use tradeseal_primitives::currency::Currency;
use tradeseal_verifier::calendar::{format_day, format_utc};
use tradeseal_verifier::policy::flag_names;

use crate::operations::mint::position;
use crate::wallet::{HeldNote, ItemName, Party, Wallet};
use crate::{Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal receivable list
  tradeseal receivable list --json";

/// Arguments of `receivable list`.
#[derive(Debug, Args)]
pub struct ListReceivables {}

#[derive(Debug, Serialize)]
struct Listed {
    item: String,
    owner: String,
    invoice_number: String,
    currency: String,
    amount_minor: u64,
    /// In the currency's major unit, such as `1000.00`.
    amount: String,
    due_date: String,
    flags: Vec<&'static str>,
    /// `free`, `locked`, `spent` or `not_on_ledger`.
    status: &'static str,
    locked_until: Option<String>,
}

#[derive(Debug, Serialize)]
struct List {
    receivables: Vec<Listed>,
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.receivables.is_empty() {
            return f.write_str("no receivables yet; make one: tradeseal receivable mint FILE --owner NAME");
        }
        for listed in &self.receivables {
            writeln!(f, "{}", listed.item)?;
            let Listed {
                invoice_number,
                amount,
                currency,
                due_date,
                owner,
                ..
            } = listed;
            writeln!(
                f,
                "  invoice {invoice_number}, {amount} {currency}, due {due_date}, owner {owner}"
            )?;
            let until = listed
                .locked_until
                .as_deref()
                .map(|time| format!(" until {time}"))
                .unwrap_or_default();
            writeln!(f, "  {}{until}", listed.status)?;
        }
        Ok(())
    }
}

impl ListReceivables {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let mut receivables = Vec::new();
        if let Some(wallet) = context.existing_wallet()? {
            let notes = wallet.list::<HeldNote>()?;
            if !notes.is_empty() {
                let local = context.ledger()?;
                let view = local.ledger().view()?;
                for (item, note) in &notes {
                    receivables.push(listed(&wallet, &view, item, note)?);
                }
            }
        }
        context.console().print(&List { receivables })?;
        Ok(Outcome::Done)
    }
}

fn listed(wallet: &Wallet, view: &View<'_>, item: &ItemName, note: &HeldNote) -> Result<Listed, Failure> {
    let owner: Party = wallet.get(&note.owner)?;
    let nullifier = note.commitment().nullifier(owner.nullifier_key());
    let (status, locked_until) = match (position(view, note)?, view.nullifier_status(nullifier)?) {
        (None, _) => ("not_on_ledger", None),
        (_, NullifierStatus::Unspent) => ("free", None),
        (_, NullifierStatus::Spent { .. }) => ("spent", None),
        (_, NullifierStatus::Locked { until, .. }) => ("locked", Some(format_utc(until))),
    };
    let known = Currency::from_code(note.currency).ok();
    let currency = known.map_or_else(|| note.currency.0.to_string(), |currency| currency.alpha().to_owned());
    let amount = known.map_or_else(|| note.amount.0.to_string(), |currency| currency.decimal(note.amount));
    Ok(Listed {
        item: item.to_string(),
        owner: note.owner.to_string(),
        invoice_number: note.invoice_number.clone(),
        currency,
        amount_minor: note.amount.0,
        amount,
        due_date: format_day(note.due_day),
        flags: flag_names(note.flags),
        status,
        locked_until,
    })
}
