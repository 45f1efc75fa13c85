//! `tradeseal trust new`: a trust file for verifiers of this folder's ledger.
//!
//! In scope: writing it. Out of scope: delivering it unchanged; whoever can change it on the way is trusted instead.
//! An attacker who owns this part adds its own log and keys.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tradeseal_verifier::log::{MAX_POLICY_BYTES, WitnessPolicy};

use crate::operations::trust::trust;
use crate::{ConsoleProgress, Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal trust new -o trust.json
  tradeseal trust new --allow-insecure-dev -o trust.json
  tradeseal trust new --witness-policy court-and-two-notaries.policy -o trust.json

A witness policy (C2SP tlog-policy) says which log witnesses must have cosigned what the log signs: its log line must be this log's. Without one,
verdicts say that nobody independent has seen the log's history.
Without --allow-insecure-dev, proofs under development keys are Inconclusive: anyone can forge them.";

/// Arguments of `trust new`.
#[derive(Debug, Args)]
pub struct NewTrust {
    /// Accept proofs under development keys, which anyone can forge: for trying things out
    #[arg(long)]
    allow_insecure_dev: bool,
    /// Count only checkpoints that the log witnesses of this C2SP tlog-policy have cosigned
    #[arg(long, value_name = "FILE")]
    witness_policy: Option<PathBuf>,
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
    /// What must have cosigned, in words; null if nobody.
    cosigned_by: Option<String>,
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let allowed = if self.allow_insecure_dev {
            "allowed"
        } else {
            "not allowed"
        };
        writeln!(
            f,
            "trusts {} and {} keys; development keys are {allowed}",
            self.origin, self.keys
        )?;
        if let Some(required) = &self.cosigned_by {
            writeln!(f, "cosigned by   {required}")?;
        }
        write!(f, "written to {}", self.file)
    }
}

impl NewTrust {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let local = context.ledger()?;
        let progress = &mut ConsoleProgress::new(context.console());
        let policy = self.policy()?;
        let trust = trust(context, &local, (self.allow_insecure_dev, policy.as_deref()), progress)?;
        files::write(&self.output, &trust.to_json())?;
        context.console().print(&Written {
            file: self.output.display().to_string(),
            origin: local.origin().to_string(),
            keys: trust.keys().len(),
            allow_insecure_dev: self.allow_insecure_dev,
            cosigned_by: trust
                .logs()
                .iter()
                .find_map(|log| log.policy().map(WitnessPolicy::requirement)),
        })?;
        Ok(Outcome::Done)
    }

    fn policy(&self) -> Result<Option<String>, Failure> {
        let Some(path) = &self.witness_policy else {
            return Ok(None);
        };
        let text = String::from_utf8(files::read(path, MAX_POLICY_BYTES as u64)?).map_err(|_| {
            Failure::new(
                "trust_refused",
                format!("the witness policy {} is not UTF-8 text", path.display()),
                "check that this is the file you meant",
            )
        })?;
        Ok(Some(text))
    }
}
