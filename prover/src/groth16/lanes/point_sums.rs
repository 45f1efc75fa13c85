//! Sums and doublings of many affine points, eight at a time, with one field inversion for a whole batch.
//!
//! In scope: the vector form of `sums::portable`. Out of scope: exceptional pairs, which are left to the caller.
//! An attacker who owns this part makes proofs fail, which verification before release notices.
//!
//! **Scaling.** Coordinates are `X = x * 2^256` and a product divides by `2^260` (`modular`). With the inverse of a denominator
//! `D` taken as `v = 2^518 / D`, the slope `(Y2 - Y1) * v / 2^260` is `slope * 2^258`; its square comes out in arkworks' form, and
//! times `4 * (X1 - X3)` so does the last product.

use ark_ff::Field;

use super::coordinate::{Coordinate8, Quadratic8};
use super::modular::{Constants, Residue8};
use super::vector::{Compiled, Mask, Processor, Word8};
use crate::groth16::modulus::Base;
use crate::groth16::points::{G1Point, G2Point, Point};
use crate::groth16::sums::{Pair, Sources};

/// `log2(2^518 / 2^512)`: the inverse that arkworks gives for its form is `2^512 / D`.
const SUM_DOUBLINGS: u32 = 6;
/// A doubling's numerator `3 * X^2 / 2^260` lacks another `2^4`.
const DOUBLING_DOUBLINGS: u32 = SUM_DOUBLINGS + 4;
/// Groups of eight pairs between the one read and the one prefetched.
const PREFETCH_AHEAD: usize = 6;

/// `[f(0), .., f(7)]` without a closure, for the reason given at `modular`'s macro of five.
macro_rules! eight {
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
            {
                const $i: usize = 5;
                $value
            },
            {
                const $i: usize = 6;
                $value
            },
            {
                const $i: usize = 7;
                $value
            },
        ]
    };
}

/// A packed point that can be read and written by eights.
pub(crate) trait Lanes: Point {
    /// Eight coordinates.
    type Coordinate8: Coordinate8<Scalar = Self::Field>;

    fn load_x(k: &Constants, points: [&Self; 8]) -> Self::Coordinate8;
    fn load(k: &Constants, points: [&Self; 8]) -> (Self::Coordinate8, Self::Coordinate8);
    fn store(x: Self::Coordinate8, y: Self::Coordinate8) -> [Self; 8];
}

#[inline(always)]
fn columns(k: &Constants, rows: [&[u64; 8]; 8]) -> [Word8; 8] {
    Word8::transpose(eight!(I => Word8::load(k.processor, rows[I])))
}

#[inline(always)]
fn halves(k: &Constants, columns: [Word8; 8]) -> (Residue8, Residue8) {
    let [a, b, c, d, e, f, g, h] = columns;
    (Residue8::unpack(k, [a, b, c, d]), Residue8::unpack(k, [e, f, g, h]))
}

#[inline(always)]
fn rows(low: Residue8, high: Residue8) -> [[u64; 8]; 8] {
    let ([a, b, c, d], [e, f, g, h]) = (low.pack(), high.pack());
    let mut rows = [[0; 8]; 8];
    let columns = Word8::transpose([a, b, c, d, e, f, g, h]);
    for lane in 0..8 {
        columns[lane].store(&mut rows[lane]);
    }
    rows
}

impl Lanes for G1Point {
    type Coordinate8 = Residue8;

    #[inline(always)]
    fn load_x(k: &Constants, points: [&Self; 8]) -> Residue8 {
        Self::load(k, points).0
    }

    #[inline(always)]
    fn load(k: &Constants, points: [&Self; 8]) -> (Residue8, Residue8) {
        halves(k, columns(k, eight!(I => &points[I].0)))
    }

    #[inline(always)]
    fn store(x: Residue8, y: Residue8) -> [Self; 8] {
        let rows = rows(x, y);
        eight!(I => Self(rows[I]))
    }
}

impl Lanes for G2Point {
    type Coordinate8 = Quadratic8;

    #[inline(always)]
    fn load_x(k: &Constants, points: [&Self; 8]) -> Quadratic8 {
        let (c0, c1) = halves(k, columns(k, eight!(I => &points[I].0[0])));
        Quadratic8 { c0, c1 }
    }

