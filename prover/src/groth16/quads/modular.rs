//! Four residues modulo a prime of 254 bits, in nine limbs of 29 bits.
//!
//! In scope: packing, sums, Montgomery products. Out of scope: curves and transforms.
//! An attacker who owns this part makes proofs fail, which verification before release notices.
//!
//! Memory holds arkworks' own form, `x * 2^256`, in four words. The product here divides by `2^261`, nine limbs' worth; the
//! formulas make up for the difference (`point_sums`).
//!
//! **Limbs.** A *normal* residue has limbs below `2^29`, but for the last, which holds what is above. AVX2 multiplies 32 bits
//! by 32, so a factor's limbs may grow to 31 bits before it must be normalised, while its columns stay below `2^64`.
//!
//! **Products.** Columns 0 to 6 of the double-length product are replaced by multiples of `2^(29 (i - 7)) mod p`, which depend on
//! nothing but the column itself; only the last two steps are Montgomery's, each with a quotient. That is 164 products of words
//! instead of 171, and a chain of two quotients instead of nine.
//!
//! **Bounds.** As `p / 2^261 < 0.006`, the product of values below `j*p` and `k*p` is below `(0.006*j*k + 1.001) * p`.

use super::vector::{Processor, Word4};
use crate::groth16::modulus::Modulus;

pub(super) const LIMBS: usize = 9;
const LIMB_BITS: u32 = 29;
const LIMB: u64 = (1 << LIMB_BITS) - 1;
/// Columns that are replaced rather than cancelled.
const FOLDED: usize = 7;

/// `[f(0), .., f(8)]` without a closure: closures and `map` are compiled on their own, for processors without these
/// instructions, and then called.
macro_rules! nine {
    ($i:ident => $value:expr) => {
        nine!(@each $i, $value; 0 1 2 3 4 5 6 7 8)
    };
    (@each $i:ident, $value:expr; $($n:literal)*) => {
        [$({
            const $i: usize = $n;
            $value
        }),*]
    };
}

/// The limbs of four words.
const fn limbs(words: [u64; 4]) -> [u64; LIMBS] {
    let mut out = [0; LIMBS];
    let mut bit = 0;
    while bit < 256 {
        let set = words[bit / 64] >> (bit % 64) & 1;
        out[bit / 29] |= set << (bit % 29);
        bit += 1;
    }
    out
}

/// A multiple of the prime whose limbs are so large that residues can be subtracted from it limb by limb: `borrow` units of each
/// limb are made of one of the next, as the sum of the subtracted limbs may be as much.
const fn lift(prime: [u64; LIMBS], times: u64, borrow: u64) -> [u64; LIMBS] {
    let mut out = [0; LIMBS];
    let mut carry = 0;
    let mut i = 0;
    while i < LIMBS {
        let limb = prime[i] * times + carry;
        (out[i], carry) = if i < LIMBS - 1 {
            (limb & LIMB, limb >> LIMB_BITS)
        } else {
            (limb, 0)
        };
        i += 1;
    }
    i = 0;
    while i < LIMBS - 1 {
        out[i] += borrow << LIMB_BITS;
        out[i + 1] -= borrow;
        i += 1;
    }
    out
}

/// `2^261 - p`.
const fn complement(prime: [u64; LIMBS]) -> [u64; LIMBS] {
    let mut out = [0; LIMBS];
    let mut borrow = 0;
    let mut i = 0;
    while i < LIMBS {
        let taken = prime[i] + borrow;
        borrow = (taken > 0) as u64;
        out[i] = (borrow << LIMB_BITS) - taken;
        i += 1;
    }
    out
}

/// `value / 2 mod p`.
#[allow(clippy::cast_possible_truncation)] // low halves are what is wanted
const fn halved(value: [u64; 4], prime: [u64; 4]) -> [u64; 4] {
    let odd = value[0] & 1;
    let mut sum = [0; 4];
    let mut carry = 0u128;
    let mut i = 0;
    while i < 4 {
        carry += value[i] as u128 + (prime[i] * odd) as u128;
        sum[i] = carry as u64;
        carry >>= 64;
        i += 1;
    }
    [
        sum[0] >> 1 | sum[1] << 63,
        sum[1] >> 1 | sum[2] << 63,
        sum[2] >> 1 | sum[3] << 63,
        sum[3] >> 1,
    ]
}

/// `2^(29 (i - 7)) mod p` for each folded column.
const fn folds(prime: [u64; 4]) -> [[u64; LIMBS]; FOLDED] {
    let mut out = [[0; LIMBS]; FOLDED];
    let mut power = [1, 0, 0, 0];
    let mut step = 0;
    while step < FOLDED {
        let mut bit = 0;
        while bit < LIMB_BITS {
            power = halved(power, prime);
            bit += 1;
        }
        out[FOLDED - 1 - step] = limbs(power);
        step += 1;
    }
    out
}

