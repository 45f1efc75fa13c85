//! Proofs put aside while entries are replayed, and verified many at a time.

use super::fault::{Fault, Faults};
use crate::ProofKeys;
use crate::rules::{ProofChecker, ProofProblem};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use tradeseal_primitives::Fr;
use tradeseal_verifier::groth16::{BatchItem, KeyId, verify_batch};
use tradeseal_verifier::statement::StatementId;

/// Proofs that are put aside before they are verified together.
const BATCH: usize = 512;

/// A proof that an entry carries.
#[derive(Debug, Clone)]
pub(super) struct Claimed {
    key_id: KeyId,
    statement: StatementId,
    proof: [u8; 256],
    rows: Vec<Fr>,
}

/// Stands in for the checker while an entry is checked: accepts every proof, and remembers it.
#[derive(Debug, Default)]
pub(super) struct PutAside(Mutex<Vec<Claimed>>);

impl PutAside {
    pub(super) fn into_claims(self) -> Vec<Claimed> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ProofChecker for PutAside {
    fn check(
        &self,
        statement: StatementId,
        key_id: &KeyId,
        proof: &[u8; 256],
        public_rows: &[Fr],
    ) -> Result<(), ProofProblem> {
        let claim = Claimed {
            key_id: *key_id,
            statement,
            proof: *proof,
            rows: public_rows.to_vec(),
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(claim);
        Ok(())
    }
}

/// Proofs of the log so far.
pub(super) struct Proofs<'k> {
    keys: &'k ProofKeys,
    waiting: Vec<(u64, Claimed)>,
    pub(super) verified: u64,
    pub(super) without_key: u64,
    pub(super) missing_keys: BTreeSet<(StatementId, KeyId)>,
}

impl<'k> Proofs<'k> {
    pub(super) fn new(keys: &'k ProofKeys) -> Self {
        Self {
            keys,
            waiting: Vec::new(),
            verified: 0,
            without_key: 0,
            missing_keys: BTreeSet::new(),
        }
    }

    /// Adds an entry's proofs.
    pub(super) fn add(&mut self, entry: u64, claims: Vec<Claimed>, faults: &mut Faults) {
        self.waiting.extend(claims.into_iter().map(|claim| (entry, claim)));
        if self.waiting.len() >= BATCH {
            self.verify(faults);
        }
    }

    /// Verifies what waits.
    pub(super) fn verify(&mut self, faults: &mut Faults) {
        let waiting = std::mem::take(&mut self.waiting);
        let mut items = Vec::with_capacity(waiting.len());
        for (entry, claim) in &waiting {
            match self.keys.prepared(claim.statement, &claim.key_id) {
                Some(key) => items.push((
                    *entry,
                    BatchItem {
                        key,
                        proof: &claim.proof,
                        rows: &claim.rows,
                    },
                )),
                None => {
                    self.without_key += 1;
                    self.missing_keys.insert((claim.statement, claim.key_id));
                }
            }
        }
        let share = items.len().div_ceil(rayon::current_num_threads()).max(1);
        let refused: Vec<(u64, String)> = items.par_chunks(share).flat_map_iter(refused).collect();
        self.verified += (items.len() - refused.len()) as u64;
        for (entry, reason) in refused {
            faults.add(Fault::Proof { entry, reason });
        }
    }
}

/// Those of these that do not hold, with the reason each has by itself.
fn refused(items: &[(u64, BatchItem<'_>)]) -> Vec<(u64, String)> {
    let bare: Vec<BatchItem<'_>> = items.iter().map(|(_, item)| *item).collect();
    let report = verify_batch(&bare);
    let refused = report.refused();
    refused
        .map(|(position, reason)| (items[position].0, reason.to_string()))
        .collect()
}
