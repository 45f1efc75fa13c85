//! The checkpoints that evidence rests on: the ones with cosignatures where there are any, around each entry that matters.
//!
//! In scope: choosing them, linking them, the keys of their signature lines. Out of scope: getting cosignatures (crate `witness`).
//! An attacker who owns this part chooses wider brackets of time than there are, not false ones.

use std::collections::{BTreeMap, BTreeSet};

use tradeseal_ledger::view::View;
use tradeseal_verifier::disclosure::LoggedEntry;
use tradeseal_verifier::evidence::{ChainedCheckpoint, Join, LogPart, Subject};
use tradeseal_verifier::log::{CosignerKey, LogKey, SignedCheckpoint, SignedNote, TlogProof, WitnessPolicy};
use tradeseal_verifier::presentation::Presentation;

use crate::Failure;
use crate::operations::LocalLedger;

/// A checkpoint of the ledger's log with cosignatures.
pub type Cosigned = SignedCheckpoint;

/// What is known of log witnesses here: their policy, and checkpoints that they cosigned.
#[derive(Debug, Default, Clone)]
pub struct KeptCheckpoints {
    policy: Option<WitnessPolicy>,
    keys: Vec<CosignerKey>,
    /// By size.
    checkpoints: BTreeMap<u64, Cosigned>,
}

impl KeptCheckpoints {
    /// Those of these checkpoints that meet the policy, stripped of lines by anybody whom neither the policy nor the log names.
    ///
    /// # Errors
    /// If a checkpoint is not this log's, or a line in it does not verify.
    pub fn new(policy: &WitnessPolicy, checkpoints: Vec<SignedCheckpoint>, log: &LogKey) -> Result<Self, Failure> {
        let mut kept = Self {
            policy: Some(policy.clone()),
            keys: policy.witnesses().iter().map(|witness| witness.key.clone()).collect(),
            checkpoints: BTreeMap::new(),
        };
        for checkpoint in checkpoints {
            let refused = |cause: &dyn std::fmt::Display| {
                Failure::new(
                    "checkpoint_refused",
                    format!("a cosigned checkpoint does not hold: {cause}"),
                    "give checkpoints of this ledger's log, as its log witnesses cosigned them",
                )
            };
            checkpoint
                .verify(std::slice::from_ref(log))
                .map_err(|cause| refused(&cause))?;
            if policy.evaluate(&checkpoint).map_err(|cause| refused(&cause))?.is_met() {
                let stripped = kept.stripped(&checkpoint, log)?;
                kept.checkpoints
                    .insert(stripped.unchecked_checkpoint().size(), stripped);
            }
        }
        Ok(kept)
    }

    /// With those that the ledger here has kept around these entries, and its latest, as far as they meet the policy.
    pub(super) fn gathered(&self, view: &View<'_>, entries: &[u64], log: &LogKey) -> Result<Self, Failure> {
        let mut gathered = self.clone();
        let Some(policy) = &self.policy else {
            return Ok(gathered);
        };
        let mut found: Vec<SignedCheckpoint> = view.cosigned_checkpoint().cloned().into_iter().collect();
        for entry in entries {
            found.extend(view.cosigned_around(*entry)?.into_iter().flatten());
        }
        for checkpoint in found {
            if policy.evaluate(&checkpoint).is_ok_and(|report| report.is_met()) {
                let size = checkpoint.unchecked_checkpoint().size();
                gathered.checkpoints.insert(size, gathered.stripped(&checkpoint, log)?);
            }
        }
        Ok(gathered)
    }

    /// Only lines by the log and by log witnesses of the policy.
    fn stripped(&self, checkpoint: &SignedCheckpoint, log: &LogKey) -> Result<SignedCheckpoint, Failure> {
        let lines = checkpoint.note().signatures().iter();
        let known = lines.filter(|line| {
            (line.name() == log.name() && line.key_id() == log.id())
                || self.keys.iter().any(|key| key.is_claimed_by(line))
        });
        let note = SignedNote::new(checkpoint.note().text().to_owned(), known.cloned().collect());
        note.and_then(|note| SignedCheckpoint::parse(&note.to_string()))
            .map_err(|cause| damaged(&cause))
    }

    fn has_strange_lines(&self, checkpoint: &SignedCheckpoint, log: &LogKey) -> bool {
        self.stripped(checkpoint, log)
            .is_ok_and(|stripped| stripped != *checkpoint)
    }
}

/// The checkpoint under which everything fetched is proven.
pub(super) struct Head(SignedCheckpoint);

