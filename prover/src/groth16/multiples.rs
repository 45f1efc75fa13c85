//! Many points of G1, each times its own scalar, in step with each other so that they share inversions.
//!
//! In scope: what folding a key needs, once. Out of scope: sums of multiples (`buckets`): a proof never comes here.
//! An attacker who owns this part makes proofs fail, which verification before release notices.

use ark_bn254::g1;
use ark_ec::CurveGroup;
use ark_ec::scalar_mul::glv::GLVConfig;
use ark_ff::PrimeField;
use rayon::prelude::*;
use tradeseal_primitives::Fr;

use super::points::{G1Point, Point};
use super::sums::{Arithmetic, Pair, Sources, Term};

/// Points in step with each other; their small multiples fit the second-level cache.
const TOGETHER: usize = 512;
/// Fewer points than this are multiplied one by one: their own inversions cost less than shared ones would.
const FEW: usize = 16;
/// Bits of a digit.
const WIDTH: usize = 4;
/// Multiples of each point: 1 to 8 times, and as many of its image under the endomorphism.
const MULTIPLES: usize = 1 << (WIDTH - 1);
/// Digits of half a scalar, which has at most 128 bits, and one for the last carry.
const DIGITS: usize = 128 / WIDTH + 1;

/// `points[i] *= scalars[i]`.
pub(super) fn multiply_each(arithmetic: Arithmetic, points: &mut [G1Point], scalars: &[Fr]) {
    points
        .par_chunks_mut(TOGETHER)
        .zip(scalars.par_chunks(TOGETHER))
        .for_each(|(points, scalars)| multiply_some(arithmetic, points, scalars));
}

fn multiply_some(arithmetic: Arithmetic, points: &mut [G1Point], scalars: &[Fr]) {
    if points.len() < FEW {
        for (point, scalar) in points.iter_mut().zip(scalars) {
            *point = G1Point::from_affine(&(point.to_affine() * scalar).into_affine());
        }
        return;
    }
    let table = small_multiples(arithmetic, points);
    let digits: Vec<[[i8; DIGITS]; 2]> = scalars.iter().map(|scalar| halves(*scalar)).collect();
    points.fill(G1Point::default());
    let mut pairs = Vec::with_capacity(points.len());
    let mut places = Vec::with_capacity(points.len());
    let mut sums = vec![G1Point::default(); points.len()];
    for digit in (0..DIGITS).rev() {
        if digit + 1 < DIGITS {
            for _ in 0..WIDTH {
                arithmetic.double(points);
            }
        }
        for half in 0..2 {
            pairs.clear();
            places.clear();
            for (place, digits) in digits.iter().enumerate() {
                let value = digits[half][digit];
                if value != 0 {
                    let row = half * MULTIPLES + usize::from(value.unsigned_abs()) - 1;
                    #[allow(clippy::cast_possible_truncation)] // at most 16 * 512 multiples
                    let (left, right) = (place as u32, (row * points.len() + place) as u32);
                    pairs.push(Pair {
                        left: Term::of_sums(left),
                        right: Term::of_table(right, value < 0),
                    });
                    places.push(place);
                }
            }
            let sources = Sources {
                table: &table,
                sums: points,
            };
            arithmetic.add(sources, &pairs, &mut sums[..pairs.len()]);
            for (place, sum) in places.iter().zip(&sums) {
                points[*place] = *sum;
            }
        }
    }
}

/// Rows of `k * point` for k from 1 to 8, then of `k * endomorphism(point)`.
fn small_multiples(arithmetic: Arithmetic, points: &[G1Point]) -> Vec<G1Point> {
    let count = points.len();
    let mut table = vec![G1Point::default(); 2 * MULTIPLES * count];
    table[..count].copy_from_slice(points);
    table[count..2 * count].copy_from_slice(points);
    arithmetic.double(&mut table[count..2 * count]);
    #[allow(clippy::cast_possible_truncation)] // at most 16 * 512 multiples
    for row in 2..MULTIPLES {
        let (made, free) = table.split_at_mut(row * count);
        let pairs: Vec<Pair> = (0..count)
            .map(|place| Pair {
                left: Term::of_table(((row - 1) * count + place) as u32, false),
                right: Term::of_table(place as u32, false),
            })
            .collect();
        let sources = Sources { table: made, sums: &[] };
        arithmetic.add(sources, &pairs, &mut free[..count]);
    }
    let (plain, images) = table.split_at_mut(MULTIPLES * count);
    for (image, point) in images.iter_mut().zip(plain) {
        let (x, y) = point.coordinates();
        *image = G1Point::from_coordinates(x * g1::Config::ENDO_COEFFS[0], y);
    }
    table
}

/// Signed digits of `k1` and `k2`, where `scalar = k1 + k2 * lambda`.
fn halves(scalar: Fr) -> [[i8; DIGITS]; 2] {
    let ((positive1, k1), (positive2, k2)) = g1::Config::scalar_decomposition(scalar);
    [digits(k1, positive1), digits(k2, positive2)]
}

fn digits(absolute: Fr, positive: bool) -> [i8; DIGITS] {
    let words = absolute.into_bigint().0;
    let mut carry = 0;
    core::array::from_fn(|digit| {
        let bits = (words[digit * WIDTH / 64] >> (digit * WIDTH % 64) & 15) as i8 + carry;
        carry = i8::from(bits > 8);
        let signed = bits - 16 * carry;
        if positive { signed } else { -signed }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_ec::{AffineRepr, CurveGroup};
    use ark_ff::{AdditiveGroup, Field, UniformRand};
    use ark_std::test_rng;

    #[test]
    fn every_point_is_multiplied_by_its_own_scalar() {
        let mut rng = test_rng();
        let points: Vec<G1Point> = (0..TOGETHER + 9)
            .map(|index| match index % 5 {
                3 => G1Point::default(),
                _ => G1Point::from_affine(&ark_bn254::G1Affine::rand(&mut rng)),
            })
            .collect();
        let scalars: Vec<Fr> = (0..points.len())
            .map(|index| match index {
                0 => Fr::ZERO,
                1 => Fr::ONE,
                2 => -Fr::ONE,
                _ => Fr::rand(&mut rng),
            })
            .collect();
        let mut multiplied = points.clone();
        multiply_each(Arithmetic::detect(), &mut multiplied, &scalars);
        for index in 0..points.len() {
            let expected = (points[index].to_affine().into_group() * scalars[index]).into_affine();
            assert_eq!(multiplied[index].to_affine(), expected, "{index}");
        }
    }
}
