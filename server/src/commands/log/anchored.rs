//! `tradeseal log anchored`: the proof of one anchored item.
//!
//! In scope: an item of an anchor that was made in this folder. Out of scope: checking proofs (`verify-anchored`).
//! An attacker who owns this part can withhold proofs, not make false ones.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tradeseal_verifier::anchored::MAX_ITEM_BYTES;

use crate::operations::anchors;
use crate::operations::append::await_publication;
use crate::{ConsoleProgress, Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal log anchored 'GTIN 04012345678901 serial 17' -o card-17.anchored.json
  tradeseal log anchored --item-file certificates/A17.pdf -o A17.anchored.json

The file proves, to anyone with a trust file, that the item existed by the time of its anchor: tradeseal log verify-anchored.";

/// Arguments of `log anchored`.
#[derive(Debug, Args)]
pub struct ProveItem {
    /// The item itself: the line that was anchored
    #[arg(
        value_name = "ITEM",
        required_unless_present = "item_file",
        conflicts_with = "item_file"
    )]
    item: Option<String>,
    /// A file whose bytes are the item
    #[arg(long, value_name = "FILE")]
    item_file: Option<PathBuf>,
    /// Index of the anchor entry; the first anchor that has the item if not given
    #[arg(long, value_name = "INDEX")]
    anchor: Option<u64>,
    /// The item's place among those anchored, from 0; searched for if not given
    #[arg(long, value_name = "N", requires = "anchor")]
    position: Option<u64>,
    /// Where to write the proof; stdout if not given
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
struct Written {
    anchor_index: u64,
    position: u64,
    count: u64,
    purpose: String,
    file: String,
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "item {} of {} in entry {} ({})",
            self.position, self.count, self.anchor_index, self.purpose
        )?;
        write!(f, "written to {}", self.file)
    }
}

impl ProveItem {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let item = match (&self.item, &self.item_file) {
            (Some(text), _) => text.clone().into_bytes(),
            (None, Some(file)) => files::read(file, MAX_ITEM_BYTES as u64)?,
            (None, None) => {
                return Err(Failure::new(
                    "usage",
                    "no item was named",
                    "give an ITEM or --item-file FILE",
                ));
            }
        };
        let local = context.ledger()?;
        await_publication(&local, &mut ConsoleProgress::new(context.console()));
        let view = local.ledger().view()?;
        let anchored = anchors::prove(context, &view, item, self.anchor, self.position)?;
        let json = anchored.proof.to_json();
        let Some(path) = &self.output else {
            context.console().print_text(&String::from_utf8_lossy(&json))?;
            return Ok(Outcome::Done);
        };
        files::write(path, &json)?;
        context.console().print(&Written {
            anchor_index: anchored.anchor_index,
            position: anchored.proof.position,
            count: anchored.anchor.body.count.get(),
            purpose: anchored.anchor.body.purpose.to_string(),
            file: path.display().to_string(),
        })?;
        Ok(Outcome::Done)
    }
}