/// Four times the same number, limb by limb.
type Splat = [[u64; 4]; LIMBS];

const fn splat(limbs: [u64; LIMBS]) -> Splat {
    let mut out = [[0; 4]; LIMBS];
    let mut i = 0;
    while i < LIMBS {
        out[i] = [limbs[i]; 4];
        i += 1;
    }
    out
}

/// What products and sums read from memory, four times side by side.
#[repr(C, align(32))]
pub(crate) struct Table {
    prime: Splat,
    folds: [Splat; FOLDED],
    complement: Splat,
    double_lift: Splat,
    quadruple_lift: Splat,
    octuple_lift: Splat,
    negated_inverse: [u64; 4],
    mask: [u64; 4],
    /// `2^45 / (p / 2^232)`, rounded down.
    reciprocal: [u64; 4],
    /// The prime's last limb, less one.
    below_last: [u64; 4],
}

impl Table {
    /// Where the assembly finds its numbers; the prime stands first.
    pub(super) const FOLDS: usize = core::mem::offset_of!(Self, folds);
    pub(super) const NEGATED_INVERSE: usize = core::mem::offset_of!(Self, negated_inverse);
    pub(super) const MASK: usize = core::mem::offset_of!(Self, mask);

    const fn new(words: [u64; 4], negated_inverse: u64) -> Self {
        let prime = limbs(words);
        let (folds, mut splats) = (folds(words), [[[0; 4]; LIMBS]; FOLDED]);
        let mut i = 0;
        while i < FOLDED {
            splats[i] = splat(folds[i]);
            i += 1;
        }
        Self {
            prime: splat(prime),
            folds: splats,
            complement: splat(complement(prime)),
            double_lift: splat(lift(prime, 2, 2)),
            quadruple_lift: splat(lift(prime, 4, 2)),
            octuple_lift: splat(lift(prime, 8, 1)),
            negated_inverse: [negated_inverse & LIMB; 4],
            mask: [LIMB; 4],
            reciprocal: [(1 << 45) / (prime[8] + 1); 4],
            below_last: [prime[8] - 1; 4],
        }
    }
}

/// The table of a prime.
struct TableOf<M>(M);

impl<M: Modulus> TableOf<M> {
    const TABLE: &'static Table = &Table::new(M::WORDS, M::NEGATED_INVERSE);
}

/// The evidence and the prime's constants.
#[derive(Clone, Copy)]
pub(crate) struct Constants {
    pub(crate) processor: Processor,
    table: &'static Table,
}

impl Constants {
    #[inline(always)]
    pub(crate) fn new<M: Modulus>(processor: Processor, _: M) -> Self {
        Self {
            processor,
            table: TableOf::<M>::TABLE,
        }
    }

    #[inline(always)]
    fn get(&self, words: &[u64; 4]) -> Word4 {
        Word4::load(self.processor, words)
    }

    #[inline(always)]
    fn mask(&self) -> Word4 {
        Word4::splat(self.processor, LIMB)
    }
}

/// Four residues.
#[derive(Clone, Copy)]
#[repr(C)]
pub(crate) struct Residue4(pub(super) [Word4; LIMBS]);

impl Residue4 {
    /// From four words each.
    #[inline(always)]
    pub(crate) fn unpack(k: &Constants, [w0, w1, w2, w3]: [Word4; 4]) -> Self {
        let mask = k.mask();
        Self([
            w0.and(mask),
            w0.shift_right::<29>().and(mask),
            w0.shift_right::<58>().or(w1.shift_left::<6>()).and(mask),
            w1.shift_right::<23>().and(mask),
            w1.shift_right::<52>().or(w2.shift_left::<12>()).and(mask),
            w2.shift_right::<17>().and(mask),
            w2.shift_right::<46>().or(w3.shift_left::<18>()).and(mask),
            w3.shift_right::<11>().and(mask),
            w3.shift_right::<40>(),
        ])
    }

    /// To four words each; normal and below `2^256`.
    #[inline(always)]
    pub(crate) fn pack(self) -> [Word4; 4] {
        let [l0, l1, l2, l3, l4, l5, l6, l7, l8] = self.0;
        [
            l0.or(l1.shift_left::<29>()).or(l2.shift_left::<58>()),
            l2.shift_right::<6>()
                .or(l3.shift_left::<23>())
                .or(l4.shift_left::<52>()),
            l4.shift_right::<12>()
                .or(l5.shift_left::<17>())
                .or(l6.shift_left::<46>()),
            l6.shift_right::<18>()
                .or(l7.shift_left::<11>())
                .or(l8.shift_left::<40>()),
        ]
    }

