//! `tradeseal receivable consent`: a bank lets a receivable go that it has locked.
//!
//! In scope: from an offer to a signature over exactly its entry. Out of scope: what the bank is paid for it.
//! An attacker who owns this part consents in the bank's name.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tradeseal_verifier::calendar::format_utc;

use crate::operations::transfer::{MAX_OFFER_BYTES, Offer, consent};
use crate::wallet::{BankKey, ItemName};
use crate::{Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Example, run by the bank that has locked the receivable:
  tradeseal receivable consent offer.json --as \"First Bank\" -o consent.json

The bank signs the transfer as a whole: its owner can change nothing of it afterwards. Amounts and recipients are sealed; ask the owner for them.";

/// Arguments of `receivable consent`.
#[derive(Debug, Args)]
pub struct ConsentToTransfer {
    /// What the owner offers
    #[arg(value_name = "OFFER")]
    offer: PathBuf,
    /// Whose key consents: the bank that holds the lock
    #[arg(long = "as", value_name = "NAME")]
    bank: ItemName,
    /// Where to write the consent
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Debug, Serialize)]
struct Signed {
    nullifier: String,
    locked_until: String,
    file: String,
}

impl fmt::Display for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "consented: {} (locked until {}) may be moved as offered\nwritten to {}; hand it to the owner",
            self.nullifier, self.locked_until, self.file
        )
    }
}

impl ConsentToTransfer {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let offer = Offer::parse(&files::read(&self.offer, MAX_OFFER_BYTES)?)?;
        let (wallet, local) = context.wallet_and_ledger()?;
        let bank: BankKey = wallet.get(&self.bank)?;
        let consented = consent(&local, &bank, &offer)?;
        files::write(&self.output, consented.consent.to_json().as_bytes())?;
        context.console().print(&Signed {
            nullifier: consented.nullifier.to_string(),
            locked_until: format_utc(consented.locked_until),
            file: self.output.display().to_string(),
        })?;
        Ok(Outcome::Done)
    }
}
