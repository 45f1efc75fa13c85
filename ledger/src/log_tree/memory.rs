//! Nodes read once: the proofs of one batch's entries share all but their lowest hashes.

use super::HashReader;
use crate::store::StoreError;
use std::cell::RefCell;
use std::collections::HashMap;
use tradeseal_verifier::log::LogHash;

/// Remembers what it read. Complete subtrees never change, so it is right for as long as it lives.
pub struct NodeMemory<'r, R> {
    below: &'r R,
    known: RefCell<HashMap<(u32, u64), LogHash>>,
}

impl<'r, R: HashReader> NodeMemory<'r, R> {
    /// Nothing read yet.
    pub fn new(below: &'r R) -> Self {
        Self {
            below,
            known: RefCell::default(),
        }
    }
}

impl<R: HashReader> HashReader for NodeMemory<'_, R> {
    fn subtree(&self, level: u32, index: u64) -> Result<LogHash, StoreError> {
        if let Some(known) = self.known.borrow().get(&(level, index)) {
            return Ok(*known);
        }
        let read = self.below.subtree(level, index)?;
        self.known.borrow_mut().insert((level, index), read);
        Ok(read)
    }
}
