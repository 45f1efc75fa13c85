//! The sum of all buckets, each times its digit.
//!
//! In scope: `sum((i + 1) * bucket[i])` with shared inversions. Out of scope: filling buckets (`buckets`).
//! An attacker who owns this part makes proofs fail, which verification before release notices.

use ark_ec::short_weierstrass::Projective;
use ark_ff::{AdditiveGroup, Zero};
use zeroize::Zeroizing;

use super::sums::{Arithmetic, Pair, PointSums, Sources, Term};

/// Buckets that one lane runs through: long lanes leave less to do afterwards, many lanes share an inversion.
const fn lane_length(buckets: usize) -> usize {
    if buckets < 4096 { 8 } else { 32 }
}

/// Fewer buckets than this are summed one after the other.
const FEW: usize = 128;

/// `sum((i + 1) * buckets[i])`.
pub(crate) fn weighted_sum<P: PointSums>(arithmetic: Arithmetic, buckets: &[P]) -> Projective<P::Curve> {
    let length = lane_length(buckets.len());
    if buckets.len() < FEW || !buckets.len().is_multiple_of(length) {
        return one_by_one(buckets);
    }
    // Bucket `length * l + j` counts `j + 1` times within lane `l`, and the whole lane another `length * l` times.
    let (plain, weighted) = lanes(arithmetic, buckets, length);
    let mut sum = weighted_sum(arithmetic, &plain) - total(arithmetic, plain);
    for _ in 0..length.ilog2() {
        sum.double_in_place();
    }
    sum + total(arithmetic, weighted)
}

fn one_by_one<P: PointSums>(buckets: &[P]) -> Projective<P::Curve> {
    let (mut running, mut sum) = (Projective::zero(), Projective::zero());
    for bucket in buckets.iter().rev() {
        running += bucket.to_affine();
        sum += running;
    }
    sum
}

/// For each lane, the sum of its buckets and the sum of `(j + 1) * bucket[j]`.
fn lanes<P: PointSums>(arithmetic: Arithmetic, buckets: &[P], length: usize) -> (Zeroizing<Vec<P>>, Zeroizing<Vec<P>>) {
    let count = buckets.len() / length;
    // The first half are running sums, the second half sums of running sums, a step behind so that both can be added at once.
    let mut state = Zeroizing::new(vec![P::default(); 2 * count]);
    let mut next = state.clone();
    let mut pairs = Vec::with_capacity(2 * count);
    for step in (0..=length).rev() {
        pairs.clear();
        #[allow(clippy::cast_possible_truncation)] // a set has at most 2^16 buckets
        for lane in 0..count {
            let running = Term::of_sums(lane as u32);
            if step > 0 {
                let bucket = Term::of_table((lane * length + step - 1) as u32, false);
                pairs.push(Pair {
                    left: running,
                    right: bucket,
                });
            }
        }
        let added_to_running = pairs.len();
        #[allow(clippy::cast_possible_truncation)] // as above
        if step < length {
            pairs.extend((0..count).map(|lane| Pair {
                left: Term::of_sums((count + lane) as u32),
                right: Term::of_sums(lane as u32),
            }));
        }
        let sources = Sources {
            table: buckets,
            sums: &state,
        };
        arithmetic.add(sources, &pairs, &mut next[..pairs.len()]);
        let (running, sums) = next[..pairs.len()].split_at(added_to_running);
        state[..running.len()].copy_from_slice(running);
        state[count..count + sums.len()].copy_from_slice(sums);
    }
    let weighted = Zeroizing::new(state[count..].to_vec());
    state.truncate(count);
    (state, weighted)
}

/// The plain sum.
fn total<P: PointSums>(arithmetic: Arithmetic, mut points: Zeroizing<Vec<P>>) -> Projective<P::Curve> {
    while points.len() > 1 {
        let half = points.len() / 2;
        #[allow(clippy::cast_possible_truncation)] // as above
        let pairs: Vec<Pair> = (0..half)
            .map(|index| Pair {
                left: Term::of_sums(index as u32),
                right: Term::of_sums((points.len() - 1 - index) as u32),
            })
            .collect();
        let mut sums = Zeroizing::new(vec![P::default(); half]);
        let sources = Sources {
            table: &[],
            sums: &points,
        };
        arithmetic.add(sources, &pairs, &mut sums);
        points[..half].copy_from_slice(&sums);
        let left = points.len() - half;
        points.truncate(left);
    }
    points
        .first()
        .map_or_else(Projective::zero, |point| point.to_affine().into())
}
