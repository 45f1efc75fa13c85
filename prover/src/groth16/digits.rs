//! Scalars as signed digits of a few bits, short where the scalar or its negative is small.
//!
//! In scope: recoding, and choosing the digits' width. Out of scope: what is summed (`buckets`).
//! An attacker who owns this part makes proofs fail, which verification before release notices.

use core::num::NonZeroU8;

use ark_ff::{BigInteger, PrimeField};
use tradeseal_primitives::Fr;

/// Bits of the absolute value of a scalar taken between `-r/2` and `r/2`, and one for the last carry.
const SIGNED_BITS: usize = 254;
/// Widest digit: beyond it buckets no longer fit in any cache.
const WIDEST: usize = 17;

/// How many sets of buckets share a key's tables: the one setting that trades memory against speed. With one set the
/// tables are largest and proofs fastest; with `n` sets the tables take an `n`-th of the memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BucketSets(NonZeroU8);

impl BucketSets {
    /// Largest tables, fastest proofs.
    pub const ONE: Self = Self(NonZeroU8::MIN);

    /// So many sets.
    pub const fn new(sets: NonZeroU8) -> Self {
        Self(sets)
    }

    /// The number.
    pub const fn get(self) -> u8 {
        self.0.get()
    }
}

impl Default for BucketSets {
    fn default() -> Self {
        Self::ONE
    }
}

/// How scalars are cut into digits, and how many tables of shifted points there are.
///
/// Window `w` of `width` bits uses table `w / sets`, which holds the points times `2^(width * sets * (w / sets))`, and bucket set
/// `w % sets`: more sets are slower and need fewer tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Windows {
    width: usize,
    sets: usize,
}

impl Windows {
    /// The cheapest width for so many points with so many bucket sets.
    pub(crate) fn for_points(points: usize, sets: BucketSets) -> Self {
        let sets = usize::from(sets.get());
        let cost = |width: &usize| points * SIGNED_BITS.div_ceil(*width) + (sets << width);
        let width = (2..=WIDEST).min_by_key(cost).unwrap_or(WIDEST);
        Self { width, sets }
    }

    /// Of this width, if it is one that is used.
    pub(super) fn new(width: usize, sets: usize) -> Option<Self> {
        let used = (2..=WIDEST).contains(&width) && (1..=usize::from(u8::MAX)).contains(&sets);
        used.then_some(Self { width, sets })
    }

    /// Digits of a scalar.
    pub(crate) fn count(self) -> usize {
        SIGNED_BITS.div_ceil(self.width)
    }

    /// Bucket sets.
    pub(crate) fn sets(self) -> usize {
        self.sets
    }

    /// Bits of a digit.
    pub(crate) fn width(self) -> usize {
        self.width
    }

    /// Tables of shifted points.
    pub(crate) fn tables(self) -> usize {
        self.count().div_ceil(self.sets)
    }

    /// Doublings between one table and the next.
    pub(crate) fn doublings_between_tables(self) -> usize {
        self.width * self.sets
    }

    /// Buckets of a set: the digits' absolute values from 1.
    pub(crate) fn buckets(self) -> usize {
        1 << (self.width - 1)
    }

    /// The digits that are not 0, lowest first: the window, the absolute value less one, and whether it is negative.
    #[inline(always)]
    pub(crate) fn for_each_digit(self, scalar: &SignedScalar, mut each: impl FnMut(usize, usize, bool)) {
        let (full, half) = (1u64 << self.width, 1u64 << (self.width - 1));
        let mut carry = 0;
        for window in 0..scalar.bits().div_ceil(self.width) + 1 {
            let digit = scalar.bits_at(window * self.width) % full + carry;
            carry = u64::from(digit > half);
            let (absolute, negative) = if carry == 1 {
                (full - digit, true)
            } else {
                (digit, false)
            };
            if absolute > 0 {
                #[allow(clippy::cast_possible_truncation)] // below 2^17
                each(window, absolute as usize - 1, negative != scalar.negative);
            }
        }
    }
}

/// A scalar between `-r/2` and `r/2`.
#[derive(Clone, Copy, Default)]
pub(crate) struct SignedScalar {
    absolute: [u64; 4],
    negative: bool,
}

impl zeroize::DefaultIsZeroes for SignedScalar {}

impl SignedScalar {
    pub(crate) fn new(scalar: Fr) -> Self {
        let canonical = scalar.into_bigint();
        let negative = canonical > Fr::MODULUS_MINUS_ONE_DIV_TWO;
        let absolute = if negative {
            let mut rest = Fr::MODULUS;
            rest.sub_with_borrow(&canonical);
            rest.0
        } else {
            canonical.0
        };
        Self { absolute, negative }
    }

    /// Bits up to the highest one set.
    fn bits(&self) -> usize {
        let top = self.absolute.iter().rposition(|word| *word != 0);
        top.map_or(0, |word| 64 * (word + 1) - self.absolute[word].leading_zeros() as usize)
    }

    /// At least 64 - 7 bits from this one upwards.
    #[inline(always)]
    fn bits_at(&self, bit: usize) -> u64 {
        let (word, shift) = (bit / 64, bit % 64);
        let low = self.absolute.get(word).copied().unwrap_or(0) >> shift;
        let high = self.absolute.get(word + 1).copied().unwrap_or(0);
        if shift == 0 { low } else { low | high << (64 - shift) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_ff::{AdditiveGroup, Field, UniformRand, Zero};
    use ark_std::test_rng;

    fn awkward_scalars() -> Vec<Fr> {
        let mut rng = test_rng();
        let half = Fr::from(Fr::MODULUS_MINUS_ONE_DIV_TWO);
        let mut scalars = vec![Fr::zero(), Fr::ONE, half, half + Fr::ONE, half - Fr::ONE];
        for bit in 0..254u64 {
            let power = Fr::from(2u64).pow([bit]);
            scalars.extend([power, power - Fr::ONE, power + Fr::ONE]);
        }
        scalars.extend((0..50).map(|_| Fr::rand(&mut rng)));
        let negatives: Vec<Fr> = scalars.iter().map(|scalar| -*scalar).collect();
        scalars.extend(negatives);
        scalars
    }

    #[test]
    fn digits_add_up_to_their_scalar_and_stay_within_the_buckets() {
        for width in 2..=WIDEST {
            let windows = Windows { width, sets: 1 };
            for scalar in awkward_scalars() {
                let mut sum = Fr::ZERO;
                windows.for_each_digit(&SignedScalar::new(scalar), |window, bucket, negative| {
                    assert!(window < windows.count() && bucket < windows.buckets());
                    let digit = Fr::from(bucket as u64 + 1) * Fr::from(2u64).pow([(window * width) as u64]);
                    sum += if negative { -digit } else { digit };
                });
                assert_eq!(sum, scalar, "width {width}");
            }
        }
    }

    #[test]
    fn one_and_minus_one_are_one_digit() {
        let windows = Windows { width: 13, sets: 1 };
        for (scalar, expected) in [(Fr::ONE, (0, 0, false)), (-Fr::ONE, (0, 0, true))] {
            let mut digits = Vec::new();
            windows.for_each_digit(&SignedScalar::new(scalar), |window, bucket, negative| {
                digits.push((window, bucket, negative));
            });
            assert_eq!(digits, [expected]);
        }
    }
}
