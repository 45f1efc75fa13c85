//! `tradeseal party new`: fresh keys under a name.
//!
//! In scope: one new party in the wallet. Out of scope: enrolment. An attacker who owns this part knows the keys made.

use clap::Args;
use tradeseal_primitives::party::PartyIdentifier;

use super::description::Description;
use crate::wallet::{ItemName, Party};
use crate::{Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal party new acme --id VAT:DE123456789
  tradeseal party new acme --id GLN:4012345000009 --json

The id is how invoices name the party, as `tradeseal receivable read` shows it: VAT:DE123456789, GLN:..., LEI:..., EM:... (e-mail),
an ICD/EAS code such as 0060:..., or a national register with its country: TAX-DE:..., LEGAL-DE:..., CVR-DK:...";

/// Arguments of `party new`.
#[derive(Debug, Args)]
pub struct NewParty {
    /// What to call the party in this wallet
    #[arg(value_name = "NAME")]
    name: String,
    /// How documents name it
    #[arg(long, value_name = "SCHEME:VALUE", value_parser = parse_identifier)]
    id: Option<PartyIdentifier>,
}

impl NewParty {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let name: ItemName = self.name.parse()?;
        let party = Party::generate(self.id.clone())?;
        context.wallet()?.add(&name, &party)?;
        context.console().print(&Description::of(&name, &party))?;
        Ok(Outcome::Done)
    }
}

/// Schemes may hold a colon (`DE:VAT`), and e-mail addresses may too.
fn parse_identifier(text: &str) -> Result<PartyIdentifier, String> {
    let parts = if text.starts_with("EM:") {
        text.split_once(':')
    } else {
        text.rsplit_once(':')
    };
    let (scheme, value) = parts.ok_or("write it as SCHEME:VALUE, such as VAT:DE123456789")?;
    PartyIdentifier::new(scheme, value).map_err(|cause| cause.to_string())
}
