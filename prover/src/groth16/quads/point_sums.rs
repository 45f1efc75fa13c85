//! Sums and doublings of many affine points, four at a time, with one field inversion for a whole batch.
//!
//! In scope: the vector form of `sums::portable`. Out of scope: exceptional pairs, which are left to the caller.
//! An attacker who owns this part makes proofs fail, which verification before release notices.
//!
//! **Scaling.** Coordinates are `X = x * 2^256` and a product divides by `2^261` (`modular`). With the inverse of a denominator
//! `D` taken as `v = 2^519 / D`, the slope `(Y2 - Y1) * v / 2^261` is `slope * 2^258`. Twice its square comes out in arkworks'
//! form, and times `8 * (X1 - X3)` so does the last product.

use ark_ff::Field;

use super::coordinate::{Coordinate4, Quadratic4, Words4};
use super::modular::{Constants, Residue4};
use super::vector::{Compiled, Mask, Processor, Word4};
use crate::groth16::modulus::Base;
use crate::groth16::points::{G1Point, G2Point, Point};
use crate::groth16::sums::{Pair, Sources, Term};

/// `log2(2^519 / 2^512)`: the inverse that arkworks gives for its form is `2^512 / D`.
const SUM_DOUBLINGS: u32 = 7;
/// A doubling's numerator `3 * X^2 / 2^261` lacks another `2^5`.
const DOUBLING_DOUBLINGS: u32 = SUM_DOUBLINGS + 5;
/// Groups of four pairs between the one read and the one prefetched.
const PREFETCH_AHEAD: usize = 6;

/// `[f(0), .., f(3)]` without a closure, for the reason given at `modular`'s macro of nine.
macro_rules! four {
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
        ]
    };
}

/// A packed point that can be read and written by fours.
pub(crate) trait Quads: Point {
    /// Four coordinates.
    type Coordinate4: Coordinate4<Scalar = Self::Field>;

    fn load_x(k: &Constants, points: [&Self; 4]) -> <Self::Coordinate4 as Coordinate4>::Words;
    fn load_y(k: &Constants, points: [&Self; 4]) -> <Self::Coordinate4 as Coordinate4>::Words;
    fn store(x: Self::Coordinate4, y: Self::Coordinate4) -> [Self; 4];
}

#[inline(always)]
fn columns<const HIGH: bool>(k: &Constants, rows: [&[u64; 8]; 4]) -> [Word4; 4] {
    Word4::transpose(four!(I => Word4::load_half::<HIGH>(k.processor, rows[I])))
}

#[inline(always)]
fn rows(low: [Word4; 4], high: [Word4; 4]) -> [[u64; 8]; 4] {
    let (low, high) = (Word4::transpose(low), Word4::transpose(high));
    let mut rows = [[0; 8]; 4];
    for lane in 0..4 {
        low[lane].store_half::<false>(&mut rows[lane]);
        high[lane].store_half::<true>(&mut rows[lane]);
    }
    rows
}

impl Quads for G1Point {
    type Coordinate4 = Residue4;

    #[inline(always)]
    fn load_x(k: &Constants, points: [&Self; 4]) -> [Word4; 4] {
        columns::<false>(k, four!(I => &points[I].0))
    }

    #[inline(always)]
    fn load_y(k: &Constants, points: [&Self; 4]) -> [Word4; 4] {
        columns::<true>(k, four!(I => &points[I].0))
    }

    #[inline(always)]
    fn store(x: Residue4, y: Residue4) -> [Self; 4] {
        let rows = rows(x.pack(), y.pack());
        four!(I => Self(rows[I]))
    }
}

impl Quads for G2Point {
    type Coordinate4 = Quadratic4;

    #[inline(always)]
    fn load_x(k: &Constants, points: [&Self; 4]) -> [[Word4; 4]; 2] {
        let rows = four!(I => &points[I].0[0]);
        [columns::<false>(k, rows), columns::<true>(k, rows)]
    }

    #[inline(always)]
    fn load_y(k: &Constants, points: [&Self; 4]) -> [[Word4; 4]; 2] {
        let rows = four!(I => &points[I].0[1]);
        [columns::<false>(k, rows), columns::<true>(k, rows)]
    }

