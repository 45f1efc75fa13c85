//! Coordinates and rows as decimal strings.

use alloc::string::{String, ToString};

use ark_bn254::{Fq2, G2Affine};
use ark_ff::PrimeField;

pub(super) fn decimal(value: impl PrimeField) -> String {
    value.into_bigint().to_string()
}

/// Coordinates of a point of G2 as EIP-197 has them: imaginary part of x, real part of x, then y likewise.
pub(super) fn imaginary_first(point: &G2Affine) -> [String; 4] {
    let parts = |value: &Fq2| [decimal(value.c1), decimal(value.c0)];
    let ([x1, x0], [y1, y0]) = (parts(&point.x), parts(&point.y));
    [x1, x0, y1, y0]
}
