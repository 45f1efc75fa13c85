//! A small circuit under the id of `receivable/eligibility/v1`: three public rows about two private numbers.

use ark_ff::AdditiveGroup;
use ark_relations::gr1cs::{ConstraintSynthesizer, ConstraintSystemRef, LinearCombination, SynthesisError, Variable};
use tradeseal_primitives::Fr;
use tradeseal_verifier::statement::StatementId;

use crate::keys::{CircuitDigest, CircuitPin};

/// Rows: the product of two private numbers, their sum, and the first one squared.
#[derive(Clone)]
pub(crate) struct TwoNumbers {
    private: Option<[u64; 2]>,
    rows: [u64; 3],
}

impl TwoNumbers {
    /// True rows for these numbers.
    pub(crate) fn honest(a: u64, b: u64) -> Self {
        Self {
            private: Some([a, b]),
            rows: [a * b, a + b, a * a],
        }
    }

    /// Rows as given, true or not.
    pub(crate) fn claiming(a: u64, b: u64, rows: [u64; 3]) -> Self {
        Self {
            private: Some([a, b]),
            rows,
        }
    }

    /// Without values, for a set-up.
    pub(crate) fn blank() -> Self {
        Self {
            private: None,
            rows: [0; 3],
        }
    }

    pub(crate) fn rows(&self) -> Vec<Fr> {
        self.rows.iter().map(|&row| Fr::from(row)).collect()
    }

    pub(crate) fn pin() -> CircuitPin {
        CircuitPin {
            statement: StatementId::RECEIVABLE_ELIGIBILITY_V1,
            digest: CircuitDigest::from_bytes([1; 32]),
        }
    }
}

impl ConstraintSynthesizer<Fr> for TwoNumbers {
    fn generate_constraints(self, cs: ConstraintSystemRef<Fr>) -> Result<(), SynthesisError> {
        let [product, sum, square] = self.rows.map(Fr::from);
        let product = cs.new_input_variable(|| Ok(product))?;
        let sum = cs.new_input_variable(|| Ok(sum))?;
        let square = cs.new_input_variable(|| Ok(square))?;
        let number = |index: usize| {
            let value = self.private.map(|numbers| Fr::from(numbers[index]));
            cs.new_witness_variable(|| value.ok_or(SynthesisError::AssignmentMissing))
        };
        let (a, b) = (number(0)?, number(1)?);
        named(&cs, "product", a.into(), b.into(), product.into())?;
        named(
            &cs,
            "sum",
            LinearCombination::from(a) + b,
            Variable::One.into(),
            sum.into(),
        )?;
        named(&cs, "square", a.into(), a.into(), square.into())
    }
}

fn named(
    cs: &ConstraintSystemRef<Fr>,
    name: &'static str,
    a: LinearCombination<Fr>,
    b: LinearCombination<Fr>,
    c: LinearCombination<Fr>,
) -> Result<(), SynthesisError> {
    let span = match name {
        "product" => tracing::info_span!(target: "gr1cs", "product"),
        "sum" => tracing::info_span!(target: "gr1cs", "sum"),
        _ => tracing::info_span!(target: "gr1cs", "square"),
    };
    let _inside = span.enter();
    cs.enforce_r1cs_constraint(|| a, || b, || c)
}

/// One constraint more than [`TwoNumbers`]: another circuit under the same digest.
#[derive(Clone)]
pub(crate) struct OneMore(pub(crate) TwoNumbers);

impl ConstraintSynthesizer<Fr> for OneMore {
    fn generate_constraints(self, cs: ConstraintSystemRef<Fr>) -> Result<(), SynthesisError> {
        self.0.generate_constraints(cs.clone())?;
        let extra = cs.new_witness_variable(|| Ok(Fr::ZERO))?;
        cs.enforce_r1cs_constraint(|| extra.into(), || extra.into(), || extra.into())
    }
}