    /// Four times a small number.
    #[inline(always)]
    pub(crate) fn small(k: &Constants, value: u64) -> Self {
        let zero = Word4::splat(k.processor, 0);
        let mut limbs = [zero; LIMBS];
        limbs[0] = Word4::splat(k.processor, value);
        Self(limbs)
    }

    /// Moves what is above 29 bits of each limb into the next.
    #[inline(always)]
    pub(crate) fn normal(mut self, k: &Constants) -> Self {
        let mask = k.mask();
        for i in 0..LIMBS - 1 {
            self.0[i + 1] = self.0[i + 1].add(self.0[i].shift_right::<29>());
            self.0[i] = self.0[i].and(mask);
        }
        self
    }

    /// The sum limb by limb.
    #[inline(always)]
    pub(crate) fn plus(self, other: Self) -> Self {
        Self(nine!(I => self.0[I].add(other.0[I])))
    }

    /// The difference limb by limb, to be lifted.
    #[inline(always)]
    pub(crate) fn less(self, other: Self) -> Self {
        Self(nine!(I => self.0[I].sub(other.0[I])))
    }

    #[inline(always)]
    fn lifted(self, k: &Constants, by: &Splat) -> Self {
        Self(nine!(I => self.0[I].add(k.get(&by[I]))))
    }

    /// Plus `2p`, after one normal residue below `2p` has been subtracted, or two whose sum is below `2p`.
    #[inline(always)]
    pub(crate) fn lifted_by_2(self, k: &Constants) -> Self {
        self.lifted(k, &k.table.double_lift)
    }

    /// Plus `4p`, after two normal residues have been subtracted whose sum is below `4p`.
    #[inline(always)]
    pub(crate) fn lifted_by_4(self, k: &Constants) -> Self {
        self.lifted(k, &k.table.quadruple_lift)
    }

    /// `8p - self`, with limbs of 30 bits; for normal residues below `8p`.
    #[inline(always)]
    pub(crate) fn negated_8(self, k: &Constants) -> Self {
        Self(nine!(I => k.get(&k.table.octuple_lift[I]).sub(self.0[I])))
    }

    /// `8 * self`, normal, for limbs of 32 bits.
    #[inline(always)]
    pub(crate) fn times_8(self, k: &Constants) -> Self {
        Self(nine!(I => self.0[I].shift_left::<3>())).normal(k)
    }

    /// Limbs with the sign changed where `signs` is all ones (and 0 elsewhere): to be lifted.
    #[inline(always)]
    pub(crate) fn negated_where(self, signs: Word4) -> Self {
        Self(nine!(I => self.0[I].xor(signs).sub(signs)))
    }

    #[inline(always)]
    pub(crate) fn replaced_where(self, choice: Word4, other: Self) -> Self {
        Self(nine!(I => self.0[I].replaced_where(choice, other.0[I])))
    }

    /// The canonical residue, from limbs below `2^34` and a value below `8p`.
    ///
    /// The quotient by `p` is estimated from the highest bits, never too high and short by one at most when the rest is
    /// within `2^-18 p` of `p`: so seldom that the last subtraction is a branch.
    #[inline(always)]
    pub(crate) fn canonical(self, k: &Constants) -> Self {
        let top = self.0[8].add(self.0[7].shift_right::<29>());
        let quotient = top.product(k.get(&k.table.reciprocal)).shift_right::<45>();
        let mut rest = Self(nine!(I => self.0[I].add(quotient.product(k.get(&k.table.complement[I]))))).normal(k);
        rest.0[8] = rest.0[8].and(k.mask());
        if rest.0[8].greater(k.get(&k.table.below_last)).mask() != 0 {
            return rest.less_prime_once(k);
        }
        rest
    }

    /// The canonical residue, from a normal one below `2p`.
    #[inline(always)]
    fn less_prime_once(self, k: &Constants) -> Self {
        let mut less = self.lifted(k, &k.table.complement).normal(k);
        // Bit 29 of the last limb tells that the prime could be subtracted.
        let choice = less.0[8].shift_left::<34>();
        less.0[8] = less.0[8].and(k.mask());
        self.replaced_where(choice, less)
    }

    /// `self * other / 2^261`; for a normal `self`, and limbs of 31 bits in `other`.
    #[inline(always)]
    pub(crate) fn times(&self, k: &Constants, other: &Self) -> Self {
        k.processor.product(k.table, self, other)
    }

    /// `(self * other + a * b) / 2^261`; for normal residues, and limbs of 30 bits in `a`.
    #[inline(always)]
    pub(crate) fn times_plus(&self, k: &Constants, other: &Self, a: &Self, b: &Self) -> Self {
        k.processor.sum_of_products(k.table, [self, other], [a, b])
    }
}
