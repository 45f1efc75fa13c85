//! The files of one case, side by side: what a check walks over.
//!
//! In scope: naming a file in what people read, and looking entries up. Out of scope: any check.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::disclosure::{Body, Disclosure};
use crate::entry::{Entry, StateRecord, Transfer};
use crate::policy::Amount;
use crate::verdict::Finding;
use tradeseal_primitives::currency::Currency;
use tradeseal_primitives::receivable::{AmountMinor, Commitment, RemainingPpb, Terms};

/// One file, with its entries once they could be read.
pub(super) struct File {
    pub(super) disclosure: Disclosure,
    pub(super) entries: BTreeMap<u64, Entry>,
    /// `file 2: ` where there are several, for details.
    pub(super) label: String,
}

impl File {
    pub(super) fn label(number: usize, of: usize) -> String {
        if of == 1 {
            String::new()
        } else {
            format!("file {number}: ")
        }
    }

    pub(super) fn body(&self) -> &Body {
        self.disclosure.body()
    }

    pub(super) fn entry(&self, index: u64) -> Result<&Entry, Refusal> {
        self.entries
            .get(&index)
            .ok_or_else(|| Refusal::new(MISSING, format!("entry {index} is not in the file")))
    }

    pub(super) fn transfer(&self, index: u64) -> Result<&Transfer, Refusal> {
        match self.entry(index)? {
            Entry::Transfer(transfer) => Ok(transfer),
            other => Err(wrong_kind(index, other, "a transfer")),
        }
    }

    pub(super) fn state(&self, index: u64) -> Result<&StateRecord, Refusal> {
        match self.entry(index)? {
            Entry::State(state) => Ok(state),
            other => Err(wrong_kind(index, other, "a state record")),
        }
    }
}

const MISSING: &str = "a file lacks an entry of the ledger that it refers to";

pub(super) fn wrong_kind(index: u64, found: &Entry, expected: &str) -> Refusal {
    Refusal::new(
        "a file says of an entry of the ledger what the entry is not",
        format!("entry {index} is not {expected} but of kind {}", found.kind()),
    )
}

/// The commitments that an entry adds to the ledger, in order.
pub(super) fn outputs(entry: &Entry) -> &[Commitment] {
    match entry {
        Entry::Mint(mint) => core::slice::from_ref(&mint.body.commitment),
        Entry::Transfer(transfer) => &transfer.body.commitments,
        _ => &[],
    }
}

/// Why something in a file does not hold.
pub(super) struct Refusal {
    reason: &'static str,
    detail: String,
}

impl Refusal {
    pub(super) fn new(reason: &'static str, detail: impl core::fmt::Display) -> Self {
        Self {
            reason,
            detail: detail.to_string(),
        }
    }

    pub(super) fn finding<T>(self, label: &str) -> Finding<T> {
        Finding::failed(self.reason, format!("{label}{}", self.detail))
    }
}

/// Holds every file to `check`; the first refusal counts.
pub(super) fn every_file(
    files: &[File],
    passed: impl core::fmt::Display,
    check: impl Fn(&File) -> Result<(), Refusal>,
) -> Finding<()> {
    for file in files {
        if let Err(refusal) = check(file) {
            return refusal.finding(&file.label);
        }
    }
    Finding::passed(passed, ())
}

/// An amount of the receivable, for people.
pub(super) fn amount_text(terms: &Terms, minor: u128) -> String {
    let in_bounds = u64::try_from(minor);
    match (Currency::from_code(terms.currency), in_bounds) {
        (Ok(currency), Ok(minor)) => Amount {
            minor: AmountMinor(minor),
            currency,
        }
        .to_string(),
        _ => format!("{minor} minor units of currency {}", terms.currency.0),
    }
}

/// `1 note`, `2 notes`.
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

pub(super) fn listed(items: &[String]) -> String {
    let shown: Vec<&str> = items.iter().take(3).map(String::as_str).collect();
    let more = items.len().saturating_sub(shown.len());
    let rest = if more == 0 {
        String::new()
    } else {
        format!(" and {more} more")
    };
    format!("{}{rest}", shown.join(", "))
}

/// Billionths as a percentage, exactly.
pub(super) fn percent(remaining: RemainingPpb) -> String {
    let ppb = remaining.get();
    let text = format!("{}.{:07}", ppb / 10_000_000, ppb % 10_000_000);
    let short = text.trim_end_matches('0').trim_end_matches('.');
    format!("{short} %")
}