    #[inline(always)]
    fn load(k: &Constants, points: [&Self; 8]) -> (Quadratic8, Quadratic8) {
        let (c0, c1) = halves(k, columns(k, eight!(I => &points[I].0[1])));
        (Self::load_x(k, points), Quadratic8 { c0, c1 })
    }

    #[inline(always)]
    fn store(x: Quadratic8, y: Quadratic8) -> [Self; 8] {
        let (x, y) = (rows(x.c0, x.c1), rows(y.c0, y.c1));
        eight!(I => Self([x[I], y[I]]))
    }
}

/// What the way forward leaves for the way back: a denominator and the product of all before it, for eight pairs.
#[derive(Clone, Copy)]
struct Step<C> {
    before: C,
    denominator: C,
}

/// The inverse of a product of denominators, times `2^(512 + doublings)`; lanes never hold 0.
#[inline(always)]
fn inverse<C: Coordinate8>(k: &Constants, product: C, doublings: u32) -> C {
    C::from_scalars(k, scaled_inverses(product.to_scalars(k), doublings))
}

/// The inverses of eight values that are not 0, doubled so many times.
#[inline(never)]
fn scaled_inverses<F: Field>(mut scalars: [F; 8], doublings: u32) -> [F; 8] {
    let mut before = [F::ONE; 8];
    for i in 1..8 {
        before[i] = before[i - 1] * scalars[i - 1];
    }
    let mut inverse = (before[7] * scalars[7]).inverse().unwrap_or_default();
    for _ in 0..doublings {
        inverse.double_in_place();
    }
    for i in (0..8).rev() {
        (scalars[i], inverse) = (inverse * before[i], inverse * scalars[i]);
    }
    scalars
}

/// The end of both formulas: the third point of the line through `(x1, y1)` and the point over `x2`, mirrored.
#[inline(always)]
fn third_point<C: Coordinate8>(k: &Constants, slope: C, x1: C, y1: C, x2: C) -> (C, C) {
    let x3 = slope.squared(k).minus_both(k, x1, x2).canonical(k);
    let y3 = slope.times(k, x1.minus_times_4(k, x3)).minus(k, y1).canonical(k);
    (x3, y3)
}

/// Adds pairs; see `sums::PointSums::add`. Indices of the pairs that need the slow path go to `exceptional`.
pub(crate) struct Add<'a, P> {
    pub(crate) sources: Sources<'a, P>,
    pub(crate) pairs: &'a [Pair],
    pub(crate) sums: &'a mut [P],
    pub(crate) exceptional: &'a mut Vec<usize>,
}

impl<P: Lanes> Add<'_, P> {
    #[inline(always)]
    fn group(&self, group: usize) -> [Pair; 8] {
        // A pair of a point with itself counts as exceptional, and the caller drops what is beyond the end.
        if let Some(pairs) = self.pairs.get(group * 8..group * 8 + 8) {
            return eight!(I => pairs[I]);
        }
        self.last_group(group)
    }

    #[cold]
    fn last_group(&self, group: usize) -> [Pair; 8] {
        core::array::from_fn(|lane| {
            let pair = self.pairs.get(group * 8 + lane).copied();
            pair.unwrap_or_else(|| self.pairs[0].mirrored())
        })
    }

    #[inline(always)]
    fn prefetch(&self, group: usize) {
        if let Some(pairs) = self.pairs.get(group * 8..group * 8 + 8) {
            for pair in pairs {
                self.sources.prefetch(pair.left);
                self.sources.prefetch(pair.right);
            }
        }
    }
}

#[inline(always)]
fn signs(terms: [crate::groth16::sums::Term; 8]) -> Mask {
    let mut mask = 0;
    for (lane, term) in terms.into_iter().enumerate() {
        mask |= Mask::from(term.is_negated()) << lane;
    }
    mask
}

