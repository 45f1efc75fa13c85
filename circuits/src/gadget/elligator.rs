//! Elligator 2 in circuit: one field element to one point of the curve (RFC 9380 section 6.7.1, twin of `duplicate_tag::map_to_curve`).
//!
//! In scope: the map, its two branches, the sign of the result. Out of scope: what is mapped; clearing the cofactor.
//! An attacker who finds a second image of one element gives an invoice two tags, and finances it twice.
//!
//! With g(x) = x^3 + J x^2 + x, x1 = -J / (1 + Z u^2) and x2 = -x1 - J, the map takes x1 where g(x1) is a square and v odd, else x2 and v even. The
//! circuit lets the prover say which by a bit, and asks for v^2 = g(x) and for v's parity. So that leaves one answer for each u:
//!
//! - `1 + Z u^2` is never 0, as -1 is a square of this field and Z is none: x1 is defined.
//! - g has the root 0 only, as `J^2 - 4 = a d` is no square. x1 is not 0; x2 = Z u^2 x1 is not 0 since **u is not 0, which is enforced** (for u = 0 the second
//!   branch would always be open, with v = 0).
//! - g(x2) = Z u^2 g(x1), as g(x) / x is the same for both. Neither is 0, so **exactly one of them is a square**: the other branch has no v.
//! - v is not 0, and of v and p - v one is odd and one even. The bit negates v or does not; the outcome s is enforced to be even, as `s = 2 h` with h at most
//!   (p - 1) / 2 **as an integer**: h has 253 bits, which cannot wrap around p, and so has (p - 1) / 2 - h, which for a larger h below 2^253 would be at least
//!   `p + (p - 1) / 2 - 2^253 >= 2^253` modulo p.
//!
//! The way to Edwards form divides by v, which is not 0, and by x + 1: g(-1) = J - 2 = d is no square, so x is never -1.

use ark_ec::twisted_edwards::MontCurveConfig;
use ark_ff::{AdditiveGroup, BigInteger, Field, One, PrimeField};
use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{Fr, babyjubjub::BabyJubJub, duplicate_tag::ELLIGATOR_Z};

use super::{edwards::EdwardsPoint, montgomery::MontgomeryPoint, range};
use crate::circuit::{Circuit, Wire};

const J: Fr = <BabyJubJub as MontCurveConfig>::COEFF_A;
/// Bits of (p - 1) / 2.
const HALF_BITS: usize = 253;

/// The image of `u`, which is enforced not to be 0.
///
/// # Errors
/// arkworks' own.
pub fn map_to_curve(circuit: &mut Circuit, u: &Wire) -> Result<EdwardsPoint, SynthesisError> {
    circuit.nonzero(u)?;
    let square = circuit.product(u, u)?;
    let denominator = &Wire::one() + &square.scale(ELLIGATOR_Z);
    let first = circuit.quotient(&Wire::constant(-J), &denominator)?;
    let is_first = circuit.bit(curve_side(first.value()).sqrt().is_some())?;
    let second = &(-&first) - &Wire::constant(J);
    let x = &second + &circuit.product(&(&first - &second), &is_first)?;
    let v = root(circuit, &x, is_first.value().is_one())?;
    enforce_odd_if(circuit, &is_first, &v)?;
    MontgomeryPoint { u: x, v }.to_edwards(circuit)
}

/// `x^3 + J x^2 + x`.
fn curve_side(x: Fr) -> Fr {
    x * (x.square() + J * x + Fr::ONE)
}

/// A root of g(x) with this parity, of which only `v^2 = g(x)` is enforced.
fn root(circuit: &mut Circuit, x: &Wire, odd: bool) -> Result<Wire, SynthesisError> {
    let root = curve_side(x.value()).sqrt().unwrap_or_default();
    let v = circuit.private(if root.into_bigint().is_odd() == odd {
        root
    } else {
        -root
    })?;
    let x2 = circuit.product(x, x)?;
    let inner = &(&x2 + &x.scale(J)) + &Wire::one();
    let side = circuit.product(&inner, x)?;
    circuit.enforce(&v, &v, &side)?;
    Ok(v)
}

/// v, which is not 0, is odd if the bit is 1 and even if it is 0.
fn enforce_odd_if(circuit: &mut Circuit, odd: &Wire, v: &Wire) -> Result<(), SynthesisError> {
    let sign = &Wire::one() - &odd.scale(Fr::from(2u64));
    let even = circuit.product(v, &sign)?;
    let two_inverse = Fr::from(2u64).inverse().unwrap_or(Fr::ZERO);
    let half = even.scale(two_inverse);
    let largest = Wire::constant(-Fr::one() * two_inverse);
    range::bits_le(circuit, &half, HALF_BITS)?;
    range::bits_le(circuit, &(&largest - &half), HALF_BITS)?;
    Ok(())
}
