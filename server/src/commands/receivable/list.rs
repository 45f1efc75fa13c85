//! `tradeseal receivable list`: the receivables of this wallet, what the ledger says of each, and what was sent to others.
//!
//! In scope: showing them to their holder. Out of scope: anyone else's.
//! An attacker who owns this part hides that a receivable is locked or spent.

use std::fmt;

use clap::Args;
use serde::Serialize;
use tradeseal_ledger::view::{NullifierStatus, View};
use tradeseal_primitives::currency::Currency;
use tradeseal_primitives::receivable::{AmountMinor, CurrencyCode, RemainingPpb};
use tradeseal_verifier::calendar::{format_day, format_utc};
use tradeseal_verifier::policy::flag_names;

use super::amount::shown;
use crate::operations::LocalLedger;
use crate::operations::scan::catch_up;
use crate::wallet::{HeldNote, ItemName, NoteWay, Party, SentPayment, Wallet};
use crate::{ConsoleProgress, Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal receivable list
  tradeseal receivable list --json

Looks on the ledger for new ones first.";

/// Arguments of `receivable list`.
#[derive(Debug, Args)]
pub struct ListReceivables {}

#[derive(Debug, Serialize)]
struct Listed {
    item: String,
    owner: String,
    /// Known to the supplier that minted it only.
    invoice_number: Option<String>,
    /// The receivable's number; parts with one number can be joined.
    number: String,
    currency: String,
    amount_minor: u64,
    /// In the currency's major unit, such as `1000.00`.
    amount: String,
    due_date: String,
    flags: Vec<&'static str>,
    /// `minted`, `received` or `kept`.
    way: &'static str,
    memo: Option<String>,
    entry_index: u64,
    /// `free`, `locked`, `spent` or `settled`.
    status: &'static str,
    locked_until: Option<String>,
    spent_by: Option<u64>,
    /// What is left after credit notes and prepayments, in billionths.
    remaining_ppb: u32,
    /// The most that it can prove now.
    proves_minor: u64,
    proves: String,
}

#[derive(Debug, Serialize)]
struct Paid {
    item: String,
    from: String,
    /// The recipient's handle; null for what was settled.
    to: Option<String>,
    amount_minor: u64,
    amount: String,
    settled: bool,
    entry_index: u64,
    time: String,
}

#[derive(Debug, Default, Serialize)]
struct List {
    receivables: Vec<Listed>,
    payments: Vec<Paid>,
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.receivables.is_empty() && self.payments.is_empty() {
            return f.write_str("no receivables yet; make one: tradeseal receivable mint FILE --owner NAME");
        }
        self.receivables.iter().try_for_each(|listed| write!(f, "{listed}"))?;
        self.payments.iter().try_for_each(|paid| write!(f, "{paid}"))
    }
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.item)?;
        let invoice = self
            .invoice_number
            .as_ref()
            .map_or_else(String::new, |number| format!("invoice {number}, "));
        writeln!(
            f,
            "  {invoice}{} {}, due {}, owner {}, number {}",
            self.amount, self.currency, self.due_date, self.owner, self.number
        )?;
        if let Some(memo) = &self.memo {
            writeln!(f, "  memo: {memo}")?;
        }
        let can_prove = matches!(self.status, "free" | "locked");
        if can_prove && self.remaining_ppb < RemainingPpb::WHOLE.get() {
            writeln!(f, "  credited: proves {} at most", self.proves)?;
        }
        let until = self
            .locked_until
            .as_deref()
            .map(|time| format!(" until {time}"))
            .unwrap_or_default();
        let by = self
            .spent_by
            .map(|entry| format!(" by entry {entry}"))
            .unwrap_or_default();
        writeln!(f, "  {}{until}{by}", self.status)
    }
}

impl fmt::Display for Paid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = self
            .to
            .as_deref()
            .map_or_else(|| "settled".to_owned(), |to| format!("to {to}"));
        writeln!(
            f,
            "{} paid {} {to}\n  {} (entry {})",
            self.from, self.amount, self.time, self.entry_index
        )
    }
}

