//! What evidence is of: one kind for each statement that courts are shown.
//!
//! In scope: the kinds, and what every kind must answer ([`Arm`]). Out of scope: what each rests on (its own file).
//! A statement that courts are to be shown gets a file here and a variant below; nothing else in `evidence` knows statements.

mod disclosure;
mod eligibility;

pub use disclosure::Disclosures;
pub use eligibility::{Eligibility, UnspentSince};

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use tradeseal_primitives::receivable::UnixSeconds;

use super::EvidenceError;
use super::report::{KeyFacts, Moment};
use super::verify::Times;
use crate::disclosure::Audience;
use crate::groth16::KeyId;
use crate::log::{KeyName, LogError, TlogProof};
use crate::statement::StatementId;
use crate::trust::Trust;
use crate::verdict::{Asked, Claim, Conclusion};

/// What is proven, tagged by its statement.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "statement")]
pub enum Subject {
    /// A presentation in answer to a request.
    #[serde(rename = "receivable/eligibility/v2")]
    Eligibility(Box<Eligibility>),
    /// Disclosures of one receivable's history.
    #[serde(rename = "receivable/disclosure/v1")]
    Disclosure(Disclosures),
}

impl Subject {
    pub(super) fn arm(&self) -> &dyn Arm {
        match self {
            Self::Eligibility(eligibility) => &**eligibility,
            Self::Disclosure(disclosures) => disclosures,
        }
    }

    /// Its statement.
    pub fn statement(&self) -> StatementId {
        self.arm().statement()
    }

    /// The log that it rests on, if it can be read.
    pub fn origin(&self) -> Option<&KeyName> {
        self.arm().origin()
    }

    /// The verifying keys that its proofs were made for.
    pub fn key_ids(&self) -> BTreeSet<KeyId> {
        self.arm().key_ids()
    }

    /// Every proof from the log in it.
    ///
    /// # Errors
    /// `LogError` of the first that cannot be read.
    pub fn log_proofs(&self) -> Result<Vec<TlogProof>, LogError> {
        self.arm().log_proofs()
    }
}

/// What evidence of any statement must say of itself.
pub(super) trait Arm {
    fn statement(&self) -> StatementId;

    fn origin(&self) -> Option<&KeyName>;

    fn key_ids(&self) -> BTreeSet<KeyId>;

    fn log_proofs(&self) -> Result<Vec<TlogProof>, LogError>;

    /// Index and time of each state record in it that can be read.
    fn states(&self) -> Vec<(u64, UnixSeconds)>;

    /// Lines of the file's summary: what it says, not whether it is so.
    fn summary(&self) -> Vec<String>;

    fn in_bounds(&self) -> Result<(), EvidenceError>;

    /// Every check of the statement's own, as of the times that the log witnesses give.
    fn judge(&self, trust: &Trust, now: UnixSeconds, times: &Times) -> Judged;
}

/// What came of a subject.
pub(super) struct Judged {
    pub(super) conclusion: Conclusion,
    /// What is said if every check passes, the file's included.
    pub(super) verified: String,
    pub(super) asked: Option<Asked>,
    pub(super) made_for: Vec<Audience>,
    pub(super) claims: Vec<Claim>,
    pub(super) not_established: Vec<String>,
    pub(super) keys: Vec<KeyFacts>,
    /// As of when it holds.
    pub(super) moment: Option<Moment>,
}
