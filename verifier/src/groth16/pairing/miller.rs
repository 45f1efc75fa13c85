//! The Miller loop of one proof: one pair whose G2 point is the proof's, and pairs whose G2 points the key fixes.
//!
//! In scope: the product of those pairs before the final exponentiation. Out of scope: many proofs at once (`batch`).
//! An attacker who owns this part can have any false statement accepted.

use alloc::vec::Vec;

use ark_bn254::{G1Affine, G2Affine};

use super::lines::{Evaluated, FixedLines, Line, TwistPoint, UnitLine, Walk, loop_digits};
use super::tower::Fe12;

/// Product of the Miller loops of `(g1, g2)` and of each fixed pair, up to a factor that the final exponentiation maps to 1.
///
/// No point may be the identity, and every point must be in its group.
pub(in crate::groth16) fn miller_loop(g1: &G1Affine, g2: &G2Affine, fixed: &[(G1Affine, &FixedLines)]) -> Fe12 {
    let mut product = Product::new(g1, fixed);
    let point = TwistPoint::of_g2(g2);
    let negative = point.negated();
    let mut walk = Walk::from(&point);
    for digit in loop_digits() {
        product.value = product.value.square();
        product.multiply(&walk.double());
        match digit {
            1 => product.multiply(&walk.add(&point)),
            -1 => product.multiply(&walk.add(&negative)),
            _ => {}
        }
    }
    let (first, second) = point.closing_points();
    product.multiply(&walk.add(&first));
    product.multiply(&walk.add(&second));
    product.value
}

/// The product as it grows: with each line of the proof's point, the next line of every fixed point.
struct Product<'a> {
    value: Fe12,
    point: Evaluated,
    fixed: Vec<(Evaluated, core::slice::Iter<'a, UnitLine>)>,
}

impl<'a> Product<'a> {
    fn new(g1: &G1Affine, fixed: &[(G1Affine, &'a FixedLines)]) -> Self {
        let mut points = Evaluated::all(core::iter::once(g1).chain(fixed.iter().map(|(point, _)| point)));
        let lines = fixed.iter().map(|(_, lines)| lines.iter());
        Self {
            value: Fe12::ONE,
            fixed: points.split_off(1).into_iter().zip(lines).collect(),
            point: points[0],
        }
    }

    fn multiply(&mut self, line: &Line) {
        let (constant, b0, b1) = line.at(&self.point);
        self.value = self.value.times_line(constant, b0, b1);
        for (point, lines) in &mut self.fixed {
            if let Some(line) = lines.next() {
                let (b0, b1) = line.at(point);
                self.value = self.value.times_unit_line(b0, b1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ark_bn254::Bn254;
    use ark_ec::pairing::Pairing;
    use ark_ff::UniformRand;
    use ark_std::rand::SeedableRng;
    use ark_std::rand::rngs::StdRng;

    use super::super::exponentiation::final_exponentiation;
    use super::*;

    #[test]
    fn products_of_pairings_are_arkworks_own() {
        let mut rng = StdRng::seed_from_u64(2);
        for fixed_pairs in 0..4 {
            let g1: Vec<G1Affine> = (0..=fixed_pairs).map(|_| G1Affine::rand(&mut rng)).collect();
            let g2: Vec<G2Affine> = (0..=fixed_pairs).map(|_| G2Affine::rand(&mut rng)).collect();
            let lines: Vec<FixedLines> = g2[1..].iter().map(FixedLines::of).collect();
            let fixed: Vec<_> = g1[1..].iter().copied().zip(&lines).collect();
            let ours = final_exponentiation(&miller_loop(&g1[0], &g2[0], &fixed));
            assert_eq!(
                ours.map(Fe12::to_fq12),
                Some(Bn254::multi_pairing(&g1, &g2).0),
                "{fixed_pairs} fixed pairs"
            );
        }
    }
}
