//! Eight residues modulo a prime of 254 bits, in limbs of 52 bits.
//!
//! In scope: packing, sums, Montgomery products. Out of scope: curves and transforms.
//! An attacker who owns this part makes proofs fail, which verification before release notices.
//!
//! Memory holds arkworks' own form, `x * 2^256`, in four words. The product here divides by `2^260`, five limbs' worth, so
//! `product(a * 2^256, b * 2^260)` is again in arkworks' form: constants (twiddles, coefficients) are kept times
//! `2^260`, and the point formulas fold the missing `2^4` into factors that they need anyway.
//!
//! **Bounds.** As `p / 2^260 < 0.012`, the product of values below `j*p` and `k*p` is below `(0.012*j*k + 1) * p`. Values stay
//! below `16p`, so every product is below `4p`, and in practice below `2p`; a sum or difference is normalised (limbs
//! below `2^52`) before it is multiplied.

use super::vector::{Mask, Processor, Word8};
use crate::groth16::modulus::Modulus;

/// `[f(0), .., f(4)]` without a closure: closures and `map` are compiled on their own, for processors without these
/// instructions, and then called.
macro_rules! five {
    ($i:ident => $value:expr) => {
        [
            {
                const $i: usize = 0;
                $value
            },
            {
                const $i: usize = 1;
                $value
            },
            {
                const $i: usize = 2;
                $value
            },
            {
                const $i: usize = 3;
                $value
            },
            {
                const $i: usize = 4;
                $value
            },
        ]
    };
}

const LIMB_BITS: u32 = 52;
const LIMB: u64 = (1 << LIMB_BITS) - 1;

/// `words` times a power of two, in limbs.
const fn limbs(words: [u64; 4], times_log2: u32) -> [u64; 5] {
    let mut out = [0; 5];
    let mut limb = 0u32;
    while limb < 5 {
        // Bits [52 limb - times_log2, 52 limb + 52 - times_log2) of the words.
        let mut bit = 0;
        while bit < LIMB_BITS {
            let from = limb * LIMB_BITS + bit;
            if from >= times_log2 {
                let source = from - times_log2;
                if source < 256 && words[(source / 64) as usize] >> (source % 64) & 1 == 1 {
                    out[limb as usize] |= 1 << bit;
                }
            }
            bit += 1;
        }
        limb += 1;
    }
    out
}

/// What a computation on residues keeps in registers: the prime, its inverse and the limb's mask.
#[derive(Clone, Copy)]
pub(crate) struct Constants {
    pub(crate) processor: Processor,
    prime: [Word8; 5],
    double_prime: [Word8; 5],
    quadruple_prime: [Word8; 5],
    octuple_prime: [Word8; 5],
    negated_inverse: Word8,
    mask: Word8,
    zero: Word8,
}

impl Constants {
    #[inline(always)]
    pub(crate) fn new<M: Modulus>(processor: Processor, _: M) -> Self {
        Self {
            processor,
            prime: five!(I => Word8::splat(processor, const { limbs(M::WORDS, 0)[I] })),
            double_prime: five!(I => Word8::splat(processor, const { limbs(M::WORDS, 1)[I] })),
            quadruple_prime: five!(I => Word8::splat(processor, const { limbs(M::WORDS, 2)[I] })),
            octuple_prime: five!(I => Word8::splat(processor, const { limbs(M::WORDS, 3)[I] })),
            negated_inverse: Word8::splat(processor, M::NEGATED_INVERSE & LIMB),
            mask: Word8::splat(processor, LIMB),
            zero: Word8::splat(processor, 0),
        }
    }
}

/// Eight residues, limbs below `2^52` except for the last, which holds what is above.
#[derive(Clone, Copy)]
pub(crate) struct Residue8(pub(crate) [Word8; 5]);

/// Eight sums of products, twice as wide and not yet reduced.
#[derive(Clone, Copy)]
pub(crate) struct Wide8([Word8; 10]);

