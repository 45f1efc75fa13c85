//! Sums of a key's input points, each multiplied by its public row, from tables made once per key.
//!
//! In scope: Lim and Lee's comb, eight teeth: a table of 255 points (16 KiB) per row, and 32 doublings that all rows share.
//! A row costs one addition per column of its bits that is not all zero, so small values cost little. Public values:
//! nothing here is constant-time. Out of scope: who chose the points.
//! An attacker who owns this part can have a proof of other rows accepted.

use alloc::vec::Vec;

use ark_bn254::{Fr, G1Affine, G1Projective};
use ark_ec::{AdditiveGroup, AffineRepr, CurveGroup};
use ark_ff::{BigInteger, PrimeField};

/// Teeth of the comb: bits of a scalar that one table entry stands for.
const TEETH: usize = 8;
/// Distance between teeth: 8 * 32 bits hold every scalar.
const SPACING: usize = 32;

/// Tables of one fixed point per row.
#[derive(Debug, Clone)]
pub(super) struct Combs(Vec<Vec<G1Affine>>);

impl Combs {
    pub(super) fn new(points: &[G1Affine]) -> Self {
        Self(points.iter().map(comb).collect())
    }

    /// `sum(rows[i] * points[i])`.
    pub(super) fn fold(&self, rows: &[Fr]) -> G1Projective {
        let scalars: Vec<_> = rows.iter().map(|row| row.into_bigint()).collect();
        let mut sum = G1Projective::ZERO;
        for column in (0..SPACING).rev() {
            sum.double_in_place();
            for (table, scalar) in self.0.iter().zip(&scalars) {
                let entry = teeth(scalar, column);
                if entry != 0 {
                    sum += &table[entry - 1];
                }
            }
        }
        sum
    }
}

/// The bits of `scalar` under the teeth when the comb stands at `column`.
fn teeth(scalar: &impl BigInteger, column: usize) -> usize {
    (0..TEETH)
        .filter(|tooth| scalar.get_bit(tooth * SPACING + column))
        .fold(0, |entry, tooth| entry | 1 << tooth)
}

/// Entry `e - 1` is the sum of `2^(32 t) * point` over the bits t of e.
fn comb(point: &G1Affine) -> Vec<G1Affine> {
    let mut entries: Vec<G1Projective> = Vec::with_capacity((1 << TEETH) - 1);
    let mut tooth = point.into_group();
    for _ in 0..TEETH {
        let below = entries.len();
        entries.push(tooth);
        entries.extend_from_within(..below);
        for entry in &mut entries[below + 1..] {
            *entry += tooth;
        }
        for _ in 0..SPACING {
            tooth.double_in_place();
        }
    }
    G1Projective::normalize_batch(&entries)
}

#[cfg(test)]
mod tests {
    use ark_ff::{One, UniformRand, Zero};
    use ark_std::rand::SeedableRng;
    use ark_std::rand::rngs::StdRng;

    use super::*;

    #[test]
    fn folding_is_the_sum_of_products_for_edge_values_and_random_ones() {
        let mut rng = StdRng::seed_from_u64(3);
        let points: Vec<G1Affine> = (0..4).map(|_| G1Affine::rand(&mut rng)).collect();
        let combs = Combs::new(&points);
        let edges = [
            Fr::zero(),
            Fr::one(),
            -Fr::one(),
            Fr::from(u64::MAX),
            Fr::from(1u64 << 32),
        ];
        for round in 0..10 {
            let rows: Vec<Fr> = (0..4)
                .map(|at| edges.get(round + at).copied().unwrap_or_else(|| Fr::rand(&mut rng)))
                .collect();
            let expected: G1Projective = points.iter().zip(&rows).map(|(point, row)| *point * row).sum();
            assert_eq!(combs.fold(&rows), expected);
        }
        assert_eq!(combs.fold(&[]), G1Projective::zero());
    }

    #[test]
    fn a_sum_that_meets_a_point_again_or_its_negative_is_still_right() {
        let point = G1Affine::rand(&mut StdRng::seed_from_u64(4));
        let combs = Combs::new(&[point, -point, point]);
        let fold = |rows: [u64; 3]| combs.fold(&rows.map(Fr::from));
        assert_eq!(fold([1, 0, 1]), point.into_group().double());
        assert_eq!(fold([7, 7, 0]), G1Projective::zero());
        assert_eq!(fold([5, 9, 3]), -point.into_group());
    }
}
