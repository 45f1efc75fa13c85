//! A small random circuit for tests: enough for a proof to be bound to its public rows.

use alloc::vec::Vec;

use ark_bn254::Fr;
use ark_ff::{UniformRand, Zero};
use ark_relations::gr1cs::{ConstraintSynthesizer, ConstraintSystemRef, SynthesisError, Variable};
use ark_relations::lc;
use ark_std::rand::rngs::StdRng;

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
