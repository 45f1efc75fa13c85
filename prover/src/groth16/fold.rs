//! A proving key with the quotient's `C` part moved into the points of the variables.
//!
//! In scope: the algebra below, once for each key. Out of scope: tables of multiples (`tables`).
//! An attacker who owns this part makes proofs fail, which verification before release notices.
//!
//! The key holds `K_k = [t^k Z(t) / delta]` for `k < n - 1`. On the coset `g * H` the quotient is `h = (c - a*b) / 2`, so
//! `[h(t) Z(t) / delta] = sum_i (c(g w^i) - d_i) / 2 * O_i` with `O_i = (1/n) sum_k (g w^i)^-k K_k`, an inverse transform of the
//! key's points. The `c` part equals `sum_j z_j * sum_i C_ij / 2 * E_i` with `E_i = (1/n) sum_k w^-ik K_k`, because both are the
//! polynomial `C` at `t`. The coefficients of `x^(n-1)`, for which the key has no point, cancel between the two parts.
//! So each variable gains `sum_i C_ij / 2 * E_i`, the coset gets `-O_i / 2`, and the proof is the same group element as ever.

use ark_bn254::{Bn254, G1Affine, G1Projective};
use ark_ec::CurveGroup;
use ark_ff::{Field, One};
use ark_groth16::ProvingKey;
use rayon::prelude::*;
use tradeseal_primitives::Fr;

use super::domain::{Domain, reverse_bits};
use super::matrices::{SparseMatrix, index};
use super::multiples::multiply_each;
use super::points::{G1Point, Point};
use super::sums::{Arithmetic, Pair, Sources, Term};

/// The points that `C` of a proof sums.
pub(super) struct Folded {
    /// For every variable, the constant and the public ones first.
    pub(super) variables: Vec<G1Affine>,
    /// For every point of the coset, to be multiplied by `A * B` there.
    pub(super) coset: Vec<G1Affine>,
}

/// Folds `c` into the key. `None` if the key is too short for the domain.
pub(super) fn fold(
    arithmetic: Arithmetic,
    key: &ProvingKey<Bn254>,
    c: &SparseMatrix,
    domain: &Domain,
) -> Option<Folded> {
    let size = domain.size();
    let powers = key.h_query.get(..size - 1)?;
    let mut on_roots: Vec<G1Point> = powers.iter().map(G1Point::from_affine).collect();
    on_roots.push(G1Point::default());
    let mut on_coset = on_roots.clone();
    let (scale, half) = (Fr::from(size as u64).inverse()?, Fr::from(2u64).inverse()?);
    let inverse_generator = domain.coset_generator()?.inverse()?;
    let scales = core::iter::successors(Some(-scale * half), |power| Some(*power * inverse_generator));
    multiply_each(arithmetic, &mut on_coset, &scales.take(size).collect::<Vec<_>>());
    inverse_transform(arithmetic, &mut on_coset, domain);
    inverse_transform(arithmetic, &mut on_roots, domain);

    let public_count = key.vk.gamma_abc_g1.len();
    let columns = by_column(c, public_count + key.l_query.len());
    let variables: Vec<G1Projective> = columns
        .par_iter()
        .enumerate()
        .map(|(variable, column)| {
            let folded: G1Projective = column
                .iter()
                .map(|(row, factor)| times(&on_roots[*row as usize], *factor))
                .sum();
            let own = variable
                .checked_sub(public_count)
                .map_or(G1Affine::default(), |private| key.l_query[private]);
            folded * (scale * half) + own
        })
        .collect();
    Some(Folded {
        variables: G1Projective::normalize_batch(&variables),
        coset: on_coset.iter().map(Point::to_affine).collect(),
    })
}

fn times(point: &G1Point, factor: Fr) -> G1Projective {
    let point = point.to_affine();
    if factor.is_one() { point.into() } else { point * factor }
}

/// The nonzeros of each column: rows and coefficients.
fn by_column(matrix: &SparseMatrix, columns: usize) -> Vec<Vec<(u32, Fr)>> {
    let mut all = vec![Vec::new(); columns];
    for row in 0..matrix.rows() {
        for (column, coefficient) in matrix.row(row) {
            all[column].push((index(row), coefficient));
        }
    }
    all
}

/// Values to coefficients without the division by `n`, for points: as `Domain::down`, and then back to natural order.
pub(super) fn inverse_transform(arithmetic: Arithmetic, points: &mut [G1Point], domain: &Domain) {
    let mut half = points.len() / 2;
    while half > 0 {
        let (mut sums, mut differences) = (Vec::new(), Vec::new());
        #[allow(clippy::cast_possible_truncation)] // a key of 2^30 points does not fit in memory
        for block in (0..points.len()).step_by(2 * half) {
            for low in block..block + half {
                let term = |index: usize, negated| Term::of_table(index as u32, negated);
                sums.push(Pair {
                    left: term(low, false),
                    right: term(low + half, false),
                });
                differences.push(Pair {
                    left: term(low, false),
                    right: term(low + half, true),
                });
            }
        }
        let (sums, mut differences) = (
            added(arithmetic, points, &sums),
            added(arithmetic, points, &differences),
        );
        let roots: Vec<Fr> = domain
            .inverse_roots(half)
            .iter()
            .copied()
            .cycle()
            .take(differences.len())
            .collect();
        if half > 1 {
            multiply_each(arithmetic, &mut differences, &roots);
        }
        for (block, (sums, differences)) in sums.chunks(half).zip(differences.chunks(half)).enumerate() {
            let start = block * 2 * half;
            points[start..start + half].copy_from_slice(sums);
            points[start + half..start + 2 * half].copy_from_slice(differences);
        }
        half /= 2;
    }
    reverse_bits(points);
}

/// Pairs for one task.
const PAIRS_PER_TASK: usize = 1024;

fn added(arithmetic: Arithmetic, points: &[G1Point], pairs: &[Pair]) -> Vec<G1Point> {
    let mut sums = vec![G1Point::default(); pairs.len()];
    sums.par_chunks_mut(PAIRS_PER_TASK)
        .zip(pairs.par_chunks(PAIRS_PER_TASK))
        .for_each(|(sums, pairs)| {
            arithmetic.add(
                Sources {
                    table: points,
                    sums: &[],
                },
                pairs,
                sums,
            );
        });
    sums
}
