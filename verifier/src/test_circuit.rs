//! A small random circuit for tests, with keys for it: enough for a proof to be bound to its public rows.

use alloc::vec::Vec;

use ark_bn254::{Bn254, Fr};
use ark_ff::{UniformRand, Zero};
use ark_groth16::{Groth16, ProvingKey};
use ark_relations::gr1cs::{ConstraintSynthesizer, ConstraintSystemRef, SynthesisError, Variable};
use ark_relations::lc;
use ark_snark::SNARK;
use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;

use crate::groth16::{Proof, VerifyingKey};
use crate::statement::StatementId;

/// For each row: `(row + a * secret) * (next row + b * secret) = product`, with random a and b.
#[derive(Clone)]
pub(crate) struct RandomCircuit {
    rows: Vec<Fr>,
    secret: Fr,
    coefficients: Vec<[Fr; 2]>,
}

impl RandomCircuit {
    pub(crate) fn new(rows: usize, rng: &mut StdRng) -> Self {
        Self {
            rows: (0..rows).map(|_| Fr::rand(rng)).collect(),
            secret: Fr::rand(rng),
            coefficients: (0..rows).map(|_| [Fr::rand(rng), Fr::rand(rng)]).collect(),
        }
    }

    pub(crate) fn ending_in_zero(rows: usize, rng: &mut StdRng) -> Self {
        let mut circuit = Self::new(rows, rng);
        circuit.rows[rows - 1] = Fr::zero();
        circuit
    }

    /// The same circuit, and so the same key, for other rows.
    pub(crate) fn with_rows(&self, rows: &[Fr]) -> Self {
        assert_eq!(rows.len(), self.rows.len());
        Self {
            rows: rows.to_vec(),
            ..self.clone()
        }
    }

    pub(crate) fn rows(&self) -> Vec<Fr> {
        self.rows.clone()
    }
}

/// A circuit that proves any rows of a statement, with its keys.
pub(crate) struct CircuitKeys {
    circuit: RandomCircuit,
    proving: ProvingKey<Bn254>,
    pub(crate) verifying: VerifyingKey,
}

impl CircuitKeys {
    pub(crate) fn new(statement: StatementId, seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let circuit = RandomCircuit::new(statement.row_count(), &mut rng);
        let (proving, vk) = Groth16::<Bn254>::circuit_specific_setup(circuit.clone(), &mut rng).unwrap();
        let (beta, gamma, delta) = (vk.beta_g2, vk.gamma_g2, vk.delta_g2);
        let verifying = VerifyingKey::from_points(statement, vk.alpha_g1, beta, gamma, delta, vk.gamma_abc_g1);
        Self {
            circuit,
            proving,
            verifying: verifying.unwrap(),
        }
    }

    pub(crate) fn prove(&self, rows: &[Fr], seed: u64) -> Proof {
        let circuit = self.circuit.with_rows(rows);
        let proof = Groth16::<Bn254>::prove(&self.proving, circuit, &mut StdRng::seed_from_u64(seed)).unwrap();
        Proof::from_points(proof.a, proof.b, proof.c).unwrap()
    }
}

impl ConstraintSynthesizer<Fr> for RandomCircuit {
    fn generate_constraints(self, cs: ConstraintSystemRef<Fr>) -> Result<(), SynthesisError> {
        let rows: Vec<Variable> = self
            .rows
            .iter()
            .map(|row| cs.new_input_variable(|| Ok(*row)))
            .collect::<Result<_, _>>()?;
        let secret = cs.new_witness_variable(|| Ok(self.secret))?;
        for (at, [a, b]) in self.coefficients.iter().enumerate() {
            let next = (at + 1) % rows.len();
            let product = (self.rows[at] + *a * self.secret) * (self.rows[next] + *b * self.secret);
            let product = cs.new_witness_variable(|| Ok(product))?;
            let left = lc!() + rows[at] + (*a, secret);
            let right = lc!() + rows[next] + (*b, secret);
            cs.enforce_r1cs_constraint(|| left, || right, || lc!() + product)?;
        }
        Ok(())
    }
}
