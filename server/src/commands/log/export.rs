//! `tradeseal log export`: the log as C2SP tlog-tiles, in a folder.
//!
//! In scope: writing, and going on with an earlier export. Out of scope: serving the folder; any web server does.
//! An attacker who owns this part exports an older log, which whoever kept a later checkpoint notices.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::operations::append::ReceiptState;
use crate::{Context, Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal log export public
  tradeseal log export public && tradeseal log audit public --trust trust.json

The folder holds `checkpoint` and `tile/`, as C2SP tlog-tiles names them. A later export goes on with the same folder; a file
that would change is reported and nothing is replaced.";

/// Arguments of `log export`.
#[derive(Debug, Args)]
pub struct ExportLog {
    /// Where to write it; made if it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

#[derive(Debug, Serialize)]
struct Exported {
    folder: String,
    origin: String,
    size: u64,
    files_written: usize,
    #[serde(flatten)]
    receipt: ReceiptState,
}

impl fmt::Display for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} entries of {}", self.size, self.origin)?;
        write!(f, "{} files written to {}", self.files_written, self.folder)
    }
}

impl ExportLog {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let local = context.ledger()?;
        let published = local.ledger().wait_until_published();
        let view = local.ledger().view()?;
        let receipt = match &published {
            Err(missing) => {
                let notice = format!("the exported checkpoint is not cosigned yet: {missing}");
                context.console().notice(&notice);
                ReceiptState::pending(missing)
            }
            Ok(()) if local.has_quorum() => ReceiptState::COSIGNED,
            Ok(()) => ReceiptState::LOG_ONLY,
        };
        let files_written = view.export(&self.folder)?;
        context.console().print(&Exported {
            folder: self.folder.display().to_string(),
            origin: local.origin().to_string(),
            size: view.size(),
            files_written,
            receipt,
        })?;
        Ok(Outcome::Done)
    }
}
