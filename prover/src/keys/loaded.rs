//! A key in memory, ready to prove and to verify.
//!
//! In scope: the proving key's file form, and that proving and verifying key belong together. Out of scope: disk (`folder`).
//! An attacker who owns this part can have proofs made that reveal private inputs.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use ark_bn254::Bn254;
use ark_ec::AffineRepr;
use ark_ec::pairing::Pairing;
use ark_ff::One;
use ark_groth16::ProvingKey;
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use tradeseal_circuits::Statement;
use tradeseal_circuits::statement::Blank;
use tradeseal_verifier::groth16::{KeyId, PreparedKey, Provenance, VerifyingKey};

use super::prover_slot::ProverSlot;
use super::table_file::Wanted;
use super::{BucketSets, CircuitPin, FileDigest, KeyError, KeyRecord};
use crate::groth16::{PrepareError, PreparedProver, ProverSize};
use crate::progress::Progress;
use crate::prove::ProveError;
use crate::synthesis::{Shape, layout_of};

/// First line of a proving key file: the form is ark-groth16's own, uncompressed.
const MAGIC: &[u8] = b"tradeseal/pk/ark-groth16-0.6/v1\n";

/// A key of one statement: proving key, verifying key and record.
pub struct LoadedKey {
    record: KeyRecord,
    proving_key: ProvingKey<Bn254>,
    prepared: PreparedKey,
    sets: BucketSets,
    prover: ProverSlot,
}

/// A key's files.
pub(super) struct KeyFiles {
    pub(super) proving_key: Vec<u8>,
    pub(super) verifying_key: Vec<u8>,
    /// A ceremony's contributions.
    pub(super) transcript: Option<Vec<u8>>,
}

impl LoadedKey {
    /// A key that a set-up has just made, with its files.
    pub(super) fn new(
        pin: &CircuitPin,
        provenance: Provenance,
        constraints: usize,
        proving_key: ProvingKey<Bn254>,
    ) -> Result<(Self, KeyFiles), KeyError> {
        let verifying_key = verifying_key_of(pin, &proving_key)?;
        let files = KeyFiles {
            proving_key: encode_proving_key(&proving_key),
            verifying_key: verifying_key.to_bytes(),
            transcript: None,
        };
        let record = KeyRecord::new(
            pin,
            verifying_key.key_id(),
            provenance,
            constraints,
            FileDigest::of(&files.proving_key),
            FileDigest::of(&files.verifying_key),
        );
        let key = Self {
            record,
            proving_key,
            prepared: PreparedKey::new(verifying_key),
            sets: BucketSets::default(),
            prover: ProverSlot::default(),
        };
        Ok((key, files))
    }

    /// A key from files whose digests the caller has compared with the record. Points are not checked again: that
    /// takes longer than a proof. `Err` says what is wrong.
    pub(super) fn unchecked_from_files(record: KeyRecord, files: &KeyFiles) -> Result<Self, String> {
        let verifying_key = VerifyingKey::from_bytes(&files.verifying_key).map_err(|cause| cause.to_string())?;
        if verifying_key.key_id() != record.key_id || verifying_key.statement() != record.statement {
            return Err("the verifying key is not the one that the record names".to_owned());
        }
        let body = files
            .proving_key
            .strip_prefix(MAGIC)
            .ok_or("not a proving key of this version")?;
        let mut rest = body;
        let proving_key =
            ProvingKey::deserialize_uncompressed_unchecked(&mut rest).map_err(|cause| cause.to_string())?;
        if !rest.is_empty() {
            return Err(format!("{} bytes after the proving key's end", rest.len()));
        }
        match verifying_key_of(&record.pin(), &proving_key) {
            Ok(embedded) if embedded == verifying_key => {}
            _ => return Err("the proving key belongs to another verifying key".to_owned()),
        }
        if !blinds_as_its_verifying_key(&proving_key) {
            return Err("beta or delta of the proving key is another number than the verifying key's".to_owned());
        }
        Ok(Self {
            record,
            proving_key,
            prepared: PreparedKey::new(verifying_key),
            sets: BucketSets::default(),
            prover: ProverSlot::default(),
        })
    }

    /// The same key with its prover's tables kept at `file`.
    #[must_use]
    pub(super) fn with_tables(mut self, file: PathBuf, sets: BucketSets) -> Self {
        self.sets = sets;
        self.prover = ProverSlot::with_file(file);
        self
    }

    /// The same key with tables of another size, in memory alone: what is kept on disk stays as it is.
    #[must_use]
    pub fn with_bucket_sets_in_memory(mut self, sets: BucketSets) -> Self {
        self.sets = sets;
        self.prover = ProverSlot::default();
        self
    }

