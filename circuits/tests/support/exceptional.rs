//! Where the ladder of `variable_base` meets an exceptional case, and points of small order: the corners of the curve arithmetic.

use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{AdditiveGroup, BigInt, BigInteger, One, PrimeField, Zero};
use tradeseal_primitives::{
    Fr,
    babyjubjub::{Point, Scalar},
    field,
};

pub type Integer = BigInt<4>;

pub fn plus(a: Integer, b: &Integer) -> Integer {
    let mut sum = a;
    assert!(!sum.add_with_carry(b), "256 bits hold every integer here");
    sum
}

pub fn minus(a: Integer, b: &Integer) -> Integer {
    let mut difference = a;
    assert!(!difference.sub_with_borrow(b), "negative");
    difference
}

pub fn times(n: u64, a: &Integer) -> Integer {
    (0..n).fold(Integer::zero(), |sum, _| plus(sum, a))
}

pub fn two_to(exponent: u32) -> Integer {
    Integer::one() << exponent
}

pub const ORDER: Integer = Scalar::MODULUS;
pub const MODULUS: Integer = Fr::MODULUS;

/// What the ladder meets on its way for one scalar, over a Q of order l: P = kQ with k as a residue modulo l.
#[derive(Debug, PartialEq, Eq)]
pub enum Ladder {
    /// No exceptional addition.
    Regular,
    /// An equation `0 * x = y` with y not 0: no assignment exists.
    Impossible,
    /// An equation `0 * x = 0` with none of the former before it: the attacker picks the result.
    Free,
}

/// What the ladder over a Q of order l meets.
pub fn ladder(h: &Fr) -> Ladder {
    let h_prime = plus(h.into_bigint(), &times(11, &ORDER));
    let mut k = Scalar::from(3u64);
    for i in (0..254).rev() {
        let sign = if h_prime.get_bit(i) {
            Scalar::one()
        } else {
            -Scalar::one()
        };
        if k == sign {
            return Ladder::Free;
        }
        // P = -(+-Q) leaves the first slope without a value, 2P +- Q = 0 the second.
        if k == -sign || (k.double() + sign).is_zero() {
            return Ladder::Impossible;
        }
        k = k.double() + sign;
    }
    Ladder::Regular
}

/// Every h for which some `h' >> i` is 0, -1 or (l-1)/2 modulo l.
pub fn exceptional_scalars() -> Vec<Fr> {
    let (least, end) = (times(11, &ORDER), plus(times(11, &ORDER), &MODULUS));
    let half = minus(ORDER, &Integer::one()) >> 1;
    let mut found = Vec::new();
    for i in 0..6u32 {
        for multiple in 0..20 {
            let base = times(multiple, &ORDER);
            let mut candidates = vec![base, plus(base, &half)];
            if multiple > 0 {
                candidates.push(minus(base, &Integer::one()));
            }
            for shifted in candidates.into_iter().filter(|m| *m <= end >> i) {
                for low in 0..1u64 << i {
                    let h_prime = plus(shifted << i, &Integer::from(low));
                    if h_prime >= least && h_prime < end {
                        found.push(Fr::from_bigint(minus(h_prime, &least)).unwrap());
                    }
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The scalars at which the ladder over a Q of order l has no solution.
pub fn impossible_scalars() -> Vec<Fr> {
    let mut scalars = exceptional_scalars();
    scalars.retain(|h| ladder(h) == Ladder::Impossible);
    scalars
}

/// All eight points whose order divides the cofactor.
pub fn small_order_points() -> Vec<Point> {
    let generator = Point::new_unchecked(
        field::from_decimal("995203441582195749578291179787384436505546430278305826713579947235728471134").unwrap(),
        field::from_decimal("5472060717959818805561601436314318772137091100104008585924551046643952123905").unwrap(),
    );
    let torsion = generator.mul_bigint(ORDER).into_affine();
    let points: Vec<Point> = (0..8u64).map(|i| torsion.mul_bigint([i]).into_affine()).collect();
    assert!(!points[4].is_zero() && torsion.mul_bigint([8u64]).is_zero(), "order 8");
    points
}
