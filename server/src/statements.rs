//! The statements that this build proves, each with its circuit's pin and its development key.
//!
//! In scope: the list, and keys that are held to their pins. Out of scope: circuits (crate `circuits`).
//! An attacker who replaces a key in the shared cache is found out here: its id is not the pinned one.

use tradeseal_circuits::receivable::disclosure::Disclosure;
use tradeseal_circuits::receivable::{eligibility::Eligibility, mint::Mint, transfer::Transfer};
use tradeseal_circuits::statement::Blank;
use tradeseal_circuits::{Pin, Statement, pins};
use tradeseal_prover::Progress;
use tradeseal_prover::keys::{CircuitPin, KeyRecord, KeyRegistry, LoadedKey};
use tradeseal_verifier::groth16::KeyId;
use tradeseal_verifier::statement::StatementId;

use crate::Failure;

/// A statement that this build proves.
#[derive(Debug, Clone, Copy)]
pub struct Provable {
    /// Its id.
    pub statement: StatementId,
    /// [`insecure_dev_key`] of it.
    pub insecure_dev_key: fn(&KeyRegistry, &mut dyn Progress) -> Result<LoadedKey, Failure>,
}

impl Provable {
    /// Every statement that this build proves.
    pub const ALL: [Self; 4] = [
        Self::of::<Mint>(),
        Self::of::<Transfer>(),
        Self::of::<Eligibility>(),
        Self::of::<Disclosure>(),
    ];

    const fn of<S: Statement>() -> Self {
        Self {
            statement: S::ID,
            insecure_dev_key: insecure_dev_key::<S>,
        }
    }
}

/// Ids of every statement that this version knows.
pub fn all_ids() -> Vec<StatementId> {
    StatementId::REGISTRY.iter().map(|(id, _)| *id).collect()
}

/// The development key of a statement, made on first use, and the pinned one or none.
///
/// Insecure: anyone can forge proofs under it.
///
/// # Errors
/// [`Failure`] if it cannot be made or kept, or is not the pinned one.
pub fn insecure_dev_key<S: Statement>(
    registry: &KeyRegistry,
    progress: &mut dyn Progress,
) -> Result<LoadedKey, Failure> {
    let pin = pinned(S::ID)?;
    let circuit = CircuitPin {
        statement: S::ID,
        digest: pin.digest,
    };
    let key = registry.insecure_dev_key(&circuit, Blank::<S>::default(), progress)?;
    let expected = KeyId::from_bytes(pin.development_key_id);
    if key.id() != expected {
        let [_, cache] = registry.folders();
        return Err(Failure::new(
            "key_pin",
            format!(
                "the development key of {} is {}, but this program is pinned to {expected}",
                S::ID,
                key.id()
            ),
            format!("delete {} and make it again: tradeseal keys dev-setup", cache.display()),
        ));
    }
    Ok(key)
}

/// Whether a key was made for the circuit that this program has; a cache keeps those of older programs too.
pub fn is_current(record: &KeyRecord) -> bool {
    pins::pin(record.statement).is_some_and(|pin| pin.digest == record.circuit_digest)
}

fn pinned(statement: StatementId) -> Result<Pin, Failure> {
    pins::pin(statement).ok_or_else(|| {
        Failure::new(
            "circuit_pin",
            format!("this build has no circuit for {statement}"),
            "use a newer version of tradeseal",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_statement_that_the_verifier_knows_is_proven_here() {
        let provable = Provable::ALL.map(|provable| provable.statement);
        assert_eq!(provable.to_vec(), StatementId::REGISTRY.map(|(id, _)| id).to_vec());
    }
}
