//! Log witnesses as processes of their own, each with its key and its folder, on this machine's loopback: for the demo and the bench.
//!
//! In scope: starting, stopping, bringing back. Out of scope: what a log witness does (crate `witness`). Witnesses that the
//! log's own operator runs vouch for nothing; the demo and the bench show how things go, not whom to believe.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tradeseal_verifier::log::LogKey;

use crate::Failure;

/// Where a witness listens the first time: wherever there is room.
const ANYWHERE: &str = "127.0.0.1:0";

/// A log witness; it ends with this.
pub(crate) struct WitnessProcess {
    name: String,
    folder: PathBuf,
    log: LogKey,
    child: Option<Child>,
    /// Its verifier key, then its URL, as a policy has them.
    line: String,
}

impl WitnessProcess {
    /// Starts a log witness of this name in this folder, which knows this log, and waits until it listens.
    pub(crate) fn start(folder: &Path, name: &str, log: &LogKey) -> Result<Self, Failure> {
        let mut witness = Self {
            name: name.to_owned(),
            folder: folder.to_owned(),
            log: log.clone(),
            child: None,
            line: String::new(),
        };
        witness.listen(ANYWHERE)?;
        Ok(witness)
    }

    /// `<verifier key> <URL>`, for a line of a policy.
    pub(crate) fn line(&self) -> &str {
        &self.line
    }

    /// Ends it.
    pub(crate) fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // One that has ended already is no trouble.
            let _ = child.kill().and_then(|()| child.wait());
        }
    }

    /// Starts it again at the address that it had.
    pub(crate) fn come_back(&mut self) -> Result<(), Failure> {
        let url = self.line.rsplit(' ').next().unwrap_or_default();
        let address = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        self.listen(&address)
    }

    fn listen(&mut self, address: &str) -> Result<(), Failure> {
        let program = std::env::current_exe().map_err(|cause| no_witness(&cause))?;
        let mut child = Command::new(program)
            .arg("--dir")
            .arg(&self.folder)
            .args(["witness", "serve", "--listen", address, "--name", &self.name, "--log"])
            .arg(self.log.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|cause| no_witness(&cause))?;
        let line = first_line(&mut child);
        self.child = Some(child);
        line?.trim_end().clone_into(&mut self.line);
        Ok(())
    }
}

impl Drop for WitnessProcess {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What it prints when it listens.
fn first_line(child: &mut Child) -> Result<String, Failure> {
    let mut line = String::new();
    let read = child
        .stdout
        .take()
        .map(|stdout| BufReader::new(stdout).read_line(&mut line));
    match read {
        Some(Ok(read)) if read > 0 => Ok(line),
        _ => Err(no_witness(&"it ended before it listened")),
    }
}

fn no_witness(cause: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        "no_witness",
        format!("a log witness could not be started on this machine: {cause}"),
        "see why: tradeseal --dir FOLDER witness serve",
    )
}
