//! A statement small enough that a whole ceremony for it takes seconds: three public rows about two private numbers.

use ark_bn254::Fr;
use ark_relations::gr1cs::SynthesisError;
use tradeseal_circuits::{Circuit, Statement};
use tradeseal_verifier::statement::StatementId;

pub struct Small;

#[derive(Debug, thiserror::Error)]
#[error("the rows do not follow from the numbers")]
pub struct RowsDiffer;

impl Small {
    pub fn rows_of([a, b]: [u64; 2]) -> [u64; 3] {
        [a * b, a + b, a * a]
    }
}

impl Statement for Small {
    const ID: StatementId = StatementId::RECEIVABLE_DISCLOSURE_V1;
    type Public = [u64; 3];
    type Private = [u64; 2];
    type Violation = RowsDiffer;

    fn rows(public: &[u64; 3]) -> Vec<Fr> {
        public.iter().map(|row| Fr::from(*row)).collect()
    }

    fn check(public: &[u64; 3], private: &[u64; 2]) -> Result<(), RowsDiffer> {
        (*public == Self::rows_of(*private)).then_some(()).ok_or(RowsDiffer)
    }

    fn blank() -> ([u64; 3], [u64; 2]) {
        ([0; 3], [0; 2])
    }

    fn constrain(circuit: &mut Circuit, public: &[u64; 3], private: &[u64; 2]) -> Result<(), SynthesisError> {
        let rows = Self::rows(public);
        let (product, sum, square) = (circuit.public(rows[0])?, circuit.public(rows[1])?, circuit.public(rows[2])?);
        let a = circuit.private(Fr::from(private[0]))?;
        let b = circuit.private(Fr::from(private[1]))?;
        circuit.enforce(&a, &b, &product)?;
        circuit.equal(&(&a + &b), &sum)?;
        circuit.enforce(&a, &a, &square)
    }
}
