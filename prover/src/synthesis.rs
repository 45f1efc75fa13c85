//! From a circuit to what the prover multiplies: three sparse matrices once for each key, one assignment for each proof.
//!
//! In scope: synthesis, wiping the assignment. Out of scope: checking and proving (`groth16`).
//! An attacker who owns this part sees every private input.

use ark_relations::gr1cs::{
    ConstraintSynthesizer, ConstraintSystem, ConstraintSystemRef, OptimizationGoal, R1CS_PREDICATE_LABEL,
    SynthesisError, SynthesisMode,
};
use tradeseal_primitives::Fr;
use zeroize::{Zeroize, Zeroizing};

use crate::groth16::Matrices;

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

/// Values for all variables of a circuit: the constant one, the public rows, the private variables. Wiped when dropped.
pub(crate) struct Assignment {
    values: Zeroizing<Vec<Fr>>,
    public_values: usize,
}

impl Assignment {
    /// Runs the circuit for its values alone: no constraint is built.
    pub(crate) fn compute(circuit: impl ConstraintSynthesizer<Fr>) -> Result<Self, SynthesisError> {
        let system = WipedSystem::run(
            circuit,
            SynthesisMode::Prove {
                construct_matrices: false,
                generate_lc_assignments: false,
            },
        )?;
        Ok(Self {
            values: system.values()?,
            public_values: system.0.num_instance_variables(),
        })
    }

    /// All values.
    pub(crate) fn values(&self) -> &[Fr] {
        &self.values
    }

    /// How many of them are the constant and the public rows.
    pub(crate) fn public_values(&self) -> usize {
        self.public_values
    }

    /// The public rows, in the statement's order.
    pub(crate) fn public_rows(&self) -> &[Fr] {
        &self.values[1..self.public_values]
    }
}

/// The matrices and sizes of a circuit, without values; `None` where it cannot be laid out or is not all rank-1.
pub(crate) fn layout_of(circuit: impl ConstraintSynthesizer<Fr>) -> Option<(Matrices, Shape)> {
    let system = WipedSystem::run(circuit, SynthesisMode::Setup).ok()?;
    let shape = system.shape().ok()?;
    let matrices = system
        .0
        .to_matrices()
        .ok()?
        .remove(R1CS_PREDICATE_LABEL)
        .unwrap_or_default();
    Some((Matrices::new(&matrices)?, shape))
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

    pub(crate) fn values(&self) -> Result<Zeroizing<Vec<Fr>>, SynthesisError> {
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
