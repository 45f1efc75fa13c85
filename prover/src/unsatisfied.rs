//! The name of a broken constraint: where in the circuit it was written, never with which values.
//!
//! In scope: a second, traced run of a circuit that has already failed. Out of scope: proving.
//! An attacker who owns this part could print private inputs; so only the names of code places leave it.

use ark_relations::gr1cs::{ConstraintLayer, ConstraintSynthesizer, R1CS_PREDICATE_LABEL, SynthesisMode, TracingMode};
use tracing_subscriber::{Registry, layer::SubscriberExt};
use tradeseal_primitives::Fr;

use crate::synthesis::WipedSystem;

/// The code places around constraint `index`, outermost first, joined by ` > `; empty where the circuit names none.
pub(crate) fn name_of_constraint(circuit: impl ConstraintSynthesizer<Fr>, index: usize) -> String {
    let subscriber = Registry::default().with(ConstraintLayer::new(TracingMode::OnlyConstraints));
    let mode = SynthesisMode::Prove {
        construct_matrices: true,
        generate_lc_assignments: false,
    };
    tracing::subscriber::with_default(subscriber, || {
        let system = WipedSystem::run(circuit, mode).ok()?;
        let inner = system.0.borrow()?;
        let trace = inner.predicate_traces.get(R1CS_PREDICATE_LABEL)?.get(index)?.as_ref()?;
        let places = trace.path();
        Some(places.iter().map(|place| place.name).collect::<Vec<_>>().join(" > "))
    })
    .unwrap_or_default()
}
