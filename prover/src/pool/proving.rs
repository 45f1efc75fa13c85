//! Proofs as jobs: how much memory one takes is known before it starts, and cancelling it stops it between two steps.
//!
//! In scope: one proof of one statement. Out of scope: waiting lines (`queue`).
//! An attacker who owns this part sees the private inputs of every proof in the pool.

use std::sync::Arc;

use ark_std::rand::rngs::OsRng;
use tradeseal_circuits::Statement;

use super::{Cancellation, ProverPool, Refused, TenantId, Ticket};
use crate::keys::LoadedKey;
use crate::progress::{Progress, Silent, State};
use crate::prove::{ProveError, Proven, prove};

/// A proof in the pool: the outer result says whether it ran, the inner one whether it was made.
pub type ProofTicket = Ticket<Result<Proven, ProveError>>;

/// Why a proof was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// A bound of the pool is reached.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The key cannot be made ready.
    #[error(transparent)]
    Key(#[from] ProveError),
}

/// Says that a job was cancelled; what else a proof says of itself nobody hears.
pub(super) struct Watched<'a>(pub(super) &'a Cancellation);

impl Progress for Watched<'_> {
    fn enter(&mut self, _: State) {}

    fn notice(&mut self, _: &str) {}

    fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

impl ProverPool {
    /// Takes a proof in. Makes the key ready first, here and now, if nobody has: a pool whose keys are ready never waits for tables.
    /// The inputs are dropped, and so wiped, when the proof is made or cancelled.
    ///
    /// # Errors
    /// [`NotTaken`].
    pub fn prove<S: Statement<Public: Send + Sync + 'static, Private: Send + Sync + 'static>>(
        &self,
        tenant: TenantId,
        key: Arc<LoadedKey>,
        public: S::Public,
        private: S::Private,
    ) -> Result<ProofTicket, NotTaken> {
        let size = key.make_ready::<S>(&mut Silent)?;
        let job = move |cancellation: &Cancellation| {
            prove::<S>(&key, &public, &private, &mut OsRng, &mut Watched(cancellation))
        };
        Ok(self.submit(tenant, size.proof_bytes, job)?)
    }
}
