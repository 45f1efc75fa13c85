//! The Miller loop of many proofs at once.
//!
//! In scope: the product over pairs that share their squarings and, by stepping together, their inversions; which G2 points
//! are outside the subgroup, as a by-product. Out of scope: weights, keys (`batch`).
//! An attacker who owns this part can have any false statement accepted in a batch.

use alloc::vec::Vec;

use ark_bn254::G1Affine;

use super::affine::Lockstep;
use super::lines::{Evaluated, FixedLines, TwistPoint, UnitLine, loop_digits};
use super::quadratic::Fe2;
use super::tower::Fe12;

/// A product of Miller loops, and the G2 points that spoil it.
pub(in crate::groth16) struct ManyPairs {
    /// The product, up to a factor that the final exponentiation maps to 1.
    pub(in crate::groth16) value: Fe12,
    /// Positions of the points that are not in the subgroup; with any, `value` means nothing.
    pub(in crate::groth16) outside_subgroup: Vec<usize>,
}

/// Product of the Miller loops of `(g1[i], g2[i])`; the G2 points must be on the twist and not the identity.
///
/// The loop carries each point P to `(6x+2)P + psi(P) - psi^2(P)`, which for a point of the subgroup is `-psi^3(P)`, and for no
/// other (the tests in `subgroup` compute why). So the loop's end is an exact membership test for one comparison.
pub(in crate::groth16) fn miller_loop_many(g1: &[Evaluated], g2: &[TwistPoint]) -> ManyPairs {
    let mut walk = Lockstep::new(g2.to_vec());
    let mut value = Fe12::ONE;
    for digit in loop_digits() {
        value = value.square();
        walk.double();
        multiply_lines(&mut value, g1, &walk);
        match digit {
            1 => walk.add(|at| g2[at]),
            -1 => walk.add(|at| g2[at].negated()),
            _ => continue,
        }
        multiply_lines(&mut value, g1, &walk);
    }
    let (first, second): (Vec<_>, Vec<_>) = g2.iter().map(TwistPoint::closing_points).unzip();
    for closing in [&first, &second] {
        walk.add(|at| closing[at]);
        multiply_lines(&mut value, g1, &walk);
    }
    // psi of -psi^2(P).
    let is_outside = |at: &usize| walk.is_lost(*at) || walk.points[*at] != second[*at].frobenius();
    ManyPairs {
        value,
        outside_subgroup: (0..g2.len()).filter(is_outside).collect(),
    }
}

fn multiply_lines(value: &mut Fe12, points: &[Evaluated], walk: &Lockstep<Fe2>) {
    for (point, chord) in points.iter().zip(&walk.chords) {
        let (b0, b1) = UnitLine::from(chord).at(point);
        *value = value.times_unit_line(b0, b1);
    }
}

/// Product of the Miller loops of points of G1, none the identity, with fixed points.
pub(in crate::groth16) fn miller_loop_fixed(pairs: &[(G1Affine, &FixedLines)]) -> Fe12 {
    let points = Evaluated::all(pairs.iter().map(|(point, _)| point));
    let mut lines: Vec<_> = pairs.iter().map(|(_, lines)| lines.iter()).collect();
    let mut value = Fe12::ONE;
    let mut multiply = |value: &mut Fe12| {
        for (point, lines) in points.iter().zip(&mut lines) {
            if let Some(line) = lines.next() {
                let (b0, b1) = line.at(point);
                *value = value.times_unit_line(b0, b1);
            }
        }
    };
    for digit in loop_digits() {
        value = value.square();
        multiply(&mut value);
        if digit != 0 {
            multiply(&mut value);
        }
    }
    multiply(&mut value);
    multiply(&mut value);
    value
}
