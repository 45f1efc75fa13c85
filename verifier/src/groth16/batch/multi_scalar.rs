//! Points of G1 under weights: each by its own, or all summed.
//!
//! In scope: multiplication by [`Weight`]s with the help of G1's endomorphism. Out of scope: where weights come from.
//! An attacker who owns this part can have any false statement accepted in a batch.

use alloc::vec::Vec;

use ark_bn254::{G1Affine, G1Projective, g1};
use ark_ec::AdditiveGroup;
use ark_ec::scalar_mul::glv::GLVConfig;

use super::weight::Weight;
use crate::groth16::pairing::{Affine, Fe, Lockstep};

/// Places of a weight's halves, base 4.
const PLACES: u32 = 32;

/// Each point times its own weight, all stepping together. No point may be the identity.
///
/// No step meets a case without a line: every point on the way is `(s + t lambda) P` with s and t odd or doubled odd numbers below
/// 2^66, of which no two that meet are equal or opposite, as lambda's lattice has no such short vector.
pub(super) fn scale_each(points: &[G1Affine], weights: &[Weight]) -> Vec<G1Affine> {
    let table = multiples(points);
    let entry = |at: usize, place: u32| {
        let [low, high] = weights[at].digits(place);
        let entry = table[index(low.abs(), high * low.signum())][at];
        if low < 0 { entry.negated() } else { entry }
    };
    let mut sum = Lockstep::new((0..points.len()).map(|at| entry(at, PLACES - 1)).collect());
    for place in (0..PLACES - 1).rev() {
        sum.double();
        sum.double();
        sum.add(|at| entry(at, place));
    }
    sum.points
        .iter()
        .map(|point| G1Affine::new_unchecked(point.x.to_fq(), point.y.to_fq()))
        .collect()
}

/// Where `low P + high phi(P)` stands in the table: low is 1 or 3, high is -3, -1, 1 or 3.
fn index(low: i8, high: i8) -> usize {
    usize::from(low == 3) * 4 + usize::from(high.unsigned_abs() == 3) * 2 + usize::from(high < 0)
}

/// For each index, that multiple of every point.
fn multiples(points: &[G1Affine]) -> Vec<Vec<Affine<Fe>>> {
    const ENDOMORPHISM: Fe = Fe::from_fq(g1::Config::ENDO_COEFFS[0]);
    let once: Vec<Affine<Fe>> = points
        .iter()
        .map(|point| Affine {
            x: Fe::from_fq(point.x),
            y: Fe::from_fq(point.y),
        })
        .collect();
    let mut thrice = Lockstep::new(once.clone());
    thrice.double();
    thrice.add(|at| once[at]);
    let thrice = thrice.points;
    let phi = |point: &Affine<Fe>| Affine {
        x: point.x * ENDOMORPHISM,
        y: point.y,
    };
    let mut table = Vec::with_capacity(8);
    for low in [&once, &thrice] {
        for high in [&once, &thrice] {
            let mut sum = Lockstep::new(low.clone());
            sum.add(|at| phi(&high[at]));
            table.push(sum.points);
            let mut difference = Lockstep::new(low.clone());
            difference.add(|at| phi(&high[at]).negated());
            table.push(difference.points);
        }
    }
    table
}

/// `sum(weights[i] * points[i])`, by buckets.
pub(super) fn weighted_sum<'p>(
    points: impl ExactSizeIterator<Item = &'p G1Affine>,
    weights: &[Weight],
) -> G1Projective {
    let mut terms = Vec::with_capacity(2 * points.len());
    for (point, weight) in points.zip(weights) {
        let images = [*point, g1::Config::endomorphism_affine(point)];
        for (image, (negative, magnitude)) in images.into_iter().zip(weight.halves()) {
            terms.push((if negative { -image } else { image }, magnitude));
        }
    }
    let width = (terms.len().max(2).ilog2() - 1).clamp(2, 10);
    let mut sum = G1Projective::ZERO;
    for shift in (0..u64::BITS).step_by(width as usize).rev() {
        for _ in 0..width {
            sum.double_in_place();
        }
        sum += window(&terms, shift, width);
    }
    sum
}

/// Sum of every point times the `width` bits of its magnitude from `shift` on.
fn window(terms: &[(G1Affine, u64)], shift: u32, width: u32) -> G1Projective {
    let mask = (1 << width) - 1;
    let mut buckets = alloc::vec![G1Projective::ZERO; 1 << width];
    for (point, magnitude) in terms {
        // At most ten bits.
        let digit = usize::try_from(magnitude >> shift & mask).unwrap_or(0);
        if digit != 0 {
            buckets[digit] += point;
        }
    }
    let (mut running, mut sum) = (G1Projective::ZERO, G1Projective::ZERO);
    for bucket in buckets.iter().skip(1).rev() {
        running += bucket;
        sum += running;
    }
    sum
}

#[cfg(test)]
mod tests {
    use ark_bn254::Fr;
    use ark_ec::{AffineRepr, CurveGroup};
    use ark_ff::UniformRand;
    use ark_std::rand::RngCore;
    use ark_std::rand::SeedableRng;
    use ark_std::rand::rngs::StdRng;

    use super::*;

    fn samples(count: usize) -> (Vec<G1Affine>, Vec<Weight>) {
        let mut rng = StdRng::seed_from_u64(21);
        let edges = [(0, 0), (u64::MAX, u64::MAX), (0, u64::MAX), (1 << 63, (1 << 63) - 1)];
        let weight = |at: usize, rng: &mut StdRng| match edges.get(at) {
            Some((low, high)) => (*low, *high),
            None => (rng.next_u64(), rng.next_u64()),
        };
        (0..count)
            .map(|at| {
                let (low, high) = weight(at, &mut rng);
                (G1Affine::rand(&mut rng), Weight { low, high })
            })
            .unzip()
    }

    #[test]
    fn every_point_is_multiplied_by_its_own_weight() {
        let (points, weights) = samples(20);
        let expected = points
            .iter()
            .zip(&weights)
            .map(|(point, weight)| (*point * weight.to_fr()).into_affine());
        assert_eq!(scale_each(&points, &weights), expected.collect::<Vec<_>>());
        assert!(scale_each(&[], &[]).is_empty());
    }

    #[test]
    fn the_weighted_sum_is_that_for_any_number_of_points_equal_ones_included() {
        for count in [0, 1, 2, 5, 33, 300] {
            let (points, weights) = samples(count);
            let expected: G1Projective = points
                .iter()
                .zip(&weights)
                .map(|(point, weight)| *point * weight.to_fr())
                .sum();
            assert_eq!(weighted_sum(points.iter(), &weights), expected, "{count}");
        }
        let (_, weights) = samples(40);
        let same = [G1Affine::generator(); 40];
        let total: Fr = weights.iter().map(|weight| weight.to_fr()).sum();
        assert_eq!(weighted_sum(same.iter(), &weights), G1Affine::generator() * total);
    }
}
