//! `tradeseal keys dev-setup`: development keys of the statements that this build proves.
//!
//! In scope: making them, with a loud warning. Out of scope: keys that protect anything.
//! An attacker needs no part of this: anyone can forge under these keys.

use std::fmt;

use clap::Args;
use serde::Serialize;
use tradeseal_prover::keys::LoadedKey;
use tradeseal_verifier::statement::StatementId;

use crate::statements::Provable;
use crate::{ConsoleProgress, Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal keys dev-setup
  tradeseal keys dev-setup --statement receivable/mint

Development keys are the same on every machine and are kept in $TRADESEAL_KEY_CACHE, else in
$XDG_CACHE_HOME/tradeseal/keys, else in ~/.cache/tradeseal/keys.";

const WARNING: &str = "warning: INSECURE development keys. Anyone can forge proofs under them; verifiers call them inconclusive unless their trust file allows them.";

/// Arguments of `keys dev-setup`.
#[derive(Debug, Args)]
pub struct DevSetup {
    /// For which statement; for all if none is named
    #[arg(long, value_name = "STATEMENT", value_parser = StatementId::from_typed)]
    statement: Option<StatementId>,
}

#[derive(Debug, Serialize)]
struct Made {
    keys: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    statement: &'static str,
    key_id: String,
    constraints: usize,
}

impl From<&LoadedKey> for Line {
    fn from(key: &LoadedKey) -> Self {
        let record = key.record();
        Self {
            statement: record.statement.as_str(),
            key_id: record.key_id.to_string(),
            constraints: record.constraints,
        }
    }
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for key in &self.keys {
            writeln!(
                f,
                "{}  {} constraints\n  {}",
                key.statement, key.constraints, key.key_id
            )?;
        }
        Ok(())
    }
}

impl DevSetup {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        context.console().notice(WARNING);
        let registry = context.key_registry();
        let mut progress = ConsoleProgress::new(context.console());
        let mut keys = Vec::new();
        for provable in Provable::ALL {
            if self.statement.is_none_or(|wanted| wanted == provable.statement) {
                keys.push(Line::from(&(provable.insecure_dev_key)(&registry, &mut progress)?));
            }
        }
        drop(progress);
        context.console().print(&Made { keys })?;
        Ok(Outcome::Done)
    }
}
