//! Lines of the optimal ate pairing over BN254: what a Miller loop multiplies together.
//!
//! In scope: stepping a point of G2 through the loop with the line of each step; the lines of a fixed point. Out of scope:
//! accumulating them (`miller`, `batch`).
//! An attacker who owns this part can have any false statement accepted.
//!
//! A line at P = (x, y) of G1 is, up to a factor in Fq2 that the final exponentiation maps to 1,
//! `1 + (slope * x/y + offset * 1/y * v) w`: the shape in which fixed lines are kept.

use alloc::vec::Vec;

use ark_bn254::{Config, Fq, Fq2, G1Affine, G2Affine};
use ark_ec::bn::BnConfig;
use ark_ec::short_weierstrass::SWCurveConfig;
use ark_ff::{MontFp, batch_inversion};

use super::affine::{Affine, Chord};
use super::field::Fe;
use super::quadratic::{Fe2, sum2};

/// The digits of `6x + 2` below its leading one, from the top: 0, 1 or -1.
pub(super) fn loop_digits() -> impl Iterator<Item = i8> + Clone {
    Config::ATE_LOOP_COUNT.iter().rev().skip(1).copied()
}

/// Lines of one loop: one per digit, one more per digit that is not 0, two at the end.
fn line_count() -> usize {
    loop_digits().map(|digit| if digit == 0 { 1 } else { 2 }).sum::<usize>() + 2
}

/// A point of the twist that is not the identity.
pub(in crate::groth16) type TwistPoint = Affine<Fe2>;

impl TwistPoint {
    /// A point of G2 that is not the identity.
    pub(in crate::groth16) fn of_g2(point: &G2Affine) -> Self {
        Self {
            x: Fe2::from_fq2(point.x),
            y: Fe2::from_fq2(point.y),
        }
    }

    /// The untwisted Frobenius map.
    pub(in crate::groth16) fn frobenius(&self) -> Self {
        const X_FACTOR: Fe2 = Fe2::from_fq2(Config::TWIST_MUL_BY_Q_X);
        const Y_FACTOR: Fe2 = Fe2::from_fq2(Config::TWIST_MUL_BY_Q_Y);
        Self {
            x: self.x.conjugate() * X_FACTOR,
            y: self.y.conjugate() * Y_FACTOR,
        }
    }

    /// The points of the loop's two closing additions: the Frobenius image, and the negative of that one's image.
    pub(super) fn closing_points(&self) -> (Self, Self) {
        let once = self.frobenius();
        (once, once.frobenius().negated())
    }
}

/// A point of G1 as lines are evaluated at it: `(x/y, 1/y)`. No point of G1 has y = 0: the group has odd order.
#[derive(Debug, Clone, Copy)]
pub(in crate::groth16) struct Evaluated {
    x_over_y: Fe,
    one_over_y: Fe,
}

impl Evaluated {
    /// Of each point, with one inversion for all.
    pub(in crate::groth16) fn all<'p>(points: impl Iterator<Item = &'p G1Affine> + Clone) -> Vec<Self> {
        let mut inverses: Vec<Fq> = points.clone().map(|point| point.y).collect();
        batch_inversion(&mut inverses);
        points
            .zip(inverses)
            .map(|(point, one_over_y)| Self {
                x_over_y: Fe::from_fq(point.x * one_over_y),
                one_over_y: Fe::from_fq(one_over_y),
            })
            .collect()
    }
}

/// A line before evaluation, scaled to constant 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct UnitLine {
    pub(super) slope: Fe2,
    pub(super) offset: Fe2,
}

impl UnitLine {
    /// The line's coefficients of `w` and `v w` at a point.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn at(&self, point: &Evaluated) -> (Fe2, Fe2) {
        (self.slope.scale(point.x_over_y), self.offset.scale(point.one_over_y))
    }
}

impl From<&Chord<Fe2>> for UnitLine {
    fn from(chord: &Chord<Fe2>) -> Self {
        Self {
            slope: chord.slope,
            offset: chord.offset,
        }
    }
}

