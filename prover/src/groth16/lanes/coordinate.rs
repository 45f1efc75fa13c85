//! Eight coordinates of points: of the base field for G1, of its quadratic extension for G2.
//!
//! In scope: what the point formulas need of a field. Out of scope: the formulas (`point_sums`).
//! An attacker who owns this part makes proofs fail, which verification before release notices.

use ark_bn254::{Fq, Fq2};
use ark_ff::{BigInt, Field};

use super::modular::{Constants, Residue8, Wide8};
use super::vector::{Mask, Word8};

/// Eight coordinates. Bounds as in `modular`: stored ones are canonical, operands below `16p`.
pub(crate) trait Coordinate8: Copy {
    /// The field, as arkworks has it.
    type Scalar: Field;

    fn one(k: &Constants) -> Self;
    fn zero(k: &Constants) -> Self;
    fn equal(self, other: Self) -> Mask;
    fn replaced_where(self, mask: Mask, other: Self) -> Self;
    fn negated_where(self, k: &Constants, mask: Mask) -> Self;
    fn plus(self, k: &Constants, other: Self) -> Self;
    /// `self - other + p`.
    fn minus(self, k: &Constants, other: Self) -> Self;
    /// `4 * (self - other + p)`.
    fn minus_times_4(self, k: &Constants, other: Self) -> Self;
    /// `self - other - another + 2p`.
    fn minus_both(self, k: &Constants, other: Self, another: Self) -> Self;
    fn times(self, k: &Constants, other: Self) -> Self;
    fn squared(self, k: &Constants) -> Self;
    /// From below `4p`.
    fn canonical(self, k: &Constants) -> Self;
    /// The eight values, canonical, read as arkworks' form.
    fn to_scalars(self, k: &Constants) -> [Self::Scalar; 8];
    /// From arkworks' form.
    fn from_scalars(k: &Constants, scalars: [Self::Scalar; 8]) -> Self;
}

impl Coordinate8 for Residue8 {
    type Scalar = Fq;

    #[inline(always)]
    fn one(k: &Constants) -> Self {
        Self::splat(k, [1, 0, 0, 0])
    }

    #[inline(always)]
    fn zero(k: &Constants) -> Self {
        Self::zero(k)
    }

    #[inline(always)]
    fn equal(self, other: Self) -> Mask {
        let mut mask = Mask::MAX;
        for i in 0..5 {
            mask &= self.0[i].equal(other.0[i]);
        }
        mask
    }

    #[inline(always)]
    fn replaced_where(self, mask: Mask, other: Self) -> Self {
        self.replaced_where(mask, other)
    }

    #[inline(always)]
    fn negated_where(self, k: &Constants, mask: Mask) -> Self {
        self.negated_where(k, mask)
    }

    #[inline(always)]
    fn plus(self, k: &Constants, other: Self) -> Self {
        self.plus(k, other)
    }

    #[inline(always)]
    fn minus(self, k: &Constants, other: Self) -> Self {
        self.minus_1(k, other)
    }

    #[inline(always)]
    fn minus_times_4(self, k: &Constants, other: Self) -> Self {
        self.minus_1_times_4(k, other)
    }

    #[inline(always)]
    fn minus_both(self, k: &Constants, other: Self, another: Self) -> Self {
        self.minus_both(k, other, another)
    }

    #[inline(always)]
    fn times(self, k: &Constants, other: Self) -> Self {
        self.times(k, other)
    }

    #[inline(always)]
    fn squared(self, k: &Constants) -> Self {
        self.squared(k)
    }

    #[inline(always)]
    fn canonical(self, k: &Constants) -> Self {
        self.canonical_from_4(k)
    }

    #[inline(always)]
    fn to_scalars(self, k: &Constants) -> [Fq; 8] {
        let words = self.canonical_from_4(k).pack();
        let mut rows = [[0; 8]; 4];
        for (row, word) in rows.iter_mut().zip(words) {
            word.store(row);
        }
        core::array::from_fn(|i| Fq::new_unchecked(BigInt(rows.map(|row| row[i]))))
    }

    #[inline(always)]
    fn from_scalars(k: &Constants, scalars: [Fq; 8]) -> Self {
        let words = core::array::from_fn(|w| Word8::load(k.processor, &scalars.map(|scalar| scalar.0.0[w])));
        Self::unpack(k, words)
    }
}

