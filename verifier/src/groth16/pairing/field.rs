//! Arithmetic modulo BN254's base prime, for pairings only.
//!
//! In scope: sums, differences and sums of products, without branches that depend on values. Out of scope: inversion,
//! parsing, printing: arkworks' `Fq`, whose Montgomery form (R = 2^256) this shares, so that conversion is free.
//! An attacker who owns this part can have any false statement accepted.
//!
//! Why not `Fq` itself: its additions branch on their operands, which a processor cannot foresee, and a pairing does more
//! additions than products. And a sum of products needs one Montgomery reduction, not one each (Longa, "Efficient algorithms
//! for large prime characteristic fields and their application to bilinear pairings"). Measured in `docs/verifier.md`.
//! Inlined everywhere for speed, except in WebAssembly, where the page's size counts for more.
//! Public values only: being without branches is for speed, not a promise of constant time.

// Limbs of several numbers are walked side by side.
#![allow(clippy::needless_range_loop)]

use core::ops::{Add, Mul, Neg, Sub};

use ark_bn254::Fq;
use ark_ff::{BigInt, PrimeField};

/// The prime p, low limb first.
const MODULUS: [u64; 4] = Fq::MODULUS.0;
/// `-1/p` modulo 2^64.
const MINUS_INVERSE: u64 = minus_inverse(MODULUS[0]);

/// An element in Montgomery form, always below p.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::groth16) struct Fe([u64; 4]);

impl Fe {
    pub(super) const ZERO: Self = Self([0; 4]);
    pub(super) const ONE: Self = Self::from_fq(Fq::new(BigInt([1, 0, 0, 0])));

    pub(in crate::groth16) const fn from_fq(value: Fq) -> Self {
        Self(value.0.0)
    }

    pub(in crate::groth16) const fn to_fq(self) -> Fq {
        Fq::new_unchecked(BigInt(self.0))
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn double(self) -> Self {
        self + self
    }

    /// `9 * self + other`: what multiplying by the tower's constant 9 + u is made of.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn nine_times_plus(self, other: Self) -> Self {
        let mut sum = [0; 4];
        let mut carry = 0;
        for i in 0..4 {
            (sum[i], carry) = multiply_add(other.0[i], self.0[i], 9, carry);
        }
        // The sum is below 10p < 121 * 2^250. 21/256 is a little less than 2^250 / p, so that `quotient` never exceeds
        // the true one and what remains is below 2p.
        let top = (carry << 6) | (sum[3] >> 58);
        let quotient = top.wrapping_mul(21) >> 8;
        let (mut rest, mut carry, mut borrow) = ([0; 4], 0, false);
        for i in 0..4 {
            let product;
            (product, carry) = multiply_add(0, quotient, MODULUS[i], carry);
            (rest[i], borrow) = subtract_limb(sum[i], product, borrow);
        }
        Self(reduce_once(rest))
    }
}

impl Add for Fe {
    type Output = Self;

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn add(self, other: Self) -> Self {
        let (mut sum, mut carry) = ([0; 4], false);
        for i in 0..4 {
            (sum[i], carry) = add_limb(self.0[i], other.0[i], carry);
        }
        Self(reduce_once(sum))
    }
}

impl Sub for Fe {
    type Output = Self;

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn sub(self, other: Self) -> Self {
        let (mut difference, mut borrow) = ([0; 4], false);
        for i in 0..4 {
            (difference[i], borrow) = subtract_limb(self.0[i], other.0[i], borrow);
        }
        Self(add_modulus_if(borrow, difference))
    }
}

impl Neg for Fe {
    type Output = Self;

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn neg(self) -> Self {
        Self::ZERO - self
    }
}

impl Mul for Fe {
    type Output = Self;

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn mul(self, other: Self) -> Self {
        sum_of_products([(self, other)])
    }
}

/// `sum(a * b)` over the pairs, with one reduction.
///
/// With p < 0.19 * 2^256, the sum of N products divided by 2^256 plus the reduction's own p is below `(0.19 N + 1) p`:
/// one subtraction suffices up to 5 products, two up to 10, and 512 bits hold 27.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(super) fn sum_of_products<const N: usize>(pairs: [(Fe, Fe); N]) -> Fe {
    const { assert!(N <= 10) };
    let mut sum = [0; 8];
    for (a, b) in pairs {
        let product = wide_product(&a.0, &b.0);
        let mut carry = false;
        for i in 0..8 {
            (sum[i], carry) = add_limb(sum[i], product[i], carry);
        }
    }
    let mut value = montgomery_reduce(sum);
    if N > 5 {
        value = reduce_once(value);
    }
    Fe(reduce_once(value))
}

/// `value / 2^256` modulo p, below `value / 2^256 + p`.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn montgomery_reduce(mut value: [u64; 8]) -> [u64; 4] {
    let mut top_carry = false;
    for i in 0..4 {
        let factor = value[i].wrapping_mul(MINUS_INVERSE);
        let mut carry = 0;
        for j in 0..4 {
            (value[i + j], carry) = multiply_add(value[i + j], factor, MODULUS[j], carry);
        }
        (value[i + 4], top_carry) = add_limb(value[i + 4], carry, top_carry);
    }
    [value[4], value[5], value[6], value[7]]
}

/// `a * b`, not reduced.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn wide_product(a: &[u64; 4], b: &[u64; 4]) -> [u64; 8] {
    let mut product = [0; 8];
    for i in 0..4 {
        let mut carry = 0;
        for j in 0..4 {
            (product[i + j], carry) = multiply_add(product[i + j], a[i], b[j], carry);
        }
        product[i + 4] = carry;
    }
    product
}

