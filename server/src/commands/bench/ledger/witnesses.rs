//! Log witnesses for the bench: processes of their own, each with its key and its folder, on this machine's loopback.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use tradeseal_ledger::publish::Quorum;
use tradeseal_verifier::log::{LogKey, WitnessPolicy};
use tradeseal_witness::client::ClientOptions;

use crate::Failure;
use crate::operations::witness_quorum::WitnessQuorum;

/// Running log witnesses; they end with this.
pub(super) struct Witnesses(Vec<Child>);

impl Drop for Witnesses {
    fn drop(&mut self) {
        for witness in &mut self.0 {
            // One that has ended already is no trouble.
            let _ = witness.kill().and_then(|()| witness.wait());
        }
    }
}

impl Witnesses {
    /// Starts so many, which know this log; and the quorum of all of them, if there are any.
    pub(super) fn start(folder: &Path, count: usize, log: &LogKey) -> Result<(Self, Option<Arc<dyn Quorum>>), Failure> {
        let (mut running, mut policy, mut names) = (Self(Vec::new()), format!("log {log}\n"), String::new());
        for number in 0..count {
            let mut child = start(folder, number, log)?;
            let line = first_line(&mut child);
            running.0.push(child);
            let line = line?;
            policy.push_str(&format!("witness w{number} {}\n", line.trim_end()));
            names.push_str(&format!(" w{number}"));
        }
        if count == 0 {
            return Ok((running, None));
        }
        policy.push_str(&format!("group all all{names}\nquorum all\n"));
        let policy = WitnessPolicy::parse(&policy).map_err(|cause| no_witness(&cause))?;
        let quorum = WitnessQuorum::new(policy, ClientOptions::default());
        Ok((running, Some(Arc::new(quorum))))
    }
}

fn start(folder: &Path, number: usize, log: &LogKey) -> Result<Child, Failure> {
    let program = std::env::current_exe().map_err(|cause| no_witness(&cause))?;
    Command::new(program)
        .arg("--dir")
        .arg(folder.join(format!("witness-{number}")))
        .args(["witness", "serve", "--listen", "127.0.0.1:0", "--name"])
        .arg(format!("bench.example/witness-{number}"))
        .arg("--log")
        .arg(log.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|cause| no_witness(&cause))
}

/// Its verifier key and its URL, as it prints them when it listens.
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
        "bench_witness",
        format!("a log witness for the bench could not be started: {cause}"),
        "see why: tradeseal --dir FOLDER witness serve; or measure without: --witnesses 0",
    )
}
