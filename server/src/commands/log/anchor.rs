//! `tradeseal log anchor`: dates any number of items by one entry.
//!
//! In scope: the items, who signs. Out of scope: proving them afterwards (`anchored`).
//! An attacker who owns this part anchors other items than its user meant.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tradeseal_verifier::calendar::format_utc;
use tradeseal_verifier::entry::Purpose;

use crate::operations::LocalLedger;
use crate::operations::anchors::{self, Items, MadeAnchor};
use crate::operations::append::{Accepted, ReceiptState};
use crate::wallet::{AnchorKey, ItemName};
use crate::{ConsoleProgress, Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal log anchor cards.txt --purpose 'Product identity cards, lot 7'
  tradeseal log anchor --items-dir certificates --purpose 'Certificates of origin, 2026' --json

Each line of the file is an item (without its line end), or each file of the folder. Keep the items: the ledger gets one hash
over all of them. tradeseal log anchored proves any one of them.";

/// Arguments of `log anchor`.
#[derive(Debug, Args)]
pub struct AnchorItems {
    /// A file with one item on each line
    #[arg(
        value_name = "FILE",
        required_unless_present = "items_dir",
        conflicts_with = "items_dir"
    )]
    file: Option<PathBuf>,
    /// A folder in which each file is an item
    #[arg(long, value_name = "DIR")]
    items_dir: Option<PathBuf>,
    /// What the items are: 1 to 128 bytes, which everybody can read on the ledger
    #[arg(long, value_name = "TEXT")]
    purpose: Purpose,
    /// Whose key signs; it is made on first use
    #[arg(long = "as", value_name = "NAME", default_value = "anchor")]
    signer: ItemName,
}

#[derive(Debug, Serialize)]
struct Made {
    index: u64,
    count: u64,
    /// Hexadecimal.
    root: String,
    purpose: String,
    /// The signer's Ed25519 key, hexadecimal.
    key: String,
    entry_time: u64,
    folder: String,
    #[serde(flatten)]
    receipt: Option<ReceiptState>,
}

impl From<MadeAnchor> for Made {
    fn from(made: MadeAnchor) -> Self {
        let body = made.anchor.body;
        Self {
            index: made.index,
            count: body.count.get(),
            root: hex::encode(body.root.0),
            purpose: body.purpose.to_string(),
            key: body.key.to_string(),
            entry_time: made.time.0,
            folder: made.folder.display().to_string(),
            receipt: made.accepted.as_ref().map(Accepted::state),
        }
    }
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = format_utc(tradeseal_primitives::receivable::UnixSeconds(self.entry_time));
        writeln!(f, "{} items anchored by entry {} at {time}", self.count, self.index)?;
        writeln!(f, "purpose  {}", self.purpose)?;
        writeln!(f, "root     {}", self.root)?;
        writeln!(f, "signed   {}", self.key)?;
        write!(f, "tree in  {}", self.folder)
    }
}

impl AnchorItems {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let items = match (&self.file, &self.items_dir) {
            (_, Some(folder)) => Items::Folder(folder.clone()),
            (Some(file), None) => Items::Lines(file.clone()),
            (None, None) => {
                return Err(Failure::new(
                    "usage",
                    "no items were named",
                    "give a FILE or --items-dir DIR",
                ));
            }
        };
        let wallet = context.wallet()?;
        let local = LocalLedger::open_or_begin(context, &wallet, &mut ConsoleProgress::new(context.console()))?;
        let (key, _) = wallet.get_or_make(&self.signer, AnchorKey::generate)?;
        let made = anchors::make(context, &local, &key, &items, self.purpose.clone())?;
        let accepted = made.accepted.clone();
        context.console().print(&Made::from(made))?;
        if let Some(accepted) = accepted {
            accepted.tell(context.console());
        }
        Ok(Outcome::Done)
    }
}
