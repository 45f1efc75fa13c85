//! Log witnesses for the bench, all of which must cosign.

use std::path::Path;
use std::sync::Arc;

use tradeseal_ledger::publish::Quorum;
use tradeseal_verifier::log::{LogKey, WitnessPolicy};
use tradeseal_witness::client::ClientOptions;

use crate::Failure;
use crate::operations::witness_processes::WitnessProcess;
use crate::operations::witness_quorum::WitnessQuorum;

/// Running log witnesses, and the quorum of all of them, if there are any.
pub(super) type Started = (Vec<WitnessProcess>, Option<Arc<dyn Quorum>>);

/// Starts so many, which know this log.
pub(super) fn start(folder: &Path, count: usize, log: &LogKey) -> Result<Started, Failure> {
    let (mut running, mut policy, mut names) = (Vec::new(), format!("log {log}\n"), String::new());
    for number in 0..count {
        let name = format!("bench.example/witness-{number}");
        let witness = WitnessProcess::start(&folder.join(format!("witness-{number}")), &name, log)?;
        policy.push_str(&format!("witness w{number} {}\n", witness.line()));
        names.push_str(&format!(" w{number}"));
        running.push(witness);
    }
    if count == 0 {
        return Ok((running, None));
    }
    policy.push_str(&format!("group all all{names}\nquorum all\n"));
    let policy = WitnessPolicy::parse(&policy)?;
    let quorum = WitnessQuorum::new(policy, ClientOptions::default());
    Ok((running, Some(Arc::new(quorum))))
}
