//! The statements that this build proves, each with its circuit's pin and its keys.
//!
//! In scope: the list, which key proves, and keys that are held to their pins. Out of scope: circuits (crate `circuits`).
//! An attacker who replaces a key in the shared cache is found out here: its id is not the pinned one.

use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::OsRng;
use tradeseal_circuits::credential::presentation::Presentation;
use tradeseal_circuits::receivable::disclosure::Disclosure;
use tradeseal_circuits::receivable::{eligibility::Eligibility, mint::Mint, transfer::Transfer};
use tradeseal_circuits::sample::{SampleRng, Sampled};
use tradeseal_circuits::statement::Blank;
use tradeseal_circuits::{Pin, Statement, pins};
use tradeseal_prover::Progress;
use tradeseal_prover::files::{self, CheckedZkey, ExportError, Powers, ZkeyError};
use tradeseal_prover::keys::{CircuitPin, ImportError, KeyRecord, KeyRegistry, LoadedKey};
use tradeseal_verifier::entry::Genesis;
use tradeseal_verifier::groth16::KeyId;
use tradeseal_verifier::statement::StatementId;
use zeroize::Zeroizing;

use crate::commands::bench::{BenchProve, Report, measure};
use crate::{Context, Failure};

/// From a key and its ceremony's transcript to a `.zkey`.
type WriteZkey = fn(&LoadedKey, Option<&[u8]>) -> Result<Vec<u8>, ExportError>;
/// From a `.zkey` and powers of tau to a key that may be used.
type CheckZkey = fn(&[u8], Option<&Powers>, &mut dyn Progress) -> Result<CheckedZkey, ZkeyError>;

/// A statement that this build proves, with everything that depends on which one it is.
#[derive(Debug, Clone, Copy)]
pub struct Provable {
    /// Its id.
    pub statement: StatementId,
    /// [`insecure_dev_key`] of it.
    pub insecure_dev_key: fn(&KeyRegistry, &mut dyn Progress) -> Result<LoadedKey, Failure>,
    /// [`files::r1cs`] of it.
    pub(crate) r1cs: fn() -> Result<Vec<u8>, ExportError>,
    /// [`files::wtns`] of a development sample.
    pub(crate) sample_wtns: fn() -> Result<Zeroizing<Vec<u8>>, ExportError>,
    /// [`files::zkey`] of it.
    pub(crate) zkey: WriteZkey,
    /// [`files::check_zkey`] for it.
    pub(crate) check_zkey: CheckZkey,
    /// `bench prove` of it.
    pub(crate) measure: fn(&BenchProve, &Context, &mut Report, &mut dyn Progress) -> Result<(), Failure>,
    /// [`KeyRegistry::import_ceremony`], trying the key with a development sample.
    pub(crate) import: fn(&KeyRegistry, CheckedZkey, &mut dyn Progress) -> Result<LoadedKey, ImportError>,
}

/// Seed of the samples that are exported and tried.
const SAMPLE_SEED: u64 = 1;

impl Provable {
    /// Every statement that this build proves.
    pub const ALL: [Self; 5] = [
        Self::of::<Mint>(),
        Self::of::<Transfer>(),
        Self::of::<Eligibility>(),
        Self::of::<Disclosure>(),
        Self::of::<Presentation>(),
    ];

    const fn of<S: Sampled<Public: Send + Sync + 'static, Private: Send + Sync + 'static>>() -> Self {
        Self {
            statement: S::ID,
            insecure_dev_key: insecure_dev_key::<S>,
            r1cs: files::r1cs::<S>,
            sample_wtns: sample_wtns::<S>,
            zkey: files::zkey::<S>,
            check_zkey: check_zkey::<S>,
            measure: measure::<S>,
            import: import::<S>,
        }
    }

    /// The statement of this id.
    ///
    /// # Errors
    /// `circuit_pin` if this build does not prove it.
    pub fn by_id(statement: StatementId) -> Result<Self, Failure> {
        let found = Self::ALL.into_iter().find(|provable| provable.statement == statement);
        found.ok_or_else(|| no_circuit(statement))
    }
}

impl Provable {
    /// The id of its pinned development key; no key has this id if there is no pin.
    pub fn development_key_id(self) -> KeyId {
        KeyId::from_bytes(pins::pin(self.statement).map_or([0; 32], |pin| pin.development_key_id))
    }
}

fn sample_wtns<S: Sampled>() -> Result<Zeroizing<Vec<u8>>, ExportError> {
    let (public, private) = S::sample(&mut SampleRng::seed_from_u64(SAMPLE_SEED));
    files::wtns::<S>(&public, &private)
}

fn check_zkey<S: Statement>(
    bytes: &[u8],
    powers: Option<&Powers>,
    progress: &mut dyn Progress,
) -> Result<CheckedZkey, ZkeyError> {
    // Without a pin there is no circuit that the key could be for.
    let pin = pins::pin(S::ID).map(|pin| circuit_of(&pin)).ok_or(ZkeyError::Pin)?;
    files::check_zkey::<S>(&pin, bytes, powers, &mut OsRng, progress)
}

fn import<S: Sampled>(
    registry: &KeyRegistry,
    checked: CheckedZkey,
    progress: &mut dyn Progress,
) -> Result<LoadedKey, ImportError> {
    let (public, private) = S::sample(&mut SampleRng::seed_from_u64(SAMPLE_SEED));
    registry.import_ceremony::<S>(checked, (&public, &private), &mut OsRng, progress)
}

fn circuit_of(pin: &Pin) -> CircuitPin {
    CircuitPin {
        statement: pin.statement,
        digest: pin.digest,
    }
}

/// This installation's ceremony keys for the circuit that this program has, by key id.
///
/// # Errors
/// [`Failure`] for a folder that cannot be read or a damaged record.
pub fn ceremony_keys(registry: &KeyRegistry, statement: StatementId) -> Result<Vec<KeyRecord>, Failure> {
    Ok(registry.ceremony_keys(&circuit_of(&pinned(statement)?))?)
}

/// The key to prove `S` with for a ledger: a ceremony's that the ledger accepts, else the development key if it accepts that.
///
/// # Errors
/// `key_not_accepted` if no key here is accepted; [`Failure`] if it cannot be loaded or made.
pub fn proving_key<S: Statement>(
    registry: &KeyRegistry,
    ledger: &Genesis,
    progress: &mut dyn Progress,
) -> Result<LoadedKey, Failure> {
    for record in ceremony_keys(registry, S::ID)? {
        if ledger.accepts(S::ID, &record.key_id) {
            return Ok(registry.load(S::ID, record.key_id)?);
        }
    }
    let development = KeyId::from_bytes(pinned(S::ID)?.development_key_id);
    if ledger.accepts(S::ID, &development) {
        return insecure_dev_key::<S>(registry, progress);
    }
    Err(Failure::new(
        "key_not_accepted",
        format!("no key here for {} is one that this ledger accepts", S::ID),
        "import the ceremony key that the ledger was begun with: tradeseal keys import-zkey FILE",
    ))
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
    let key = registry.insecure_dev_key(&circuit_of(&pin), Blank::<S>::default(), progress)?;
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
    pins::pin(statement).ok_or_else(|| no_circuit(statement))
}

fn no_circuit(statement: StatementId) -> Failure {
    Failure::new(
        "circuit_pin",
        format!("this build has no circuit for {statement}"),
        "use a newer version of tradeseal",
    )
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
