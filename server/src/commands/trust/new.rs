//! `tradeseal trust new`: a trust file for verifiers of this folder's ledger.
//!
//! In scope: writing it. Out of scope: delivering it unchanged; whoever can change it on the way is trusted instead.
//! An attacker who owns this part adds its own log and keys.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::operations::trust::trust;
use crate::{ConsoleProgress, Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal trust new -o trust.json
  tradeseal trust new --allow-insecure-dev -o trust.json

Without --allow-insecure-dev, proofs under development keys are Inconclusive: anyone can forge them.";

/// Arguments of `trust new`.
#[derive(Debug, Args)]
pub struct NewTrust {
    /// Accept proofs under development keys, which anyone can forge: for trying things out
    #[arg(long)]
    allow_insecure_dev: bool,
    /// Where to write it
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Debug, Serialize)]
struct Written {
    file: String,
    origin: String,
    keys: usize,
    allow_insecure_dev: bool,
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let allowed = if self.allow_insecure_dev {
            "allowed"
        } else {
            "not allowed"
        };
        write!(
            f,
            "trusts {} and {} keys; development keys are {allowed}\nwritten to {}",
            self.origin, self.keys, self.file
        )
    }
}

impl NewTrust {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let local = context.ledger()?;
        let progress = &mut ConsoleProgress::new(context.console());
        let trust = trust(context, &local, self.allow_insecure_dev, progress)?;
        files::write(&self.output, &trust.to_json())?;
        context.console().print(&Written {
            file: self.output.display().to_string(),
            origin: local.origin().to_string(),
            keys: trust.keys().len(),
            allow_insecure_dev: self.allow_insecure_dev,
        })?;
        Ok(Outcome::Done)
    }
}
