//! Proofs verify where they should, and nothing false is proven.

use std::sync::OnceLock;

use ark_bn254::Bn254;
use ark_groth16::{Groth16, prepare_verifying_key};
use ark_snark::SNARK;
use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::OsRng;

use super::*;
use crate::keys::insecure_dev_setup;
use crate::progress::{Progress, Silent, State};
use crate::reference::prove_with_ark_groth16;
use crate::test_circuit::{OneMore, TwoNumbers};

const NUMBERS: [u64; 2] = [3, 11];

fn key() -> &'static LoadedKey {
    static KEY: OnceLock<LoadedKey> = OnceLock::new();
    KEY.get_or_init(|| insecure_dev_setup(&TwoNumbers::pin(), TwoNumbers::blank_circuit(), &mut Silent).unwrap())
}

fn prove_rows(rows: [u64; 3]) -> Result<Proven, ProveError> {
    prove::<TwoNumbers>(key(), &rows, &NUMBERS, &mut OsRng, &mut Silent)
}

fn prove_truth() -> Proven {
    prove_rows(TwoNumbers::true_rows(NUMBERS)).unwrap()
}

#[test]
fn a_proof_verifies_with_our_verifier_and_with_arks() {
    let proven = prove_truth();
    let rows = TwoNumbers::rows(&TwoNumbers::true_rows(NUMBERS));
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
    let proven = prove_truth();
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
    assert_ne!(prove_truth().proof, prove_truth().proof);
}

#[test]
fn a_false_statement_is_refused_naming_the_section_and_no_value() {
    for (rows, expected) in [
        ([34, 14, 9], (0, "product")),
        ([33, 15, 9], (1, "sum")),
        ([33, 14, 10], (2, "square")),
    ] {
        let refused = prove_rows(rows).unwrap_err();
        let text = refused.to_string();
        match refused {
            ProveError::Unsatisfied { index, section, .. } => assert_eq!((index, section), expected),
            other => panic!("{other}"),
        }
        assert!(text.contains(expected.1) && !text.contains("11"), "{text}");
    }
}

#[test]
fn a_circuit_that_the_key_was_not_made_for_is_refused() {
    let rows = TwoNumbers::true_rows(NUMBERS);
    let refused = prove::<OneMore>(key(), &rows, &NUMBERS, &mut OsRng, &mut Silent).unwrap_err();
    let expected = (4, 3);
    assert!(
        matches!(refused, ProveError::KeyOfAnotherCircuit { constraints, made_for, .. } if (constraints, made_for) == expected),
        "{refused}"
    );
}

#[test]
fn a_key_of_another_statement_is_refused() {
    use tradeseal_circuits::receivable::mint::Mint;
    let (public, private) = Mint::blank();
    let refused = prove::<Mint>(key(), &public, &private, &mut OsRng, &mut Silent).unwrap_err();
    assert!(matches!(refused, ProveError::KeyOfAnotherStatement { .. }), "{refused}");
}

#[test]
fn a_proof_is_ark_groth16s_where_the_randomness_is() {
    let rows = TwoNumbers::true_rows(NUMBERS);
    let generator = || ark_std::rand::rngs::StdRng::seed_from_u64(5);
    let ours = prove::<TwoNumbers>(key(), &rows, &NUMBERS, &mut generator(), &mut Silent).unwrap();
    let arks = prove_with_ark_groth16::<TwoNumbers>(key(), &rows, &NUMBERS, &mut generator()).unwrap();
    assert_eq!(ours.proof, arks.proof);
}

/// Cancels at a step.
struct CancelledAt(&'static str, bool);

impl Progress for CancelledAt {
    fn enter(&mut self, state: State) {
        self.1 |= state.name == self.0;
    }

    fn notice(&mut self, _: &str) {}

    fn is_cancelled(&self) -> bool {
        self.1
    }
}

#[test]
fn a_proof_can_be_cancelled_between_its_steps() {
    let rows = TwoNumbers::true_rows(NUMBERS);
    for step in [
        "computing the private variables",
        "checking the constraints",
        "proving",
        "verifying the proof",
    ] {
        let refused =
            prove::<TwoNumbers>(key(), &rows, &NUMBERS, &mut OsRng, &mut CancelledAt(step, false)).unwrap_err();
        assert!(matches!(refused, ProveError::Cancelled { .. }), "{step}: {refused}");
    }
}
