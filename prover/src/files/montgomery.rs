//! Field elements and points as these files hold them: 32 little-endian bytes each, coordinates in Montgomery form (times 2^256).
//!
//! In scope: one byte string for each value, and refusing all others. Out of scope: where in a file they stand.
//! An attacker who owns this part smuggles in points of small order, or one key in two forms.

use ark_bn254::{Fq, Fq2, G1Affine, G2Affine};
use ark_ec::AffineRepr;
use ark_ff::{BigInt, BigInteger, Field, PrimeField};
use tradeseal_primitives::Fr;

/// Bytes of a coordinate or scalar.
pub(super) const FIELD_BYTES: usize = 32;
/// Bytes of a point of G1.
pub(super) const G1_BYTES: usize = 2 * FIELD_BYTES;
/// Bytes of a point of G2.
pub(super) const G2_BYTES: usize = 4 * FIELD_BYTES;

/// Why a point was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PointRefused {
    /// A coordinate is not below the base field's modulus.
    #[error("a coordinate is not below the base field's modulus; values are never reduced")]
    NotCanonical,
    /// The coordinates do not satisfy the curve equation.
    #[error("it is not on the curve")]
    OffCurve,
    /// On the curve, but outside the subgroup of prime order.
    #[error("it is on the curve but not in the subgroup of prime order")]
    WrongSubgroup,
}

/// A scalar, canonical and not in Montgomery form.
pub(super) fn write_scalar(value: Fr, out: &mut Vec<u8>) {
    write_words(value.into_bigint().0, out);
}

/// The field's modulus, as headers hold it.
pub(super) fn modulus<F: PrimeField>() -> Vec<u8> {
    F::MODULUS.to_bytes_le()
}

/// A coefficient as a `.zkey` holds it: times 2^512, which is the Montgomery form of the value times 2^256.
pub(super) fn write_coefficient(value: Fr, shift: Fr, out: &mut Vec<u8>) {
    write_words((value * shift).0.0, out);
}

/// 2^256 in the scalar field: what [`write_coefficient`] multiplies by.
pub(super) fn coefficient_shift() -> Fr {
    Fr::from(2u64).pow([256])
}

/// A point of G1; the identity is all zeros.
pub(super) fn write_g1(point: &G1Affine, out: &mut Vec<u8>) {
    let (x, y) = point.xy().unwrap_or_default();
    [x, y].iter().for_each(|value| write_words(value.0.0, out));
}

/// A point of G2, real parts first; the identity is all zeros.
pub(super) fn write_g2(point: &G2Affine, out: &mut Vec<u8>) {
    let (x, y) = point.xy().unwrap_or_default();
    [x.c0, x.c1, y.c0, y.c1]
        .iter()
        .for_each(|value| write_words(value.0.0, out));
}

/// Reads a point of G1, held to be canonical and on the curve; G1 has no cofactor.
pub(super) fn read_g1(bytes: &[u8; G1_BYTES]) -> Result<G1Affine, PointRefused> {
    let [x, y] = coordinates(bytes)?;
    if [x, y] == [Fq::default(); 2] {
        return Ok(G1Affine::identity());
    }
    let point = G1Affine::new_unchecked(x, y);
    point.is_on_curve().then_some(point).ok_or(PointRefused::OffCurve)
}

/// Reads a point of G2, held to be canonical, on the curve and in the subgroup.
pub(super) fn read_g2(bytes: &[u8; G2_BYTES]) -> Result<G2Affine, PointRefused> {
    let [x0, x1, y0, y1] = coordinates(bytes)?;
    if [x0, x1, y0, y1] == [Fq::default(); 4] {
        return Ok(G2Affine::identity());
    }
    let point = G2Affine::new_unchecked(Fq2::new(x0, x1), Fq2::new(y0, y1));
    if !point.is_on_curve() {
        return Err(PointRefused::OffCurve);
    }
    let inside = point.is_in_correct_subgroup_assuming_on_curve();
    inside.then_some(point).ok_or(PointRefused::WrongSubgroup)
}

fn write_words(words: [u64; 4], out: &mut Vec<u8>) {
    words.iter().for_each(|word| out.extend_from_slice(&word.to_le_bytes()));
}

fn coordinates<const N: usize>(bytes: &[u8]) -> Result<[Fq; N], PointRefused> {
    let mut values = [Fq::default(); N];
    for (value, chunk) in values.iter_mut().zip(bytes.chunks_exact(FIELD_BYTES)) {
        let mut words = [0; 4];
        for (word, bytes) in words.iter_mut().zip(chunk.as_chunks::<8>().0) {
            *word = u64::from_le_bytes(*bytes);
        }
        if BigInt(words) >= Fq::MODULUS {
            return Err(PointRefused::NotCanonical);
        }
        *value = Fq::new_unchecked(BigInt(words));
    }
    Ok(values)
}
