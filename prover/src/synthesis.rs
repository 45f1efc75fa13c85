//! From a circuit to what the prover multiplies: three sparse matrices and one assignment.
//!
//! In scope: synthesis in proving mode, checking every constraint, wiping the assignment. Out of scope: proving.
//! An attacker who owns this part sees every private input.

use ark_groth16::r1cs_to_qap::evaluate_constraint;
use ark_relations::gr1cs::{
    ConstraintSynthesizer, ConstraintSystem, ConstraintSystemRef, Matrix, OptimizationGoal, R1CS_PREDICATE_LABEL,
    SynthesisError, SynthesisMode,
};
use rayon::prelude::*;
use tradeseal_primitives::Fr;
use zeroize::{Zeroize, Zeroizing};

/// Sizes of a circuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Rank-1 constraints.
    pub(crate) constraints: usize,
    /// Public rows, without the constant one.
    pub(crate) public_rows: usize,
    /// Private variables.
    pub(crate) private_variables: usize,
}

/// A circuit with values for all its variables. The values are wiped when this is dropped.
pub(crate) struct Assigned {
    /// A, B and C; one sparse row per constraint.
    pub(crate) matrices: Vec<Matrix<Fr>>,
    /// The constant one, the public rows, the private variables.
    pub(crate) values: Zeroizing<Vec<Fr>>,
    /// Sizes.
    pub(crate) shape: Shape,
}

impl Assigned {
    /// Runs the circuit in proving mode.
    pub(crate) fn synthesize(circuit: impl ConstraintSynthesizer<Fr>) -> Result<Self, SynthesisError> {
        let system = WipedSystem::run(
            circuit,
            SynthesisMode::Prove {
                construct_matrices: true,
                generate_lc_assignments: false,
            },
        )?;
        let shape = system.shape()?;
        let matrices = system.0.to_matrices()?.remove(R1CS_PREDICATE_LABEL).unwrap_or_default();
        let values = system.values()?;
        Ok(Self {
            matrices,
            values,
            shape,
        })
    }

    /// The public rows, in the statement's order.
    pub(crate) fn public_rows(&self) -> &[Fr] {
        &self.values[1..=self.shape.public_rows]
    }

    /// The first constraint that these values break.
    pub(crate) fn first_broken_constraint(&self) -> Option<usize> {
        (0..self.shape.constraints).into_par_iter().find_first(|&row| {
            let [a, b, c] = [0, 1, 2].map(|side| evaluate_constraint(&self.matrices[side][row], &self.values));
            a * b != c
        })
    }
}

/// The sizes of a circuit, without values.
pub(crate) fn shape_of(circuit: impl ConstraintSynthesizer<Fr>) -> Result<Shape, SynthesisError> {
    WipedSystem::run(circuit, SynthesisMode::Setup)?.shape()
}

/// A constraint system whose assignment is wiped on every way out.
pub(crate) struct WipedSystem(pub(crate) ConstraintSystemRef<Fr>);

impl WipedSystem {
    pub(crate) fn run(circuit: impl ConstraintSynthesizer<Fr>, mode: SynthesisMode) -> Result<Self, SynthesisError> {
        let system = Self(ConstraintSystem::new_ref());
        system.0.set_optimization_goal(OptimizationGoal::Constraints);
        system.0.set_mode(mode);
        circuit.generate_constraints(system.0.clone())?;
        system.0.finalize();
        Ok(system)
    }

    /// The sizes; refuses constraints other than rank-1, which Groth16 would leave unproven.
    fn shape(&self) -> Result<Shape, SynthesisError> {
        let constraints = self.0.num_constraints();
        if self.0.get_predicates_num_constraints(R1CS_PREDICATE_LABEL) != Some(constraints) {
            return Err(SynthesisError::PredicateNotFound);
        }
        Ok(Shape {
            constraints,
            public_rows: self.0.num_instance_variables() - 1,
            private_variables: self.0.num_witness_variables(),
        })
    }

    fn values(&self) -> Result<Zeroizing<Vec<Fr>>, SynthesisError> {
        let system = self.0.borrow().ok_or(SynthesisError::MissingCS)?;
        let (public, private) = (system.instance_assignment()?, system.witness_assignment()?);
        let mut values = Zeroizing::new(Vec::with_capacity(public.len() + private.len()));
        values.extend_from_slice(public);
        values.extend_from_slice(private);
        Ok(values)
    }
}

impl Drop for WipedSystem {
    fn drop(&mut self) {
        if let Some(mut system) = self.0.borrow_mut() {
            system.assignments.witness_assignment.zeroize();
            system.assignments.instance_assignment.zeroize();
            system.assignments.lc_assignment.zeroize();
        }
    }
}
