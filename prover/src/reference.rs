//! ark-groth16 on the same key and inputs: what our proofs are compared with, bit for bit and in time.
//!
//! In scope: the reference. Out of scope: proofs that leave this machine: what ark-groth16 allocates inside is not wiped.
//! An attacker who owns this part makes a comparison lie.

use std::time::{Duration, Instant};

use ark_bn254::Bn254;
use ark_groth16::{Groth16, ProvingKey};
use ark_relations::gr1cs::{ConstraintSynthesizer, Matrix, R1CS_PREDICATE_LABEL, SynthesisError, SynthesisMode};
use ark_std::rand::{CryptoRng, RngCore};
use tradeseal_circuits::{Instance, Statement};
use tradeseal_primitives::Fr;
use tradeseal_verifier::groth16::Proof;
use zeroize::Zeroizing;

use crate::groth16::Blinding;
use crate::keys::LoadedKey;
use crate::prove::ProveError;
use crate::synthesis::WipedSystem;

/// A proof by ark-groth16, and how long it took.
#[derive(Debug, Clone)]
pub struct ReferenceProof {
    /// The proof, not verified.
    pub proof: Proof,
    /// Laying out the circuit with its matrices.
    pub synthesis: Duration,
    /// Polynomials and multi-scalar multiplications.
    pub proving: Duration,
}

/// The proof that ark-groth16 makes of these inputs. With a generator in the same state as [`crate::prove`]'s it is the same proof.
///
/// # Errors
/// `Synthesis` or `Malformed`.
pub fn prove_with_ark_groth16<S: Statement>(
    key: &LoadedKey,
    public: &S::Public,
    private: &S::Private,
    rng: &mut (impl RngCore + CryptoRng),
) -> Result<ReferenceProof, ProveError> {
    let refused = |cause| ProveError::Synthesis {
        statement: S::ID,
        cause,
    };
    let start = Instant::now();
    let laid_out = LaidOut::new(Instance::<S> { public, private }).map_err(refused)?;
    let synthesis = start.elapsed();
    let blinding = Zeroizing::new(Blinding::random(rng));
    let start = Instant::now();
    let proof = laid_out.prove(key.proving_key(), *blinding).map_err(refused)?;
    let proving = start.elapsed();
    let proof = Proof::from_points(proof.a, proof.b, proof.c);
    Ok(ReferenceProof {
        proof: proof.map_err(|cause| ProveError::Malformed { key: key.id(), cause })?,
        synthesis,
        proving,
    })
}

/// A circuit with its values, as ark-groth16 takes them.
pub(crate) struct LaidOut {
    /// A, B and C.
    pub(crate) matrices: Vec<Matrix<Fr>>,
    /// The constant one, the public rows, the private variables.
    pub(crate) values: Zeroizing<Vec<Fr>>,
    /// The constant and the public rows.
    pub(crate) public_values: usize,
}

impl LaidOut {
    pub(crate) fn new(circuit: impl ConstraintSynthesizer<Fr>) -> Result<Self, SynthesisError> {
        let mode = SynthesisMode::Prove {
            construct_matrices: true,
            generate_lc_assignments: false,
        };
        let system = WipedSystem::run(circuit, mode)?;
        Ok(Self {
            matrices: system.0.to_matrices()?.remove(R1CS_PREDICATE_LABEL).unwrap_or_default(),
            values: system.values()?,
            public_values: system.0.num_instance_variables(),
        })
    }

    /// ark-groth16's proof.
    pub(crate) fn prove(
        &self,
        key: &ProvingKey<Bn254>,
        Blinding { r, s }: Blinding,
    ) -> Result<ark_groth16::Proof<Bn254>, SynthesisError> {
        let constraints = self.matrices.first().map_or(0, Vec::len);
        Groth16::<Bn254>::create_proof_with_reduction_and_matrices(
            key,
            r,
            s,
            &self.matrices,
            self.public_values,
            constraints,
            &self.values,
        )
    }
}
