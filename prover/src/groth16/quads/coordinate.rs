//! Four coordinates of points: of the base field for G1, of its quadratic extension for G2.
//!
//! In scope: what the point formulas need of a field. Out of scope: the formulas (`point_sums`).
//! An attacker who owns this part makes proofs fail, which verification before release notices.

use ark_bn254::{Fq, Fq2};
use ark_ff::{BigInt, Field};

use super::modular::{Constants, Residue4};
use super::vector::Word4;

/// Four coordinates as memory holds them, word by word.
pub(crate) trait Words4: Copy {
    /// All ones where both are the same.
    fn equal(self, other: Self) -> Word4;
    /// All ones where all words are 0.
    fn is_zero(self, k: &Constants) -> Word4;
}

/// Four coordinates. Unless said otherwise they are normal (see `modular`).
pub(crate) trait Coordinate4: Copy {
    /// The field, as arkworks has it.
    type Scalar: Field;
    /// The packed form.
    type Words: Words4;

    fn unpack(k: &Constants, words: Self::Words) -> Self;
    /// For canonical ones.
    fn pack(self) -> Self::Words;
    fn one(k: &Constants) -> Self;
    /// `self - other + 2p`, fit for the second factor of a product; for canonical ones.
    fn minus(self, k: &Constants, other: Self) -> Self;
    /// The limbs of `-self` where `signs` is all ones: below 0, good for the differences below alone.
    fn negated_where(self, signs: Word4) -> Self;
    /// `self - other + 4p` likewise, for canonical ones or the limbs of their negatives.
    fn signed_minus(self, k: &Constants, other: Self) -> Self;
    /// `8 * (self - other + 2p)`, normal; for canonical ones.
    fn minus_times_8(self, k: &Constants, other: Self) -> Self;
    /// `2 * self - other - another`, canonical, for `self` below `2p` and the others canonical.
    fn double_minus_both(self, k: &Constants, other: Self, another: Self) -> Self;
    /// `self - other`, canonical, for `self` below `5p` and `other` canonical or the limbs of its negative.
    fn exact_minus(self, k: &Constants, other: Self) -> Self;
    /// `2 * self` and `3 * self`, fit for the second factor of a product; for normal ones.
    fn doubled(self, k: &Constants) -> Self;
    fn tripled(self, k: &Constants) -> Self;
    /// For a normal `self` below `8p`, and any second factor.
    fn times(&self, k: &Constants, other: &Self) -> Self;
    /// For a normal `self` below `2p`.
    fn squared(&self, k: &Constants) -> Self;
    fn replaced_where(self, choice: Word4, other: Self) -> Self;
    /// The four values, from normal ones below `8p`, read as arkworks' form.
    fn to_scalars(self, k: &Constants) -> [Self::Scalar; 4];
    /// From arkworks' form.
    fn from_scalars(k: &Constants, scalars: [Self::Scalar; 4]) -> Self;
}

impl Words4 for [Word4; 4] {
    #[inline(always)]
    fn equal(self, other: Self) -> Word4 {
        let [a, b, c, d] = self;
        let [e, f, g, h] = other;
        a.equal(e).and(b.equal(f)).and(c.equal(g).and(d.equal(h)))
    }

    #[inline(always)]
    fn is_zero(self, k: &Constants) -> Word4 {
        let [a, b, c, d] = self;
        a.or(b).or(c.or(d)).equal(Word4::splat(k.processor, 0))
    }
}

impl Words4 for [[Word4; 4]; 2] {
    #[inline(always)]
    fn equal(self, other: Self) -> Word4 {
        self[0].equal(other[0]).and(self[1].equal(other[1]))
    }

    #[inline(always)]
    fn is_zero(self, k: &Constants) -> Word4 {
        self[0].is_zero(k).and(self[1].is_zero(k))
    }
}

impl Coordinate4 for Residue4 {
    type Scalar = Fq;
    type Words = [Word4; 4];

    #[inline(always)]
    fn unpack(k: &Constants, words: [Word4; 4]) -> Self {
        Self::unpack(k, words)
    }

    #[inline(always)]
    fn pack(self) -> [Word4; 4] {
        self.pack()
    }

    #[inline(always)]
    fn one(k: &Constants) -> Self {
        Self::small(k, 1)
    }

    #[inline(always)]
    fn minus(self, k: &Constants, other: Self) -> Self {
        self.less(other).lifted_by_2(k)
    }

    #[inline(always)]
    fn negated_where(self, signs: Word4) -> Self {
        self.negated_where(signs)
    }

    #[inline(always)]
    fn signed_minus(self, k: &Constants, other: Self) -> Self {
        self.less(other).lifted_by_4(k)
    }

    #[inline(always)]
    fn minus_times_8(self, k: &Constants, other: Self) -> Self {
        self.less(other).lifted_by_2(k).times_8(k)
    }

    #[inline(always)]
    fn double_minus_both(self, k: &Constants, other: Self, another: Self) -> Self {
        self.plus(self).less(other).less(another).lifted_by_4(k).canonical(k)
    }

    #[inline(always)]
    fn exact_minus(self, k: &Constants, other: Self) -> Self {
        self.less(other).lifted_by_2(k).canonical(k)
    }

    #[inline(always)]
    fn doubled(self, _: &Constants) -> Self {
        self.plus(self)
    }

    #[inline(always)]
    fn tripled(self, _: &Constants) -> Self {
        self.plus(self).plus(self)
    }

    #[inline(always)]
    fn times(&self, k: &Constants, other: &Self) -> Self {
        self.times(k, other)
    }

