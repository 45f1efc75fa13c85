//! Residues in arkworks' Montgomery form, kept below `2p`: no product ends with a subtraction, and no sum or difference with
//! a branch that random values mispredict half the time, as arkworks' do.
//!
//! In scope: the operations of the portable inner loops. Out of scope: eight at a time (`lanes`).
//! An attacker who owns this part makes proofs fail, which verification before release notices.
//!
//! **Bounds.** `p < 0.19 * 2^256`, so the Montgomery product of values below `2p` is below `(4 * 0.19 + 1) * p < 2p`, the reduced sum
//! of two such products below `3p`, and `4p` still fits four words.

#[cfg(all(target_arch = "x86_64", target_feature = "bmi2", target_feature = "adx"))]
mod adx;
#[cfg(test)]
mod tests;
#[cfg(not(all(target_arch = "x86_64", target_feature = "bmi2", target_feature = "adx")))]
mod wide;

#[cfg(all(target_arch = "x86_64", target_feature = "bmi2", target_feature = "adx"))]
use adx::{product, sum_of_products};
#[cfg(not(all(target_arch = "x86_64", target_feature = "bmi2", target_feature = "adx")))]
use wide::{product, sum_of_products};

use core::marker::PhantomData;

use ark_bn254::{Fq, Fq2, Fr};
use ark_ff::{BigInt, Field};

use super::modulus::{Base, Modulus, Scalar};

/// A field whose elements are not always the least of their class.
pub(crate) trait Lazy: Copy {
    /// The field, as arkworks has it.
    type Exact: Field;

    fn new(exact: Self::Exact) -> Self;
    fn exact(self) -> Self::Exact;
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
    fn squared(self) -> Self;

    /// `-self` where asked, without a branch.
    fn negated_if(self, condition: bool) -> Self;
}

/// A residue below `2p`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Residue<M> {
    words: [u64; 4],
    modulus: PhantomData<M>,
}

const fn doubled(words: [u64; 4]) -> [u64; 4] {
    let [a, b, c, d] = words;
    [a << 1, b << 1 | a >> 63, c << 1 | b >> 63, d << 1 | c >> 63]
}

#[inline(always)]
#[allow(clippy::cast_possible_truncation)] // low halves are what is wanted
fn added(a: [u64; 4], b: [u64; 4]) -> [u64; 4] {
    let mut carry = 0u128;
    core::array::from_fn(|i| {
        carry += u128::from(a[i]) + u128::from(b[i]);
        let word = carry as u64;
        carry >>= 64;
        word
    })
}

/// The difference, and all ones if it is negative.
#[inline(always)]
#[allow(clippy::cast_possible_truncation)] // low halves are what is wanted
fn subtracted(a: [u64; 4], b: [u64; 4]) -> ([u64; 4], u64) {
    let mut borrow = 0u64;
    let words = core::array::from_fn(|i| {
        let (first, below) = a[i].overflowing_sub(b[i]);
        let (second, below_again) = first.overflowing_sub(borrow);
        borrow = u64::from(below | below_again);
        second
    });
    (words, borrow.wrapping_neg())
}

#[inline(always)]
fn masked(words: [u64; 4], mask: u64) -> [u64; 4] {
    words.map(|word| word & mask)
}

impl<M: Modulus> Residue<M> {
    const DOUBLE: [u64; 4] = doubled(M::WORDS);

    #[inline(always)]
    pub(super) const fn from_words(words: [u64; 4]) -> Self {
        Self {
            words,
            modulus: PhantomData,
        }
    }

    /// The words of the least residue.
    #[inline(always)]
    pub(super) fn canonical(self) -> [u64; 4] {
        let (less, negative) = subtracted(self.words, M::WORDS);
        added(less, masked(M::WORDS, negative))
    }

    /// From below `4p`.
    #[inline(always)]
    fn less_if_not_below(words: [u64; 4]) -> Self {
        let (less, negative) = subtracted(words, Self::DOUBLE);
        Self::from_words(added(less, masked(Self::DOUBLE, negative)))
    }

    #[inline(always)]
    pub(super) fn plus(self, other: Self) -> Self {
        Self::less_if_not_below(added(self.words, other.words))
    }

    #[inline(always)]
    pub(super) fn minus(self, other: Self) -> Self {
        let (difference, negative) = subtracted(self.words, other.words);
        Self::from_words(added(difference, masked(Self::DOUBLE, negative)))
    }

    #[inline(always)]
    pub(super) fn times(self, other: Self) -> Self {
        Self::from_words(product::<M>(&self.words, &other.words))
    }

    #[inline(always)]
    fn negated(self) -> Self {
        Self::from_words([0; 4]).minus(self)
    }
}

macro_rules! lazy_prime_field {
    ($modulus:ty, $field:ty) => {
        impl Lazy for Residue<$modulus> {
            type Exact = $field;

            #[inline(always)]
            fn new(exact: $field) -> Self {
                Self::from_words(exact.0.0)
            }

            #[inline(always)]
            fn exact(self) -> $field {
                <$field>::new_unchecked(BigInt(self.canonical()))
            }

            #[inline(always)]
            fn plus(self, other: Self) -> Self {
                self.plus(other)
            }

            #[inline(always)]
            fn minus(self, other: Self) -> Self {
                self.minus(other)
            }

            #[inline(always)]
            fn times(self, other: Self) -> Self {
                self.times(other)
            }

            #[inline(always)]
            fn squared(self) -> Self {
                self.times(self)
            }

            #[inline(always)]
            fn negated_if(self, condition: bool) -> Self {
                let mask = u64::from(condition).wrapping_neg();
                let (negated, words) = (masked(self.negated().words, mask), masked(self.words, !mask));
                Self::from_words(core::array::from_fn(|i| negated[i] | words[i]))
            }
        }
    };
}

lazy_prime_field!(Base, Fq);
lazy_prime_field!(Scalar, Fr);

/// `c0 + c1 * u` with `u^2 = -1`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quadratic {
    c0: Residue<Base>,
    c1: Residue<Base>,
}

impl Lazy for Quadratic {
    type Exact = Fq2;

    #[inline(always)]
    fn new(exact: Fq2) -> Self {
        Self {
            c0: Lazy::new(exact.c0),
            c1: Lazy::new(exact.c1),
        }
    }

    #[inline(always)]
    fn exact(self) -> Fq2 {
        Fq2::new(self.c0.exact(), self.c1.exact())
    }

    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        Self {
            c0: self.c0.plus(other.c0),
            c1: self.c1.plus(other.c1),
        }
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        Self {
            c0: self.c0.minus(other.c0),
            c1: self.c1.minus(other.c1),
        }
    }

    /// Both products of each part share one reduction.
    #[inline(always)]
    fn times(self, other: Self) -> Self {
        let sum = |a: Residue<Base>, b: Residue<Base>| {
            let words = sum_of_products::<Base>(&self.c0.words, &a.words, &self.c1.words, &b.words);
            Residue::less_if_not_below(words)
        };
        Self {
            c0: sum(other.c0, other.c1.negated()),
            c1: sum(other.c1, other.c0),
        }
    }

    /// `(c0 + c1)(c0 - c1) + 2 c0 c1 u`.
    #[inline(always)]
    fn squared(self) -> Self {
        let product = self.c0.times(self.c1);
        Self {
            c0: self.c0.plus(self.c1).times(self.c0.minus(self.c1)),
            c1: product.plus(product),
        }
    }

    #[inline(always)]
    fn negated_if(self, condition: bool) -> Self {
        Self {
            c0: self.c0.negated_if(condition),
            c1: self.c1.negated_if(condition),
        }
    }
}
