//! Proving: synthesise, check every constraint, prove with ark-groth16, verify, and only then hand the proof out.
//!
//! In scope: one proof under one loaded key. Out of scope: choosing the key (`keys`), queueing.
//! An attacker who owns this part sees the private inputs of every statement proven on this machine. Buffers that this
//! crate owns are wiped; those that ark-groth16 makes and drops inside are not.

use std::time::{Duration, Instant};

use ark_bn254::Bn254;
use ark_ff::UniformRand;
use ark_groth16::Groth16;
use ark_relations::gr1cs::SynthesisError;
use ark_std::rand::{CryptoRng, RngCore};
use tradeseal_circuits::{Instance, Statement};
use tradeseal_primitives::Fr;
use tradeseal_verifier::groth16::{self, KeyId, Proof, ProofError, ProofRefusal};
use tradeseal_verifier::statement::StatementId;
use zeroize::Zeroizing;

use crate::keys::LoadedKey;
use crate::progress::{Progress, State};
use crate::section::section_of;
use crate::synthesis::{Assigned, Shape};

/// Why there is no proof. No variant carries private inputs.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProveError {
    /// The circuit could not be laid out with these inputs.
    #[error("the circuit of {statement} cannot be filled with these inputs: {cause}")]
    Synthesis {
        /// The statement.
        statement: StatementId,
        /// What the constraint system said.
        cause: SynthesisError,
    },
    /// The inputs do not satisfy the statement: there is nothing true to prove.
    #[error("the inputs do not satisfy {statement}: constraint {index} of {constraints} fails{}", place(.section))]
    Unsatisfied {
        /// The statement.
        statement: StatementId,
        /// Index of the first broken constraint.
        index: usize,
        /// Constraints in all.
        constraints: usize,
        /// The circuit's name for the section it stands in; empty where it has none.
        section: &'static str,
    },
    /// The key proves something else.
    #[error("the key {key} is for {made_for}, not for {statement}")]
    KeyOfAnotherStatement {
        /// The statement to prove.
        statement: StatementId,
        /// The key's id.
        key: KeyId,
        /// The key's statement.
        made_for: StatementId,
    },
    /// The key was made for another circuit of this statement.
    #[error(
        "the key {key} of {statement} was made for another circuit, of {made_for} constraints where this program's has \
         {constraints} (or of other variables)"
    )]
    KeyOfAnotherCircuit {
        /// The statement.
        statement: StatementId,
        /// The key's id.
        key: KeyId,
        /// Constraints of this program's circuit.
        constraints: usize,
        /// Constraints of the key's circuit.
        made_for: usize,
    },
    /// The proof made has a point that no honest key gives.
    #[error("the proof made under key {key} is malformed: {cause}; the proving key is damaged or was tampered with")]
    Malformed {
        /// The key's id.
        key: KeyId,
        /// What is wrong with it.
        cause: ProofError,
    },
    /// The proof made does not verify.
    #[error("the proof made under key {key} does not verify: {cause}; the proving key is damaged or was tampered with")]
    Unverified {
        /// The key's id.
        key: KeyId,
        /// Why.
        cause: ProofRefusal,
    },
}

fn place(section: &str) -> String {
    if section.is_empty() {
        String::new()
    } else {
        format!(" ({section})")
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

/// Proves statement `S` of these inputs, and verifies the proof before returning it. Callers who want a refusal in the
/// statement's own words run [`Statement::check`] first; here every constraint is checked, and the first broken one named.
///
/// `rng` hides the private inputs: it must be a cryptographic generator seeded by the operating system.
///
/// # Errors
/// [`ProveError`]; `Unsatisfied` if there is nothing true to prove.
pub fn prove<S: Statement>(
    key: &LoadedKey,
    public: &S::Public,
    private: &S::Private,
    rng: &mut (impl RngCore + CryptoRng),
    progress: &mut dyn Progress,
) -> Result<Proven, ProveError> {
    key_is_for::<S>(key)?;
    let mut clock = Stopwatch::start();
    progress.enter(State::named("laying out the circuit", S::ID.as_str()));
    let instance = Instance::<S> { public, private };
    let assigned = Assigned::synthesize(instance).map_err(|cause| ProveError::Synthesis {
        statement: S::ID,
        cause,
    })?;
    key_fits::<S>(key, &assigned.shape)?;
    let synthesis = clock.lap();

    progress.enter(State::named("checking the constraints", S::ID.as_str()));
    if let Some(index) = assigned.first_broken_constraint() {
        return Err(ProveError::Unsatisfied {
            statement: S::ID,
            index,
            constraints: assigned.shape.constraints,
            section: section_of::<S>(index),
        });
    }
    let check = clock.lap();

    progress.enter(State::named("proving", S::ID.as_str()));
    let made = make_proof(key, &assigned, rng)?;
    let proof = clock.lap();

    progress.enter(State::named("verifying the proof", S::ID.as_str()));
    let public_rows = assigned.public_rows().to_vec();
    groth16::verify(key.prepared(), &made, &public_rows)
        .map_err(|cause| ProveError::Unverified { key: key.id(), cause })?;
    let verification = clock.lap();
    Ok(Proven {
        proof: made,
        public_rows,
        constraints: assigned.shape.constraints,
        timings: ProveTimings {
            synthesis,
            check,
            proof,
            verification,
        },
    })
}

fn key_is_for<S: Statement>(key: &LoadedKey) -> Result<(), ProveError> {
    let made_for = key.record().statement;
    if made_for == S::ID {
        return Ok(());
    }
    Err(ProveError::KeyOfAnotherStatement {
        statement: S::ID,
        key: key.id(),
        made_for,
    })
}

/// ark-groth16 zips tables with variables and would silently leave out what does not fit.
fn key_fits<S: Statement>(key: &LoadedKey, shape: &Shape) -> Result<(), ProveError> {
    if key.fits(shape) {
        return Ok(());
    }
    Err(ProveError::KeyOfAnotherCircuit {
        statement: S::ID,
        key: key.id(),
        constraints: shape.constraints,
        made_for: key.record().constraints,
    })
}

fn make_proof(key: &LoadedKey, assigned: &Assigned, rng: &mut (impl RngCore + CryptoRng)) -> Result<Proof, ProveError> {
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
        statement: key.record().statement,
        cause,
    })?;
    Proof::from_points(proof.a, proof.b, proof.c).map_err(|cause| ProveError::Malformed { key: key.id(), cause })
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
