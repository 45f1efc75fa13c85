//! Wires and constraints: a thin layer over arkworks' constraint system that keeps every linear combination inlined.
//!
//! In scope: allocating variables, products, equality. Out of scope: what is computed (`gadget`).
//! An attacker who owns this part decides which equations hold.
//!
//! A wire is a linear combination with its value, so additions cost nothing, and where no matrices are wanted the same code only computes
//! the assignment.

use ark_ff::{Field, One, Zero};
use ark_relations::gr1cs::{ConstraintSystemRef, LinearCombination, SynthesisError, Variable};
use core::ops::{Add, Neg, Sub};
use tradeseal_primitives::Fr;

/// A linear combination of variables and a constant, with its value.
#[derive(Clone, Debug)]
pub struct Wire {
    value: Fr,
    constant: Fr,
    terms: Vec<(Fr, Variable)>,
}

impl Wire {
    /// A constant.
    pub const fn constant(value: Fr) -> Self {
        Self {
            value,
            constant: value,
            terms: Vec::new(),
        }
    }

    /// The constant 0.
    pub fn zero() -> Self {
        Self::constant(Fr::zero())
    }

    /// The constant 1.
    pub fn one() -> Self {
        Self::constant(Fr::one())
    }

    /// The value under the current assignment; meaningless while a key is made.
    pub const fn value(&self) -> Fr {
        self.value
    }

    /// Times a constant.
    #[must_use]
    pub fn scale(&self, factor: Fr) -> Self {
        Self {
            value: self.value * factor,
            constant: self.constant * factor,
            terms: self
                .terms
                .iter()
                .map(|(coefficient, variable)| (*coefficient * factor, *variable))
                .collect(),
        }
    }

    /// The sum of `weight * wire`; merges repeated variables once.
    pub fn weighted_sum<'a>(parts: impl IntoIterator<Item = (Fr, &'a Self)>) -> Self {
        let mut sum = Self::zero();
        for (weight, wire) in parts {
            sum.value += wire.value * weight;
            sum.constant += wire.constant * weight;
            sum.terms.extend(
                wire.terms
                    .iter()
                    .map(|(coefficient, variable)| (*coefficient * weight, *variable)),
            );
        }
        sum.terms = merged(sum.terms);
        sum
    }

    /// The little-endian integer of bits.
    pub fn from_bits_le(bits: &[Self]) -> Self {
        let mut weight = Fr::one();
        Self::weighted_sum(bits.iter().map(|bit| {
            let this = weight;
            weight += weight;
            (this, bit)
        }))
    }

    /// `1 - self`, for a bit.
    #[must_use]
    pub fn not(&self) -> Self {
        &Self::one() - self
    }

    fn linear_combination(&self) -> LinearCombination<Fr> {
        let mut terms = self.terms.clone();
        terms.push((self.constant, Variable::One));
        LinearCombination(merged(terms))
    }
}

fn merged(mut terms: Vec<(Fr, Variable)>) -> Vec<(Fr, Variable)> {
    terms.sort_unstable_by_key(|(_, variable)| *variable);
    terms.dedup_by(|later, kept| {
        let same = later.1 == kept.1;
        if same {
            kept.0 += later.0;
        }
        same
    });
    terms.retain(|(coefficient, _)| !coefficient.is_zero());
    terms
}

impl Add for &Wire {
    type Output = Wire;

    fn add(self, other: &Wire) -> Wire {
        let mut terms = self.terms.clone();
        terms.extend_from_slice(&other.terms);
        Wire {
            value: self.value + other.value,
            constant: self.constant + other.constant,
            terms,
        }
    }
}

impl Neg for &Wire {
    type Output = Wire;

    fn neg(self) -> Wire {
        self.scale(-Fr::one())
    }
}

impl Sub for &Wire {
    type Output = Wire;

    fn sub(self, other: &Wire) -> Wire {
        self + &-other
    }
}

/// A constraint system under construction.
#[derive(Debug)]
pub struct Circuit {
    system: ConstraintSystemRef<Fr>,
    records_constraints: bool,
    sections: Vec<(&'static str, usize)>,
}

impl Circuit {
    /// Over arkworks' system, in whichever mode that is in.
    pub fn new(system: ConstraintSystemRef<Fr>) -> Self {
        let records_constraints = system.should_construct_matrices();
        Self {
            system,
            records_constraints,
            sections: Vec::new(),
        }
    }

    /// Names the constraints that follow, for counts and for saying where an assignment fails.
    pub fn section(&mut self, name: &'static str) {
        self.sections.push((name, self.system.num_constraints()));
    }

    /// Section names with the index of each one's first constraint.
    pub fn sections(&self) -> &[(&'static str, usize)] {
        &self.sections
    }

    fn wire(&self, value: Fr, variable: Variable) -> Wire {
        let terms = if self.records_constraints {
            vec![(Fr::one(), variable)]
        } else {
            Vec::new()
        };
        Wire {
            value,
            constant: Fr::zero(),
            terms,
        }
    }

    /// A public row.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn public(&mut self, value: Fr) -> Result<Wire, SynthesisError> {
        let variable = self.system.new_input_variable(|| Ok(value))?;
        Ok(self.wire(value, variable))
    }

    /// A private variable, free until constrained.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn private(&mut self, value: Fr) -> Result<Wire, SynthesisError> {
        let variable = self.system.new_witness_variable(|| Ok(value))?;
        Ok(self.wire(value, variable))
    }

    /// `a * b = c`. The wider operand belongs in `a`: variables in B cost a point of G2 each.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn enforce(&mut self, a: &Wire, b: &Wire, c: &Wire) -> Result<(), SynthesisError> {
        self.system.enforce_r1cs_constraint(
            || a.linear_combination(),
            || b.linear_combination(),
            || c.linear_combination(),
        )
    }

    /// `a = b`.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn equal(&mut self, a: &Wire, b: &Wire) -> Result<(), SynthesisError> {
        self.enforce(&(a - b), &Wire::one(), &Wire::zero())
    }

    /// `a * b` as a new variable.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn product(&mut self, a: &Wire, b: &Wire) -> Result<Wire, SynthesisError> {
        let product = self.private(a.value * b.value)?;
        self.enforce(a, b, &product)?;
        Ok(product)
    }

    /// `numerator / denominator` as a new variable. If both can be 0 the quotient is free: callers exclude that.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn quotient(&mut self, numerator: &Wire, denominator: &Wire) -> Result<Wire, SynthesisError> {
        let quotient = self.private(numerator.value * denominator.value.inverse().unwrap_or_default())?;
        self.enforce(denominator, &quotient, numerator)?;
        Ok(quotient)
    }

    /// `a` is not 0.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn nonzero(&mut self, a: &Wire) -> Result<(), SynthesisError> {
        self.quotient(&Wire::one(), a).map(|_| ())
    }

    /// A private bit.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn bit(&mut self, value: bool) -> Result<Wire, SynthesisError> {
        let bit = self.private(Fr::from(u64::from(value)))?;
        self.enforce(&bit.not(), &bit, &Wire::zero())?;
        Ok(bit)
    }

    /// `a = b` wherever `condition` (a bit) is 1.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn equal_if(&mut self, condition: &Wire, a: &Wire, b: &Wire) -> Result<(), SynthesisError> {
        self.enforce(&(a - b), condition, &Wire::zero())
    }
}
