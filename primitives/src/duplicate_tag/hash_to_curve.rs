//! From a fingerprint to a point whose discrete logarithm nobody knows: `hash_to_curve` of RFC 9380 section 3 with Poseidon as `hash_to_field`.
//!
//! In scope: Elligator 2 (section 6.7.1) on `v^2 = u^3 + 168698 u^2 + u`, the map to twisted Edwards form (appendix D.1), clearing the cofactor. Out
//! of scope: constant time; a fingerprint's holder hashes on its own machine, and nobody else knows the fingerprint.
//! An attacker who owns this part makes two invoices share a point, or knows the logarithm between two and derives one tag from another.

use ark_ec::{CurveGroup, twisted_edwards::MontCurveConfig};
use ark_ff::{AdditiveGroup, BigInteger, Field, MontFp, PrimeField};

use crate::{
    Fr,
    babyjubjub::{BabyJubJub, Point},
    hash::{Domain, hash},
    receivable::Fingerprint,
};

/// RFC 9380's J; its K is 1.
const J: Fr = <BabyJubJub as MontCurveConfig>::COEFF_A;
/// RFC 9380's Z: the non-square of least absolute value.
pub const ELLIGATOR_Z: Fr = MontFp!("5");

/// `u_i = H(hash-to-curve; fp, i)` for i = 0, 1.
pub fn map_inputs(fingerprint: Fingerprint) -> [Fr; 2] {
    [0u64, 1].map(|i| hash(Domain::HASH_TO_CURVE, &[fingerprint.to_fr(), Fr::from(i)]))
}

/// Elligator 2: some point of the curve, in no particular subgroup. Total, as RFC 9380 has it; the circuit refuses u = 0, which no fingerprint is
/// known to lead to.
pub fn map_to_curve(u: Fr) -> Point {
    // 1 + Z u^2 is never 0, as -1 is a square and Z is none; RFC 9380 has 1 in its place.
    let first = -J * (Fr::ONE + ELLIGATOR_Z * u.square()).inverse().unwrap_or(Fr::ONE);
    let (x, y, odd) = match curve_side(first).sqrt() {
        Some(y) => (first, y, true),
        None => {
            let second = -first - J;
            (second, curve_side(second).sqrt().unwrap_or_default(), false)
        }
    };
    let y = if y.into_bigint().is_odd() == odd { y } else { -y };
    edwards(x, y)
}

/// `x^3 + J x^2 + x`.
fn curve_side(x: Fr) -> Fr {
    x * (x.square() + J * x + Fr::ONE)
}

/// `(s / t, (s - 1) / (s + 1))`; the identity where a denominator is 0, as RFC 9380 appendix D.1 has it.
fn edwards(s: Fr, t: Fr) -> Point {
    match ((s + Fr::ONE) * t).inverse() {
        Some(inverse) => Point::new_unchecked(s * (s + Fr::ONE) * inverse, (s - Fr::ONE) * t * inverse),
        None => Point::new_unchecked(Fr::ZERO, Fr::ONE),
    }
}

/// A: the sum of both maps, before the cofactor is cleared.
pub fn uncleared_point(fingerprint: Fingerprint) -> Point {
    let [first, second] = map_inputs(fingerprint).map(map_to_curve);
    (first + second).into_affine()
}

/// `P = 8 A`, in the prime-order subgroup.
pub fn hash_to_curve(fingerprint: Fingerprint) -> Point {
    let uncleared = ark_ec::twisted_edwards::Projective::from(uncleared_point(fingerprint));
    uncleared.double().double().double().into_affine()
}