    #[inline(always)]
    fn store(x: Quadratic4, y: Quadratic4) -> [Self; 4] {
        let ([x0, x1], [y0, y1]) = (x.pack(), y.pack());
        let (x, y) = (rows(x0, x1), rows(y0, y1));
        four!(I => Self([x[I], y[I]]))
    }
}

/// The inverse of a product of denominators, times `2^(512 + doublings)`; lanes never hold 0.
#[inline(always)]
fn inverse<C: Coordinate4>(k: &Constants, product: C, doublings: u32) -> C {
    C::from_scalars(k, scaled_inverses(product.to_scalars(k), doublings))
}

/// The inverses of four values that are not 0, doubled so many times.
#[inline(never)]
fn scaled_inverses<F: Field>(mut scalars: [F; 4], doublings: u32) -> [F; 4] {
    let mut before = [F::ONE; 4];
    for i in 1..4 {
        before[i] = before[i - 1] * scalars[i - 1];
    }
    let mut inverse = (before[3] * scalars[3]).inverse().unwrap_or_default();
    for _ in 0..doublings {
        inverse.double_in_place();
    }
    for i in (0..4).rev() {
        (scalars[i], inverse) = (inverse * before[i], inverse * scalars[i]);
    }
    scalars
}

/// The end of both formulas: the third point of the line through `(x1, y1)` and the point over `x2`, mirrored.
#[inline(always)]
fn third_point<C: Coordinate4>(k: &Constants, slope: C, x1: C, y1: C, x2: C) -> (C, C) {
    let x3 = slope.squared(k).double_minus_both(k, x1, x2);
    let y3 = slope.times(k, &x1.minus_times_8(k, x3)).exact_minus(k, y1);
    (x3, y3)
}

fn note_exceptional(noted: &mut Vec<usize>, mask: Mask, group: usize, end: usize) {
    let lanes = (0..4).filter(|lane| mask >> lane & 1 == 1);
    noted.extend(lanes.map(|lane| group * 4 + lane).filter(|index| *index < end));
}

/// All ones where terms count negated.
#[inline(always)]
fn signs(k: &Constants, terms: [Term; 4]) -> Word4 {
    Word4::load(
        k.processor,
        &four!(I => u64::from(terms[I].is_negated()).wrapping_neg()),
    )
}

/// Adds pairs; see `sums::PointSums::add`. Indices of the pairs that need the slow path go to `exceptional`.
pub(crate) struct Add<'a, P> {
    pub(crate) sources: Sources<'a, P>,
    pub(crate) pairs: &'a [Pair],
    pub(crate) sums: &'a mut [P],
    pub(crate) exceptional: &'a mut Vec<usize>,
}

impl<P: Quads> Add<'_, P> {
    #[inline(always)]
    fn group(&self, group: usize) -> [Pair; 4] {
        // A pair of a point with itself counts as exceptional, and the caller drops what is beyond the end.
        if let Some(pairs) = self.pairs.get(group * 4..group * 4 + 4) {
            return four!(I => pairs[I]);
        }
        self.last_group(group)
    }

    #[cold]
    fn last_group(&self, group: usize) -> [Pair; 4] {
        core::array::from_fn(|lane| {
            let pair = self.pairs.get(group * 4 + lane).copied();
            pair.unwrap_or_else(|| self.pairs[0].mirrored())
        })
    }

    #[inline(always)]
    fn prefetch(&self, group: usize) {
        if let Some(pairs) = self.pairs.get(group * 4..group * 4 + 4) {
            for pair in pairs {
                self.sources.prefetch(pair.left);
                self.sources.prefetch(pair.right);
            }
        }
    }
}

/// Pairs of which the formulas below are not true: equal first coordinates, or an infinite point.
#[inline(always)]
fn exceptional<W: Words4>(k: &Constants, x1: W, x2: W) -> Word4 {
    x1.equal(x2).or(x1.is_zero(k)).or(x2.is_zero(k))
}

