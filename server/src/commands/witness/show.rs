//! `tradeseal witness show`: who a log witness is, and what it has cosigned.
//!
//! In scope: the log witness in the state folder. Out of scope: asking one over a network (`GET /health`).
//! An attacker who owns this part hands out another's verifier key.

use std::fmt;

use clap::Args;
use serde::Serialize;
use tradeseal_witness::{Refusal, SystemClock, Witness, WitnessError, verifier_key};

use crate::{Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal witness show --dir court
  tradeseal witness show --dir court --json

While the log witness runs only its verifier key is shown: what it has cosigned is its own to read.";

/// Arguments of `witness show`.
#[derive(Debug, Args)]
pub struct ShowWitness {}

#[derive(Debug, Serialize)]
struct Description {
    name: String,
    verifier_key: String,
    running: bool,
    /// Unknown while it runs.
    logs: Option<Vec<Log>>,
    forks: Option<Vec<ForkSeen>>,
}

#[derive(Debug, Serialize)]
struct Log {
    origin: String,
    /// Of the checkpoint cosigned last; 0 if none was.
    size: u64,
    time: Option<u64>,
    checkpoint: Option<String>,
}

/// Two checkpoints of one size, both signed by the log.
#[derive(Debug, Serialize)]
struct ForkSeen {
    origin: String,
    size: u64,
    cosigned: String,
    refused: String,
}

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.verifier_key)?;
        if self.running {
            write!(f, "\n  running; ask GET /health for its state")?;
        }
        for log in self.logs.iter().flatten() {
            match log.time {
                Some(time) => write!(
                    f,
                    "\n  {}: cosigned at size {}, unix second {time}",
                    log.origin, log.size
                )?,
                None => write!(f, "\n  {}: nothing cosigned yet", log.origin)?,
            }
        }
        for fork in self.forks.iter().flatten() {
            write!(
                f,
                "\n  FORK of {} at size {}: two checkpoints, both signed by the log; publish them\n\n{}\n{}",
                fork.origin, fork.size, fork.cosigned, fork.refused
            )?;
        }
        Ok(())
    }
}

impl ShowWitness {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let key = verifier_key(context.dir())?;
        let witness = match Witness::open(context.dir(), Box::new(SystemClock)) {
            Err(WitnessError::InUse(_)) => None,
            opened => Some(opened?),
        };
        let read = witness.as_ref().map(history).transpose();
        let (logs, forks) = read.map_err(|cause| unreadable(&cause))?.unzip();
        context.console().print(&Description {
            name: key.name().to_string(),
            verifier_key: key.to_string(),
            running: witness.is_none(),
            logs,
            forks,
        })?;
        Ok(Outcome::Done)
    }
}

fn history(witness: &Witness) -> Result<(Vec<Log>, Vec<ForkSeen>), Refusal> {
    let logs = witness.logs()?.into_iter().map(|(origin, head)| Log {
        origin,
        size: head.as_ref().map_or(0, |head| head.size),
        time: head.as_ref().map(|head| head.time.0),
        checkpoint: head.map(|head| head.checkpoint),
    });
    let forks = witness.forks()?.into_iter().map(|fork| ForkSeen {
        origin: fork.origin,
        size: fork.size,
        cosigned: fork.cosigned,
        refused: fork.refused,
    });
    Ok((logs.collect(), forks.collect()))
}

fn unreadable(cause: &Refusal) -> Failure {
    Failure::new(
        "witness_failed",
        cause.to_string(),
        "check the disk under --dir; never restore `history` from a backup",
    )
}