    /// Makes the key ready to prove `S` with, unless it is: reads the tables kept beside it, or builds them, which takes
    /// seconds, once for each key. The first proof does this if it has not been done before.
    ///
    /// # Errors
    /// `KeyOfAnotherStatement` and `KeyOfAnotherCircuit` where the key is for something else; `Tables` without memory.
    pub fn make_ready<S: Statement>(&self, progress: &mut dyn Progress) -> Result<ProverSize, ProveError> {
        self.prover::<S>(progress).map(|prover| prover.size())
    }

    /// The prover of `S` under this key.
    pub(crate) fn prover<S: Statement>(&self, progress: &mut dyn Progress) -> Result<Arc<PreparedProver>, ProveError> {
        if self.record.statement != S::ID {
            return Err(ProveError::KeyOfAnotherStatement {
                statement: S::ID,
                key: self.id(),
                made_for: self.record.statement,
            });
        }
        let wanted = Wanted {
            key_id: self.id(),
            proving_key: &self.proving_key,
            sets: self.sets,
        };
        let matrices =
            || layout_of(Blank::<S>::default()).and_then(|(matrices, shape)| self.fits(&shape).then_some(matrices));
        let lay_out = || matrices().ok_or(PrepareError::Lengths);
        self.prover.get(wanted, lay_out, progress).map_err(|cause| match cause {
            PrepareError::Lengths => self.of_another_circuit::<S>(),
            PrepareError::Memory(cause) => ProveError::Tables { key: self.id(), cause },
        })
    }

    /// The error for a circuit of `S` that this key was not made for.
    pub(crate) fn of_another_circuit<S: Statement>(&self) -> ProveError {
        ProveError::KeyOfAnotherCircuit {
            statement: S::ID,
            key: self.id(),
            constraints: layout_of(Blank::<S>::default()).map_or(0, |(_, shape)| shape.constraints),
            made_for: self.record.constraints,
        }
    }

    /// The key's name.
    pub fn id(&self) -> KeyId {
        self.record.key_id
    }

    /// Statement, circuit, provenance, sizes.
    pub fn record(&self) -> &KeyRecord {
        &self.record
    }

    /// The verifying key.
    pub fn verifying_key(&self) -> &VerifyingKey {
        self.prepared.key()
    }

    /// The verifying key, ready to verify with.
    pub fn prepared(&self) -> &PreparedKey {
        &self.prepared
    }

    /// ark-groth16's proving key.
    pub(crate) fn proving_key(&self) -> &ProvingKey<Bn254> {
        &self.proving_key
    }

    /// Whether the key's tables have the lengths that a circuit of this shape needs.
    fn fits(&self, shape: &Shape) -> bool {
        let key = &self.proving_key;
        let variables = shape.public_rows + 1 + shape.private_variables;
        let domain = (shape.constraints + shape.public_rows + 1).next_power_of_two();
        self.record.constraints == shape.constraints
            && key.vk.gamma_abc_g1.len() == shape.public_rows + 1
            && key.l_query.len() == shape.private_variables
            && key.h_query.len() == domain - 1
            && [key.a_query.len(), key.b_g1_query.len(), key.b_g2_query.len()] == [variables; 3]
    }
}

impl fmt::Debug for LoadedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoadedKey")
            .field("record", &self.record)
            .finish_non_exhaustive()
    }
}

fn verifying_key_of(pin: &CircuitPin, proving_key: &ProvingKey<Bn254>) -> Result<VerifyingKey, KeyError> {
    let vk = &proving_key.vk;
    let inputs = vk.gamma_abc_g1.clone();
    VerifyingKey::from_points(pin.statement, vk.alpha_g1, vk.beta_g2, vk.gamma_g2, vk.delta_g2, inputs).map_err(
        |cause| KeyError::Refused {
            statement: pin.statement,
            cause,
        },
    )
}

/// Whether the points of G1 that blind proofs are, to each other, as those of the verifying key are, and none is the identity. If so, a proof
/// that verifies hides its private inputs whatever else stands in the proving key: A and B are uniform, and C follows from them. The generators
/// that a set-up multiplied are not in a key (ark-groth16 draws them at random), so beta and delta are compared with each other.
fn blinds_as_its_verifying_key(key: &ProvingKey<Bn254>) -> bool {
    let (beta, delta) = ((key.beta_g1, key.vk.beta_g2), (key.delta_g1, key.vk.delta_g2));
    let all_there = !(beta.0.is_zero() || delta.0.is_zero() || beta.1.is_zero() || delta.1.is_zero());
    all_there && Bn254::multi_pairing([beta.0, -delta.0], [delta.1, beta.1]).0.is_one()
}

fn encode_proving_key(proving_key: &ProvingKey<Bn254>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(MAGIC.len() + proving_key.uncompressed_size());
    bytes.extend_from_slice(MAGIC);
    // Writing to memory cannot fail; were it to, the key could not be loaded again and would be made anew.
    if proving_key.serialize_uncompressed(&mut bytes).is_err() {
        bytes.clear();
    }
    bytes
}
