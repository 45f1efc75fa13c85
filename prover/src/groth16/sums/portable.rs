//! Sums and doublings one point at a time with a shared inversion, on any processor.
//!
//! In scope: five products and a square a sum. Out of scope: exceptional pairs, which are left to the caller.
//! An attacker who owns this part makes proofs fail, which verification before release notices.

use ark_ff::{Field, Zero};

use super::{Pair, Sources};
use crate::groth16::points::Point;
use crate::groth16::residue::Lazy;

/// Pairs between the one read and the one prefetched.
const PREFETCH_AHEAD: usize = 24;

fn inverse<L: Lazy>(product: L) -> L {
    L::new(product.exact().inverse().unwrap_or_default())
}

/// `sums[i] = left + right`, except where noted.
pub(super) fn add<P: Point>(sources: Sources<'_, P>, pairs: &[Pair], sums: &mut [P], exceptional: &mut Vec<usize>) {
    let mut before = Vec::with_capacity(pairs.len());
    let mut product = P::Lazy::new(P::Field::ONE);
    for (index, pair) in pairs.iter().enumerate() {
        if let Some(soon) = pairs.get(index + PREFETCH_AHEAD) {
            sources.prefetch(soon.left);
            sources.prefetch(soon.right);
        }
        let (x1, x2) = (sources.get(pair.left).x(), sources.get(pair.right).x());
        before.push(product);
        if x1 == x2 || x1.is_zero() || x2.is_zero() {
            exceptional.push(index);
        } else {
            product = product.times(P::Lazy::new(x2).minus(P::Lazy::new(x1)));
        }
    }
    let mut inverse = inverse(product);
    let mut skipped = exceptional.iter().rev().copied().peekable();
    for (index, pair) in pairs.iter().enumerate().rev() {
        if skipped.next_if_eq(&index).is_some() {
            continue;
        }
        let [x1, y1] = sources.get(pair.left).lazy_coordinates();
        let [x2, y2] = sources.get(pair.right).lazy_coordinates();
        let y1 = y1.negated_if(pair.left.is_negated());
        let y2 = y2.negated_if(pair.right.is_negated());
        let slope = y2.minus(y1).times(inverse.times(before[index]));
        inverse = inverse.times(x2.minus(x1));
        sums[index] = third_point(slope, x1, y1, x2);
    }
    wipe(&mut before);
}

/// Doubles each point, except where noted.
pub(super) fn double<P: Point>(points: &mut [P], exceptional: &mut Vec<usize>) {
    let mut before = Vec::with_capacity(points.len());
    let mut product = P::Lazy::new(P::Field::ONE);
    for (index, point) in points.iter().enumerate() {
        let (_, y) = point.coordinates();
        before.push(product);
        if y.is_zero() {
            exceptional.push(index);
        } else {
            let y = P::Lazy::new(y);
            product = product.times(y.plus(y));
        }
    }
    let mut inverse = inverse(product);
    for (index, point) in points.iter_mut().enumerate().rev() {
        if point.coordinates().1.is_zero() {
            continue;
        }
        let [x, y] = point.lazy_coordinates();
        let square = x.squared();
        let slope = square.plus(square).plus(square).times(inverse.times(before[index]));
        inverse = inverse.times(y.plus(y));
        *point = third_point(slope, x, y, x);
    }
}

/// The third point of the line through `(x1, y1)` and the point over `x2`, mirrored.
#[inline(always)]
fn third_point<P: Point>(slope: P::Lazy, x1: P::Lazy, y1: P::Lazy, x2: P::Lazy) -> P {
    let x3 = slope.squared().minus(x1).minus(x2);
    P::from_coordinates(x3.exact(), slope.times(x1.minus(x3)).minus(y1).exact())
}

/// The products tell which points were added.
fn wipe<L: Lazy>(products: &mut [L]) {
    let zero = L::new(L::Exact::zero());
    products.fill(zero);
    core::hint::black_box(products);
}
