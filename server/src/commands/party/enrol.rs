//! `tradeseal party enrol`: the registrar of this installation's ledger enrols a party of this wallet.
//!
//! In scope: one entry; the ledger is begun if there is none. Out of scope: showing the registrar who the party is.
//! An attacker who owns this part enrols itself as any company.

use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::operations::append::{Accepted, ReceiptState};
use crate::operations::{LocalLedger, enrol};
use crate::wallet::{ItemName, Party};
use crate::{ConsoleProgress, Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal party enrol acme
  tradeseal party enrol acme --json

Enrolling again with new keys replaces the old ones. The first enrolment begins this folder's ledger.";

/// Arguments of `party enrol`.
#[derive(Debug, Args)]
pub struct EnrolParty {
    /// The party's name in this wallet
    #[arg(value_name = "NAME")]
    name: ItemName,
}

#[derive(Debug, Serialize)]
struct Enrolled {
    name: String,
    party_id: String,
    origin: String,
    /// Index of the entry; null if the party was enrolled with these keys already.
    entry_index: Option<u64>,
    #[serde(flatten)]
    receipt: Option<ReceiptState>,
}

impl fmt::Display for Enrolled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.entry_index {
            Some(index) => write!(f, "enrolled {} on {} (entry {index})", self.name, self.origin),
            None => write!(f, "{} was enrolled on {} already", self.name, self.origin),
        }
    }
}

impl EnrolParty {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let wallet = context.wallet()?;
        let party: Party = wallet.get(&self.name)?;
        let local = LocalLedger::open_or_begin(context, &wallet, &mut ConsoleProgress::new(context.console()))?;
        let accepted = enrol::enrol(&local, &self.name, &party)?;
        context.console().print(&Enrolled {
            name: self.name.to_string(),
            party_id: party
                .identifier()
                .map(|identifier| identifier.id().to_string())
                .unwrap_or_default(),
            origin: local.origin().to_string(),
            entry_index: accepted.as_ref().map(Accepted::index),
            receipt: accepted.as_ref().map(Accepted::state),
        })?;
        if let Some(accepted) = accepted {
            accepted.tell(context.console());
        }
        Ok(Outcome::Done)
    }
}