impl<P: Quads> Compiled for Add<'_, P> {
    type Output = ();

    #[inline(always)]
    fn compute(self, processor: Processor) {
        let k = &Constants::new(processor, Base);
        let groups = self.pairs.len().div_ceil(4);
        let one = P::Coordinate4::one(k);
        let mut before: Vec<P::Coordinate4> = Vec::with_capacity(groups);
        let mut product = one;
        let mut any_exceptional = false;
        for group in 0..groups {
            self.prefetch(group + PREFETCH_AHEAD);
            let pairs = self.group(group);
            let x1 = P::load_x(k, four!(I => self.sources.get(pairs[I].left)));
            let x2 = P::load_x(k, four!(I => self.sources.get(pairs[I].right)));
            let choice = exceptional(k, x1, x2);
            let (x1, x2) = (P::Coordinate4::unpack(k, x1), P::Coordinate4::unpack(k, x2));
            let mut denominator = x2.minus(k, x1);
            if choice.mask() != 0 {
                any_exceptional = true;
                denominator = denominator.replaced_where(choice, one);
                note_exceptional(self.exceptional, choice.mask(), group, self.pairs.len());
            }
            before.push(product);
            product = product.times(k, &denominator);
        }
        let mut inverse = inverse(k, product, SUM_DOUBLINGS);
        for group in (0..groups).rev() {
            let pairs = self.group(group);
            let left = four!(I => self.sources.get(pairs[I].left));
            let right = four!(I => self.sources.get(pairs[I].right));
            let (words1, words2) = (P::load_x(k, left), P::load_x(k, right));
            let (x1, x2) = (P::Coordinate4::unpack(k, words1), P::Coordinate4::unpack(k, words2));
            let mut denominator = x2.minus(k, x1);
            if any_exceptional {
                denominator = denominator.replaced_where(exceptional(k, words1, words2), one);
            }
            let this = inverse.times(k, &before[group]);
            inverse = inverse.times(k, &denominator);
            let y1 = P::Coordinate4::unpack(k, P::load_y(k, left));
            let y2 = P::Coordinate4::unpack(k, P::load_y(k, right));
            let y1 = y1.negated_where(signs(k, four!(I => pairs[I].left)));
            let y2 = y2.negated_where(signs(k, four!(I => pairs[I].right)));
            let slope = this.times(k, &y2.signed_minus(k, y1));
            let (x3, y3) = third_point(k, slope, x1, y1, x2);
            let end = self.pairs.len().min(group * 4 + 4);
            let out = &mut self.sums[group * 4..end];
            out.copy_from_slice(&P::store(x3, y3)[..out.len()]);
        }
    }
}

/// Doubles points in place; see `sums::PointSums::double`.
pub(crate) struct Double<'a, P> {
    pub(crate) points: &'a mut [P],
    pub(crate) exceptional: &'a mut Vec<usize>,
}

impl<P: Quads> Double<'_, P> {
    #[inline(always)]
    fn group(&self, group: usize) -> [&P; 4] {
        let last = self.points.len() - 1;
        four!(I => &self.points[(group * 4 + I).min(last)])
    }
}

impl<P: Quads> Compiled for Double<'_, P> {
    type Output = ();

    #[inline(always)]
    fn compute(self, processor: Processor) {
        let k = &Constants::new(processor, Base);
        let groups = self.points.len().div_ceil(4);
        let one = P::Coordinate4::one(k);
        let mut before: Vec<P::Coordinate4> = Vec::with_capacity(groups);
        let mut product = one;
        for group in 0..groups {
            let words = P::load_y(k, self.group(group));
            let infinite = words.is_zero(k);
            let denominator = P::Coordinate4::unpack(k, words).doubled(k);
            if infinite.mask() != 0 {
                note_exceptional(self.exceptional, infinite.mask(), group, self.points.len());
            }
            before.push(product);
            product = product.times(k, &denominator.replaced_where(infinite, one));
        }
        let mut inverse = inverse(k, product, DOUBLING_DOUBLINGS);
        for group in (0..groups).rev() {
            let points = self.group(group);
            let words = P::load_y(k, points);
            let x = P::Coordinate4::unpack(k, P::load_x(k, points));
            let y = P::Coordinate4::unpack(k, words);
            let denominator = y.doubled(k).replaced_where(words.is_zero(k), one);
            let this = inverse.times(k, &before[group]);
            inverse = inverse.times(k, &denominator);
            let slope = this.times(k, &x.squared(k).tripled(k));
            let (x3, y3) = third_point(k, slope, x, y, x);
            let end = self.points.len().min(group * 4 + 4);
            let out = &mut self.points[group * 4..end];
            out.copy_from_slice(&P::store(x3, y3)[..out.len()]);
        }
    }
}
