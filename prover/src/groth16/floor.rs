//! How fast a proof could be: the additions of points that it cannot do without, times what one takes on this machine.
//!
//! In scope: counting and timing additions. Out of scope: everything else that a proof does: that is the distance to the floor.
//! An attacker who owns this part has wrong figures published.

use std::time::{Duration, Instant};

use rayon::prelude::*;
use tradeseal_primitives::Fr;
use zeroize::Zeroizing;

use super::digits::SignedScalar;
use super::prepared::PreparedProver;
use super::quotient::Rows;
use super::sums::{Arithmetic, Pair, PointSums, Sources, Term};
use super::tables::FixedPoints;

/// Additions timed together: a task's share, so that they share inversions as a proof's do, in the first cache levels.
const TOGETHER: u32 = 1024;
/// Rounds of which the quickest counts: what interrupts the others is not the addition's.
const ROUNDS: usize = 50;

/// The additions of one proof and what one takes, on one thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Floor {
    /// Additions of points of G1: one for each digit that is not 0, two for each bucket.
    pub g1_additions: usize,
    /// Additions of points of G2 likewise.
    pub g2_additions: usize,
    /// One addition in G1.
    pub g1_addition: Duration,
    /// One addition in G2.
    pub g2_addition: Duration,
}

impl Floor {
    /// All additions together, on one thread.
    pub fn total(&self) -> Duration {
        let of = |count: usize, each: Duration| each * u32::try_from(count).unwrap_or(u32::MAX);
        of(self.g1_additions, self.g1_addition) + of(self.g2_additions, self.g2_addition)
    }
}

impl PreparedProver {
    /// The floor of proving an assignment that has been checked.
    pub(crate) fn floor(&self, values: &[Fr], rows: Rows) -> Floor {
        let scalars = self.scalars(values, rows);
        let [a, b_g1, c] = self.g1_tables();
        Floor {
            g1_additions: [a, b_g1, c].map(|table| additions(table, &scalars)).iter().sum(),
            g2_additions: additions(self.g2_table(), &scalars),
            g1_addition: time_of_one(self.arithmetic(), c),
            g2_addition: time_of_one(self.arithmetic(), self.g2_table()),
        }
    }

    /// The scalars of a proof's sums.
    pub(super) fn scalars(&self, values: &[Fr], rows: Rows) -> Zeroizing<Vec<SignedScalar>> {
        let products = rows.product_on_coset(self.domain());
        let scalars = values.par_iter().chain(products.par_iter());
        Zeroizing::new(scalars.map(|value| SignedScalar::new(*value)).collect())
    }
}

fn additions<P: PointSums>(table: &FixedPoints<P>, scalars: &[SignedScalar]) -> usize {
    table.sorted_terms(scalars).len() + 2 * table.buckets()
}

/// As short as an addition was in any of the rounds.
fn time_of_one<P: PointSums>(arithmetic: Arithmetic, table: &FixedPoints<P>) -> Duration {
    let points = table.first_points(2 * TOGETHER as usize);
    let count = u32::try_from(points.len() / 2).unwrap_or(TOGETHER);
    if count == 0 {
        return Duration::ZERO;
    }
    let pairs: Vec<Pair> = (0..count)
        .map(|index| Pair {
            left: Term::of_table(index, false),
            right: Term::of_table(count + index, false),
        })
        .collect();
    let mut sums = vec![P::default(); pairs.len()];
    let sources = Sources {
        table: points,
        sums: &[],
    };
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        arithmetic.add(sources, &pairs, &mut sums);
        start.elapsed() / count
    });
    rounds.min().unwrap_or_default()
}
