//! `tradeseal export solidity`: a verifier contract for one statement's key.
//!
//! In scope: choosing the key, writing the source. Out of scope: compiling and deploying it, and what a contract does with its answer.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tradeseal_prover::keys::{KeyRecord, KeyRegistry};
use tradeseal_verifier::groth16::Provenance;
use tradeseal_verifier::interop::solidity;
use tradeseal_verifier::statement::StatementId;

use crate::statements::{Provable, is_current};
use crate::{ConsoleProgress, Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal export solidity --statement receivable/eligibility --out Verifier.sol
  tradeseal export solidity --statement receivable/transfer/v1 --key 3f5a09c1 --out Verifier.sol

The contract answers verify(bytes proof, uint256[] rows). A proof can be re-randomised by anyone: a contract that acts on one must remember
its nullifier, never the proof.";

/// Arguments of `export solidity`.
#[derive(Debug, Args)]
pub struct ExportSolidity {
    /// Whose proofs to verify; without its version, the one known here
    #[arg(long, value_name = "STATEMENT", value_parser = StatementId::from_typed)]
    statement: StatementId,
    /// Where to write the source
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A key id or its first digits, where this installation has several
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
}

#[derive(Debug, Serialize)]
struct Exported {
    contract: &'static str,
    statement: &'static str,
    key_id: String,
    provenance: Provenance,
    /// What the numbers in `rows` are, in order.
    public_rows: &'static [&'static str],
    file: String,
}

impl fmt::Display for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} for {} under key {}", self.contract, self.statement, self.key_id)?;
        writeln!(f, "rows: {}", self.public_rows.join(", "))?;
        write!(f, "written to {}", self.file)
    }
}

impl ExportSolidity {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let registry = context.key_registry();
        let record = match self.find(&registry)? {
            Some(record) => record,
            None => self.made(context, &registry)?,
        };
        if record.provenance == Provenance::InsecureDev {
            context
                .console()
                .notice("warning: this is a development key: anyone can forge proofs that the contract accepts");
        }
        let (record, key) = registry.verifying_key(record.statement, record.key_id)?;
        files::write(
            &self.out,
            solidity::verifier_contract(&key, record.provenance).as_bytes(),
        )?;
        context.console().print(&Exported {
            contract: solidity::CONTRACT,
            statement: record.statement.as_str(),
            key_id: record.key_id.to_string(),
            provenance: record.provenance,
            public_rows: record.statement.row_names(),
            file: self.out.display().to_string(),
        })?;
        Ok(Outcome::Done)
    }

    /// The one key meant, or none if there is none at all.
    fn find(&self, registry: &KeyRegistry) -> Result<Option<KeyRecord>, Failure> {
        let all = registry.list(&[self.statement])?;
        let mut found: Vec<KeyRecord> = all.into_iter().filter(|record| self.means(record)).collect();
        match (found.pop(), found.len(), &self.key) {
            (Some(record), 0, _) => Ok(Some(record)),
            (None, _, None) => Ok(None),
            (None, _, Some(key)) => Err(Failure::new(
                "key_unknown",
                format!("no key of {} here is {key}", self.statement),
                "see what there is: tradeseal keys list",
            )),
            (Some(_), others, _) => Err(Failure::new(
                "key_ambiguous",
                format!("there are {} such keys of {} here", others + 1, self.statement),
                "say which one with --key: tradeseal keys list",
            )),
        }
    }

    fn means(&self, record: &KeyRecord) -> bool {
        match &self.key {
            Some(prefix) => record.key_id.to_string().starts_with(prefix.as_str()),
            None => is_current(record),
        }
    }

    /// The development key, made on first use.
    fn made(&self, context: &Context, registry: &KeyRegistry) -> Result<KeyRecord, Failure> {
        let provable = Provable::ALL
            .into_iter()
            .find(|provable| provable.statement == self.statement);
        let provable = provable.ok_or_else(|| {
            Failure::new(
                "circuit_pin",
                format!("this build has no circuit for {}", self.statement),
                "use a newer version of tradeseal",
            )
        })?;
        let mut progress = ConsoleProgress::new(context.console());
        let key = (provable.insecure_dev_key)(registry, &mut progress)?;
        Ok(key.record().clone())
    }
}
