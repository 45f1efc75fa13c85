//! Sums of many pairs of affine points, sharing one field inversion (Montgomery's trick).
//!
//! In scope: batches, choosing the arithmetic, and the exceptional pairs (infinity, equal and opposite points), which
//! halo2curves and go-eth-kzg both once got wrong. Out of scope: which pairs to add (`buckets`).
//! An attacker who owns this part makes proofs fail, which verification before release notices.

mod portable;
#[cfg(test)]
mod tests;

use ark_ec::{AffineRepr, CurveGroup};

use super::points::{G1Point, G2Point, Point};

#[cfg(target_arch = "x86_64")]
use super::{lanes, quads};

/// Bytes of points whose pairs share an inversion: enough to make it cheap, few enough for the second-level cache.
const BATCH_BYTES: usize = 1 << 16;

/// Pairs that share an inversion.
const fn batch<P>() -> usize {
    BATCH_BYTES / size_of::<P>()
}

/// One point of a sum: its place, and whether it counts negated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[repr(transparent)]
pub(crate) struct Term(u32);

impl Term {
    const NEGATED: u32 = 1 << 31;
    const SUMMED: u32 = 1 << 30;
    /// Most points in a table, 64 gigabytes of them: a file that claims more is not read.
    pub(crate) const LIMIT: usize = 1 << 30;

    /// A point of the table; `index` is below [`Term::LIMIT`].
    #[inline(always)]
    pub(crate) const fn of_table(index: u32, negated: bool) -> Self {
        Self(index | (negated as u32) << 31)
    }

    /// A point summed before.
    #[inline(always)]
    pub(crate) const fn of_sums(index: u32) -> Self {
        Self(index | Self::SUMMED)
    }

    #[inline(always)]
    pub(crate) const fn is_negated(self) -> bool {
        self.0 & Self::NEGATED != 0
    }

    #[inline(always)]
    const fn is_summed(self) -> bool {
        self.0 & Self::SUMMED != 0
    }

    #[inline(always)]
    const fn index(self) -> usize {
        (self.0 & !(Self::NEGATED | Self::SUMMED)) as usize
    }
}

impl zeroize::DefaultIsZeroes for Term {}

/// Two points to add.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pair {
    pub(crate) left: Term,
    pub(crate) right: Term,
}

impl zeroize::DefaultIsZeroes for Pair {}

impl Pair {
    /// The left point with itself.
    #[inline(always)]
    pub(crate) const fn mirrored(self) -> Self {
        Self {
            left: self.left,
            right: self.left,
        }
    }
}

/// Where terms are found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sources<'a, P> {
    /// The fixed points.
    pub(crate) table: &'a [P],
    /// Sums made before.
    pub(crate) sums: &'a [P],
}

impl<'a, P: Point> Sources<'a, P> {
    #[inline(always)]
    pub(crate) fn get(&self, term: Term) -> &'a P {
        let points = if term.is_summed() { self.sums } else { self.table };
        &points[term.index()]
    }

    /// Asks for the cache lines of a point that will be read soon.
    #[inline(always)]
    pub(crate) fn prefetch(&self, term: Term) {
        #[cfg(target_arch = "x86_64")]
        for line in self.get(term).as_bytes().chunks(64) {
            lanes::vector::prefetch(&line[0]);
        }
        #[cfg(not(target_arch = "x86_64"))]
        let _ = term;
    }

    /// The sum of a pair with equal first coordinates or with an infinite point: the only sums that need no slope, or another.
    fn exceptional_sum(&self, pair: Pair) -> P {
        let (left, right) = (self.signed(pair.left), self.signed(pair.right));
        if left == P::default() {
            return right;
        }
        if right == P::default() {
            return left;
        }
        P::from_affine(&(left.to_affine().into_group() + right.to_affine()).into_affine())
    }

    /// The point that a term stands for.
    pub(crate) fn signed(&self, term: Term) -> P {
        let point = self.get(term);
        if term.is_negated() {
            P::from_affine(&-point.to_affine())
        } else {
            *point
        }
    }

    /// The same as arkworks has it.
    #[cfg(test)]
    pub(crate) fn value(&self, term: Term) -> ark_ec::short_weierstrass::Affine<P::Curve> {
        self.signed(term).to_affine()
    }
}

