//! `tradeseal keys show`: one key as an entry for a trust file.
//!
//! In scope: record and verifying key. Out of scope: the proving key, which nobody needs to read.
//! An attacker who owns this part has its user hand a forger's key to a bank.

use std::fmt;

use clap::Args;
use serde::Serialize;
use tradeseal_prover::keys::KeyRecord;
use tradeseal_verifier::groth16::{Provenance, VerifyingKey};

use super::{chosen, in_words};
use crate::{Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal keys show receivable/eligibility/v1
  tradeseal keys show 3f5a09c1 --json

With --json, `trust_entry` goes into the `keys` of a trust file.";

/// Arguments of `keys show`.
#[derive(Debug, Args)]
pub struct ShowKey {
    /// A key id or its first digits (six or more), or a statement
    #[arg(value_name = "KEY")]
    key: String,
}

#[derive(Debug, Serialize)]
struct Shown {
    #[serde(flatten)]
    record: KeyRecord,
    public_rows: &'static [&'static str],
    trust_entry: TrustEntry,
}

/// One element of `keys` in a trust file (`docs/protocol.md` section 6).
#[derive(Debug, Serialize)]
struct TrustEntry {
    statement: &'static str,
    key_id: String,
    provenance: Provenance,
    verifying_key: String,
}

impl Shown {
    fn new(record: KeyRecord, key: &VerifyingKey) -> Self {
        let trust_entry = TrustEntry {
            statement: record.statement.as_str(),
            key_id: record.key_id.to_string(),
            provenance: record.provenance,
            verifying_key: hex::encode(key.to_bytes()),
        };
        Self {
            public_rows: record.statement.row_names(),
            record,
            trust_entry,
        }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "statement    {}", self.record.statement)?;
        writeln!(f, "key id       {}", self.record.key_id)?;
        writeln!(f, "made by      {}", in_words(self.record.provenance))?;
        writeln!(f, "circuit      {}", self.record.circuit_digest)?;
        writeln!(f, "constraints  {}", self.record.constraints)?;
        writeln!(f, "public rows  {}", self.public_rows.join(", "))?;
        write!(f, "\n{}", self.trust_entry.verifying_key)
    }
}

impl ShowKey {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let registry = context.key_registry();
        let record = chosen::find(&registry, &self.key)?;
        let (record, key) = registry.verifying_key(record.statement, record.key_id)?;
        context.console().print(&Shown::new(record, &key))?;
        Ok(Outcome::Done)
    }
}
