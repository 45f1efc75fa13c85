//! A small statement under the id of `receivable/disclosure/v1`: three public rows about two private numbers.

use ark_relations::gr1cs::{ConstraintSynthesizer, ConstraintSystemRef, SynthesisError};
use tradeseal_circuits::statement::Blank;
use tradeseal_circuits::{Circuit, CircuitDigest, Statement};
use tradeseal_primitives::Fr;
use tradeseal_verifier::statement::StatementId;

use crate::keys::CircuitPin;

/// Rows: the product of two private numbers, their sum, and the first one squared.
#[derive(Debug)]
pub(crate) struct TwoNumbers;

/// The rows do not follow from the numbers.
#[derive(Debug, thiserror::Error)]
#[error("the rows do not follow from the numbers")]
pub(crate) struct RowsDiffer;

impl TwoNumbers {
    pub(crate) fn pin() -> CircuitPin {
        CircuitPin {
            statement: Self::ID,
            digest: CircuitDigest::from_bytes([1; 32]),
        }
    }

    /// The circuit without inputs, for a set-up.
    pub(crate) fn blank_circuit() -> Blank<Self> {
        Blank::default()
    }

    pub(crate) fn true_rows([a, b]: [u64; 2]) -> [u64; 3] {
        [a * b, a + b, a * a]
    }
}

impl Statement for TwoNumbers {
    const ID: StatementId = StatementId::RECEIVABLE_DISCLOSURE_V1;
    type Public = [u64; 3];
    type Private = [u64; 2];
    type Violation = RowsDiffer;

    fn rows(public: &[u64; 3]) -> Vec<Fr> {
        public.iter().map(|row| Fr::from(*row)).collect()
    }

    fn check(public: &[u64; 3], private: &[u64; 2]) -> Result<(), RowsDiffer> {
        if *public == Self::true_rows(*private) {
            Ok(())
        } else {
            Err(RowsDiffer)
        }
    }

    fn blank() -> ([u64; 3], [u64; 2]) {
        ([0; 3], [0; 2])
    }

    fn constrain(circuit: &mut Circuit, public: &[u64; 3], private: &[u64; 2]) -> Result<(), SynthesisError> {
        let rows = Self::rows(public);
        let (product, sum, square) = (
            circuit.public(rows[0])?,
            circuit.public(rows[1])?,
            circuit.public(rows[2])?,
        );
        let a = circuit.private(Fr::from(private[0]))?;
        let b = circuit.private(Fr::from(private[1]))?;
        circuit.section("product");
        circuit.enforce(&a, &b, &product)?;
        circuit.section("sum");
        circuit.equal(&(&a + &b), &sum)?;
        circuit.section("square");
        circuit.enforce(&a, &a, &square)
    }
}

/// [`TwoNumbers`] with one constraint more: another circuit under the same statement.
#[derive(Debug)]
pub(crate) struct OneMore;

impl Statement for OneMore {
    const ID: StatementId = TwoNumbers::ID;
    type Public = [u64; 3];
    type Private = [u64; 2];
    type Violation = RowsDiffer;

    fn rows(public: &[u64; 3]) -> Vec<Fr> {
        TwoNumbers::rows(public)
    }

    fn check(public: &[u64; 3], private: &[u64; 2]) -> Result<(), RowsDiffer> {
        TwoNumbers::check(public, private)
    }

    fn blank() -> ([u64; 3], [u64; 2]) {
        TwoNumbers::blank()
    }

    fn constrain(circuit: &mut Circuit, public: &[u64; 3], private: &[u64; 2]) -> Result<(), SynthesisError> {
        TwoNumbers::constrain(circuit, public, private)?;
        circuit.bit(false).map(|_| ())
    }
}

/// A circuit whose constraints are not all rank-1: Groth16 would leave the others unproven.
#[derive(Clone)]
pub(crate) struct SquareConstraint;

impl ConstraintSynthesizer<Fr> for SquareConstraint {
    fn generate_constraints(self, system: ConstraintSystemRef<Fr>) -> Result<(), SynthesisError> {
        use ark_relations::gr1cs::predicate::PredicateConstraintSystem;
        use ark_relations::gr1cs::predicate::polynomial_constraint::SR1CS_PREDICATE_LABEL;
        Blank::<TwoNumbers>::default().generate_constraints(system.clone())?;
        system.register_predicate(SR1CS_PREDICATE_LABEL, PredicateConstraintSystem::new_sr1cs_predicate()?)?;
        let two = system.new_witness_variable(|| Ok(Fr::from(2u64)))?;
        let four = system.new_witness_variable(|| Ok(Fr::from(4u64)))?;
        system.enforce_sr1cs_constraint(|| two.into(), || four.into())
    }
}
