//! `tradeseal log audit`: a log judged by its public files alone.
//!
//! In scope: an exported or mirrored folder by a trust file, and this installation's own ledger. Out of scope: the checks
//! (`operations::audit`). An attacker who owns this part calls a forged log sound.

use std::path::PathBuf;

use clap::Args;
use tradeseal_ledger::audit::Directory;
use tradeseal_verifier::log::MAX_NOTE_BYTES;
use tradeseal_verifier::trust::{MAX_TRUST_BYTES, Trust};
use tradeseal_verifier::verdict::Verdict;

use crate::operations::audit::{self, Published};
use crate::operations::{LocalLedger, trust, witness_policy};
use crate::{ConsoleProgress, Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal log audit
  tradeseal log audit public --trust trust.json
  tradeseal log audit public --trust trust.json --json

Without DIR the ledger in --dir is audited as it would be exported. With --trust nothing of this installation is used: the trust
file says whose signatures, log witnesses and verifying keys count. The replay is kept in the system's folder for temporary files.
Exit codes: 0 verified, 1 not verified, 2 error, 3 inconclusive: something needed could not be checked.";

/// Arguments of `log audit`.
#[derive(Debug, Args)]
pub struct AuditLog {
    /// The exported log: the folder that `checkpoint` is in
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Which log, log witnesses and keys to believe; without it, this installation's own
    #[arg(long, value_name = "FILE", requires = "folder")]
    trust: Option<PathBuf>,
}

impl AuditLog {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let mut progress = ConsoleProgress::new(context.console());
        let report = match (&self.folder, &self.trust) {
            (Some(folder), Some(trust)) => {
                let trust = Trust::parse(&files::read(trust, MAX_TRUST_BYTES as u64)?)?;
                audit::audit(&in_folder(folder)?, &trust, &mut progress)?
            }
            (folder, _) => {
                let local = context.ledger()?;
                let trust = own_trust(context, &local, &mut progress)?;
                match folder {
                    Some(folder) => audit::audit(&in_folder(folder)?, &trust, &mut progress)?,
                    None => {
                        let view = local.ledger().view()?;
                        let checkpoint = view.checkpoint().to_string().into_bytes();
                        let files = Box::new(view);
                        audit::audit(&Published { checkpoint, files }, &trust, &mut progress)?
                    }
                }
            }
        };
        drop(progress);
        context.console().print(&report)?;
        Ok(match report.verdict {
            Verdict::Verified => Outcome::Done,
            Verdict::Inconclusive => Outcome::Inconclusive,
            Verdict::NotVerified => Outcome::NotVerified,
        })
    }
}

fn in_folder(folder: &PathBuf) -> Result<Published<'static>, Failure> {
    Ok(Published {
        checkpoint: files::read(&folder.join("checkpoint"), MAX_NOTE_BYTES as u64)?,
        files: Box::new(Directory::new(folder)),
    })
}

/// What whoever runs this ledger believes: its log key, its policy's log witnesses, its keys of whatever set-up.
fn own_trust(context: &Context, local: &LocalLedger, progress: &mut ConsoleProgress<'_>) -> Result<Trust, Failure> {
    let policy = witness_policy::current(context)?;
    let policy = policy.as_ref().map(|policy| &policy.text[..]);
    trust::trust(context, local, (true, policy), progress)
}