/// A line before evaluation, as a projective step leaves it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    constant: Fe2,
    slope: Fe2,
    offset: Fe2,
}

impl Line {
    /// The coefficients of 1, `w` and `v w` at a point.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn at(&self, point: &Evaluated) -> (Fe2, Fe2, Fe2) {
        (
            self.constant,
            self.slope.scale(point.x_over_y),
            self.offset.scale(point.one_over_y),
        )
    }
}

/// A point of the twist in homogeneous coordinates on its way through the loop (formulas of Costello, Lange and Naehrig,
/// "Faster pairing computations on curves with high-degree twists").
pub(super) struct Walk {
    x: Fe2,
    y: Fe2,
    z: Fe2,
}

impl Walk {
    pub(super) fn from(point: &TwistPoint) -> Self {
        Self {
            x: point.x,
            y: point.y,
            z: Fe2::ONE,
        }
    }

    pub(super) fn double(&mut self) -> Line {
        const B: Fe2 = Fe2::from_fq2(ark_bn254::g2::Config::COEFF_B);
        let a = halve(self.x * self.y);
        let b = self.y.square();
        let c = self.z.square();
        let e = B * c.triple();
        let f = e.triple();
        let g = halve(b + f);
        let h = (self.y + self.z).square() - b - c;
        let slope = self.x.square().triple();
        self.x = a * (b - f);
        self.y = g.square() - e.square().triple();
        self.z = b * h;
        Line {
            constant: -h,
            slope,
            offset: e - b,
        }
    }

    pub(super) fn add(&mut self, point: &TwistPoint) -> Line {
        let theta = self.y - point.y * self.z;
        let lambda = self.x - point.x * self.z;
        let d = lambda.square();
        let e = lambda * d;
        let f = self.z * theta.square();
        let g = self.x * d;
        let h = e + f - g.double();
        self.x = lambda * h;
        self.y = sum2((theta, g - h), (-e, self.y));
        self.z = self.z * e;
        Line {
            constant: lambda,
            slope: -theta,
            offset: sum2((theta, point.x), (-lambda, point.y)),
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn halve(a: Fe2) -> Fe2 {
    const HALF: Fe = Fe::from_fq(MontFp!(
        "10944121435919637611123202872628637544348155578648911831344518947322613104292"
    ));
    a.scale(HALF)
}

/// Every line of a fixed point, in the loop's order.
#[derive(Debug, Clone)]
pub(in crate::groth16) struct FixedLines(Vec<UnitLine>);

impl FixedLines {
    /// The lines of a point of G2 that is in the subgroup and not the identity.
    pub(in crate::groth16) fn of(point: &G2Affine) -> Self {
        let lines = all_lines(&TwistPoint::of_g2(point));
        // No constant is zero for a point of prime order: the loop never meets the point itself, its negative or the identity.
        let mut inverses: Vec<Fq2> = lines.iter().map(|line| line.constant.to_fq2()).collect();
        batch_inversion(&mut inverses);
        let scaled = lines.iter().zip(inverses).map(|(line, inverse)| UnitLine {
            slope: line.slope * Fe2::from_fq2(inverse),
            offset: line.offset * Fe2::from_fq2(inverse),
        });
        Self(scaled.collect())
    }

    pub(super) fn iter(&self) -> core::slice::Iter<'_, UnitLine> {
        self.0.iter()
    }
}

fn all_lines(point: &TwistPoint) -> Vec<Line> {
    let mut walk = Walk::from(point);
    let negative = point.negated();
    let mut lines = Vec::with_capacity(line_count());
    for digit in loop_digits() {
        lines.push(walk.double());
        match digit {
            1 => lines.push(walk.add(point)),
            -1 => lines.push(walk.add(&negative)),
            _ => {}
        }
    }
    let (first, second) = point.closing_points();
    lines.push(walk.add(&first));
    lines.push(walk.add(&second));
    lines
}
