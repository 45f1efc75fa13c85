//! Log witnesses that do not start, and policies that do not serve: codes and remedies.
//!
//! In scope: [`WitnessError`], [`PolicyError`]. Out of scope: what a running log witness answers over HTTP.
//! An attacker who owns this part talks an operator into restoring an old history, which makes a fork.

use tradeseal_verifier::log::PolicyError;
use tradeseal_witness::WitnessError;

use super::Failure;

impl From<WitnessError> for Failure {
    fn from(refused: WitnessError) -> Self {
        let message = refused.to_string();
        match refused {
            WitnessError::NotCreated(_) => Self::new(
                "witness_missing",
                message,
                "give the --dir of a log witness, or make one: tradeseal witness serve --name NAME",
            ),
            WitnessError::OtherName { .. } => {
                Self::new("witness_name", message, "leave --name out, or choose another --dir")
            }
            WitnessError::InUse(_) => Self::new("witness_in_use", message, "stop the other process first"),
            WitnessError::KeyExposed { .. } => Self::new("witness_key_exposed", message, "chmod 600 the key file"),
            WitnessError::HistoryLost(_) | WitnessError::HistoryOfOtherKey { .. } | WitnessError::KeyLost { .. } => {
                Self::new(
                    "witness_history",
                    message,
                    "retire the key and make a new log witness in another folder, unless you have the very last state of both files",
                )
            }
            WitnessError::KnownLog { .. } | WitnessError::KnownLogs { .. } => Self::new(
                "witness_logs",
                message,
                "mend the file `logs`: one verifier key a line, # for comments",
            ),
            _ => Self::new("witness_failed", message, "check the disk under --dir"),
        }
    }
}

impl From<PolicyError> for Failure {
    fn from(refused: PolicyError) -> Self {
        Self::new(
            "witness_policy",
            format!("the witness policy does not read: {refused}"),
            "mend that line: see https://c2sp.org/tlog-policy",
        )
    }
}