impl<P: Lanes> Compiled for Add<'_, P> {
    type Output = ();

    #[inline(always)]
    fn compute(self, processor: Processor) {
        let k = &Constants::new(processor, Base);
        let groups = self.pairs.len().div_ceil(8);
        let mut steps: Vec<Step<P::Coordinate8>> = Vec::with_capacity(groups);
        let mut product = P::Coordinate8::one(k);
        for group in 0..groups {
            self.prefetch(group + PREFETCH_AHEAD);
            let pairs = self.group(group);
            let x1 = P::load_x(k, eight!(I => self.sources.get(pairs[I].left)));
            let x2 = P::load_x(k, eight!(I => self.sources.get(pairs[I].right)));
            let zero = P::Coordinate8::zero(k);
            let exceptional = x1.equal(x2) | x1.equal(zero) | x2.equal(zero);
            let denominator = x2.minus(k, x1).replaced_where(exceptional, P::Coordinate8::one(k));
            steps.push(Step {
                before: product,
                denominator,
            });
            product = product.times(k, denominator);
            if exceptional != 0 {
                note_exceptional(self.exceptional, exceptional, group, self.pairs.len());
            }
        }
        let mut inverse = inverse(k, product, SUM_DOUBLINGS);
        for group in (0..groups).rev() {
            let pairs = self.group(group);
            let (x1, y1) = P::load(k, eight!(I => self.sources.get(pairs[I].left)));
            let (x2, y2) = P::load(k, eight!(I => self.sources.get(pairs[I].right)));
            let y1 = y1.negated_where(k, signs(eight!(I => pairs[I].left)));
            let y2 = y2.negated_where(k, signs(eight!(I => pairs[I].right)));
            let step = &steps[group];
            let this = inverse.times(k, step.before);
            inverse = inverse.times(k, step.denominator);
            let slope = y2.minus(k, y1).times(k, this);
            let (x3, y3) = third_point(k, slope, x1, y1, x2);
            let end = self.pairs.len().min(group * 8 + 8);
            let out = &mut self.sums[group * 8..end];
            out.copy_from_slice(&P::store(x3, y3)[..out.len()]);
        }
    }
}

fn note_exceptional(noted: &mut Vec<usize>, mask: Mask, group: usize, end: usize) {
    let lanes = (0..8).filter(|lane| mask >> lane & 1 == 1);
    noted.extend(lanes.map(|lane| group * 8 + lane).filter(|index| *index < end));
}

/// Doubles points in place; see `sums::PointSums::double`.
pub(crate) struct Double<'a, P> {
    pub(crate) points: &'a mut [P],
    pub(crate) exceptional: &'a mut Vec<usize>,
}

impl<P: Lanes> Double<'_, P> {
    #[inline(always)]
    fn group(&self, group: usize) -> [&P; 8] {
        let last = self.points.len() - 1;
        eight!(I => &self.points[(group * 8 + I).min(last)])
    }
}

impl<P: Lanes> Compiled for Double<'_, P> {
    type Output = ();

    #[inline(always)]
    fn compute(self, processor: Processor) {
        let k = &Constants::new(processor, Base);
        let groups = self.points.len().div_ceil(8);
        let mut steps: Vec<Step<P::Coordinate8>> = Vec::with_capacity(groups);
        let mut product = P::Coordinate8::one(k);
        for group in 0..groups {
            let (_, y) = P::load(k, self.group(group));
            let exceptional = y.equal(P::Coordinate8::zero(k));
            let denominator = y.plus(k, y).replaced_where(exceptional, P::Coordinate8::one(k));
            steps.push(Step {
                before: product,
                denominator,
            });
            product = product.times(k, denominator);
            if exceptional != 0 {
                note_exceptional(self.exceptional, exceptional, group, self.points.len());
            }
        }
        let mut inverse = inverse(k, product, DOUBLING_DOUBLINGS);
        for group in (0..groups).rev() {
            let (x, y) = P::load(k, self.group(group));
            let step = &steps[group];
            let this = inverse.times(k, step.before);
            inverse = inverse.times(k, step.denominator);
            let square = x.squared(k);
            let slope = square.plus(k, square).plus(k, square).times(k, this);
            let (x3, y3) = third_point(k, slope, x, y, x);
            let end = self.points.len().min(group * 8 + 8);
            let out = &mut self.points[group * 8..end];
            out.copy_from_slice(&P::store(x3, y3)[..out.len()]);
        }
    }
}