    #[inline(always)]
    fn squared(&self, k: &Constants) -> Self {
        self.times(k, self)
    }

    #[inline(always)]
    fn replaced_where(self, choice: Word4, other: Self) -> Self {
        self.replaced_where(choice, other)
    }

    #[inline(always)]
    fn to_scalars(self, k: &Constants) -> [Fq; 4] {
        let words = self.canonical(k).pack();
        let mut rows = [[0; 4]; 4];
        for (row, word) in rows.iter_mut().zip(words) {
            word.store(row);
        }
        core::array::from_fn(|i| Fq::new_unchecked(BigInt(rows.map(|row| row[i]))))
    }

    #[inline(always)]
    fn from_scalars(k: &Constants, scalars: [Fq; 4]) -> Self {
        let words = core::array::from_fn(|w| Word4::load(k.processor, &scalars.map(|scalar| scalar.0.0[w])));
        Self::unpack(k, words)
    }
}

/// Four elements `c0 + c1 * u` of the quadratic extension, with `u^2 = -1`.
#[derive(Clone, Copy)]
pub(crate) struct Quadratic4 {
    c0: Residue4,
    c1: Residue4,
}

impl Quadratic4 {
    /// Factors of sums of two products must be normal, so that the columns do not overflow.
    #[inline(always)]
    fn normal(self, k: &Constants) -> Self {
        Self {
            c0: self.c0.normal(k),
            c1: self.c1.normal(k),
        }
    }
}

macro_rules! both {
    ($($name:ident($self:ident $(, $argument:ident: $kind:ty)*) => $value:expr;)*) => {
        $(
            #[inline(always)]
            fn $name($self $(, $argument: $kind)*) -> Self {
                $value
            }
        )*
    };
}

impl Coordinate4 for Quadratic4 {
    type Scalar = Fq2;
    type Words = [[Word4; 4]; 2];

    #[inline(always)]
    fn unpack(k: &Constants, [c0, c1]: [[Word4; 4]; 2]) -> Self {
        Self {
            c0: Residue4::unpack(k, c0),
            c1: Residue4::unpack(k, c1),
        }
    }

    #[inline(always)]
    fn pack(self) -> [[Word4; 4]; 2] {
        [self.c0.pack(), self.c1.pack()]
    }

    #[inline(always)]
    fn one(k: &Constants) -> Self {
        Self {
            c0: Residue4::small(k, 1),
            c1: Residue4::small(k, 0),
        }
    }

    both! {
        minus(self, k: &Constants, other: Self) => Self {
            c0: self.c0.minus(k, other.c0),
            c1: self.c1.minus(k, other.c1),
        }.normal(k);
        negated_where(self, signs: Word4) => Self {
            c0: self.c0.negated_where(signs),
            c1: self.c1.negated_where(signs),
        };
        signed_minus(self, k: &Constants, other: Self) => Self {
            c0: self.c0.signed_minus(k, other.c0),
            c1: self.c1.signed_minus(k, other.c1),
        }.normal(k);
        minus_times_8(self, k: &Constants, other: Self) => Self {
            c0: self.c0.minus_times_8(k, other.c0),
            c1: self.c1.minus_times_8(k, other.c1),
        };
        double_minus_both(self, k: &Constants, other: Self, another: Self) => Self {
            c0: self.c0.double_minus_both(k, other.c0, another.c0),
            c1: self.c1.double_minus_both(k, other.c1, another.c1),
        };
        exact_minus(self, k: &Constants, other: Self) => Self {
            c0: self.c0.exact_minus(k, other.c0),
            c1: self.c1.exact_minus(k, other.c1),
        };
        doubled(self, k: &Constants) => Self {
            c0: self.c0.doubled(k),
            c1: self.c1.doubled(k),
        }.normal(k);
        tripled(self, k: &Constants) => Self {
            c0: self.c0.tripled(k),
            c1: self.c1.tripled(k),
        }.normal(k);
        replaced_where(self, choice: Word4, other: Self) => Self {
            c0: self.c0.replaced_where(choice, other.c0),
            c1: self.c1.replaced_where(choice, other.c1),
        };
    }

    /// Both products of each part share one reduction.
    #[inline(always)]
    fn times(&self, k: &Constants, other: &Self) -> Self {
        Self {
            c0: self.c0.times_plus(k, &other.c0, &self.c1.negated_8(k), &other.c1),
            c1: self.c0.times_plus(k, &other.c1, &self.c1, &other.c0),
        }
    }

    /// `(c0 + c1)(c0 - c1) + 2 c0 c1 u`.
    #[inline(always)]
    fn squared(&self, k: &Constants) -> Self {
        let difference = self.c0.less(self.c1).lifted_by_4(k).normal(k);
        Self {
            c0: difference.times(k, &self.c0.plus(self.c1)),
            c1: self.c1.times(k, &self.c0.plus(self.c0)),
        }
    }

    #[inline(always)]
    fn to_scalars(self, k: &Constants) -> [Fq2; 4] {
        let (c0, c1) = (self.c0.to_scalars(k), self.c1.to_scalars(k));
        core::array::from_fn(|i| Fq2::new(c0[i], c1[i]))
    }

    #[inline(always)]
    fn from_scalars(k: &Constants, scalars: [Fq2; 4]) -> Self {
        Self {
            c0: Residue4::from_scalars(k, scalars.map(|scalar| scalar.c0)),
            c1: Residue4::from_scalars(k, scalars.map(|scalar| scalar.c1)),
        }
    }
}
