//! `tradeseal log checkpoint`: the C2SP signed note, as it is.
//!
//! In scope: the latest checkpoint, cosigned if the policy's quorum can be had now, and the key that signed it.
//! An attacker who owns this part shows an old checkpoint.

use std::fmt;

use clap::Args;
use serde::Serialize;
use tradeseal_ledger::Ledger;
use tradeseal_ledger::view::View;

use crate::operations::append::ReceiptState;
use crate::{Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal log checkpoint
  tradeseal log checkpoint --json

Without --json the output is the signed note itself, for any C2SP tool; verifier_key in the JSON goes into the `logs`
of a trust file.";

/// Arguments of `log checkpoint`.
#[derive(Debug, Args)]
pub struct ShowCheckpoint {}

#[derive(Debug, Serialize)]
struct Checkpoint {
    origin: String,
    size: u64,
    root: String,
    state_time: u64,
    verifier_key: String,
    checkpoint: String,
    #[serde(flatten)]
    receipt: ReceiptState,
}

impl Checkpoint {
    fn of(ledger: &Ledger, view: &View<'_>, receipt: ReceiptState) -> Self {
        let signed = view.checkpoint();
        let checkpoint = signed.unchecked_checkpoint();
        Self {
            origin: checkpoint.origin().to_owned(),
            size: checkpoint.size(),
            root: checkpoint.root().to_base64(),
            state_time: view.latest_state().time.0,
            verifier_key: ledger.log_key().to_string(),
            checkpoint: signed.to_string(),
            receipt,
        }
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.checkpoint)
    }
}

impl ShowCheckpoint {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let local = context.ledger()?;
        let published = local.ledger().wait_until_published();
        let view = local.ledger().view()?;
        let receipt = match &published {
            Err(missing) => {
                context
                    .console()
                    .notice(&format!("this checkpoint is not cosigned yet: {missing}"));
                ReceiptState::pending(missing)
            }
            Ok(()) if local.has_quorum() => ReceiptState::COSIGNED,
            Ok(()) => ReceiptState::LOG_ONLY,
        };
        context
            .console()
            .print(&Checkpoint::of(local.ledger(), &view, receipt))?;
        Ok(Outcome::Done)
    }
}
