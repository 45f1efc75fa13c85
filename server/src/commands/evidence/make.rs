//! `tradeseal evidence make`: a presentation with its request, or disclosures, as one file that needs no ledger any more.
//!
//! In scope: reading the files, writing the evidence. Out of scope: what it holds (`operations::evidence`).
//! An attacker who owns this part makes evidence of something else.

use std::fmt;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use tradeseal_primitives::hash::sha256;
use tradeseal_verifier::disclosure::{Disclosure, MAX_DISCLOSURE_BYTES};
use tradeseal_verifier::log::{MAX_NOTE_BYTES, SignedCheckpoint};
use tradeseal_verifier::presentation::{MAX_PRESENTATION_BYTES, Presentation};
use tradeseal_verifier::request::{MAX_REQUEST_BYTES, Request};
use tradeseal_verifier::verdict::Verdict;

use crate::operations::append::await_publication;
use crate::operations::evidence::{KeptCheckpoints, MadeEvidence, of_disclosures, of_presentation};
use crate::operations::{LocalLedger, witness_policy};
use crate::{ConsoleProgress, Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal evidence make acme.presentation.json --request request.json -o acme.evidence.json
  tradeseal evidence make acme.disclosure.json beta.disclosure.json -o receivable.evidence.json

The ledger in --dir gives the log's proofs, and shows what became of the receivable since. Without -o the file is named after the first one.
Log witnesses' keys are those of the policy in force (tradeseal log policy show); --checkpoint gives checkpoints that they cosigned.";

const EVIDENCE_SUFFIX: &str = "evidence.json";

/// Arguments of `evidence make`.
#[derive(Debug, Args)]
pub struct MakeEvidence {
    /// The presentation, or the disclosures of one receivable
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// What the presentation answers
    #[arg(long, value_name = "FILE")]
    request: Option<PathBuf>,
    /// A checkpoint of the log with cosignatures, to show when things were in it; may be given several times
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// Where to write it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
struct Made {
    file: String,
    statement: &'static str,
    bytes: usize,
    sha256: String,
    verdict_here: Verdict,
    summary: Vec<String>,
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.summary.iter().skip(1) {
            writeln!(f, "{line}")?;
        }
        writeln!(f, "SHA-256: {}", self.sha256)?;
        write!(f, "written to {} ({} bytes)", self.file, self.bytes)
    }
}

impl MakeEvidence {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let given = self.read()?;
        let local = context.ledger()?;
        let kept = self.kept(context, &local)?;
        let progress = &mut ConsoleProgress::new(context.console());
        await_publication(&local, progress);
        let made = match given {
            Given::Presentation(both) => of_presentation((context, &local), *both, &kept, progress)?,
            Given::Disclosures(disclosures) => of_disclosures((context, &local), disclosures, &kept, progress)?,
        };
        let output = self.output.clone().unwrap_or_else(|| named_after(&self.files[0]));
        write(&made, &output)?;
        let bytes = made.evidence.to_json();
        context.console().print(&Made {
            file: output.display().to_string(),
            statement: made.evidence.subject().statement().as_str(),
            bytes: bytes.len(),
            sha256: hex::encode(sha256(&bytes)),
            verdict_here: made.report.verdict,
            summary: made.evidence.summary().to_vec(),
        })?;
        Ok(Outcome::Done)
    }

    fn read(&self) -> Result<Given, Failure> {
        let largest = MAX_DISCLOSURE_BYTES.max(MAX_PRESENTATION_BYTES) as u64;
        let first = files::read(&self.files[0], largest)?;
        match (Presentation::parse(&first), &self.request, &self.files[..]) {
            (Ok(presentation), Some(request), [_]) => {
                let request = Request::parse(&files::read(request, MAX_REQUEST_BYTES as u64)?)?;
                Ok(Given::Presentation(Box::new((request, presentation))))
            }
            (Ok(_), None, [_]) => Err(Failure::new(
                "request_needed",
                "a presentation is evidence only beside the request that it answers",
                "give it with --request FILE",
            )),
            (Ok(_), ..) => Err(Failure::new(
                "evidence_refused",
                "evidence is of one presentation",
                "make a file of evidence for each",
            )),
            (Err(cause), Some(_), _) => Err(Failure::new(
                "presentation_refused",
                cause.to_string(),
                "obtain the presentation again, unchanged",
            )),
            (Err(_), None, paths) => paths
                .iter()
                .map(|path| disclosure(path))
                .collect::<Result<_, _>>()
                .map(Given::Disclosures),
        }
    }

    /// Checkpoints with the cosignatures of the policy in the folder.
    fn kept(&self, context: &Context, local: &LocalLedger) -> Result<KeptCheckpoints, Failure> {
        let Some(current) = witness_policy::current(context)? else {
            return match self.checkpoint[..] {
                [] => Ok(KeptCheckpoints::default()),
                _ => Err(Failure::new(
                    "policy_missing",
                    "there is no witness policy that says whose cosignatures count",
                    "set one first: tradeseal log policy set FILE",
                )),
            };
        };
        let mut checkpoints = Vec::new();
        for path in &self.checkpoint {
            checkpoints.push(checkpoint(path)?);
        }
        KeptCheckpoints::new(&current.policy, checkpoints, local.ledger().log_key())
    }
}

enum Given {
    Presentation(Box<(Request, Presentation)>),
    Disclosures(Vec<Disclosure>),
}

fn disclosure(path: &Path) -> Result<Disclosure, Failure> {
    Disclosure::parse(&files::read(path, MAX_DISCLOSURE_BYTES as u64)?).map_err(|cause| {
        Failure::new(
            "disclosure_refused",
            format!("{}: {cause}", path.display()),
            "give a presentation with --request, or disclosures as their owners made them",
        )
    })
}

fn checkpoint(path: &Path) -> Result<SignedCheckpoint, Failure> {
    let refused = |cause: &dyn fmt::Display| {
        Failure::new(
            "checkpoint_refused",
            format!("{}: {cause}", path.display()),
            "give a C2SP signed checkpoint",
        )
    };
    let text = String::from_utf8(files::read(path, MAX_NOTE_BYTES as u64)?).map_err(|cause| refused(&cause))?;
    SignedCheckpoint::parse(&text).map_err(|cause| refused(&cause))
}

/// `acme.presentation.json` gives `acme.evidence.json`.
fn named_after(path: &Path) -> PathBuf {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let stem = [".presentation.json", ".disclosure.json", ".json"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .unwrap_or(&name);
    path.with_file_name(format!("{stem}.{EVIDENCE_SUFFIX}"))
}

fn write(made: &MadeEvidence, output: &Path) -> Result<(), Failure> {
    files::write(output, &made.evidence.to_json())
}
