//! Trust policies (C2SP tlog-policy): which logs, which log witnesses, and how many of which must have cosigned.
//!
//! In scope: reading a policy, and telling from a checkpoint's cosignatures whether its quorum is met and what is missing.
//! Out of scope: asking log witnesses. A policy must be UTF-8 here; the specification would allow any bytes in names.
//!
//! An attacker who writes the policy decides everything. One who owns fewer log witnesses than the quorum needs, whatever
//! they are, gets no checkpoint accepted.

mod error;
mod evaluation;
mod parser;

pub use error::{PolicyError, PolicyFault};
pub use evaluation::{QuorumReport, Shortfall};
pub use parser::MAX_POLICY_BYTES;

use super::{CosignerKey, LogError, LogKey, MAX_COSIGNATURE_TIME, SignedCheckpoint};
use alloc::string::String;
use alloc::vec::Vec;
use tradeseal_primitives::receivable::UnixSeconds;

/// A log that a policy accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyLog {
    /// Its verifier key, named after its origin.
    pub key: LogKey,
    /// Where it is, in the application's own meaning.
    pub url: Option<String>,
}

/// A log witness that a policy names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyWitness {
    /// What the policy calls it; has no meaning elsewhere.
    pub name: String,
    /// Its verifier key.
    pub key: CosignerKey,
    /// Its submission prefix (C2SP tlog-witness): `add-checkpoint` is below it.
    pub url: Option<String>,
}

/// So many of these.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    name: String,
    threshold: usize,
    members: Vec<Member>,
}

/// What a group's member or the quorum is, by its position in the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Member {
    Witness(usize),
    Group(usize),
}

/// A trust policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessPolicy {
    logs: Vec<PolicyLog>,
    witnesses: Vec<PolicyWitness>,
    groups: Vec<Group>,
    /// `None` is the policy that asks for no cosignatures (`quorum none`).
    quorum: Option<Member>,
}

impl WitnessPolicy {
    /// Reads a policy's text; each line is checked, and the refusal names it.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        parser::parse(text)
    }

    /// The logs, as the text lists them.
    pub fn logs(&self) -> &[PolicyLog] {
        &self.logs
    }

    /// The log witnesses, as the text lists them.
    pub fn witnesses(&self) -> &[PolicyWitness] {
        &self.witnesses
    }

    /// Whether it asks for any cosignature at all (`quorum none` does not).
    pub fn asks_for_cosignatures(&self) -> bool {
        self.quorum.is_some()
    }

    /// What must have cosigned, in words: `both: all of (court, notaries: 2 of (notary-a, notary-b, notary-c))`.
    pub fn requirement(&self) -> String {
        self.quorum.map_or_else(
            || String::from("nobody"),
            |quorum| evaluation::requirement(self, quorum),
        )
    }

    /// What the checkpoint's cosignatures amount to. The log's own signature is not looked at.
    /// A line that claims one of the policy's log witnesses and does not verify is an error.
    pub fn evaluate(&self, checkpoint: &SignedCheckpoint) -> Result<QuorumReport, LogError> {
        self.evaluate_until(checkpoint, MAX_COSIGNATURE_TIME)
    }

    /// As [`Self::evaluate`], counting no cosignature with a time after `latest`. All of them must verify.
    pub fn evaluate_until(&self, checkpoint: &SignedCheckpoint, latest: UnixSeconds) -> Result<QuorumReport, LogError> {
        let keys: Vec<CosignerKey> = self.witnesses.iter().map(|witness| witness.key.clone()).collect();
        let cosignatures = checkpoint.cosignatures(&keys)?;
        Ok(evaluation::report(self, |witness| {
            let by = |cosignature: &&super::Cosignature<'_>| *cosignature.key == witness.key;
            let found = cosignatures.iter().find(by).map(|cosignature| cosignature.time);
            found.filter(|time| *time <= latest)
        }))
    }

    /// As [`Self::evaluate`], after checking that one of the policy's logs signed.
    pub fn verify(&self, checkpoint: &SignedCheckpoint) -> Result<QuorumReport, LogError> {
        let keys: Vec<LogKey> = self.logs.iter().map(|log| log.key.clone()).collect();
        checkpoint.verify(&keys)?;
        self.evaluate(checkpoint)
    }
}
