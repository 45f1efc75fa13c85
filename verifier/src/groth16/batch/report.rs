//! What came of a batch.

use alloc::collections::BTreeMap;

use crate::groth16::{ProofError, ProofRefusal};

/// Why an item of a batch was refused: what it would have been refused for on its own.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BatchRefusal {
    /// Its bytes are no proof.
    #[error(transparent)]
    Encoding(ProofError),
    /// Its proof does not hold.
    #[error(transparent)]
    Refused(ProofRefusal),
}

/// Which items of a batch were refused; all others hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchReport {
    items: usize,
    refused: BTreeMap<usize, BatchRefusal>,
}

impl BatchReport {
    pub(super) fn new(items: usize) -> Self {
        Self {
            items,
            refused: BTreeMap::new(),
        }
    }

    pub(super) fn refuse(&mut self, position: usize, refusal: BatchRefusal) {
        self.refused.insert(position, refusal);
    }

    /// Number of items verified.
    pub fn items(&self) -> usize {
        self.items
    }

    /// Whether no item was refused. A batch of nothing has nothing to refuse and establishes nothing.
    pub fn all_hold(&self) -> bool {
        self.refused.is_empty()
    }

    /// Positions of the items refused, ascending, with the reasons.
    pub fn refused(&self) -> impl Iterator<Item = (usize, &BatchRefusal)> {
        self.refused.iter().map(|(position, refusal)| (*position, refusal))
    }

    /// What came of the item at `position`.
    ///
    /// # Errors
    /// Why it was refused.
    pub fn item(&self, position: usize) -> Result<(), &BatchRefusal> {
        self.refused.get(&position).map_or(Ok(()), Err)
    }
}
