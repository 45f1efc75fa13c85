//! `tradeseal party show`: the public side of this wallet's parties.
//!
//! In scope: one or all. Out of scope: other people's parties. An attacker who owns this part shows another's handle.

use std::fmt;

use clap::Args;
use serde::Serialize;

use super::description::Description;
use crate::wallet::{ItemKind, ItemName, Party, WalletError};
use crate::{Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal party show
  tradeseal party show acme --json";

/// Arguments of `party show`.
#[derive(Debug, Args)]
pub struct ShowParties {
    /// Which party; all if none is named
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

#[derive(Debug, Serialize)]
struct Parties {
    parties: Vec<Description>,
}

impl fmt::Display for Parties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.parties.is_empty() {
            return f.write_str("no parties; make one: tradeseal party new NAME");
        }
        self.parties.iter().try_for_each(|party| writeln!(f, "{party}"))
    }
}

impl ShowParties {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let wallet = context.existing_wallet()?;
        match &self.name {
            Some(name) => {
                let name: ItemName = name.parse()?;
                let unknown = || WalletError::Unknown {
                    kind: ItemKind::Party,
                    name: name.clone(),
                };
                let party: Party = wallet.ok_or_else(unknown)?.get(&name)?;
                context.console().print(&Description::of(&name, &party))?;
            }
            None => {
                let held = wallet.map_or_else(|| Ok(Vec::new()), |wallet| wallet.list::<Party>())?;
                let parties = held.iter().map(|(name, party)| Description::of(name, party)).collect();
                context.console().print(&Parties { parties })?;
            }
        }
        Ok(Outcome::Done)
    }
}
