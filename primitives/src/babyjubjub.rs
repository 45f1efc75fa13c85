//! BabyJubJub in circomlib's coordinates: `168700 x^2 + y^2 = 1 + 168696 x^2 y^2` over the BN254 scalar field.
//!
//! In scope: the curve as an arkworks configuration, Base8, checked points. Out of scope: signatures (`eddsa`).
//! An attacker who owns this part forges every signature inside a proof.
//! Source: EIP-2494; `ark-ed-on-bn254` is the same curve in another form, its scalar field is used here.

use ark_ec::{
    AffineRepr, CurveConfig, CurveGroup,
    twisted_edwards::{Affine, MontCurveConfig, Projective, TECurveConfig},
};
use ark_ff::{BigInteger, MontFp, PrimeField};

use crate::{Fr, field};

/// Integers modulo the prime subgroup order l.
pub type Scalar = ark_ed_on_bn254::Fr;
/// A point with affine coordinates.
pub type Point = Affine<BabyJubJub>;
/// A point with extended coordinates.
pub type PointProjective = Projective<BabyJubJub>;

/// The curve's configuration; its generator is Base8, which generates the subgroup of order l.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BabyJubJub;

impl CurveConfig for BabyJubJub {
    type BaseField = Fr;
    type ScalarField = Scalar;

    const COFACTOR: &'static [u64] = &[8];
    const COFACTOR_INV: Scalar =
        MontFp!("2394026564107420727433200628387514462817212225638746351800188703329891451411");
}

impl TECurveConfig for BabyJubJub {
    const COEFF_A: Fr = MontFp!("168700");
    const COEFF_D: Fr = MontFp!("168696");
    const GENERATOR: Point = Affine::new_unchecked(
        MontFp!("5299619240641551281634865583518297030282874472190772894086521144482721001553"),
        MontFp!("16950150798460657717958625567821834550301663161624707787222815936182638968203"),
    );

    type MontCurveConfig = Self;
}

impl MontCurveConfig for BabyJubJub {
    const COEFF_A: Fr = MontFp!("168698");
    const COEFF_B: Fr = MontFp!("1");

    type TECurveConfig = Self;
}

/// Why coordinates were refused as a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PointError {
    /// A coordinate is not below the modulus.
    #[error("a coordinate is not below the BN254 scalar field's modulus; values are never reduced")]
    NotCanonical,
    /// The coordinates do not satisfy the curve equation.
    #[error("the point is not on the BabyJubJub curve")]
    NotOnCurve,
    /// The point has a component of small order.
    #[error("the point is not in BabyJubJub's prime-order subgroup")]
    NotInSubgroup,
    /// The neutral element.
    #[error("the point is the identity")]
    Identity,
}

/// Base8, the generator of the prime-order subgroup.
pub fn base8() -> Point {
    Point::generator()
}

/// A point of the prime-order subgroup that is not the identity, from its coordinates.
///
/// # Errors
/// Names the first check that failed: curve, identity, subgroup.
pub fn subgroup_point(x: Fr, y: Fr) -> Result<Point, PointError> {
    let point = Point::new_unchecked(x, y);
    if !point.is_on_curve() {
        return Err(PointError::NotOnCurve);
    }
    if point.is_zero() {
        return Err(PointError::Identity);
    }
    if !point.is_in_correct_subgroup_assuming_on_curve() {
        return Err(PointError::NotInSubgroup);
    }
    Ok(point)
}

/// x and y, 32 bytes each, big-endian.
pub fn point_to_bytes(point: &Point) -> [u8; 64] {
    let mut bytes = [0u8; 64];
    bytes[..32].copy_from_slice(&field::to_bytes(&point.x));
    bytes[32..].copy_from_slice(&field::to_bytes(&point.y));
    bytes
}

/// Parses [`point_to_bytes`] of a point as [`subgroup_point`] wants it.
///
/// # Errors
/// Names the first check that failed: canonical coordinates, curve, identity, subgroup.
pub fn point_from_bytes(bytes: &[u8; 64]) -> Result<Point, PointError> {
    let coordinate = |at: usize| {
        let mut half = [0u8; 32];
        half.copy_from_slice(&bytes[at..at + 32]);
        field::from_bytes(&half).map_err(|_| PointError::NotCanonical)
    };
    subgroup_point(coordinate(0)?, coordinate(32)?)
}

/// A scalar as 32 bytes, big-endian.
pub fn scalar_to_bytes(scalar: &Scalar) -> [u8; 32] {
    let mut bytes = [0u8; 32];
    bytes.copy_from_slice(&scalar.into_bigint().to_bytes_be());
    bytes
}

/// Parses [`scalar_to_bytes`]; `None` if the integer is not below the subgroup order.
pub fn scalar_from_bytes(bytes: &[u8; 32]) -> Option<Scalar> {
    let scalar = Scalar::from_be_bytes_mod_order(bytes);
    (scalar_to_bytes(&scalar) == *bytes).then_some(scalar)
}

/// `scalar * point`.
pub fn multiply(point: &Point, scalar: &Scalar) -> Point {
    (*point * scalar).into_affine()
}

/// circomlib's packed form: y little-endian, and the top bit set if x is in the upper half of the field.
pub fn pack(point: &Point) -> [u8; 32] {
    let mut bytes = field::to_bytes(&point.y);
    bytes.reverse();
    if point.x > -point.x {
        bytes[31] |= 0x80;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_ff::{AdditiveGroup, Field, PrimeField};

    #[test]
    fn base8_generates_a_subgroup_of_order_l() {
        let base = base8();
        assert!(base.is_on_curve() && base.is_in_correct_subgroup_assuming_on_curve());
        assert!(base.mul_bigint(Scalar::MODULUS).into_affine().is_zero());
    }

    #[test]
    fn points_off_the_curve_of_small_order_and_the_identity_are_refused() {
        assert_eq!(subgroup_point(Fr::ONE, Fr::ONE), Err(PointError::NotOnCurve));
        assert_eq!(subgroup_point(Fr::ZERO, Fr::ONE), Err(PointError::Identity));
        assert_eq!(subgroup_point(Fr::ZERO, -Fr::ONE), Err(PointError::NotInSubgroup));
    }
}
