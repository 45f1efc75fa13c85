//! Equations between points of the two groups, checked for many points at once with random weights.
//!
//! In scope: weights, sums, products of pairings. Out of scope: which equations must hold (`zkey`, `ptau`).
//! An attacker who owns this part has any key believed. Weights have 128 bits and are drawn after the file was read.

use ark_bn254::{Bn254, G1Affine, G2Affine};
use ark_ec::pairing::Pairing;
use ark_ec::{AffineRepr, CurveGroup, VariableBaseMSM};
use ark_ff::One;
use ark_std::rand::{CryptoRng, RngCore};
use tradeseal_primitives::Fr;

/// So many weights of 128 bits.
pub(super) fn weights(count: usize, rng: &mut (impl RngCore + CryptoRng)) -> Vec<Fr> {
    (0..count)
        .map(|_| Fr::from(u128::from(rng.next_u64()) << 64 | u128::from(rng.next_u64())))
        .collect()
}

/// The sum of each point times its weight; of as many as there are of both.
pub(super) fn weighted<P: AffineRepr<ScalarField = Fr, Group: VariableBaseMSM<MulBase = P>>>(
    points: &[P],
    weights: &[Fr],
) -> P {
    let length = points.len().min(weights.len());
    // Lengths are equal, which is all that `msm` asks.
    P::Group::msm(&points[..length], &weights[..length]).map_or_else(|_| P::zero(), |sum| sum.into_affine())
}

/// Whether the product of `e(left)` is that of `e(right)`.
pub(super) fn pairings_agree(left: &[(G1Affine, G2Affine)], right: &[(G1Affine, G2Affine)]) -> bool {
    let negated = right.iter().map(|(g1, g2)| (-*g1, *g2));
    let (g1, g2): (Vec<G1Affine>, Vec<G2Affine>) = left.iter().copied().chain(negated).unzip();
    Bn254::multi_pairing(g1, g2).0.is_one()
}