impl Head {
    /// The largest cosigned checkpoint if it covers this entry, else the ledger's own latest.
    pub(super) fn choose(view: &View<'_>, kept: &KeptCheckpoints, entry: u64, log: &LogKey) -> Result<Self, Failure> {
        let cosigned = kept.checkpoints.range(entry + 1..=view.size()).next_back();
        match cosigned {
            Some((_, checkpoint)) => Ok(Self(checkpoint.clone())),
            None => kept.stripped(view.checkpoint(), log).map(Self),
        }
    }

    pub(super) fn size(&self) -> u64 {
        self.0.unchecked_checkpoint().size()
    }

    fn proof(&self, view: &View<'_>, index: u64) -> Result<TlogProof, Failure> {
        let hashes = view.inclusion_proof(index, self.size())?;
        TlogProof::new(index, hashes, self.0.clone()).map_err(|cause| damaged(&cause))
    }

    /// An entry with its proof under this checkpoint.
    pub(super) fn logged(&self, view: &View<'_>, index: u64) -> Result<LoggedEntry, Failure> {
        Ok(LoggedEntry {
            index,
            entry: view.entry(index)?.bytes,
            tlog_proof: self.proof(view, index)?.to_string(),
        })
    }

    /// The presentation as it was handed over, unless its checkpoint has a line whose key is not known here: then with a proof under this one.
    pub(super) fn with_known_lines_only(
        &self,
        view: &View<'_>,
        mut presentation: Presentation,
        kept: &KeptCheckpoints,
        local: &LocalLedger,
    ) -> Result<Presentation, Failure> {
        let proof = TlogProof::parse(&presentation.anchor.tlog_proof).map_err(|cause| damaged(&cause))?;
        if kept.has_strange_lines(proof.checkpoint(), local.ledger().log_key()) {
            presentation.anchor.tlog_proof = self.proof(view, proof.index())?.to_string();
        }
        Ok(presentation)
    }

    /// The chain around the entries of interest, up to this checkpoint, and how the subject's own checkpoints lead to it.
    pub(super) fn log_part(
        &self,
        view: &View<'_>,
        subject: &Subject,
        marks: &[u64],
        kept: &KeptCheckpoints,
        local: &LocalLedger,
    ) -> Result<LogPart, Failure> {
        let mut chain: BTreeMap<u64, SignedCheckpoint> = BTreeMap::from([(self.size(), self.0.clone())]);
        let below_head = || kept.checkpoints.range(..self.size());
        for mark in marks {
            let before = below_head().rfind(|(size, _)| **size <= *mark);
            let after = below_head().find(|(size, _)| **size > *mark);
            chain.extend(
                before
                    .into_iter()
                    .chain(after)
                    .map(|(size, checkpoint)| (*size, checkpoint.clone())),
            );
        }
        let proofs = subject.log_proofs().map_err(|cause| damaged(&cause))?;
        let others: BTreeSet<u64> = proofs
            .iter()
            .map(|proof| proof.checkpoint().unchecked_checkpoint().size())
            .filter(|size| !chain.contains_key(size))
            .collect();
        let joins = others.into_iter().map(|size| {
            let next = chain.range(size..).next().map_or(size, |(next, _)| *next);
            let consistency = view.consistency_proof(size, next)?;
            Ok(Join { size, consistency })
        });
        let joins = joins.collect::<Result<Vec<Join>, Failure>>()?;
        let signed: Vec<&SignedCheckpoint> = chain.values().chain(proofs.iter().map(TlogProof::checkpoint)).collect();
        let cosigned = |key: &&CosignerKey| {
            let mut lines = signed.iter().flat_map(|checkpoint| checkpoint.note().signatures());
            lines.any(|line| key.is_claimed_by(line))
        };
        let log_witnesses = kept.keys.iter().filter(cosigned).cloned().collect();
        let mut previous = None;
        let mut checkpoints = Vec::new();
        for (size, checkpoint) in chain {
            let consistency = match previous.replace(size) {
                Some(before) => view.consistency_proof(before, size)?,
                None => Vec::new(),
            };
            checkpoints.push(ChainedCheckpoint {
                checkpoint,
                consistency,
            });
        }
        Ok(LogPart {
            log_keys: vec![local.ledger().log_key().clone()],
            log_witnesses,
            checkpoints,
            joins,
        })
    }
}

fn damaged(cause: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        "evidence_refused",
        format!("a proof from the log cannot be read or made: {cause}"),
        "obtain the file again, unchanged",
    )
}
