//! `tradeseal registry rotate`: a registrar replaces the duplicate registry's key.
//!
//! In scope: one entry. Out of scope: when it is due; the ledger refuses it too early.
//! An attacker who owns this part can find out which invoices were minted by guessing them.

use clap::Args;

use super::show::Shown;
use crate::operations::registry;
use crate::{Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal registry rotate
  tradeseal registry rotate --json

Mints carry tags under the new key and the one before. Invoices that could have been minted under a still older key only can be minted no more.";

/// Arguments of `registry rotate`.
#[derive(Debug, Args)]
pub struct RotateRegistry {}

impl RotateRegistry {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let (wallet, local) = context.wallet_and_ledger()?;
        let accepted = registry::rotate(&wallet, &local)?;
        let view = local.ledger().view()?;
        context.console().print(&Shown::of(&wallet, &local, &view)?)?;
        accepted.tell(context.console());
        Ok(Outcome::Done)
    }
}
