//! The ledger's quorum: the log witnesses of the policy, asked over HTTP.
//!
//! In scope: joining the ledger's trait with the client of crate `witness`. Out of scope: what a cosignature means (`verifier`).
//! An attacker who owns this part reports quorums that were not met; verifiers count cosignatures themselves.

use std::sync::{Arc, Mutex, PoisonError};

use tradeseal_ledger::publish::{Collected, LogHistory, Missing, MissingWitness, Quorum};
use tradeseal_verifier::log::{LogHash, SignedCheckpoint, WitnessPolicy};
use tradeseal_witness::client::{Answer, ClientOptions, ConsistencyProofs, QuorumOutcome, WitnessSet};

/// A policy's log witnesses.
pub struct WitnessQuorum {
    policy: WitnessPolicy,
    options: ClientOptions,
    /// Started with the first question, which brings the log's history.
    set: Mutex<Option<WitnessSet>>,
}

struct Proofs(LogHistory);

impl ConsistencyProofs for Proofs {
    fn consistency_proof(&self, old_size: u64, new_size: u64) -> Result<Vec<LogHash>, String> {
        self.0
            .consistency_proof(old_size, new_size)
            .map_err(|cause| cause.to_string())
    }
}

impl WitnessQuorum {
    /// Asks nobody yet.
    pub fn new(policy: WitnessPolicy, options: ClientOptions) -> Self {
        Self {
            policy,
            options,
            set: Mutex::new(None),
        }
    }

    fn ask(&self, checkpoint: &SignedCheckpoint, history: &LogHistory) -> Result<QuorumOutcome, String> {
        let mut set = self.set.lock().unwrap_or_else(PoisonError::into_inner);
        let started = match set.take() {
            Some(started) => started,
            None => {
                let proofs: Arc<dyn ConsistencyProofs> = Arc::new(Proofs(history.clone()));
                WitnessSet::start(self.policy.clone(), &proofs, &self.options).map_err(|cause| cause.to_string())?
            }
        };
        let outcome = set.insert(started).collect(checkpoint);
        outcome.map_err(|cause| cause.to_string())
    }
}

impl Quorum for WitnessQuorum {
    fn is_met(&self, checkpoint: &SignedCheckpoint) -> bool {
        self.policy.evaluate(checkpoint).is_ok_and(|report| report.is_met())
    }

    fn collect(&self, checkpoint: &SignedCheckpoint, history: &LogHistory) -> Collected {
        match self.ask(checkpoint, history) {
            Ok(outcome) => collected(outcome),
            Err(shortfall) => Collected {
                checkpoint: checkpoint.clone(),
                missing: Some(Missing {
                    shortfall,
                    witnesses: Vec::new(),
                }),
            },
        }
    }
}

fn collected(outcome: QuorumOutcome) -> Collected {
    let others = outcome
        .said
        .iter()
        .filter(|said| !matches!(said.answer, Answer::Cosigned { .. }));
    let witnesses = others
        .map(|said| MissingWitness {
            name: said.witness.clone(),
            answer: said.answer.to_string(),
            saw_other_history: matches!(said.answer, Answer::OtherHistory { .. } | Answer::Ahead { .. }),
        })
        .collect();
    Collected {
        checkpoint: outcome.checkpoint,
        missing: outcome.missing.map(|shortfall| Missing {
            shortfall: shortfall.to_string(),
            witnesses,
        }),
    }
}
