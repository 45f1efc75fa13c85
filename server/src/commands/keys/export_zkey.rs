//! `tradeseal keys export-zkey`: a key in the form that snarkjs and rapidsnark prove with.
//!
//! In scope: any key here, with its ceremony's transcript if it has one. Out of scope: whether anybody should believe the key.
//! An attacker who owns this part hands other provers a key that makes their proofs fail.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use sha2::{Digest, Sha256};
use tradeseal_prover::keys::{KeyRegistry, LoadedKey};
use tradeseal_verifier::groth16::Provenance;
use tradeseal_verifier::statement::StatementId;

use super::{chosen, in_words};
use crate::statements::{self, Provable};
use crate::{ConsoleProgress, Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal keys export-zkey --statement receivable/disclosure/v1 --out disclosure.zkey
  tradeseal keys export-zkey 3f5a09c1 --out mint.zkey
  snarkjs groth16 prove disclosure.zkey sample.wtns proof.json public.json

For a statement: its ceremony key if there is one here, else its development key, made if need be. A development key stays
one in this form: anyone can forge proofs under it.";

/// Arguments of `keys export-zkey`.
#[derive(Debug, Args)]
pub struct ExportZkey {
    /// A key id or its first digits (six or more), or a statement
    #[arg(
        value_name = "KEY",
        conflicts_with = "statement",
        required_unless_present = "statement"
    )]
    key: Option<String>,
    /// The statement whose key to export
    #[arg(long, value_name = "STATEMENT", value_parser = StatementId::from_typed)]
    statement: Option<StatementId>,
    /// Where to write the key
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Serialize)]
struct Exported {
    statement: &'static str,
    key_id: String,
    provenance: Provenance,
    file: PathBuf,
    bytes: usize,
    sha256: String,
}

impl fmt::Display for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "statement   {}", self.statement)?;
        writeln!(f, "key id      {}", self.key_id)?;
        writeln!(f, "made by     {}", in_words(self.provenance))?;
        writeln!(f, "written to  {} ({} bytes)", self.file.display(), self.bytes)?;
        writeln!(f, "SHA-256     {}", self.sha256)
    }
}

impl ExportZkey {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let registry = context.key_registry();
        let mut progress = ConsoleProgress::new(context.console());
        let key = self.key(&registry, &mut progress)?;
        let record = key.record();
        let transcript = registry.transcript(record)?;
        let bytes = (Provable::by_id(record.statement)?.zkey)(&key, transcript.as_deref())?;
        files::write(&self.out, &bytes)?;
        drop(progress);
        context.console().print(&Exported {
            statement: record.statement.as_str(),
            key_id: record.key_id.to_string(),
            provenance: record.provenance,
            file: self.out.clone(),
            bytes: bytes.len(),
            sha256: hex::encode(Sha256::digest(&bytes)),
        })?;
        Ok(Outcome::Done)
    }

    fn key(&self, registry: &KeyRegistry, progress: &mut ConsoleProgress<'_>) -> Result<LoadedKey, Failure> {
        let Some(statement) = self.statement else {
            let record = chosen::find(registry, self.key.as_deref().unwrap_or_default())?;
            return Ok(registry.load(record.statement, record.key_id)?);
        };
        match statements::ceremony_keys(registry, statement)?.as_slice() {
            [] => (Provable::by_id(statement)?.insecure_dev_key)(registry, progress),
            [one] => Ok(registry.load(statement, one.key_id)?),
            several => Err(Failure::new(
                "key_ambiguous",
                format!("{} ceremony keys here are for {statement}", several.len()),
                "give the first digits of the key id: tradeseal keys list",
            )),
        }
    }
}
