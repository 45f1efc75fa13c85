//! Whether a point of BN254's twist is in the subgroup of prime order.
//!
//! In scope: the test for points that are on the curve. Out of scope: the curve equation (`point`).
//! An attacker who owns this part can have points of small order into the pairing, and forge with them.
//!
//! With psi the untwisted Frobenius map, the test is `(x+1)P + psi(xP) + psi^2(xP) = psi^3(2xP)` (Dai, Lin, Zhao and Zhou,
//! "Fast subgroup membership testings for G1, G2 and GT on pairing-friendly curves"): one multiplication by the 63-bit x
//! where the older `psi(P) = 6x^2 P` takes 127 bits. It is exact, not probable: the endomorphism
//! `(x+1) + x psi + x psi^2 - 2x psi^3` has a degree whose greatest common divisor with the order of the whole curve,
//! `r * 10069 * ...`, is r itself (a test computes it), so it maps to the identity nothing outside the subgroup.

use ark_bn254::{Config, Fq2, G2Affine, G2Projective};
use ark_ec::bn::BnConfig;
use ark_ec::{AdditiveGroup, AffineRepr};

use super::pairing::X_DIGITS;

/// Whether a point that is on the twist has order r, or is the identity.
pub(super) fn is_in_subgroup(point: &G2Affine) -> bool {
    let x_times = multiply_by_x(point);
    let once = frobenius(&x_times);
    let twice = frobenius(&once);
    let thrice = frobenius(&twice);
    x_times + point + once + twice == thrice.double()
}

fn multiply_by_x(point: &G2Affine) -> G2Projective {
    let doubled = point.into_group().double();
    let third = doubled + point;
    let fifth = doubled + third;
    let odd_multiples = [point.into_group(), third, fifth, doubled + fifth];
    X_DIGITS.iter().fold(point.into_group(), |mut sum, (doublings, digit)| {
        for _ in 0..*doublings {
            sum.double_in_place();
        }
        let multiple = &odd_multiples[usize::from(digit.unsigned_abs() / 2)];
        if *digit < 0 { sum - multiple } else { sum + multiple }
    })
}

/// The untwisted Frobenius map, in Jacobian coordinates.
fn frobenius(point: &G2Projective) -> G2Projective {
    let conjugate = |a: &Fq2| Fq2::new(a.c0, -a.c1);
    G2Projective::new_unchecked(
        conjugate(&point.x) * Config::TWIST_MUL_BY_Q_X,
        conjugate(&point.y) * Config::TWIST_MUL_BY_Q_Y,
        conjugate(&point.z),
    )
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use ark_bn254::Fr;
    use ark_ec::{CurveConfig, CurveGroup};
    use ark_ff::{BigInteger, PrimeField, UniformRand};
    use ark_std::rand::SeedableRng;
    use ark_std::rand::rngs::StdRng;
    use num_bigint::BigInt;

    use super::*;

    /// The small factor of the cofactor: a random point of the twist has a part of this order.
    const SMALL_FACTOR: u64 = 10_069;

    fn cofactor() -> BigInt {
        let limbs = ark_bn254::g2::Config::COFACTOR.iter().rev();
        limbs.fold(BigInt::ZERO, |value, limb| (value << 64) + *limb)
    }

    fn modulus<F: PrimeField>() -> BigInt {
        BigInt::from_bytes_be(num_bigint::Sign::Plus, &F::MODULUS.to_bytes_be())
    }

    /// Degree of the endomorphism `sum(coefficients[i] psi^i)`: its norm, where `psi^2 = t psi - q`.
    fn degree(coefficients: [BigInt; 4]) -> BigInt {
        let q = modulus::<ark_bn254::Fq>();
        let t: BigInt = &q + 1 - modulus::<Fr>();
        let (mut a, mut b) = (BigInt::ZERO, BigInt::ZERO);
        let (mut power_a, mut power_b) = (BigInt::from(1), BigInt::ZERO);
        for coefficient in coefficients {
            a += &coefficient * &power_a;
            b += &coefficient * &power_b;
            (power_a, power_b) = (-&q * &power_b, &power_a + &t * &power_b);
        }
        &a * &a + &a * &b * &t + &b * &b * &q
    }

    fn greatest_common_divisor(mut a: BigInt, mut b: BigInt) -> BigInt {
        while b != BigInt::ZERO {
            (a, b) = (b.clone(), a % b);
        }
        a
    }

    /// Points that an endomorphism maps to the identity form a group whose order divides both its degree and the order of
    /// the whole curve.
    #[test]
    fn both_membership_equations_kill_nothing_outside_the_subgroup() {
        let (r, x) = (modulus::<Fr>(), BigInt::from(Config::X[0]));
        let curve_order = cofactor() * &r;
        let one = BigInt::from(1);
        let here = [&x + 1, x.clone(), x.clone(), -2 * &x];
        let at_the_loops_end = [6 * &x + 2, one.clone(), -&one, one.clone()];
        for equation in [here, at_the_loops_end] {
            assert_eq!(greatest_common_divisor(degree(equation), curve_order.clone()), r);
        }
        // What a careless equation would let through: the test can tell.
        let whole = BigInt::from(SMALL_FACTOR);
        let careless = [&whole * (6 * &x + 2), whole.clone(), -&whole, whole.clone()];
        assert_eq!(greatest_common_divisor(degree(careless), curve_order), r * whole);
    }

    fn on_the_twist(rng: &mut StdRng) -> G2Affine {
        let mut candidates = core::iter::repeat_with(|| G2Affine::get_point_from_x_unchecked(Fq2::rand(rng), true));
        candidates.find_map(|point| point).unwrap()
    }

    #[test]
    fn points_of_the_subgroup_are_told_from_points_with_a_part_of_small_or_large_order() {
        let mut rng = StdRng::seed_from_u64(6);
        let to_small_part = (cofactor() * modulus::<Fr>() / SMALL_FACTOR).to_u64_digits().1;
        let mut small_parts = Vec::new();
        for _ in 0..8 {
            let (member, stray) = (G2Affine::rand(&mut rng), on_the_twist(&mut rng));
            assert!(is_in_subgroup(&member) && is_in_subgroup(&-member));
            assert!(!is_in_subgroup(&stray));
            let small = stray.mul_bigint(&to_small_part).into_affine();
            assert!(small.mul_bigint([SMALL_FACTOR]).into_affine().is_zero());
            assert!(!is_in_subgroup(&small) && !is_in_subgroup(&(member + small).into_affine()));
            small_parts.push(small);
        }
        assert!(small_parts.iter().all(|part| !part.is_zero()));
        assert!(is_in_subgroup(&G2Affine::zero()));
    }
}
