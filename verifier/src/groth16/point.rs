//! Curve points as EIP-197 writes them: affine coordinates, 32 bytes each, big-endian, imaginary parts first.
//!
//! In scope: one byte string per point, and refusing all others. Out of scope: compressed forms (none are accepted).
//! An attacker who owns this part could alter a proof's bytes without altering its meaning, or smuggle in points of
//! small order.

use alloc::vec::Vec;

use ark_bn254::{Fq, Fq2, G1Affine, G2Affine};
use ark_ec::AffineRepr;
use ark_ff::{BigInt, BigInteger, PrimeField};

use super::subgroup::is_in_subgroup;

/// Bytes of one coordinate.
const COORDINATE: usize = 32;
/// Bytes of a point of G1.
pub(crate) const G1_BYTES: usize = 2 * COORDINATE;
/// Bytes of a point of G2.
pub(crate) const G2_BYTES: usize = 4 * COORDINATE;

/// Why a point was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PointError {
    /// A coordinate is not below the base field's modulus.
    #[error("a coordinate is not below the base field's modulus; values are never reduced")]
    NotCanonical,
    /// The coordinates do not satisfy the curve equation.
    #[error("the point is not on the curve")]
    OffCurve,
    /// On the curve, but outside the subgroup of prime order.
    #[error("the point is on the curve but not in the subgroup of prime order")]
    WrongSubgroup,
    /// The identity, which a sound proof or key never holds.
    #[error("the point is the identity")]
    Identity,
}

/// Holds a point of G1 to be on the curve and not the identity; G1 has no cofactor.
pub(crate) fn check_g1(point: &G1Affine) -> Result<(), PointError> {
    if point.is_zero() {
        return Err(PointError::Identity);
    }
    if !point.is_on_curve() {
        return Err(PointError::OffCurve);
    }
    Ok(())
}

/// Holds a point of G2 to be on the curve, in the subgroup and not the identity.
pub(crate) fn check_g2(point: &G2Affine) -> Result<(), PointError> {
    check_twist(point)?;
    if !is_in_subgroup(point) {
        return Err(PointError::WrongSubgroup);
    }
    Ok(())
}

/// Holds a point of the twist to be on its curve and not the identity. It may be outside the subgroup.
fn check_twist(point: &G2Affine) -> Result<(), PointError> {
    if point.is_zero() {
        return Err(PointError::Identity);
    }
    if !point.is_on_curve() {
        return Err(PointError::OffCurve);
    }
    Ok(())
}

/// Parses and checks a point of G1: x, y.
pub(crate) fn parse_g1(bytes: &[u8; G1_BYTES]) -> Result<G1Affine, PointError> {
    let [x, y] = coordinates(bytes)?;
    let point = G1Affine::new_unchecked(x, y);
    check_g1(&point).map(|()| point)
}

/// Parses and checks a point of G2: imaginary part of x, real part of x, then y likewise.
pub(crate) fn parse_g2(bytes: &[u8; G2_BYTES]) -> Result<G2Affine, PointError> {
    let point = coordinates_of_g2(bytes)?;
    check_g2(&point).map(|()| point)
}

/// As [`parse_g2`], but the point may be outside the subgroup.
pub(crate) fn parse_g2_unchecked_subgroup(bytes: &[u8; G2_BYTES]) -> Result<G2Affine, PointError> {
    let point = coordinates_of_g2(bytes)?;
    check_twist(&point).map(|()| point)
}

fn coordinates_of_g2(bytes: &[u8; G2_BYTES]) -> Result<G2Affine, PointError> {
    let [x_imaginary, x_real, y_imaginary, y_real] = coordinates(bytes)?;
    Ok(G2Affine::new_unchecked(
        Fq2::new(x_real, x_imaginary),
        Fq2::new(y_real, y_imaginary),
    ))
}

/// Appends the encoding of a checked point of G1.
pub(crate) fn write_g1(point: &G1Affine, out: &mut Vec<u8>) {
    write_coordinates(&[point.x, point.y], out);
}

/// Appends the encoding of a checked point of G2.
pub(crate) fn write_g2(point: &G2Affine, out: &mut Vec<u8>) {
    write_coordinates(&[point.x.c1, point.x.c0, point.y.c1, point.y.c0], out);
}

fn write_coordinates(values: &[Fq], out: &mut Vec<u8>) {
    for value in values {
        out.extend_from_slice(&value.into_bigint().to_bytes_be());
    }
}

/// The `N` coordinates that fill `bytes`.
fn coordinates<const N: usize>(bytes: &[u8]) -> Result<[Fq; N], PointError> {
    let mut values = [Fq::default(); N];
    for (value, chunk) in values.iter_mut().zip(bytes.chunks_exact(COORDINATE)) {
        *value = coordinate(chunk)?;
    }
    Ok(values)
}

fn coordinate(bytes: &[u8]) -> Result<Fq, PointError> {
    let mut limbs = [0u64; 4];
    for (limb, chunk) in limbs.iter_mut().rev().zip(bytes.chunks_exact(8)) {
        *limb = chunk.iter().fold(0, |value, byte| value << 8 | u64::from(*byte));
    }
    Fq::from_bigint(BigInt(limbs)).ok_or(PointError::NotCanonical)
}
