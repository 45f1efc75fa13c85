//! Proofs verify where they should, and nothing false is proven.

use std::sync::OnceLock;

use ark_bn254::Bn254;
use ark_groth16::{Groth16, prepare_verifying_key};
use ark_snark::SNARK;
use ark_std::rand::rngs::OsRng;

use super::*;
use crate::keys::insecure_dev_setup;
use crate::progress::Silent;
use crate::test_circuit::{OneMore, TwoNumbers};

fn key() -> &'static LoadedKey {
    static KEY: OnceLock<LoadedKey> = OnceLock::new();
    KEY.get_or_init(|| insecure_dev_setup(&TwoNumbers::pin(), TwoNumbers::blank(), &mut Silent).unwrap())
}

fn prove_two(circuit: TwoNumbers) -> Result<Proven, ProveError> {
    prove(key(), circuit, &mut OsRng, &mut Silent)
}

#[test]
fn a_proof_verifies_with_our_verifier_and_with_arks() {
    let circuit = TwoNumbers::honest(3, 11);
    let rows = circuit.rows();
    let proven = prove_two(circuit).unwrap();
    assert_eq!(proven.public_rows, rows);
    assert_eq!(proven.constraints, 3);
    let sent = Proof::from_bytes(&proven.proof.to_bytes()).unwrap();
    groth16::verify(key().prepared(), &sent, &rows).unwrap();

    let (a, b, c) = proven.proof.points();
    let arks = ark_groth16::Proof::<Bn254> { a: *a, b: *b, c: *c };
    let arks_key = prepare_verifying_key(&key().proving_key().vk);
    assert!(Groth16::<Bn254>::verify_with_processed_vk(&arks_key, &rows, &arks).unwrap());
}

#[test]
fn a_proof_serves_no_other_rows() {
    let proven = prove_two(TwoNumbers::honest(3, 11)).unwrap();
    for index in 0..3 {
        let mut rows = proven.public_rows.clone();
        rows[index] += Fr::from(1u64);
        assert_eq!(
            groth16::verify(key().prepared(), &proven.proof, &rows),
            Err(ProofRefusal::Equation)
        );
    }
}

#[test]
fn two_proofs_of_one_thing_differ() {
    let first = prove_two(TwoNumbers::honest(3, 11)).unwrap();
    let second = prove_two(TwoNumbers::honest(3, 11)).unwrap();
    assert_ne!(first.proof, second.proof);
}

#[test]
fn a_false_statement_is_refused_naming_the_constraint_and_no_value() {
    for (rows, index, name) in [
        ([34, 14, 9], 0, "product"),
        ([33, 15, 9], 1, "sum"),
        ([33, 14, 10], 2, "square"),
    ] {
        let refused = prove_two(TwoNumbers::claiming(3, 11, rows)).unwrap_err();
        let text = refused.to_string();
        match refused {
            ProveError::Unsatisfied {
                index: found,
                constraints: 3,
                name: place,
                ..
            } => {
                assert_eq!((found, place.as_str()), (index, name));
            }
            other => panic!("{other}"),
        }
        assert!(text.contains(name) && !text.contains("11"), "{text}");
    }
}

#[test]
fn a_circuit_that_the_key_was_not_made_for_is_refused() {
    let refused = prove(key(), OneMore(TwoNumbers::honest(3, 11)), &mut OsRng, &mut Silent).unwrap_err();
    assert!(
        matches!(refused, ProveError::KeyOfAnotherCircuit { shape: (4, 3), .. }),
        "{refused}"
    );
}

#[test]
fn missing_inputs_are_told_as_such() {
    let refused = prove_two(TwoNumbers::blank()).unwrap_err();
    assert!(
        matches!(
            refused,
            ProveError::Synthesis {
                cause: SynthesisError::AssignmentMissing,
                ..
            }
        ),
        "{refused}"
    );
}