/// A group whose points can be summed by the batch.
pub(crate) trait PointSums: Point {
    /// One batch by the fastest arithmetic found.
    #[doc(hidden)]
    fn add_batch(
        arithmetic: Arithmetic,
        sources: Sources<'_, Self>,
        pairs: &[Pair],
        sums: &mut [Self],
        exceptional: &mut Vec<usize>,
    );

    /// One batch of doublings likewise.
    #[doc(hidden)]
    fn double_batch(arithmetic: Arithmetic, points: &mut [Self], exceptional: &mut Vec<usize>);
}

/// Which arithmetic computes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Arithmetic {
    /// arkworks' own, one pair at a time.
    Portable,
    /// Four pairs at a time, with AVX2.
    #[cfg(target_arch = "x86_64")]
    Quads(quads::vector::Processor),
    /// Eight pairs at a time, with AVX-512 IFMA.
    #[cfg(target_arch = "x86_64")]
    Lanes(lanes::vector::Processor),
}

impl Arithmetic {
    /// The fastest that this processor has; the portable one where `TRADESEAL_PORTABLE` is set.
    pub(crate) fn detect() -> Self {
        if std::env::var_os("TRADESEAL_PORTABLE").is_some() {
            return Self::Portable;
        }
        Self::all().pop().unwrap_or(Self::Portable)
    }

    /// Every one that this processor has, the fastest last.
    pub(crate) fn all() -> Vec<Self> {
        let mut all = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            all.extend(quads::vector::Processor::detect().map(Self::Quads));
            all.extend(lanes::vector::Processor::detect().map(Self::Lanes));
        }
        all
    }

    /// `sums[i] = left + right` of `pairs[i]`; both slices have one length.
    pub(crate) fn add<P: PointSums>(self, sources: Sources<'_, P>, pairs: &[Pair], sums: &mut [P]) {
        let mut exceptional = Vec::new();
        for (pairs, sums) in pairs.chunks(batch::<P>()).zip(sums.chunks_mut(batch::<P>())) {
            P::add_batch(self, sources, pairs, sums, &mut exceptional);
            for index in exceptional.drain(..) {
                sums[index] = sources.exceptional_sum(pairs[index]);
            }
        }
    }

    /// Doubles each point.
    pub(crate) fn double<P: PointSums>(self, points: &mut [P]) {
        let mut exceptional = Vec::new();
        for points in points.chunks_mut(batch::<P>()) {
            P::double_batch(self, points, &mut exceptional);
            // Infinity is its own double, and no other point of odd order has `y = 0`.
            for index in exceptional.drain(..) {
                points[index] = P::default();
            }
        }
    }
}

macro_rules! point_sums {
    ($point:ty) => {
        impl PointSums for $point {
            fn add_batch(
                arithmetic: Arithmetic,
                sources: Sources<'_, Self>,
                pairs: &[Pair],
                sums: &mut [Self],
                exceptional: &mut Vec<usize>,
            ) {
                match arithmetic {
                    Arithmetic::Portable => portable::add(sources, pairs, sums, exceptional),
                    #[cfg(target_arch = "x86_64")]
                    Arithmetic::Quads(processor) => processor.run(quads::point_sums::Add {
                        sources,
                        pairs,
                        sums,
                        exceptional,
                    }),
                    #[cfg(target_arch = "x86_64")]
                    Arithmetic::Lanes(processor) => processor.run(lanes::point_sums::Add {
                        sources,
                        pairs,
                        sums,
                        exceptional,
                    }),
                }
            }

            fn double_batch(arithmetic: Arithmetic, points: &mut [Self], exceptional: &mut Vec<usize>) {
                match arithmetic {
                    Arithmetic::Portable => portable::double(points, exceptional),
                    #[cfg(target_arch = "x86_64")]
                    Arithmetic::Quads(processor) => processor.run(quads::point_sums::Double { points, exceptional }),
                    #[cfg(target_arch = "x86_64")]
                    Arithmetic::Lanes(processor) => processor.run(lanes::point_sums::Double { points, exceptional }),
                }
            }
        }
    };
}

point_sums!(G1Point);
point_sums!(G2Point);
