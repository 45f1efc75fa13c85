//! BabyJubJub in twisted Edwards coordinates; the addition law is complete for points on the curve.
//!
//! In scope: curve membership, addition, doubling. Out of scope: scalar multiplication.
//! An attacker who finds a gap here forges signatures. Source: Bernstein, Birkner, Joye, Lange, Peters, "Twisted Edwards Curves".

use ark_ec::twisted_edwards::TECurveConfig;
use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{
    Fr,
    babyjubjub::{BabyJubJub, Point},
};

use crate::circuit::{Circuit, Wire};

const A: Fr = BabyJubJub::COEFF_A;
const D: Fr = BabyJubJub::COEFF_D;

/// A point; on the curve if it was allocated with [`EdwardsPoint::private`] or computed from such.
#[derive(Clone, Debug)]
pub struct EdwardsPoint {
    /// First coordinate.
    pub x: Wire,
    /// Second coordinate.
    pub y: Wire,
}

impl EdwardsPoint {
    /// A constant point.
    pub const fn constant(point: &Point) -> Self {
        Self {
            x: Wire::constant(point.x),
            y: Wire::constant(point.y),
        }
    }

    /// A private point, enforced to be on the curve. Three constraints.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn private(circuit: &mut Circuit, point: &Point) -> Result<Self, SynthesisError> {
        let (x, y) = (circuit.private(point.x)?, circuit.private(point.y)?);
        let x2 = circuit.product(&x, &x)?;
        let y2 = circuit.product(&y, &y)?;
        let sum = &x2.scale(A) + &y2;
        circuit.enforce(&x2.scale(D), &y2, &(&sum - &Wire::one()))?;
        Ok(Self { x, y })
    }

    /// `-self`.
    #[must_use]
    pub fn negate(&self) -> Self {
        Self {
            x: -&self.x,
            y: self.y.clone(),
        }
    }

    /// `self + other`. Six constraints; the denominators are never 0 because d is not a square and a is.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn add(&self, circuit: &mut Circuit, other: &Self) -> Result<Self, SynthesisError> {
        let xy = circuit.product(&self.x, &other.y)?;
        let yx = circuit.product(&self.y, &other.x)?;
        let cross = circuit.product(&(&self.y - &self.x.scale(A)), &(&other.x + &other.y))?;
        let tau = circuit.product(&xy, &yx)?.scale(D);
        let x = circuit.quotient(&(&xy + &yx), &(&Wire::one() + &tau))?;
        let y_numerator = &(&cross + &xy.scale(A)) - &yx;
        let y = circuit.quotient(&y_numerator, &(&Wire::one() - &tau))?;
        Ok(Self { x, y })
    }

    /// `self + self`. Five constraints: the curve equation gives y^2 - a x^2 from d x^2 y^2 and a x^2.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn double(&self, circuit: &mut Circuit) -> Result<Self, SynthesisError> {
        let xy = circuit.product(&self.x, &self.y)?;
        let tau = circuit.product(&xy, &xy)?.scale(D);
        let x2 = circuit.product(&self.x, &self.x)?;
        let x = circuit.quotient(&xy.scale(Fr::from(2u64)), &(&Wire::one() + &tau))?;
        let y_numerator = &(&Wire::one() + &tau) - &x2.scale(A + A);
        let y = circuit.quotient(&y_numerator, &(&Wire::one() - &tau))?;
        Ok(Self { x, y })
    }

    /// Enforces that both are the same point.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn equal(&self, circuit: &mut Circuit, other: &Self) -> Result<(), SynthesisError> {
        circuit.equal(&self.x, &other.x)?;
        circuit.equal(&self.y, &other.y)
    }
}
