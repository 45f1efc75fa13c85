//! Proving: synthesise, check every constraint, prove with ark-groth16, verify, and only then hand the proof out.
//!
//! In scope: one proof under one loaded key. Out of scope: choosing the key (`keys`), queueing.
//! An attacker who owns this part sees the private inputs of every statement proven on this machine. Buffers that this
//! crate owns are wiped; those that ark-groth16 makes and drops inside are not.

use std::time::{Duration, Instant};

use ark_bn254::Bn254;
use ark_ff::UniformRand;
use ark_groth16::Groth16;
use ark_relations::gr1cs::{ConstraintSynthesizer, SynthesisError};
use ark_std::rand::{CryptoRng, RngCore};
use tradeseal_primitives::Fr;
use tradeseal_verifier::groth16::{self, Proof, ProofError, ProofRefusal};
use zeroize::Zeroizing;

use crate::keys::LoadedKey;
use crate::progress::{Progress, State};
use crate::synthesis::{Assigned, Shape};
use crate::unsatisfied::name_of_constraint;

/// Why there is no proof. No variant carries private inputs.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProveError {
    /// The circuit could not be laid out with these inputs.
    #[error("the circuit of {statement} cannot be filled with these inputs: {cause}")]
    Synthesis {
        /// The statement.
        statement: String,
        /// What the constraint system said.
        cause: SynthesisError,
    },
    /// The inputs do not satisfy the statement: there is nothing true to prove.
    #[error("the inputs do not satisfy {statement}: constraint {index} of {constraints} fails{}", place(.name))]
    Unsatisfied {
        /// The statement.
        statement: String,
        /// Index of the first broken constraint.
        index: usize,
        /// Constraints in all.
        constraints: usize,
        /// Where the circuit wrote it, outermost first; empty where the circuit names no places.
        name: String,
    },
    /// The key was made for another circuit.
    #[error(
        "the key {key} of {statement} was made for a circuit of another shape: this one has {} constraints and {} \
         private variables; the program and the key do not belong together", .shape.0, .shape.1
    )]
    KeyOfAnotherCircuit {
        /// The statement.
        statement: String,
        /// The key's id.
        key: String,
        /// Constraints and private variables of the circuit at hand.
        shape: (usize, usize),
    },
    /// The proof made has a point that no honest key gives.
    #[error("the proof made under key {key} is malformed: {cause}; the proving key is damaged or was tampered with")]
    Malformed {
        /// The key's id.
        key: String,
        /// What is wrong with it.
        cause: ProofError,
    },
    /// The proof made does not verify.
    #[error("the proof made under key {key} does not verify: {cause}; the proving key is damaged or was tampered with")]
    Unverified {
        /// The key's id.
        key: String,
        /// Why.
        cause: ProofRefusal,
    },
}

fn place(name: &str) -> String {
    if name.is_empty() {
        String::new()
    } else {
        format!(" ({name})")
    }
}

/// Where the time of one proof went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProveTimings {
    /// Laying out the circuit and computing its variables.
    pub synthesis: Duration,
    /// Checking every constraint.
    pub check: Duration,
    /// Polynomials and multi-scalar multiplications.
    pub proof: Duration,
    /// Verifying the proof made.
    pub verification: Duration,
}

impl ProveTimings {
    /// All phases together.
    pub fn total(&self) -> Duration {
        self.synthesis + self.check + self.proof + self.verification
    }
}

/// A proof that this machine has verified.
#[derive(Debug, Clone)]
pub struct Proven {
    /// The proof.
    pub proof: Proof,
    /// The public rows that it proves, in the statement's order.
    pub public_rows: Vec<Fr>,
    /// Constraints of the circuit.
    pub constraints: usize,
    /// Where the time went.
    pub timings: ProveTimings,
}

/// Proves that `circuit`'s inputs satisfy its statement, and verifies the proof before returning it.
///
/// `rng` hides the private inputs: it must be a cryptographic generator seeded by the operating system.
///
/// # Errors
/// [`ProveError`]; `Unsatisfied` if there is nothing true to prove.
pub fn prove<C, R>(key: &LoadedKey, circuit: C, rng: &mut R, progress: &mut dyn Progress) -> Result<Proven, ProveError>
where
    C: ConstraintSynthesizer<Fr> + Clone,
    R: RngCore + CryptoRng,
{
    let statement = key.record().statement.to_string();
    let mut clock = Stopwatch::start();
    progress.enter(State::named("laying out the circuit", &statement));
    let assigned = Assigned::synthesize(circuit.clone()).map_err(|cause| ProveError::Synthesis {
        statement: statement.clone(),
        cause,
    })?;
    key_fits(key, &assigned.shape, &statement)?;
    let synthesis = clock.lap();

    progress.enter(State::named("checking the constraints", &statement));
    if let Some(index) = assigned.first_broken_constraint() {
        let constraints = assigned.shape.constraints;
        let name = name_of_constraint(circuit, index);
        return Err(ProveError::Unsatisfied {
            statement,
            index,
            constraints,
            name,
        });
    }
    let check = clock.lap();

    progress.enter(State::named("proving", &statement));
    let proof = make_proof(key, &assigned, rng, &statement)?;
    let proof_time = clock.lap();

    progress.enter(State::named("verifying the proof", &statement));
    let public_rows = assigned.public_rows().to_vec();
    groth16::verify(key.prepared(), &proof, &public_rows).map_err(|cause| ProveError::Unverified {
        key: key.id().to_string(),
        cause,
    })?;
    let timings = ProveTimings {
        synthesis,
        check,
        proof: proof_time,
        verification: clock.lap(),
    };
    Ok(Proven {
        proof,
        public_rows,
        constraints: assigned.shape.constraints,
        timings,
    })
}

/// ark-groth16 zips queries with variables and would silently leave out what does not fit.
fn key_fits(key: &LoadedKey, shape: &Shape, statement: &str) -> Result<(), ProveError> {
    if key.fits(shape) {
        return Ok(());
    }
    Err(ProveError::KeyOfAnotherCircuit {
        statement: statement.to_owned(),
        key: key.id().to_string(),
        shape: (shape.constraints, shape.private_variables),
    })
}

fn make_proof<R: RngCore + CryptoRng>(
    key: &LoadedKey,
    assigned: &Assigned,
    rng: &mut R,
    statement: &str,
) -> Result<Proof, ProveError> {
    let (r, s) = (Zeroizing::new(Fr::rand(rng)), Zeroizing::new(Fr::rand(rng)));
    let proof = Groth16::<Bn254>::create_proof_with_reduction_and_matrices(
        key.proving_key(),
        *r,
        *s,
        &assigned.matrices,
        assigned.shape.public_rows + 1,
        assigned.shape.constraints,
        &assigned.values,
    )
    .map_err(|cause| ProveError::Synthesis {
        statement: statement.to_owned(),
        cause,
    })?;
    Proof::from_points(proof.a, proof.b, proof.c).map_err(|cause| ProveError::Malformed {
        key: key.id().to_string(),
        cause,
    })
}

struct Stopwatch(Instant);

impl Stopwatch {
    fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start or the last lap.
    fn lap(&mut self) -> Duration {
        let now = Instant::now();
        let lap = now - self.0;
        self.0 = now;
        lap
    }
}

#[cfg(test)]
mod tests;