impl Residue8 {
    /// From four words each.
    #[inline(always)]
    pub(crate) fn unpack(k: &Constants, words: [Word8; 4]) -> Self {
        let [w0, w1, w2, w3] = words;
        Self([
            w0.and(k.mask),
            w0.shift_right::<52>().or(w1.shift_left::<12>()).and(k.mask),
            w1.shift_right::<40>().or(w2.shift_left::<24>()).and(k.mask),
            w2.shift_right::<28>().or(w3.shift_left::<36>()).and(k.mask),
            w3.shift_right::<16>(),
        ])
    }

    /// To four words each; the residues are below `2^256`.
    #[inline(always)]
    pub(crate) fn pack(self) -> [Word8; 4] {
        let [l0, l1, l2, l3, l4] = self.0;
        [
            l0.or(l1.shift_left::<52>()),
            l1.shift_right::<12>().or(l2.shift_left::<40>()),
            l2.shift_right::<24>().or(l3.shift_left::<28>()),
            l3.shift_right::<36>().or(l4.shift_left::<16>()),
        ]
    }

    /// Eight times the same constant, given in words.
    #[inline(always)]
    pub(crate) fn splat(k: &Constants, words: [u64; 4]) -> Self {
        let [a, b, c, d] = words;
        let splat = [
            Word8::splat(k.processor, a),
            Word8::splat(k.processor, b),
            Word8::splat(k.processor, c),
            Word8::splat(k.processor, d),
        ];
        Self::unpack(k, splat)
    }

    #[inline(always)]
    pub(crate) fn zero(k: &Constants) -> Self {
        Self([k.zero; 5])
    }

    /// Moves what is above 52 bits (or below 0) of each limb into the next.
    #[inline(always)]
    fn carried(k: &Constants, mut limbs: Self) -> Self {
        for i in 0..4 {
            limbs.0[i + 1] = limbs.0[i + 1].add(limbs.0[i].shift_right_signed::<52>());
            limbs.0[i] = limbs.0[i].and(k.mask);
        }
        limbs
    }

    #[inline(always)]
    fn limbwise_sum(self, other: Self) -> Self {
        Self(five!(I => self.0[I].add(other.0[I])))
    }

    #[inline(always)]
    fn limbwise_difference(self, other: Self) -> Self {
        Self(five!(I => self.0[I].sub(other.0[I])))
    }

    /// `self - other + lift`, normalised.
    #[inline(always)]
    fn lifted_difference(self, k: &Constants, other: Self, lift: [Word8; 5]) -> Self {
        Self::carried(k, self.limbwise_sum(Self(lift)).limbwise_difference(other))
    }

    /// `self + other`.
    #[inline(always)]
    pub(crate) fn plus(self, k: &Constants, other: Self) -> Self {
        Self::carried(k, self.limbwise_sum(other))
    }

    /// `self - other + p`, for `other <= p`.
    #[inline(always)]
    pub(crate) fn minus_1(self, k: &Constants, other: Self) -> Self {
        self.lifted_difference(k, other, k.prime)
    }

    /// `self - other + 4p`, for `other <= 4p`.
    #[inline(always)]
    pub(crate) fn minus_4(self, k: &Constants, other: Self) -> Self {
        self.lifted_difference(k, other, k.quadruple_prime)
    }

    /// `8p - self`, for `self <= 8p`.
    #[inline(always)]
    pub(crate) fn negated_8(self, k: &Constants) -> Self {
        Self::carried(k, Self(k.octuple_prime).limbwise_difference(self))
    }

    /// `4 * (self - other + p)`, for `other <= p`.
    #[inline(always)]
    pub(crate) fn minus_1_times_4(self, k: &Constants, other: Self) -> Self {
        let difference = self.limbwise_sum(Self(k.prime)).limbwise_difference(other);
        Self::carried(k, Self(five!(I => difference.0[I].shift_left::<2>())))
    }