/// Adds p, modulo 2^256, if `condition` holds.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn add_modulus_if(condition: bool, mut value: [u64; 4]) -> [u64; 4] {
    let mask = u64::from(condition).wrapping_neg();
    let mut carry = false;
    for i in 0..4 {
        (value[i], carry) = add_limb(value[i], MODULUS[i] & mask, carry);
    }
    value
}

/// Subtracts p if that leaves no less than zero.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn reduce_once(value: [u64; 4]) -> [u64; 4] {
    let (mut reduced, mut borrow) = ([0; 4], false);
    for i in 0..4 {
        (reduced[i], borrow) = subtract_limb(value[i], MODULUS[i], borrow);
    }
    let keep = u64::from(borrow).wrapping_neg();
    for i in 0..4 {
        reduced[i] = (value[i] & keep) | (reduced[i] & !keep);
    }
    reduced
}

/// `start + a * b + carry`: low limb, high limb. The sum is at most 2^128 - 1, which the compiler does not see: with checked
/// additions this would test for overflow.
#[inline(always)]
#[allow(clippy::cast_possible_truncation)]
fn multiply_add(start: u64, a: u64, b: u64, carry: u64) -> (u64, u64) {
    let product = u128::from(a).wrapping_mul(u128::from(b));
    let value = product.wrapping_add(u128::from(start)).wrapping_add(u128::from(carry));
    (value as u64, (value >> 64) as u64)
}

#[inline(always)]
fn add_limb(a: u64, b: u64, carry: bool) -> (u64, bool) {
    let (sum, first) = a.overflowing_add(b);
    let (sum, second) = sum.overflowing_add(u64::from(carry));
    (sum, first | second)
}

#[inline(always)]
fn subtract_limb(a: u64, b: u64, borrow: bool) -> (u64, bool) {
    let (difference, first) = a.overflowing_sub(b);
    let (difference, second) = difference.overflowing_sub(u64::from(borrow));
    (difference, first | second)
}

/// By Newton's iteration: each step doubles the number of right bits.
const fn minus_inverse(odd: u64) -> u64 {
    let mut inverse = 1u64;
    let mut step = 0;
    while step < 6 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(odd.wrapping_mul(inverse)));
        step += 1;
    }
    inverse.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use ark_ff::{AdditiveGroup, Field, UniformRand};
    use ark_std::rand::SeedableRng;
    use ark_std::rand::rngs::StdRng;

    use super::*;

    /// Limbs at the edges, in Montgomery form, and random elements.
    fn samples() -> Vec<Fq> {
        let mut rng = StdRng::seed_from_u64(11);
        let below = |steps: u64| [MODULUS[0] - steps, MODULUS[1], MODULUS[2], MODULUS[3]];
        let half = Fq::from(2u64).inverse().unwrap();
        let edges = [
            [0; 4],
            [1, 0, 0, 0],
            [u64::MAX, 0, 0, 0],
            [u64::MAX, u64::MAX, u64::MAX, 0],
            below(1),
            below(2),
        ];
        let edges = edges.into_iter().map(|limbs| Fe(limbs).to_fq());
        let near = [Fq::ONE, -Fq::ONE, half, half - Fq::ONE];
        edges.chain(near).chain((0..10).map(|_| Fq::rand(&mut rng))).collect()
    }

    #[test]
    fn each_operation_is_arkworks_own_at_the_edges_and_between() {
        let samples = samples();
        for a in &samples {
            let x = Fe::from_fq(*a);
            assert_eq!(x.to_fq(), *a);
            assert_eq!((-x).to_fq(), -*a);
            assert_eq!(x.double().to_fq(), a.double());
            for b in &samples {
                let y = Fe::from_fq(*b);
                assert_eq!((x + y).to_fq(), *a + b);
                assert_eq!((x - y).to_fq(), *a - b);
                assert_eq!((x * y).to_fq(), *a * b);
                assert_eq!(x.nine_times_plus(y).to_fq(), Fq::from(9u64) * a + b);
            }
        }
        assert_eq!(Fe::ONE.to_fq(), Fq::ONE);
    }

    /// The longest sums, with every factor as large as it can be.
    #[test]
    fn sums_of_products_stay_below_the_prime() {
        let largest = Fe([MODULUS[0] - 1, MODULUS[1], MODULUS[2], MODULUS[3]]);
        fn check<const N: usize>(a: Fe, b: Fe) {
            let sum = sum_of_products([(a, b); N]);
            assert_eq!(sum.to_fq(), Fq::from(N as u64) * a.to_fq() * b.to_fq());
            assert!(BigInt(sum.0) < Fq::MODULUS);
        }
        for other in samples().into_iter().map(Fe::from_fq).chain([largest]) {
            check::<1>(largest, other);
            check::<2>(largest, other);
            check::<4>(largest, other);
            check::<5>(largest, other);
            check::<6>(largest, other);
            check::<10>(largest, other);
        }
    }

    /// The estimate of the quotient in `nine_times_plus`, at every value of the bits it looks at.
    #[test]
    fn the_quotients_estimate_is_never_above_nor_more_than_one_and_a_bit_below() {
        // In units of 2^250.
        let scaled = |limbs: [u64; 4]| {
            limbs
                .iter()
                .rev()
                .fold(0.0, |value, limb| value * 2f64.powi(64) + *limb as f64)
        };
        let scaled = |limbs| scaled(limbs) / 2f64.powi(250);
        let prime = scaled(MODULUS);
        for top in 0..=120u32 {
            let quotient = f64::from((top * 21) >> 8);
            assert!(quotient * prime <= f64::from(top));
            assert!((f64::from(top) + 1.0) - quotient * prime <= 2.0 * prime);
        }
    }
}
