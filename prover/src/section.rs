//! Where in its circuit a constraint stands, by the names that the circuit gives its sections.
//!
//! In scope: names. Out of scope: values: the circuit is laid out again without private inputs.
//! An attacker who owns this part misleads whoever looks for a fault.

use ark_relations::gr1cs::{ConstraintSystem, OptimizationGoal, SynthesisMode};
use tradeseal_circuits::{Circuit, Statement};

/// The section that holds constraint `index`; empty where the circuit names none.
pub(crate) fn section_of<S: Statement>(index: usize) -> &'static str {
    let system = ConstraintSystem::new_ref();
    system.set_optimization_goal(OptimizationGoal::Constraints);
    system.set_mode(SynthesisMode::Setup);
    let mut circuit = Circuit::new(system);
    let (public, private) = S::blank();
    // Where laying out fails, the sections named until then still hold.
    let _ = S::constrain(&mut circuit, &public, &private);
    circuit
        .sections()
        .iter()
        .rev()
        .find(|(_, first)| *first <= index)
        .map_or("", |(name, _)| *name)
}
