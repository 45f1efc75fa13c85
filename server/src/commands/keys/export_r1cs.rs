//! `tradeseal keys export-r1cs`: a statement's circuit for other tools, with a sample to try it on.
//!
//! In scope: `.r1cs`, and on request a `.wtns` of a made-up case. Out of scope: real private inputs: nothing exports those.
//! An attacker who owns this part has a ceremony run for another circuit; the import of its key notices.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use sha2::{Digest, Sha256};
use tradeseal_circuits::pins;
use tradeseal_verifier::statement::StatementId;

use crate::statements::Provable;
use crate::{Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal keys export-r1cs --statement receivable/disclosure/v1 --out disclosure.r1cs
  tradeseal keys export-r1cs --statement receivable/mint --out mint.r1cs --sample-wtns sample.wtns
  snarkjs wtns check mint.r1cs sample.wtns

The same version writes the same bytes everywhere: participants of a ceremony compare the SHA-256 that is printed.
The sample is made up. A .wtns file holds every private input of its case in the clear; this one is written for its
owner alone (mode 0600) so that nobody takes to keeping such files otherwise.";

/// Arguments of `keys export-r1cs`.
#[derive(Debug, Args)]
pub struct ExportR1cs {
    /// The statement
    #[arg(value_name = "STATEMENT", value_parser = StatementId::from_typed, conflicts_with = "statement", required_unless_present = "statement")]
    named: Option<StatementId>,
    /// The statement
    #[arg(long, value_name = "STATEMENT", value_parser = StatementId::from_typed)]
    statement: Option<StatementId>,
    /// Where to write the circuit
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,
    /// Where to write the assignment of a made-up case, private inputs included
    #[arg(long, value_name = "FILE")]
    sample_wtns: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
struct Exported {
    statement: &'static str,
    file: PathBuf,
    bytes: usize,
    sha256: String,
    constraints: usize,
    public_rows: usize,
    circuit_digest: String,
    sample_wtns: Option<PathBuf>,
}

impl fmt::Display for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "statement    {}", self.statement)?;
        writeln!(f, "constraints  {}", self.constraints)?;
        writeln!(f, "public rows  {}", self.public_rows)?;
        writeln!(f, "written to   {} ({} bytes)", self.file.display(), self.bytes)?;
        writeln!(f, "SHA-256      {}", self.sha256)?;
        if let Some(sample) = &self.sample_wtns {
            writeln!(
                f,
                "sample       {} (a made-up case with its private inputs)",
                sample.display()
            )?;
        }
        Ok(())
    }
}

impl ExportR1cs {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let missing = || {
            Failure::new(
                "usage",
                "no statement was named",
                "name one: --statement receivable/mint",
            )
        };
        let statement = self.statement.or(self.named).ok_or_else(missing)?;
        let provable = Provable::by_id(statement)?;
        let pin = pins::pin(statement).ok_or_else(missing)?;
        let bytes = (provable.r1cs)()?;
        files::write(&self.out, &bytes)?;
        if let Some(path) = &self.sample_wtns {
            files::write_for_owner(path, &(provable.sample_wtns)()?)?;
        }
        context.console().print(&Exported {
            statement: statement.as_str(),
            file: self.out.clone(),
            bytes: bytes.len(),
            sha256: hex::encode(Sha256::digest(&bytes)),
            constraints: pin.constraints,
            public_rows: statement.row_count(),
            circuit_digest: pin.digest.to_string(),
            sample_wtns: self.sample_wtns.clone(),
        })?;
        Ok(Outcome::Done)
    }
}