/// Eight elements `c0 + c1 * u` of the quadratic extension, with `u^2 = -1`.
#[derive(Clone, Copy)]
pub(crate) struct Quadratic8 {
    pub(crate) c0: Residue8,
    pub(crate) c1: Residue8,
}

impl Coordinate8 for Quadratic8 {
    type Scalar = Fq2;

    #[inline(always)]
    fn one(k: &Constants) -> Self {
        Self {
            c0: Coordinate8::one(k),
            c1: Residue8::zero(k),
        }
    }

    #[inline(always)]
    fn zero(k: &Constants) -> Self {
        Self {
            c0: Residue8::zero(k),
            c1: Residue8::zero(k),
        }
    }

    #[inline(always)]
    fn equal(self, other: Self) -> Mask {
        self.c0.equal(other.c0) & self.c1.equal(other.c1)
    }

    #[inline(always)]
    fn replaced_where(self, mask: Mask, other: Self) -> Self {
        Self {
            c0: self.c0.replaced_where(mask, other.c0),
            c1: self.c1.replaced_where(mask, other.c1),
        }
    }

    #[inline(always)]
    fn negated_where(self, k: &Constants, mask: Mask) -> Self {
        Self {
            c0: self.c0.negated_where(k, mask),
            c1: self.c1.negated_where(k, mask),
        }
    }

    #[inline(always)]
    fn plus(self, k: &Constants, other: Self) -> Self {
        Self {
            c0: self.c0.plus(k, other.c0),
            c1: self.c1.plus(k, other.c1),
        }
    }

    #[inline(always)]
    fn minus(self, k: &Constants, other: Self) -> Self {
        Self {
            c0: self.c0.minus_1(k, other.c0),
            c1: self.c1.minus_1(k, other.c1),
        }
    }

    #[inline(always)]
    fn minus_times_4(self, k: &Constants, other: Self) -> Self {
        Self {
            c0: self.c0.minus_1_times_4(k, other.c0),
            c1: self.c1.minus_1_times_4(k, other.c1),
        }
    }

    #[inline(always)]
    fn minus_both(self, k: &Constants, other: Self, another: Self) -> Self {
        Self {
            c0: self.c0.minus_both(k, other.c0, another.c0),
            c1: self.c1.minus_both(k, other.c1, another.c1),
        }
    }

    /// Both products of each part share one reduction. For operands below `8p`.
    #[inline(always)]
    fn times(self, k: &Constants, other: Self) -> Self {
        let negated = self.c1.negated_8(k);
        let real = Wide8::zero(k)
            .plus_product(self.c0, other.c0)
            .plus_product(negated, other.c1);
        let imaginary = Wide8::zero(k)
            .plus_product(self.c0, other.c1)
            .plus_product(self.c1, other.c0);
        Self {
            c0: real.reduced(k),
            c1: imaginary.reduced(k),
        }
    }

    /// `(c0 + c1)(c0 - c1) + 2 c0 c1 u`. For operands below `4p`.
    #[inline(always)]
    fn squared(self, k: &Constants) -> Self {
        let doubled = self.c0.plus(k, self.c0);
        Self {
            c0: self.c0.plus(k, self.c1).times(k, self.c0.minus_4(k, self.c1)),
            c1: doubled.times(k, self.c1),
        }
    }

    #[inline(always)]
    fn canonical(self, k: &Constants) -> Self {
        Self {
            c0: self.c0.canonical_from_4(k),
            c1: self.c1.canonical_from_4(k),
        }
    }

    #[inline(always)]
    fn to_scalars(self, k: &Constants) -> [Fq2; 8] {
        let (c0, c1) = (self.c0.to_scalars(k), self.c1.to_scalars(k));
        core::array::from_fn(|i| Fq2::new(c0[i], c1[i]))
    }

    #[inline(always)]
    fn from_scalars(k: &Constants, scalars: [Fq2; 8]) -> Self {
        Self {
            c0: Residue8::from_scalars(k, scalars.map(|scalar| scalar.c0)),
            c1: Residue8::from_scalars(k, scalars.map(|scalar| scalar.c1)),
        }
    }
}
