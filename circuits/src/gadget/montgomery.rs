//! BabyJubJub in Montgomery coordinates `v^2 = u^3 + 168698 u^2 + u`: cheaper, but the addition law is incomplete.
//!
//! In scope: maps to and from Edwards coordinates, addition, `2P + Q`. Out of scope: showing that no exceptional case can occur; each caller does.
//! An attacker who reaches an exceptional case picks the result.

use ark_ec::twisted_edwards::MontCurveConfig;
use ark_ff::{Field, One};
use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{
    Fr,
    babyjubjub::{BabyJubJub, Point},
};

use super::edwards::EdwardsPoint;
use crate::circuit::{Circuit, Wire};

const A: Fr = <BabyJubJub as MontCurveConfig>::COEFF_A;

/// A point other than the neutral element.
#[derive(Clone, Debug)]
pub struct MontgomeryPoint {
    /// First coordinate.
    pub u: Wire,
    /// Second coordinate.
    pub v: Wire,
}

/// Montgomery coordinates of a point of the prime-order subgroup other than the identity.
pub fn coordinates(point: &Point) -> (Fr, Fr) {
    let u = (Fr::one() + point.y) * (Fr::one() - point.y).inverse().unwrap_or_default();
    (u, u * point.x.inverse().unwrap_or_default())
}

impl MontgomeryPoint {
    /// From Edwards coordinates with x != 0 (and so y != 1), which the caller has enforced. Two constraints.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn from_edwards(circuit: &mut Circuit, point: &EdwardsPoint) -> Result<Self, SynthesisError> {
        let u = circuit.quotient(&(&Wire::one() + &point.y), &(&Wire::one() - &point.y))?;
        let v = circuit.quotient(&u, &point.x)?;
        Ok(Self { u, v })
    }

    /// To Edwards coordinates; v is not 0 because the point is not of order two, and u is never -1 because 168696 is not a square.
    /// Two constraints.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn to_edwards(&self, circuit: &mut Circuit) -> Result<EdwardsPoint, SynthesisError> {
        let x = circuit.quotient(&self.u, &self.v)?;
        let y = circuit.quotient(&(&self.u - &Wire::one()), &(&self.u + &Wire::one()))?;
        Ok(EdwardsPoint { x, y })
    }

    /// `self + other` for points that are neither equal nor opposite. Three constraints.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn add_incomplete(&self, circuit: &mut Circuit, other: &Self) -> Result<Self, SynthesisError> {
        let slope = circuit.quotient(&(&self.v - &other.v), &(&self.u - &other.u))?;
        let u = self.third_u(circuit, &slope, &other.u)?;
        let v = self.third_v(circuit, &slope, &u)?;
        Ok(Self { u, v })
    }

    /// `2 self + other` as `(self + other) + self`, without computing the inner point's v. Five constraints.
    /// `self` is not `other`, not its opposite and not of order two; `self + other` is not `-self`.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn double_add_incomplete(&self, circuit: &mut Circuit, other: &Self) -> Result<Self, SynthesisError> {
        let slope = circuit.quotient(&(&self.v - &other.v), &(&self.u - &other.u))?;
        let inner_u = self.third_u(circuit, &slope, &other.u)?;
        let slopes = circuit.quotient(&self.v.scale(Fr::from(2u64)), &(&self.u - &inner_u))?;
        let second = &slopes - &slope;
        let u = self.third_u(circuit, &second, &inner_u)?;
        let v = self.third_v(circuit, &second, &u)?;
        Ok(Self { u, v })
    }

    /// The third point's u on the line with this slope: `slope^2 = A + u1 + u2 + u3`. A variable of its own, so that combinations stay short.
    fn third_u(&self, circuit: &mut Circuit, slope: &Wire, other_u: &Wire) -> Result<Wire, SynthesisError> {
        let known = &(&Wire::constant(A) + &self.u) + other_u;
        let third = circuit.private(slope.value().square() - known.value())?;
        circuit.enforce(slope, slope, &(&known + &third))?;
        Ok(third)
    }

    /// The third point's v, reflected: `slope (u1 - u3) = v1 + v3`.
    fn third_v(&self, circuit: &mut Circuit, slope: &Wire, third_u: &Wire) -> Result<Wire, SynthesisError> {
        let run = &self.u - third_u;
        let third = circuit.private(run.value() * slope.value() - self.v.value())?;
        circuit.enforce(&run, slope, &(&self.v + &third))?;
        Ok(third)
    }
}
