//! `tradeseal log proof`: an entry's place in the log, as a C2SP tlog-proof.
//!
//! In scope: one entry under the latest checkpoint that the policy's quorum cosigned, else under the log's own. Out of scope: what the entry means.
//! An attacker who owns this part can withhold proofs, not make false ones.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tradeseal_verifier::entry::Entry;

use crate::operations::append::{ReceiptState, pending};
use crate::{Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal log proof 0
  tradeseal log proof 12 -o entry-12.tlog-proof

Entries count from 0. Without --json the output is a C2SP tlog-proof, for any tool that reads them.";

/// Arguments of `log proof`.
#[derive(Debug, Args)]
pub struct ProveEntry {
    /// Which entry, counted from 0
    #[arg(value_name = "INDEX")]
    index: u64,
    /// Where to write the proof; stdout if not given
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
struct Proof {
    index: u64,
    kind: String,
    entry_time: u64,
    /// The entry's bytes, hexadecimal.
    entry: String,
    /// The tlog-proof text.
    proof: String,
    #[serde(flatten)]
    receipt: ReceiptState,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            None => f.write_str(&self.proof),
            Some(file) => write!(f, "entry {} ({})\nwritten to {file}", self.index, self.kind),
        }
    }
}

impl ProveEntry {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let local = context.ledger()?;
        let published = local.ledger().wait_until_published();
        let view = local.ledger().view()?;
        let logged = view.entry(self.index)?;
        let cosigned = view.cosigned_proof(self.index)?;
        let receipt = match (&cosigned, &published) {
            (Some(_), _) => ReceiptState::COSIGNED,
            (None, Ok(())) => ReceiptState::LOG_ONLY,
            (None, Err(missing)) => {
                context.console().notice(&pending(self.index, missing));
                ReceiptState::pending(missing)
            }
        };
        let proof = match cosigned {
            Some(cosigned) => cosigned,
            None => view.tlog_proof(self.index)?,
        };
        let text = proof.to_string();
        if let Some(path) = &self.output {
            files::write(path, text.as_bytes())?;
        }
        context.console().print(&Proof {
            index: self.index,
            kind: Entry::decode(&logged.bytes)
                .map_or_else(|_| "unreadable".to_owned(), |entry| entry.kind().to_string()),
            entry_time: logged.time.0,
            entry: hex::encode(&logged.bytes),
            proof: text,
            receipt,
            file: self.output.as_ref().map(|path| path.display().to_string()),
        })?;
        Ok(Outcome::Done)
    }
}
