//! `tradeseal registry show`: the keys under which mints are tagged.
//!
//! In scope: public keys and times. Out of scope: the secret keys.
//! An attacker who owns this part shows other keys than the ledger's.

use std::fmt;

use clap::Args;
use serde::Serialize;
use tradeseal_ledger::view::View;
use tradeseal_verifier::calendar::{format_day, format_utc};

use crate::operations::{LocalLedger, registry};
use crate::wallet::Wallet;
use crate::{Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal registry show
  tradeseal registry show --json

The ledger's id is what debtors acknowledge for: tradeseal receivable acknowledge --ledger ID ...";

/// Arguments of `registry show`.
#[derive(Debug, Args)]
pub struct ShowRegistry {}

/// The registry as it is printed.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    origin: String,
    ledger_id: String,
    /// Rotations so far.
    revision: u64,
    /// x then y, hexadecimal.
    current_key: String,
    previous_key: Option<String>,
    current_since: String,
    /// From when on the key may be replaced.
    rotates_from: String,
    /// Invoices issued before cannot be minted; null while every one can.
    oldest_issue_date: Option<String>,
    /// Whether this wallet holds the current secret key.
    kept_here: bool,
}

impl Shown {
    pub(super) fn of(wallet: &Wallet, local: &LocalLedger, view: &View<'_>) -> Result<Self, Failure> {
        let keys = view.registry()?;
        let from = keys.rotates_from(local.ledger().genesis().registry_era_seconds);
        Ok(Self {
            origin: local.origin().to_string(),
            ledger_id: local.id().to_string(),
            revision: keys.revision,
            current_key: hex::encode(keys.current.to_bytes()),
            previous_key: keys.previous.map(|key| hex::encode(key.to_bytes())),
            current_since: format_utc(keys.era_began),
            rotates_from: format_utc(from),
            oldest_issue_date: keys.dropped_era_ended.map(|_| format_day(keys.oldest_issue_day())),
            kept_here: registry::is_kept(wallet, &keys.current)?,
        })
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "ledger        {} ({})", self.origin, self.ledger_id)?;
        writeln!(f, "revision      {}", self.revision)?;
        writeln!(f, "key           {} since {}", self.current_key, self.current_since)?;
        if let Some(previous) = &self.previous_key {
            writeln!(f, "previous key  {previous}")?;
        }
        if let Some(oldest) = &self.oldest_issue_date {
            writeln!(f, "invoices      issued on {oldest} or later")?;
        }
        let kept = if self.kept_here {
            "in this wallet"
        } else {
            "not in this wallet"
        };
        writeln!(f, "secret key    {kept}")?;
        write!(f, "rotation      from {} on", self.rotates_from)
    }
}

impl ShowRegistry {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let (wallet, local) = context.wallet_and_ledger()?;
        let view = local.ledger().view()?;
        context.console().print(&Shown::of(&wallet, &local, &view)?)?;
        Ok(Outcome::Done)
    }
}
