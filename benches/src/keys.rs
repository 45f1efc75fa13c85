//! Development keys, from the cache that the program uses too, and only the pinned ones.
//!
//! Insecure: anyone can forge proofs under them. Measuring is what they are for.

use std::path::Path;

use tradeseal_circuits::{Statement, pins, statement::Blank};
use tradeseal_prover::{
    Silent,
    keys::{CircuitPin, KeyError, KeyRegistry, LoadedKey, development_key_cache},
};
use tradeseal_verifier::{groth16::KeyId, statement::StatementId};

/// Why there is no key to measure with.
#[derive(Debug, thiserror::Error)]
pub enum BenchKeyError {
    /// The build has no such circuit.
    #[error("this build has no pin for {0}")]
    NoPin(StatementId),
    /// The key is another than the pinned one: figures would be of another circuit.
    #[error("the development key of {statement} is {found}, not the pinned {pinned}")]
    NotPinned {
        /// The statement.
        statement: StatementId,
        /// The key made.
        found: KeyId,
        /// The key expected.
        pinned: KeyId,
    },
    /// It could not be made or kept.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// The insecure development key of a statement; made and cached on first use, which takes seconds. Without a cache
/// folder of the user's, keys are kept below `fallback`.
///
/// # Errors
/// [`BenchKeyError`].
pub fn insecure_dev_key<S: Statement>(fallback: &Path) -> Result<LoadedKey, BenchKeyError> {
    let pin = pins::pin(S::ID).ok_or(BenchKeyError::NoPin(S::ID))?;
    let circuit = CircuitPin {
        statement: S::ID,
        digest: pin.digest,
    };
    let registry = KeyRegistry::new(fallback, development_key_cache());
    let key = registry.insecure_dev_key(&circuit, Blank::<S>::default(), &mut Silent)?;
    let pinned = KeyId::from_bytes(pin.development_key_id);
    if key.id() != pinned {
        return Err(BenchKeyError::NotPinned {
            statement: S::ID,
            found: key.id(),
            pinned,
        });
    }
    Ok(key)
}
