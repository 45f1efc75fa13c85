//! Small circuits of every awkward kind: rows of nothing, variables in no row, in one matrix only, repeated within a row.

use ark_ff::{AdditiveGroup, Field, One, UniformRand, Zero};
use ark_relations::gr1cs::{ConstraintSynthesizer, ConstraintSystemRef, LinearCombination, SynthesisError, Variable};
use ark_std::rand::{Rng, rngs::StdRng};
use tradeseal_primitives::Fr;

type Row = Vec<(Fr, usize)>;

/// A satisfied circuit: public values, private values, and constraints over both (column 0 is the constant).
#[derive(Clone)]
pub(super) struct RandomCircuit {
    public: Vec<Fr>,
    private: Vec<Fr>,
    constraints: Vec<[Row; 3]>,
}

impl RandomCircuit {
    pub(super) fn new(rng: &mut StdRng) -> Self {
        let mut circuit = Self {
            public: (0..rng.gen_range(0..4)).map(|_| awkward(rng)).collect(),
            private: (0..rng.gen_range(0..6)).map(|_| awkward(rng)).collect(),
            constraints: Vec::new(),
        };
        for _ in 0..rng.gen_range(0..9) {
            circuit.constrain(rng);
        }
        circuit
    }

    fn columns(&self) -> usize {
        1 + self.public.len() + self.private.len()
    }

    fn value(&self, column: usize) -> Fr {
        match column.checked_sub(1) {
            None => Fr::one(),
            Some(index) if index < self.public.len() => self.public[index],
            Some(index) => self.private[index - self.public.len()],
        }
    }

    fn value_of(&self, row: &Row) -> Fr {
        row.iter()
            .map(|(coefficient, column)| *coefficient * self.value(*column))
            .sum()
    }

    fn row(&self, rng: &mut StdRng) -> Row {
        let length = rng.gen_range(0..4);
        (0..length)
            .map(|_| (awkward(rng), rng.gen_range(0..self.columns())))
            .collect()
    }

    /// A constraint on what there is, or one that fixes a new variable.
    fn constrain(&mut self, rng: &mut StdRng) {
        let (a, b) = (self.row(rng), self.row(rng));
        let product = self.value_of(&a) * self.value_of(&b);
        let c = match rng.gen_range(0..3) {
            0 => vec![(product, 0)],
            1 if product.is_zero() => Vec::new(),
            _ => {
                self.private.push(product);
                vec![(Fr::one(), self.columns() - 1)]
            }
        };
        self.constraints.push([a, b, c]);
    }
}

/// Often 0, 1, -1, small or a power of two.
fn awkward(rng: &mut StdRng) -> Fr {
    match rng.gen_range(0..7) {
        0 => Fr::ZERO,
        1 => Fr::ONE,
        2 => -Fr::ONE,
        3 => Fr::from(rng.gen_range(0..300u64)),
        4 => Fr::from(2u64).pow([rng.gen_range(0..254u64)]),
        _ => Fr::rand(rng),
    }
}

impl ConstraintSynthesizer<Fr> for RandomCircuit {
    fn generate_constraints(self, system: ConstraintSystemRef<Fr>) -> Result<(), SynthesisError> {
        let mut variables = vec![Variable::One];
        for value in &self.public {
            variables.push(system.new_input_variable(|| Ok(*value))?);
        }
        for value in &self.private {
            variables.push(system.new_witness_variable(|| Ok(*value))?);
        }
        let combination = |row: &Row| {
            LinearCombination(
                row.iter()
                    .map(|(coefficient, column)| (*coefficient, variables[*column]))
                    .collect(),
            )
        };
        for [a, b, c] in &self.constraints {
            system.enforce_r1cs_constraint(|| combination(a), || combination(b), || combination(c))?;
        }
        Ok(())
    }
}
