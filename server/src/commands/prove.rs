//! `tradeseal prove`: answer a request with an item of this wallet.
//!
//! In scope: telling the holder what is asked, proving, writing the presentation. Out of scope: delivering it.
//! An attacker who owns this part answers other questions than its holder meant to; the holder's key is on this machine.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tradeseal_verifier::request::{MAX_REQUEST_BYTES, Request};

use crate::operations::scan::catch_up;
use crate::operations::{LocalLedger, present::present};
use crate::wallet::ItemName;
use crate::{ConsoleProgress, Context, Failure, Outcome, clock, files};

/// Examples for `prove --help`.
pub const EXAMPLES: &str = "\
Example:
  tradeseal prove request.json --item 1f0c... -o acme.presentation.json

Item names are shown by: tradeseal receivable list. What the verifier asks is shown by: tradeseal request show FILE.
The verifier learns that some receivable of yours meets its policy, and its nullifier; neither amount, debtor nor invoice.";

/// Arguments of `prove`.
#[derive(Debug, Args)]
pub struct ProveRequest {
    /// What is asked
    #[arg(value_name = "REQUEST")]
    request: PathBuf,
    /// With which item to answer
    #[arg(long, value_name = "ID")]
    item: ItemName,
    /// Where to write the presentation
    #[arg(short, long, value_name = "PRESENTATION")]
    output: PathBuf,
}

#[derive(Debug, Serialize)]
struct Made {
    file: String,
    statement: String,
    for_verifier: String,
    constraints: usize,
    prove_ms: u128,
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "proved {} for {} in {} ms\nwritten to {}",
            self.statement, self.for_verifier, self.prove_ms, self.file
        )
    }
}

impl ProveRequest {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let request = Request::parse(&files::read(&self.request, MAX_REQUEST_BYTES as u64)?)?;
        require_alive(&request)?;
        let wallet = context.wallet()?;
        let progress = &mut ConsoleProgress::new(context.console());
        let local = LocalLedger::open(context, &wallet, progress)?;
        catch_up(&wallet, &local, progress)?;
        let presented = present((context, &wallet, &local), &request, &self.item, progress)?;
        files::write(&self.output, &presented.presentation.to_json())?;
        context.console().print(&Made {
            file: self.output.display().to_string(),
            statement: request.draft().statement.to_string(),
            for_verifier: request.draft().verifier_name.to_string(),
            constraints: presented.proven.constraints,
            prove_ms: presented.proven.timings.total().as_millis(),
        })?;
        Ok(Outcome::Done)
    }
}

fn require_alive(request: &Request) -> Result<(), Failure> {
    if clock::now() < request.draft().expires {
        return Ok(());
    }
    Err(Failure::new(
        "request_expired",
        "the request has expired, so no answer to it would be verified",
        "ask the verifier for a new one",
    ))
}
