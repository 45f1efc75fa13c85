//! `tradeseal keys list`.
//!
//! In scope: the registry's records. Out of scope: loading keys. An attacker who owns this part hides or invents keys.

use std::fmt;

use clap::Args;
use serde::Serialize;
use tradeseal_prover::keys::KeyRecord;
use tradeseal_verifier::groth16::Provenance;

use super::in_words;
use crate::statements::{all_ids, is_current};
use crate::{Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Example:
  tradeseal keys list --json";

/// Arguments of `keys list`.
#[derive(Debug, Args)]
pub struct ListKeys {}

#[derive(Debug, Serialize)]
struct Keys {
    keys: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    statement: &'static str,
    key_id: String,
    provenance: Provenance,
    /// Whether it is for the circuit that this program has.
    current: bool,
    circuit_digest: String,
    constraints: usize,
    proving_key_bytes: u64,
}

impl From<KeyRecord> for Line {
    fn from(record: KeyRecord) -> Self {
        Self {
            statement: record.statement.as_str(),
            key_id: record.key_id.to_string(),
            provenance: record.provenance,
            current: is_current(&record),
            circuit_digest: record.circuit_digest.to_string(),
            constraints: record.constraints,
            proving_key_bytes: record.proving_key.bytes,
        }
    }
}

impl fmt::Display for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.keys.is_empty() {
            return f.write_str("no keys; make development keys: tradeseal keys dev-setup");
        }
        for key in &self.keys {
            let (made_by, age) = (
                in_words(key.provenance),
                if key.current {
                    ""
                } else {
                    ", for another version's circuit"
                },
            );
            writeln!(f, "{}  {} constraints, {made_by}{age}", key.statement, key.constraints)?;
            writeln!(f, "  {}", key.key_id)?;
        }
        Ok(())
    }
}

impl ListKeys {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let records = context.key_registry().list(&all_ids())?;
        context.console().print(&Keys {
            keys: records.into_iter().map(Line::from).collect(),
        })?;
        Ok(Outcome::Done)
    }
}
