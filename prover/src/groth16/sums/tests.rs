//! Batched sums are arkworks' sums, above all where the formulas have exceptions.

use ark_ec::short_weierstrass::{Affine, Projective};
use ark_ff::UniformRand;
use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;

use super::*;

/// Random points among which are infinity, repetitions and opposites.
fn awkward_points<P: PointSums>(count: usize, seed: u64) -> Vec<P> {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut points: Vec<Affine<P::Curve>> = Vec::new();
    for index in 0..count {
        let previous = points.last().copied().unwrap_or_default();
        points.push(match index % 7 {
            2 => previous,
            4 => -previous,
            5 => Affine::identity(),
            _ => Projective::<P::Curve>::rand(&mut rng).into_affine(),
        });
    }
    points.iter().map(P::from_affine).collect()
}

fn pairs_of_all_kinds(count: u32) -> Vec<Pair> {
    let term = |index: u32, negated| Term::of_table(index % count, negated);
    (0..count)
        .flat_map(|index| {
            [
                (1, false, false),
                (1, true, false),
                (1, false, true),
                (2, true, true),
                (0, false, true),
                (0, true, true),
            ]
            .map(|(step, left, right)| Pair {
                left: term(index, left),
                right: term(index + step, right),
            })
        })
        .collect()
}

fn sums_are_arks<P: PointSums + core::fmt::Debug>() {
    for arithmetic in Arithmetic::all() {
        for count in [1u32, 2, 3, 7, 8, 9, 61, 230] {
            let table = awkward_points::<P>(count as usize, 1);
            let sources = Sources {
                table: &table,
                sums: &[],
            };
            let pairs = pairs_of_all_kinds(count);
            let mut sums = vec![P::default(); pairs.len()];
            arithmetic.add(sources, &pairs, &mut sums);
            for (pair, sum) in pairs.iter().zip(&sums) {
                let expected = (sources.value(pair.left).into_group() + sources.value(pair.right)).into_affine();
                assert_eq!(*sum, P::from_affine(&expected), "{arithmetic:?}, {pair:?} of {count}");
            }
        }
    }
}

fn doubles_are_arks<P: PointSums + core::fmt::Debug>() {
    for arithmetic in Arithmetic::all() {
        for count in [0, 1, 7, 8, 9, 1030] {
            let points = awkward_points::<P>(count, 2);
            let mut doubled = points.clone();
            arithmetic.double(&mut doubled);
            for (point, double) in points.iter().zip(doubled) {
                let expected = (point.to_affine().into_group() + point.to_affine()).into_affine();
                assert_eq!(double, P::from_affine(&expected), "{arithmetic:?}, {count}");
            }
        }
    }
}

#[test]
fn sums_of_g1_are_arks_also_of_equal_opposite_and_infinite_points() {
    sums_are_arks::<G1Point>();
}

#[test]
fn sums_of_g2_are_arks_also_of_equal_opposite_and_infinite_points() {
    sums_are_arks::<G2Point>();
}

#[test]
fn doubles_of_both_groups_are_arks() {
    doubles_are_arks::<G1Point>();
    doubles_are_arks::<G2Point>();
}

#[test]
fn sums_of_sums_are_found_where_they_were_put() {
    for arithmetic in Arithmetic::all() {
        let table = awkward_points::<G1Point>(40, 3);
        let (sums, rest) = (&table[..20], &table[20..]);
        let sources = Sources { table: rest, sums };
        let pairs: Vec<Pair> = (0..20)
            .map(|index| Pair {
                left: Term::of_sums(index),
                right: Term::of_table(19 - index, true),
            })
            .collect();
        let mut out = vec![G1Point::default(); 20];
        arithmetic.add(sources, &pairs, &mut out);
        for (index, sum) in out.iter().enumerate() {
            let expected = (sums[index].to_affine().into_group() - rest[19 - index].to_affine()).into_affine();
            assert_eq!(sum.to_affine(), expected);
        }
    }
}
