//! Proving: compute the assignment, check every constraint, prove, verify, and only then hand the proof out.
//!
//! In scope: one proof under one loaded key. Out of scope: choosing the key (`keys`), queueing.
//! An attacker who owns this part sees the private inputs of every statement proven on this machine. Buffers that hold
//! them are wiped.

use std::time::{Duration, Instant};

use ark_relations::gr1cs::SynthesisError;
use ark_std::rand::{CryptoRng, RngCore};
use tradeseal_circuits::{Instance, Statement};
use tradeseal_primitives::Fr;
use tradeseal_verifier::groth16::{self, KeyId, Proof, ProofError, ProofRefusal};
use tradeseal_verifier::statement::StatementId;
use zeroize::Zeroizing;

use crate::groth16::{Blinding, Broken};
use crate::keys::LoadedKey;
use crate::progress::{Progress, State};
use crate::section::section_of;
use crate::synthesis::Assignment;

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
    /// Whoever asked has changed its mind.
    #[error("the proof of {statement} was cancelled")]
    Cancelled {
        /// The statement.
        statement: StatementId,
    },
    /// The tables of the key's prover do not fit into memory.
    #[error("there is no memory for the prover's tables of key {key}: {cause}; choose more bucket sets")]
    Tables {
        /// The key's id.
        key: KeyId,
        /// What the system said.
        cause: std::io::Error,
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
    /// Computing the circuit's variables.
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
/// [`ProveError`]; `Unsatisfied` if there is nothing true to prove, `Cancelled` where `progress` says so between two steps.
pub fn prove<S: Statement>(
    key: &LoadedKey,
    public: &S::Public,
    private: &S::Private,
    rng: &mut (impl RngCore + CryptoRng),
    progress: &mut dyn Progress,
) -> Result<Proven, ProveError> {
    let prover = key.prover::<S>(progress)?;
    let enter = |progress: &mut dyn Progress, step| {
        progress.enter(State::named(step, S::ID.as_str()));
        if progress.is_cancelled() {
            Err(ProveError::Cancelled { statement: S::ID })
        } else {
            Ok(())
        }
    };
    let mut clock = Stopwatch::start();
    enter(progress, "computing the private variables")?;
    let assignment = Assignment::compute(Instance::<S> { public, private }).map_err(|cause| ProveError::Synthesis {
        statement: S::ID,
        cause,
    })?;
    if (assignment.public_values(), assignment.values().len()) != (prover.public_values(), prover.variables()) {
        return Err(key.of_another_circuit::<S>());
    }
    let synthesis = clock.lap();

    enter(progress, "checking the constraints")?;
    let rows = prover
        .check(assignment.values())
        .map_err(|Broken(index)| ProveError::Unsatisfied {
            statement: S::ID,
            index,
            constraints: prover.constraints(),
            section: section_of::<S>(index),
        })?;
    let check = clock.lap();

    enter(progress, "proving")?;
    let points = prover.prove(assignment.values(), rows, *Zeroizing::new(Blinding::random(rng)));
    let made = Proof::from_points(points.a, points.b, points.c)
        .map_err(|cause| ProveError::Malformed { key: key.id(), cause })?;
    let proof = clock.lap();

    enter(progress, "verifying the proof")?;
    let public_rows = assignment.public_rows().to_vec();
    groth16::verify(key.prepared(), &made, &public_rows)
        .map_err(|cause| ProveError::Unverified { key: key.id(), cause })?;
    let verification = clock.lap();
    Ok(Proven {
        proof: made,
        public_rows,
        constraints: prover.constraints(),
        timings: ProveTimings {
            synthesis,
            check,
            proof,
            verification,
        },
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
