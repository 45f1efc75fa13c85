//! The equation of a whole batch, or of part of one.
//!
//! In scope: the product of pairings and whether it is 1. Out of scope: what to do if it is not (`search`).
//! An attacker who owns this part can have any false statement accepted in a batch.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use ark_bn254::{Fr, G1Affine};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::Zero;

use super::item::Claim;
use super::multi_scalar::{scale_each, weighted_sum};
use super::weight::{Weight, weights};
use crate::groth16::pairing::{
    Evaluated, Fe12, ManyPairs, TwistPoint, final_exponentiation, miller_loop_fixed, miller_loop_many,
};
use crate::groth16::{KeyId, PreparedKey};

/// Proofs that step together: enough to share an inversion, few enough to stay in the cache.
const TOGETHER: usize = 128;

/// Claims with what their equation needs.
pub(in crate::groth16) struct Weighted<'a> {
    claims: Vec<&'a Claim<'a>>,
    weights: Vec<Weight>,
    /// `weight * A`, ready for lines.
    a: Vec<Evaluated>,
    b: Vec<TwistPoint>,
}

/// What the equation of some claims says.
pub(in crate::groth16) enum Finding {
    /// All of them hold.
    Holds,
    /// At least one does not.
    Fails,
    /// These (positions among the claims) have a B outside the subgroup; of the others nothing is known yet.
    OutsideSubgroup(Vec<usize>),
}

impl<'a> Weighted<'a> {
    pub(in crate::groth16) fn new(claims: Vec<&'a Claim<'a>>) -> Self {
        let weights = weights(claims.iter().copied());
        Self::with_weights(claims, weights)
    }

    pub(in crate::groth16) fn with_weights(claims: Vec<&'a Claim<'a>>, weights: Vec<Weight>) -> Self {
        let mut a = Vec::with_capacity(claims.len());
        for (claims, weights) in claims.chunks(TOGETHER).zip(weights.chunks(TOGETHER)) {
            let points: Vec<G1Affine> = claims.iter().map(|claim| claim.a).collect();
            a.extend(Evaluated::all(scale_each(&points, weights).iter()));
        }
        let b = claims.iter().map(|claim| TwistPoint::of_g2(&claim.b)).collect();
        Self { claims, weights, a, b }
    }

    /// Evaluates the equation of the claims at these positions.
    pub(in crate::groth16) fn evaluate(&self, positions: &[usize]) -> Finding {
        let mut product = Fe12::ONE;
        let mut outside = Vec::new();
        for together in positions.chunks(TOGETHER) {
            let ManyPairs {
                value,
                outside_subgroup,
            } = self.proofs_part(together);
            outside.extend(outside_subgroup.into_iter().map(|at| together[at]));
            product = product.multiply(&value);
        }
        if !outside.is_empty() {
            return Finding::OutsideSubgroup(outside);
        }
        match final_exponentiation(&product.multiply(&self.keys_part(positions))) {
            Some(value) if value == Fe12::ONE => Finding::Holds,
            _ => Finding::Fails,
        }
    }

    fn proofs_part(&self, positions: &[usize]) -> ManyPairs {
        let a: Vec<Evaluated> = positions.iter().map(|at| self.a[*at]).collect();
        let b: Vec<TwistPoint> = positions.iter().map(|at| self.b[*at]).collect();
        miller_loop_many(&a, &b)
    }

    fn keys_part(&self, positions: &[usize]) -> Fe12 {
        let mut by_key: BTreeMap<KeyId, Vec<usize>> = BTreeMap::new();
        for at in positions {
            by_key.entry(self.claims[*at].key.id()).or_default().push(*at);
        }
        let mut pairs = Vec::with_capacity(3 * by_key.len());
        for positions in by_key.values() {
            let Some(first) = positions.first() else { continue };
            let key = self.claims[*first].key;
            let (folded, total) = self.folded_rows(key, positions);
            let weights: Vec<Weight> = positions.iter().map(|at| self.weights[*at]).collect();
            let c = weighted_sum(
                positions
                    .iter()
                    .map(|at| &self.claims[*at].c)
                    .collect::<Vec<_>>()
                    .into_iter(),
                &weights,
            );
            let alpha = (key.key().alpha * total).into_affine();
            let [minus_beta, minus_gamma, minus_delta] = key.fixed_lines();
            pairs.extend([
                (alpha, minus_beta),
                (folded, minus_gamma),
                (c.into_affine(), minus_delta),
            ]);
        }
        // A pair with the identity is 1.
        pairs.retain(|(point, _)| !point.is_zero());
        miller_loop_fixed(&pairs)
    }

    /// `sum(weight * (constant + rows * inputs))` over claims of one key, and the sum of their weights.
    fn folded_rows(&self, key: &PreparedKey, positions: &[usize]) -> (G1Affine, Fr) {
        let mut total = Fr::zero();
        let mut rows = alloc::vec![Fr::zero(); key.row_count()];
        for at in positions {
            let weight = self.weights[*at].to_fr();
            total += weight;
            for (sum, row) in rows.iter_mut().zip(self.claims[*at].rows) {
                *sum += weight * row;
            }
        }
        (key.fold(total, &rows).into_affine(), total)
    }
}
