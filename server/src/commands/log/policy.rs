//! `tradeseal log policy`: whose cosignatures this ledger's receipts wait for.
//!
//! In scope: setting, showing and clearing it. Out of scope: asking log witnesses.
//! An attacker who owns this part makes receipts that nobody independent has seen look complete.

use std::fmt;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::Serialize;
use tradeseal_verifier::log::MAX_POLICY_BYTES;

use crate::operations::witness_policy::{self, PolicyText};
use crate::{Context, Failure, Outcome, files};

const EXAMPLES: &str = "\
Examples:
  tradeseal log policy set policy.txt
  tradeseal log policy show
  tradeseal log policy clear

A policy is C2SP tlog-policy text. It names this log (verifier_key of tradeseal log checkpoint --json), log witnesses and a quorum:
  log ledger.example/log+1d28ce12+AYqI4910...
  witness court    VKEY https://court.example/witness
  witness notary-a VKEY https://a.example/witness
  witness notary-b VKEY https://b.example/witness
  witness notary-c VKEY https://c.example/witness
  group notaries 2 notary-a notary-b notary-c
  group both all court notaries
  quorum both";

/// Verbs of `log policy`.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Have receipts wait for the quorum of this policy
    #[command(after_help = EXAMPLES)]
    Set(SetPolicy),
    /// Show the policy in force
    #[command(after_help = EXAMPLES)]
    Show(ShowPolicy),
    /// Have receipts wait for nobody
    #[command(after_help = EXAMPLES)]
    Clear(ClearPolicy),
}

/// Arguments of `log policy set`.
#[derive(Debug, Args)]
pub struct SetPolicy {
    /// C2SP tlog-policy text
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Arguments of `log policy show`.
#[derive(Debug, Args)]
pub struct ShowPolicy {}

/// Arguments of `log policy clear`.
#[derive(Debug, Args)]
pub struct ClearPolicy {}

#[derive(Debug, Serialize)]
struct Description {
    /// `null` if receipts carry the log's signature alone.
    policy: Option<String>,
    witnesses: Vec<WitnessInPolicy>,
}

#[derive(Debug, Serialize)]
struct WitnessInPolicy {
    name: String,
    verifier_key: String,
    url: Option<String>,
}

impl Description {
    fn of(policy: Option<PolicyText>) -> Self {
        let witnesses = policy.iter().flat_map(|text| text.policy.witnesses());
        Self {
            witnesses: witnesses
                .map(|witness| WitnessInPolicy {
                    name: witness.name.clone(),
                    verifier_key: witness.key.to_string(),
                    url: witness.url.clone(),
                })
                .collect(),
            policy: policy.map(|text| text.text),
        }
    }
}

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            self.policy
                .as_deref()
                .unwrap_or("no policy: receipts carry the log's signature alone"),
        )
    }
}

impl PolicyCommand {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let policy = match self {
            Self::Set(SetPolicy { file }) => {
                let set = witness_policy::set(context, files::read(file, MAX_POLICY_BYTES as u64)?)?;
                context
                    .console()
                    .notice("receipts wait for this policy's quorum from now on");
                Some(set)
            }
            Self::Show(ShowPolicy {}) => witness_policy::current(context)?,
            Self::Clear(ClearPolicy {}) => {
                if !witness_policy::clear(context)? {
                    context.console().notice("there was no policy");
                }
                None
            }
        };
        context.console().print(&Description::of(policy))?;
        Ok(Outcome::Done)
    }
}
