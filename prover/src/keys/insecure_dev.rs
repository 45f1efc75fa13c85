//! Development keys: made from a public seed, so that every machine makes the same one and **anyone can forge under it**.
//!
//! In scope: the seed and the set-up. Out of scope: keys that protect anything (those come from ceremonies).
//! An attacker needs no part of this: it can recompute the set-up's secrets from the seed. That is why a verdict under such
//! a key is Inconclusive unless the verifier's trust file allows development keys.

use ark_bn254::Bn254;
use ark_groth16::Groth16;
use ark_relations::gr1cs::ConstraintSynthesizer;
use ark_std::rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use sha2::{Digest, Sha256};
use tradeseal_primitives::Fr;
use tradeseal_verifier::groth16::Provenance;

use super::loaded::KeyFiles;
use super::{CircuitPin, KeyError, LoadedKey};
use crate::progress::{Count, Progress, State};
use crate::synthesis::{Shape, shape_of};

const SEED_DOMAIN: &[u8] = b"tradeseal insecure dev setup v1";

/// Makes the development key of a circuit in memory. The same circuit gives the same key id on every machine.
///
/// Insecure: the set-up's secrets follow from a public seed, so anyone can forge proofs under the key.
///
/// # Errors
/// [`KeyError`] if the circuit cannot be laid out or its public rows are not the statement's.
pub fn insecure_dev_setup<C>(pin: &CircuitPin, circuit: C, progress: &mut dyn Progress) -> Result<LoadedKey, KeyError>
where
    C: ConstraintSynthesizer<Fr> + Clone,
{
    make_files(pin, circuit, progress).map(|(key, _)| key)
}

/// The key with its files.
pub(super) fn make_files<C>(
    pin: &CircuitPin,
    circuit: C,
    progress: &mut dyn Progress,
) -> Result<(LoadedKey, KeyFiles), KeyError>
where
    C: ConstraintSynthesizer<Fr> + Clone,
{
    let subject = pin.statement.to_string();
    progress.enter(State::named("laying out the circuit", &subject));
    let shape = checked_shape(pin, circuit.clone())?;
    let total = shape.constraints as u64;
    let count = Count {
        done: 0,
        total,
        unit: "constraints",
    };
    progress.enter(State::named("making the development key", &subject).counted(count));
    let mut rng = ChaCha20Rng::from_seed(seed(pin));
    let proving_key =
        Groth16::<Bn254>::generate_random_parameters_with_reduction(circuit, &mut rng).map_err(|cause| {
            KeyError::Circuit {
                statement: pin.statement,
                cause,
            }
        })?;
    LoadedKey::new(pin, Provenance::InsecureDev, shape.constraints, proving_key)
}

fn seed(pin: &CircuitPin) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(SEED_DOMAIN);
    hasher.update(pin.statement.as_str());
    hasher.update(pin.digest.to_bytes());
    hasher.finalize().into()
}

fn checked_shape<C: ConstraintSynthesizer<Fr>>(pin: &CircuitPin, circuit: C) -> Result<Shape, KeyError> {
    let statement = pin.statement;
    let shape = shape_of(circuit).map_err(|cause| KeyError::Circuit { statement, cause })?;
    let expected = statement.row_count();
    if shape.public_rows != expected {
        return Err(KeyError::PublicRows {
            statement,
            expected,
            got: shape.public_rows,
        });
    }
    Ok(shape)
}
