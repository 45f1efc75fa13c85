//! The two bases in which keys hold the quotient's points: powers (ark-groth16) and the coset's Lagrange polynomials (`.zkey`).
//!
//! In scope: going from one to the other, once for each file. Out of scope: the proof's own use of them (`fold`).
//! An attacker who owns this part makes proofs fail, which verification before release notices.
//!
//! Powers are `K_k = [t^k Z(t) / delta]` for `k < n - 1`; coset points are `H_i = -1/2 [L_i(t) Z(t) / delta]`, where `L_i` is the Lagrange
//! polynomial of `g w^i` on the coset `g * <w>` with `g^n = -1`. As `L_i = (1/n) sum_k (g w^i)^-k X^k`, each basis is a transform of the other.
//! Powers lack `K_(n-1)`, and what is missing for it in `H_i` cancels in every proof, since a quotient has degree `n - 2` at most.

use ark_bn254::G1Affine;
use ark_ff::Field;
use tradeseal_primitives::Fr;

use super::domain::Domain;
use super::fold::inverse_transform;
use super::multiples::multiply_each;
use super::points::{G1Point, Point};
use super::sums::Arithmetic;

/// From the powers `K_0 .. K_(n-2)` to the coset points `H_0 .. H_(n-1)`; `None` if `n` is no power of two that the field has roots for.
pub(crate) fn coset_points(powers: &[G1Affine]) -> Option<Vec<G1Affine>> {
    let domain = domain_of(powers.len() + 1)?;
    let mut points: Vec<G1Point> = powers.iter().map(G1Point::from_affine).collect();
    points.push(G1Point::default());
    let scale = -(Fr::from(2 * domain.size() as u64)).inverse()?;
    multiply_by_powers(&mut points, scale, domain.coset_generator()?.inverse()?);
    inverse_transform(Arithmetic::detect(), &mut points, &domain);
    Some(points.iter().map(Point::to_affine).collect())
}

/// From the coset points `H_0 .. H_(n-1)` to the powers `K_0 .. K_(n-2)`; `None` as for [`coset_points`].
pub(crate) fn power_points(coset: &[G1Affine]) -> Option<Vec<G1Affine>> {
    let domain = domain_of(coset.len())?;
    let mut points: Vec<G1Point> = coset.iter().map(G1Point::from_affine).collect();
    inverse_transform(Arithmetic::detect(), &mut points, &domain);
    // The inverse transform without its scale is the transform with its results in the other direction.
    points[1..].reverse();
    multiply_by_powers(&mut points, -Fr::from(2u64), domain.coset_generator()?);
    points.pop();
    Some(points.iter().map(Point::to_affine).collect())
}

fn domain_of(size: usize) -> Option<Domain> {
    (size >= 2 && size.is_power_of_two())
        .then(|| Domain::new(size))
        .flatten()
}

fn multiply_by_powers(points: &mut [G1Point], first: Fr, base: Fr) {
    let factors = core::iter::successors(Some(first), |power| Some(*power * base));
    let factors: Vec<Fr> = factors.take(points.len()).collect();
    multiply_each(Arithmetic::detect(), points, &factors);
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_bn254::G1Projective;
    use ark_ec::{CurveGroup, PrimeGroup};
    use ark_ff::{One, UniformRand};
    use ark_std::test_rng;

    fn points(scalars: impl IntoIterator<Item = Fr>) -> Vec<G1Affine> {
        let all: Vec<G1Projective> = scalars
            .into_iter()
            .map(|scalar| G1Projective::generator() * scalar)
            .collect();
        G1Projective::normalize_batch(&all)
    }

    #[test]
    fn coset_points_are_lagrange_polynomials_of_twice_the_domain_at_odd_places() {
        let (t, n) = (Fr::rand(&mut test_rng()), 8);
        let z = t.pow([n as u64]) - Fr::one();
        let w2 = Domain::new(n).unwrap().coset_generator().unwrap();
        // L_(2i+1) of the domain of 2n points, at t, by its definition.
        let lagrange = |place: usize| {
            let nodes: Vec<Fr> = (0..2 * n as u64).map(|node| w2.pow([node])).collect();
            let own = nodes[place];
            let others = nodes.iter().filter(|node| **node != own);
            others.fold(Fr::one(), |product, node| product * (t - node) / (own - node))
        };
        let coset = points((0..n).map(|i| lagrange(2 * i + 1)));
        let powers = points((0..n as u64 - 1).map(|k| t.pow([k]) * z));
        assert_eq!(power_points(&coset).unwrap(), powers);
        // The way back lacks the highest power, so it is one of itself only on what has it not.
        assert_eq!(power_points(&coset_points(&powers).unwrap()).unwrap(), powers);
    }

    #[test]
    fn other_lengths_are_refused() {
        for length in [0, 1, 3, 12] {
            assert!(power_points(&vec![G1Affine::default(); length]).is_none());
        }
        assert!(coset_points(&[G1Affine::default(); 4]).is_none());
    }
}
