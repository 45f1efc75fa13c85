//! The prover of a key, made when it is first needed: from the file beside the key, else built and written there.
//!
//! In scope: one prover for each key whoever asks first. Out of scope: the file's form (`table_file`).
//! An attacker who owns this part can have proofs made that reveal private inputs.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::table_file::{self, Found, Wanted};
use crate::groth16::{Matrices, PrepareError, PreparedProver};
use crate::progress::{Progress, State};

/// Where a key's prover is kept, in memory and on disk.
#[derive(Default)]
pub(super) struct ProverSlot {
    file: Option<PathBuf>,
    ready: Mutex<Option<Arc<PreparedProver>>>,
}

impl ProverSlot {
    /// With a file for the tables.
    pub(super) fn with_file(file: PathBuf) -> Self {
        Self {
            file: Some(file),
            ready: Mutex::default(),
        }
    }

    /// The prover. Others who ask at the same time wait for it.
    pub(super) fn get(
        &self,
        wanted: Wanted<'_>,
        matrices: impl FnOnce() -> Result<Matrices, PrepareError>,
        progress: &mut dyn Progress,
    ) -> Result<Arc<PreparedProver>, PrepareError> {
        // A panic while preparing leaves nothing behind: the slot is still empty.
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(prover) = &*ready {
            return Ok(Arc::clone(prover));
        }
        let prover = Arc::new(self.prepare(wanted, matrices()?, progress)?);
        *ready = Some(Arc::clone(&prover));
        Ok(prover)
    }

    fn prepare(
        &self,
        wanted: Wanted<'_>,
        matrices: Matrices,
        progress: &mut dyn Progress,
    ) -> Result<PreparedProver, PrepareError> {
        let Some(file) = &self.file else {
            return build(wanted, matrices, progress);
        };
        progress.enter(State::named("reading the prover's tables", wanted.key_id.to_string()));
        match table_file::read(file, wanted, &matrices) {
            Found::Prover(prover) => return Ok(*prover),
            Found::Other => {}
            Found::Damaged(why) => {
                progress.notice(&format!(
                    "the file {} is damaged: {why}; making it again",
                    file.display()
                ));
            }
        }
        let prover = build(wanted, matrices, progress)?;
        progress.enter(State::named("writing the prover's tables", wanted.key_id.to_string()));
        if let Err(cause) = table_file::write(file, wanted, prover.matrices(), &prover) {
            // Proving goes on: only the next start is slower.
            progress.notice(&format!(
                "cannot keep the prover's tables at {}: {cause}",
                file.display()
            ));
        }
        Ok(prover)
    }
}

fn build(wanted: Wanted<'_>, matrices: Matrices, progress: &mut dyn Progress) -> Result<PreparedProver, PrepareError> {
    progress.enter(State::named("building the prover's tables", wanted.key_id.to_string()));
    PreparedProver::new(wanted.proving_key, matrices, wanted.sets)
}
