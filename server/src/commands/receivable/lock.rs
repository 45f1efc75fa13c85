//! `tradeseal receivable lock`: a bank that accepts a presentation reserves its receivable.
//!
//! In scope: verify again, then lock. Out of scope: paying the merchant.
//! An attacker who owns this part locks receivables that its bank did not accept.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::calendar::format_utc;
use tradeseal_verifier::eligibility::verify_eligibility;
use tradeseal_verifier::presentation::{MAX_PRESENTATION_BYTES, Presentation};
use tradeseal_verifier::request::{MAX_REQUEST_BYTES, Request};
use tradeseal_verifier::trust::{MAX_TRUST_BYTES, Trust};
use tradeseal_verifier::verdict::Verdict;

use crate::operations::append::ReceiptState;
use crate::operations::lock::lock;
use crate::wallet::{BankKey, ItemName};
use crate::{Context, Failure, Outcome, clock, files};

pub(super) const EXAMPLES: &str = "\
Example, run by the bank that asked:
  tradeseal receivable lock acme.presentation.json --request request.json --trust trust.json --bank \"First Bank\" --days 90

The presentation is verified first; only a verified one is locked. A lock holds until the time in the request at the latest.";

const SECONDS_PER_DAY: u64 = 86_400;

/// Arguments of `receivable lock`.
#[derive(Debug, Args)]
pub struct LockReceivable {
    /// What the holder handed over
    #[arg(value_name = "PRESENTATION")]
    presentation: PathBuf,
    /// What was asked
    #[arg(long, value_name = "FILE")]
    request: PathBuf,
    /// Which logs and keys to believe
    #[arg(long, value_name = "FILE")]
    trust: PathBuf,
    /// Whose key locks: the one that signed the request
    #[arg(long, value_name = "NAME")]
    bank: ItemName,
    /// For how many days, but no longer than the request asked for; as long as that if not given
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u64).range(1..=180))]
    days: Option<u64>,
}

#[derive(Debug, Serialize)]
struct Locked {
    nullifier: String,
    entry_index: u64,
    until: String,
    #[serde(flatten)]
    receipt: ReceiptState,
}

impl fmt::Display for Locked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "locked until {} (entry {})", self.until, self.entry_index)
    }
}

impl LockReceivable {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let request = Request::parse(&files::read(&self.request, MAX_REQUEST_BYTES as u64)?)?;
        let trust = Trust::parse(&files::read(&self.trust, MAX_TRUST_BYTES as u64)?)?;
        let bytes = files::read(&self.presentation, MAX_PRESENTATION_BYTES as u64)?;
        let bank: BankKey = context.wallet()?.get(&self.bank)?;
        let local = context.ledger()?;
        let now = clock::now();
        let report = verify_eligibility(&bytes, &request, &trust, now, local.ledger());
        if report.verdict != Verdict::Verified {
            context.console().print(&report)?;
            return Ok(match report.verdict {
                Verdict::Inconclusive => Outcome::Inconclusive,
                _ => Outcome::NotVerified,
            });
        }
        let presentation = Presentation::parse(&bytes).map_err(|cause| {
            Failure::new(
                "presentation_malformed",
                cause.to_string(),
                "ask the holder for the presentation again",
            )
        })?;
        let asked = request.draft().lock_until;
        let wanted = self
            .days
            .map_or(asked, |days| UnixSeconds(now.0 + days * SECONDS_PER_DAY));
        let expires = wanted.min(asked);
        let receipt = lock(&local, &bank, (&request, &presentation), expires)?;
        context.console().print(&Locked {
            nullifier: presentation.rows.nullifier.to_string(),
            entry_index: receipt.index(),
            receipt: receipt.state(),
            until: format_utc(expires),
        })?;
        receipt.tell(context.console());
        Ok(Outcome::Done)
    }
}