    /// `self - other - another + 2p`, for both at most `p`.
    #[inline(always)]
    pub(crate) fn minus_both(self, k: &Constants, other: Self, another: Self) -> Self {
        self.limbwise_difference(other)
            .lifted_difference(k, another, k.double_prime)
    }

    /// `self`, or `p - self` where the mask is set; limbs are not normalised. For `self <= p`.
    #[inline(always)]
    pub(crate) fn negated_where(self, k: &Constants, mask: Mask) -> Self {
        self.replaced_where(mask, Self(k.prime).limbwise_difference(self))
    }

    #[inline(always)]
    pub(crate) fn replaced_where(self, mask: Mask, other: Self) -> Self {
        Self(five!(I => self.0[I].replaced_where(mask, other.0[I])))
    }

    #[inline(always)]
    fn less_if_not_below(self, k: &Constants, bound: [Word8; 5]) -> Self {
        let less = Self::carried(k, self.limbwise_difference(Self(bound)));
        less.replaced_where(less.0[4].negative(), self)
    }

    /// The canonical residue, from below `2p`.
    #[inline(always)]
    pub(crate) fn canonical_from_2(self, k: &Constants) -> Self {
        self.less_if_not_below(k, k.prime)
    }

    /// The canonical residue, from below `4p`.
    #[inline(always)]
    pub(crate) fn canonical_from_4(self, k: &Constants) -> Self {
        self.less_if_not_below(k, k.double_prime).canonical_from_2(k)
    }

    /// `self * other / 2^260`.
    #[inline(always)]
    pub(crate) fn times(self, k: &Constants, other: Self) -> Self {
        Wide8::zero(k).plus_product(self, other).reduced(k)
    }

    /// `self^2 / 2^260`.
    #[inline(always)]
    pub(crate) fn squared(self, k: &Constants) -> Self {
        Wide8::square(k, self).reduced(k)
    }
}

impl Wide8 {
    #[inline(always)]
    pub(crate) fn zero(k: &Constants) -> Self {
        Self([k.zero; 10])
    }

    #[inline(always)]
    pub(crate) fn plus_product(mut self, a: Residue8, b: Residue8) -> Self {
        for i in 0..5 {
            for j in 0..5 {
                self.0[i + j] = self.0[i + j].add_product_low(a.0[i], b.0[j]);
                self.0[i + j + 1] = self.0[i + j + 1].add_product_high(a.0[i], b.0[j]);
            }
        }
        self
    }

    #[inline(always)]
    fn square(k: &Constants, a: Residue8) -> Self {
        let mut cross = Self::zero(k);
        for i in 0..5 {
            for j in i + 1..5 {
                cross.0[i + j] = cross.0[i + j].add_product_low(a.0[i], a.0[j]);
                cross.0[i + j + 1] = cross.0[i + j + 1].add_product_high(a.0[i], a.0[j]);
            }
        }
        let mut square = cross;
        for i in 0..10 {
            square.0[i] = square.0[i].add(square.0[i]);
        }
        for i in 0..5 {
            square.0[2 * i] = square.0[2 * i].add_product_low(a.0[i], a.0[i]);
            square.0[2 * i + 1] = square.0[2 * i + 1].add_product_high(a.0[i], a.0[i]);
        }
        square
    }

    /// Montgomery reduction by five limbs.
    #[inline(always)]
    pub(crate) fn reduced(mut self, k: &Constants) -> Residue8 {
        for i in 0..5 {
            let quotient = k.zero.add_product_low(self.0[i], k.negated_inverse);
            for j in 0..5 {
                self.0[i + j] = self.0[i + j].add_product_low(quotient, k.prime[j]);
                self.0[i + j + 1] = self.0[i + j + 1].add_product_high(quotient, k.prime[j]);
            }
            self.0[i + 1] = self.0[i + 1].add(self.0[i].shift_right::<LIMB_BITS>());
        }
        let [.., l5, l6, l7, l8, l9] = self.0;
        Residue8::carried(k, Residue8([l5, l6, l7, l8, l9]))
    }
}