impl ListReceivables {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let list = match context.existing_wallet()? {
            Some(wallet) => list(context, &wallet)?,
            None => List::default(),
        };
        context.console().print(&list)?;
        Ok(Outcome::Done)
    }
}

fn list(context: &Context, wallet: &Wallet) -> Result<List, Failure> {
    let progress = &mut ConsoleProgress::new(context.console());
    let local = match LocalLedger::open(context, wallet, progress) {
        Err(missing) if missing.code() == "ledger_missing" && wallet.list::<HeldNote>()?.is_empty() => {
            return Ok(List::default());
        }
        opened => opened?,
    };
    catch_up(wallet, &local, progress)?;
    let view = local.ledger().view()?;
    let mut list = List::default();
    let mut notes = wallet.list::<HeldNote>()?;
    notes.sort_by_key(|(_, note)| note.position.leaf_index);
    for (item, note) in notes {
        list.receivables.push(listed(wallet, &view, &item, &note)?);
    }
    for (item, payment) in wallet.list::<SentPayment>()? {
        list.payments.push(paid(&item, &payment));
    }
    list.payments
        .sort_by(|a, b| (a.entry_index, &a.item).cmp(&(b.entry_index, &b.item)));
    Ok(list)
}

/// What can be done with a note now.
struct Status {
    word: &'static str,
    locked_until: Option<String>,
    spent_by: Option<u64>,
}

fn status(wallet: &Wallet, view: &View<'_>, note: &HeldNote) -> Result<Status, Failure> {
    let plain = |word| Status {
        word,
        locked_until: None,
        spent_by: None,
    };
    let party: Party = wallet.get(&note.party)?;
    let Some(nullifier) = note.nullifier(&party) else {
        return Ok(plain("settled"));
    };
    Ok(match view.nullifier_status(nullifier)? {
        NullifierStatus::Unspent => plain("free"),
        NullifierStatus::Locked { until, .. } => Status {
            locked_until: Some(format_utc(until)),
            ..plain("locked")
        },
        NullifierStatus::Spent { index } => Status {
            spent_by: Some(index),
            ..plain("spent")
        },
    })
}

fn listed(wallet: &Wallet, view: &View<'_>, item: &ItemName, note: &HeldNote) -> Result<Listed, Failure> {
    let (terms, amount) = (note.terms(), note.amount());
    let status = status(wallet, view, note)?;
    let receivable = view.receivable(terms.number)?;
    let remaining = receivable.map_or(RemainingPpb::WHOLE, |receivable| receivable.remaining);
    let memo = &note.opening.memo;
    Ok(Listed {
        item: item.to_string(),
        owner: note.party.to_string(),
        invoice_number: note.invoice_number(),
        number: terms.number.to_string(),
        currency: Currency::from_code(terms.currency)
            .map_or_else(|_| terms.currency.0.to_string(), |currency| currency.alpha().to_owned()),
        amount_minor: amount.0,
        amount: decimal(amount, terms.currency),
        due_date: format_day(terms.due_day),
        flags: flag_names(terms.flags),
        way: match note.way {
            NoteWay::Minted => "minted",
            NoteWay::Received => "received",
            NoteWay::Kept => "kept",
        },
        memo: (note.invoice_number().is_none() && !memo.is_empty()).then(|| memo.to_string()),
        entry_index: note.position.entry_index,
        status: status.word,
        locked_until: status.locked_until,
        spent_by: status.spent_by,
        remaining_ppb: remaining.get(),
        proves_minor: remaining.of(amount).0,
        proves: decimal(remaining.of(amount), terms.currency),
    })
}

fn decimal(amount: AmountMinor, currency: CurrencyCode) -> String {
    Currency::from_code(currency).map_or_else(|_| amount.0.to_string(), |currency| currency.decimal(amount))
}

fn paid(item: &ItemName, payment: &SentPayment) -> Paid {
    let settled = payment.is_settlement();
    Paid {
        item: item.to_string(),
        from: payment.party.to_string(),
        to: (!settled).then(|| payment.output.recipient.to_string()),
        amount_minor: payment.output.amount.0,
        amount: shown(payment.output.amount, payment.currency),
        settled,
        entry_index: payment.entry_index,
        time: format_utc(payment.entry_time),
    }
}
