//! Shared by the statements' tests: assignments, and what a mutation does to them.
#![allow(
    clippy::unwrap_used,
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::missing_panics_doc
)]

use ark_ff::{AdditiveGroup, One, UniformRand, Zero};
use ark_relations::gr1cs::{
    ConstraintSynthesizer, ConstraintSystem, Matrix, OptimizationGoal, R1CS_PREDICATE_LABEL, SynthesisMode,
};
use tradeseal_circuits::{Instance, Statement};
use tradeseal_primitives::Fr;

pub mod dilution;
pub mod disclosure;
pub mod exceptional;
pub mod minting;
pub mod presenting;
pub mod scenario;

pub type TestRng = ark_std::rand::rngs::StdRng;

/// A satisfied or broken system: its matrices and all values (one, public, private).
pub struct Assigned {
    pub matrices: [Matrix<Fr>; 3],
    pub values: Vec<Fr>,
    pub public_rows: usize,
}

pub fn assign<S: Statement>(public: &S::Public, private: &S::Private) -> Assigned {
    let system = ConstraintSystem::<Fr>::new_ref();
    system.set_optimization_goal(OptimizationGoal::Constraints);
    system.set_mode(SynthesisMode::Prove {
        construct_matrices: true,
        generate_lc_assignments: false,
    });
    Instance::<S> { public, private }
        .generate_constraints(system.clone())
        .unwrap();
    system.finalize();
    let matrices = system
        .to_matrices()
        .unwrap()
        .remove(R1CS_PREDICATE_LABEL)
        .unwrap()
        .try_into()
        .unwrap();
    let values = [
        system.instance_assignment().unwrap(),
        system.witness_assignment().unwrap(),
    ]
    .concat();
    Assigned {
        matrices,
        values,
        public_rows: system.num_instance_variables() - 1,
    }
}

impl Assigned {
    fn evaluate(&self, row: &[(Fr, usize)]) -> Fr {
        row.iter()
            .map(|(coefficient, column)| *coefficient * self.values[*column])
            .sum()
    }

    fn rows(&self) -> Vec<[Fr; 3]> {
        (0..self.matrices[0].len())
            .map(|i| [0, 1, 2].map(|m| self.evaluate(&self.matrices[m][i])))
            .collect()
    }

    pub fn first_broken(&self) -> Option<usize> {
        self.rows().iter().position(|[a, b, c]| *a * b != *c)
    }

    pub fn is_satisfied(&self) -> bool {
        self.first_broken().is_none()
    }

    /// Private variables that can be changed, each alone, without breaking a constraint.
    pub fn free_private_variables(&self, rng: &mut TestRng) -> Vec<usize> {
        assert!(self.is_satisfied());
        let rows = self.rows();
        let mut by_column: Vec<Vec<(usize, usize, Fr)>> = vec![Vec::new(); self.values.len()];
        for (m, matrix) in self.matrices.iter().enumerate() {
            for (i, row) in matrix.iter().enumerate() {
                for (coefficient, column) in row {
                    by_column[*column].push((i, m, *coefficient));
                }
            }
        }
        let breaks = |column: usize, delta: Fr| {
            let mut changed = std::collections::BTreeMap::<usize, [Fr; 3]>::new();
            for (i, m, coefficient) in &by_column[column] {
                changed.entry(*i).or_insert(rows[*i])[*m] += *coefficient * delta;
            }
            changed.values().any(|[a, b, c]| *a * b != *c)
        };
        (self.public_rows + 1..self.values.len())
            .filter(|column| {
                let flip = Fr::one() - self.values[*column].double();
                let deltas = [Fr::one(), -Fr::one(), flip, -self.values[*column], Fr::rand(rng)];
                deltas.iter().any(|delta| !delta.is_zero() && !breaks(*column, *delta))
            })
            .collect()
    }

    /// Public rows that stand in no constraint with another variable.
    pub fn idle_public_rows(&self) -> Vec<usize> {
        (1..=self.public_rows)
            .filter(|row| {
                !self.matrices.iter().flatten().any(|terms| {
                    let has = terms.iter().any(|(c, column)| column == row && !c.is_zero());
                    has && terms.iter().any(|(_, column)| *column > self.public_rows)
                }) && !(0..self.matrices[0].len()).any(|i| {
                    let side = |m: usize| {
                        let terms: &Vec<(Fr, usize)> = &self.matrices[m][i];
                        (
                            terms.iter().any(|(_, c)| c == row),
                            terms.iter().any(|(_, c)| *c > self.public_rows),
                        )
                    };
                    let sides = [side(0), side(1), side(2)];
                    sides.iter().any(|s| s.0) && sides.iter().any(|s| s.1)
                })
            })
            .collect()
    }
}

/// Native check and circuit say the same; returns what they say.
pub fn agree<S: Statement>(what: &str, public: &S::Public, private: &S::Private) -> bool {
    let native = S::check(public, private);
    let circuit = assign::<S>(public, private);
    assert_eq!(
        native.is_ok(),
        circuit.is_satisfied(),
        "{what}: native says {native:?}, first broken constraint {:?}",
        circuit.first_broken()
    );
    native.is_ok()
}

/// A statement's matrices, laid out once: much cheaper than laying them out for every case of a large statement.
pub struct Layout {
    assigned: Assigned,
}

impl Layout {
    pub fn of<S: Statement>() -> Self {
        let (public, private) = S::blank();
        Self {
            assigned: assign::<S>(&public, &private),
        }
    }

    /// As [`agree`].
    pub fn agree<S: Statement>(&self, what: &str, public: &S::Public, private: &S::Private) -> bool {
        let native = S::check(public, private);
        let values = values::<S>(public, private);
        assert_eq!(
            values.len(),
            self.assigned.values.len(),
            "one layout whatever the values"
        );
        let row = |m: usize, i: usize| -> Fr {
            let terms: &Vec<(Fr, usize)> = &self.assigned.matrices[m][i];
            terms
                .iter()
                .map(|(coefficient, column)| *coefficient * values[*column])
                .sum()
        };
        let rows = 0..self.assigned.matrices[0].len();
        let broken = rows.into_iter().find(|i| row(0, *i) * row(1, *i) != row(2, *i));
        assert_eq!(
            native.is_ok(),
            broken.is_none(),
            "{what}: native says {native:?}, first broken constraint {broken:?}"
        );
        native.is_ok()
    }
}

fn values<S: Statement>(public: &S::Public, private: &S::Private) -> Vec<Fr> {
    let system = ConstraintSystem::<Fr>::new_ref();
    system.set_mode(SynthesisMode::Prove {
        construct_matrices: false,
        generate_lc_assignments: false,
    });
    Instance::<S> { public, private }
        .generate_constraints(system.clone())
        .unwrap();
    [
        system.instance_assignment().unwrap(),
        system.witness_assignment().unwrap(),
    ]
    .concat()
}
