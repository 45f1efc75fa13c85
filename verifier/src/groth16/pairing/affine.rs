//! Many affine points stepping together, so that they share inversions.
//!
//! In scope: doubling and adding, element by element, with the chords and tangents that Miller loops need. Out of scope:
//! cases that have no such line (equal or opposite points, the identity): they are reported, and that point is lost.
//! An attacker who owns this part can have any false statement accepted in a batch.

use alloc::vec::Vec;
use core::ops::{Add, Mul, Neg, Sub};

use ark_ff::Field;

use super::field::{Fe, sum_of_products};
use super::quadratic::Fe2;

/// A field that points have coordinates in.
pub(in crate::groth16) trait Coordinate:
    Copy + PartialEq + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Neg<Output = Self>
{
    /// Zero.
    const ZERO: Self;

    /// The square.
    fn square(self) -> Self;

    /// Inverts all, with one inversion; leaves zeros.
    fn invert_all(values: &mut [Self]);
}

impl Coordinate for Fe {
    const ZERO: Self = Self::ZERO;

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn square(self) -> Self {
        self * self
    }

    fn invert_all(values: &mut [Self]) {
        let mut product = Self::ONE;
        let before: Vec<Self> = values
            .iter()
            .map(|value| {
                let before = product;
                if *value != Self::ZERO {
                    product = product * *value;
                }
                before
            })
            .collect();
        let Some(inverse) = product.to_fq().inverse() else {
            return;
        };
        let mut inverse = Self::from_fq(inverse);
        for (value, before) in values.iter_mut().zip(before).rev() {
            if *value != Self::ZERO {
                (*value, inverse) = (before * inverse, inverse * *value);
            }
        }
    }
}

impl Coordinate for Fe2 {
    const ZERO: Self = Self::ZERO;

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn square(self) -> Self {
        Self::square(self)
    }

    /// `1/a` is `conjugate(a) / norm(a)`, and norms are cheaper to invert together. Only zero has norm zero, as -1 is no
    /// square.
    fn invert_all(values: &mut [Self]) {
        let norm = |a: &Self| sum_of_products([(a.c0, a.c0), (a.c1, a.c1)]);
        let mut norms: Vec<Fe> = values.iter().map(norm).collect();
        Fe::invert_all(&mut norms);
        for (value, inverse) in values.iter_mut().zip(norms) {
            *value = value.conjugate().scale(inverse);
        }
    }
}

/// A point that is not the identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::groth16) struct Affine<F> {
    pub(in crate::groth16) x: F,
    pub(in crate::groth16) y: F,
}

impl<F: Coordinate> Affine<F> {
    pub(in crate::groth16) fn negated(&self) -> Self {
        Self { x: self.x, y: -self.y }
    }
}

/// The line `y = -slope * x - offset`, with the signs that Miller loops want.
#[derive(Debug, Clone, Copy)]
pub(in crate::groth16) struct Chord<F> {
    pub(super) slope: F,
    pub(super) offset: F,
}

/// Points that step together.
pub(in crate::groth16) struct Lockstep<F> {
    pub(in crate::groth16) points: Vec<Affine<F>>,
    /// The lines of the last step, one per point.
    pub(in crate::groth16) chords: Vec<Chord<F>>,
    /// Which points met a case without a line, and are lost.
    lost: Vec<bool>,
    denominators: Vec<F>,
}

impl<F: Coordinate> Lockstep<F> {
    pub(in crate::groth16) fn new(points: Vec<Affine<F>>) -> Self {
        let zero = Chord {
            slope: F::ZERO,
            offset: F::ZERO,
        };
        Self {
            chords: alloc::vec![zero; points.len()],
            lost: alloc::vec![false; points.len()],
            denominators: Vec::with_capacity(points.len()),
            points,
        }
    }

    /// Doubles every point.
    pub(in crate::groth16) fn double(&mut self) {
        self.denominators.clear();
        self.denominators
            .extend(self.points.iter().map(|point| point.y + point.y));
        self.invert_denominators();
        for at in 0..self.points.len() {
            let Affine { x, y } = self.points[at];
            let squared = x.square();
            let slope = -(squared + squared + squared) * self.denominators[at];
            self.step(at, slope, Affine { x, y }, x);
        }
    }

    /// Adds one point to each.
    pub(in crate::groth16) fn add(&mut self, addend: impl Fn(usize) -> Affine<F>) {
        self.denominators.clear();
        let differences = self.points.iter().enumerate().map(|(at, point)| addend(at).x - point.x);
        self.denominators.extend(differences);
        self.invert_denominators();
        for at in 0..self.points.len() {
            let (point, other) = (self.points[at], addend(at));
            let slope = (point.y - other.y) * self.denominators[at];
            self.step(at, slope, other, point.x);
        }
    }

    /// Whether a point met a case without a line, and is lost.
    pub(in crate::groth16) fn is_lost(&self, at: usize) -> bool {
        self.lost[at]
    }

    fn invert_denominators(&mut self) {
        for (lost, denominator) in self.lost.iter_mut().zip(&self.denominators) {
            *lost |= *denominator == F::ZERO;
        }
        F::invert_all(&mut self.denominators);
    }

    /// Moves to the negative of the line's third point; it goes through `on_line` and a point at `other_x`.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn step(&mut self, at: usize, slope: F, on_line: Affine<F>, other_x: F) {
        let offset = -(slope * on_line.x) - on_line.y;
        let x = slope.square() - on_line.x - other_x;
        self.points[at] = Affine {
            x,
            y: offset + slope * x,
        };
        self.chords[at] = Chord { slope, offset };
    }
}
