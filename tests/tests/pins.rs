//! The pins in the tree are those of the circuits in the tree, development keys included.
#![allow(clippy::unwrap_used, missing_docs)]

use tradeseal_circuits::pins;
use tradeseal_tests::CurrentCircuit;

#[test]
fn every_circuit_and_its_development_key_are_the_pinned_ones() {
    for circuit in CurrentCircuit::all().unwrap() {
        let pin = pins::pin(circuit.statement).unwrap();
        assert_eq!(
            (
                circuit.digest,
                circuit.constraints,
                hex::encode(circuit.development_key_id),
                Some(circuit.development_proving_key)
            ),
            (
                pin.digest,
                pin.constraints,
                hex::encode(pin.development_key_id),
                pin.development_proving_key.map(hex::encode)
            ),
            "{}: run `make pins` if the circuit was changed on purpose",
            circuit.statement
        );
    }
}
