//! Fixed points with their shifted multiples, so that all windows of all scalars share one set of buckets.
//!
//! In scope: building the tables of one query, summing with them. Out of scope: the file around them (`table_file`).
//! An attacker who owns this part makes proofs fail, which verification before release notices.

use std::io::{self, Read, Write};

use ark_ec::AffineRepr;
use ark_ec::short_weierstrass::{Affine, Projective};
use ark_ff::{AdditiveGroup, Zero};
use rayon::prelude::*;
use zerocopy::IntoBytes;

use super::buckets::SortedTerms;
use super::digits::{BucketSets, Windows};
use super::matrices::index;
use super::sums::{Arithmetic, PointSums, Term};
use super::table_memory::TableMemory;
use super::weighted::weighted_sum;

/// Points doubled by one task.
const POINTS_PER_TASK: usize = 1024;

/// The points of one sum that are not infinite, and whose scalar each one takes.
pub(crate) struct FixedPoints<P> {
    windows: Windows,
    /// For each point, the index of its scalar.
    scalars: Vec<u32>,
    /// One table after the other: the points, the points shifted once, twice, ...
    table: TableMemory<P>,
}

impl<P: PointSums> FixedPoints<P> {
    /// Builds the tables of these points; point `i` takes scalar `i`.
    ///
    /// # Errors
    /// Where there is no memory.
    pub(crate) fn new(arithmetic: Arithmetic, points: &[Affine<P::Curve>], sets: BucketSets) -> io::Result<Self> {
        let scalars: Vec<u32> = (0..points.len()).filter(|i| !points[*i].is_zero()).map(index).collect();
        let windows = Windows::for_points(scalars.len(), sets);
        let count = scalars.len();
        let mut table = TableMemory::<P>::zeroed(count * windows.tables())?;
        for (place, scalar) in table.iter_mut().zip(&scalars) {
            *place = P::from_affine(&points[*scalar as usize]);
        }
        for shift in 1..windows.tables() {
            let (made, free) = table.split_at_mut(shift * count);
            let next = &mut free[..count];
            next.copy_from_slice(&made[(shift - 1) * count..]);
            next.par_chunks_mut(POINTS_PER_TASK).for_each(|points| {
                for _ in 0..windows.doublings_between_tables() {
                    arithmetic.double(points);
                }
            });
        }
        Ok(Self {
            windows,
            scalars,
            table,
        })
    }

    /// Bytes of the tables.
    pub(super) fn table_bytes(&self) -> u64 {
        size_of_val(&*self.table) as u64
    }

    /// Most bytes that one sum takes, were all digits to fall into one bucket.
    pub(super) fn sum_bytes(&self) -> u64 {
        let terms = self.scalars.len() * self.windows.count();
        let buckets = self.windows.buckets() * self.windows.sets();
        // A term, its copy, its half of a pair and its share of sums; a bucket, its count and its places in the lanes.
        (terms * (3 * size_of::<Term>() + size_of::<P>()) + buckets * (3 * size_of::<P>() + 3 * size_of::<u32>()))
            as u64
    }

    /// Writes them in this machine's byte order; see `table_file`.
    pub(super) fn write(&self, to: &mut impl Write) -> io::Result<()> {
        for size in [self.windows.width(), self.windows.sets(), self.scalars.len()] {
            to.write_all(&(size as u64).to_le_bytes())?;
        }
        to.write_all(self.scalars.as_bytes())?;
        to.write_all(self.table.as_bytes())
    }

    /// Reads what [`FixedPoints::write`] wrote, for at most so many scalars.
    pub(super) fn read(from: &mut impl Read, scalars_limit: usize) -> io::Result<Self> {
        let mut sizes = [0; 3];
        for size in &mut sizes {
            let mut bytes = [0; 8];
            from.read_exact(&mut bytes)?;
            *size = usize::try_from(u64::from_le_bytes(bytes)).map_err(|_| io::ErrorKind::InvalidData)?;
        }
        let [width, sets, count] = sizes;
        let small = |windows: &Windows| count <= scalars_limit && count * windows.tables() <= Term::LIMIT;
        let windows = Windows::new(width, sets)
            .filter(small)
            .ok_or(io::ErrorKind::InvalidData)?;
        let mut scalars = vec![0u32; count];
        from.read_exact(scalars.as_mut_bytes())?;
        if scalars.iter().any(|scalar| *scalar as usize >= scalars_limit) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut table = TableMemory::zeroed(count * windows.tables())?;
        from.read_exact(table.as_mut_bytes())?;
        Ok(Self {
            windows,
            scalars,
            table,
        })
    }

    /// Buckets of one sum.
    pub(super) fn buckets(&self) -> usize {
        self.windows.buckets() * self.windows.sets()
    }

    /// At most so many of the points, as they are.
    pub(super) fn first_points(&self, count: usize) -> &[P] {
        &self.table[..count.min(self.scalars.len())]
    }

    /// How scalars are cut, and which one each point takes.
    pub(crate) fn sorted_terms(&self, scalars: &[super::digits::SignedScalar]) -> SortedTerms {
        SortedTerms::new(self.windows, &self.scalars, scalars)
    }

    /// The sum, with terms sorted before.
    pub(crate) fn sum(&self, arithmetic: Arithmetic, terms: &SortedTerms) -> Projective<P::Curve> {
        let buckets = terms.sums(arithmetic, &self.table);
        let mut sum = Projective::zero();
        for set in buckets.chunks(self.windows.buckets()).rev() {
            for _ in 0..self.windows.width() {
                sum.double_in_place();
            }
            sum += weighted_sum(arithmetic, set);
        }
        sum
    }
}
