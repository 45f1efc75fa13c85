//! `tradeseal export snarkjs`: `verification_key.json`, `proof.json` and `public.json`.
//!
//! In scope: the three files of one presentation, as it stands. Out of scope: whether it holds: that is what they are exported for.
//! snarkjs then checks the proof's equation and nothing else that a verdict needs.

use std::fmt;
use std::fs;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tradeseal_verifier::groth16::{Proof, VerifyingKey};
use tradeseal_verifier::interop::snarkjs;
use tradeseal_verifier::presentation::{MAX_PRESENTATION_BYTES, Presentation};
use tradeseal_verifier::statement::receivable::eligibility::Public;
use tradeseal_verifier::trust::{MAX_TRUST_BYTES, Trust};

use crate::{Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal export snarkjs acme.presentation.json --out for-snarkjs
  tradeseal export snarkjs acme.presentation.json --trust trust.json --out for-snarkjs

Then: snarkjs groth16 verify for-snarkjs/verification_key.json for-snarkjs/public.json for-snarkjs/proof.json
The key is taken from the trust file, or else from this installation. snarkjs checks the equation alone: not the request, not the ledger.";

/// Arguments of `export snarkjs`.
#[derive(Debug, Args)]
pub struct ExportSnarkjs {
    /// What the holder handed over
    #[arg(value_name = "PRESENTATION")]
    presentation: PathBuf,
    /// Where to write the three files
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Where to find the key; this installation's keys if not given
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
struct Exported {
    statement: &'static str,
    key_id: String,
    /// What the numbers in `public.json` are, in order.
    public_rows: &'static [&'static str],
    files: Vec<String>,
}

impl fmt::Display for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} under key {}", self.statement, self.key_id)?;
        writeln!(f, "rows: {}", self.public_rows.join(", "))?;
        write!(f, "written to {}", self.files.join(", "))
    }
}

impl ExportSnarkjs {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let bytes = files::read(&self.presentation, MAX_PRESENTATION_BYTES as u64)?;
        let presentation = Presentation::parse(&bytes).map_err(|refused| self.refused(&refused))?;
        let proof = Proof::from_bytes(&presentation.proof).map_err(|refused| self.refused(&refused))?;
        let key = self.key(context, &presentation)?;
        let rows = Public {
            note_root: presentation.rows.note_root,
            dilution_root: presentation.rows.dilution_root,
            nullifier: presentation.rows.nullifier,
            request_digest: presentation.request_digest,
        }
        .rows();
        let contents = [
            ("verification_key.json", snarkjs::verification_key(&key)),
            ("proof.json", snarkjs::proof(&proof)),
            ("public.json", snarkjs::public(&rows)),
        ];
        fs::create_dir_all(&self.out).map_err(|cause| Failure::file("write", &self.out, &cause))?;
        let mut written = Vec::new();
        for (name, bytes) in contents {
            let path = self.out.join(name);
            files::write(&path, &bytes)?;
            written.push(path.display().to_string());
        }
        context.console().print(&Exported {
            statement: presentation.statement.as_str(),
            key_id: presentation.key_id.to_string(),
            public_rows: presentation.statement.row_names(),
            files: written,
        })?;
        Ok(Outcome::Done)
    }

    fn key(&self, context: &Context, presentation: &Presentation) -> Result<VerifyingKey, Failure> {
        let (statement, id) = (presentation.statement, presentation.key_id);
        let Some(trust) = &self.trust else {
            return Ok(context.key_registry().verifying_key(statement, id)?.1);
        };
        let trust = Trust::parse(&files::read(trust, MAX_TRUST_BYTES as u64)?)?;
        let known = trust.key(id).filter(|key| key.statement() == statement);
        known.map(|key| key.key().clone()).ok_or_else(|| {
            Failure::new(
                "key_unknown",
                format!("the trust file names no key {id} of {statement}"),
                "name a trust file that does, or leave --trust out to look among this installation's keys",
            )
        })
    }

    fn refused(&self, cause: &dyn fmt::Display) -> Failure {
        Failure::new(
            "presentation_refused",
            format!("{} is no intact presentation: {cause}", self.presentation.display()),
            "ask for the file again",
        )
    }
}
