//! A Groth16 proof: 256 bytes, one encoding per proof.
//!
//! In scope: length, canonical coordinates, curve, subgroup, identity. Out of scope: whether the proof holds (`equation`).
//! An attacker who owns this part could feed points the equation was not made for. Proof bytes are no identity:
//! anyone can re-randomise a proof, so nothing may be keyed by them.

use alloc::vec::Vec;

use ark_bn254::{G1Affine, G2Affine};

use super::point::{self, G1_BYTES, G2_BYTES, PointError};

/// One of a proof's three points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofPoint {
    /// A, in G1.
    A,
    /// B, in G2.
    B,
    /// C, in G1.
    C,
}

impl core::fmt::Display for ProofPoint {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        })
    }
}

/// Why bytes or points are no proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Not 256 bytes.
    #[error("a proof is {expected} bytes, got {got}", expected = Proof::BYTES)]
    Length {
        /// Bytes given.
        got: usize,
    },
    /// A point was refused.
    #[error("point {point} of the proof: {cause}")]
    Point {
        /// Which point.
        point: ProofPoint,
        /// Why.
        cause: PointError,
    },
}

/// A well-formed proof: its points are on the curve, in the subgroup and not the identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    pub(super) a: G1Affine,
    pub(super) b: G2Affine,
    pub(super) c: G1Affine,
}

impl Proof {
    /// Length of the encoding: A (64), B (128), C (64).
    pub const BYTES: usize = 2 * G1_BYTES + G2_BYTES;

    /// A proof of points that a prover made.
    ///
    /// # Errors
    /// `ProofError::Point` naming the point that is off the curve, outside the subgroup or the identity.
    pub fn from_points(a: G1Affine, b: G2Affine, c: G1Affine) -> Result<Self, ProofError> {
        point::check_g1(&a).map_err(at(ProofPoint::A))?;
        point::check_g2(&b).map_err(at(ProofPoint::B))?;
        point::check_g1(&c).map_err(at(ProofPoint::C))?;
        Ok(Self { a, b, c })
    }

    /// Parses exactly [`Proof::BYTES`] bytes (`docs/protocol.md` section 6).
    ///
    /// # Errors
    /// `ProofError` naming the length, or the point and what is wrong with it.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ProofError> {
        let parts = split(bytes)?;
        Ok(Self {
            a: point::parse_g1(parts.0).map_err(at(ProofPoint::A))?,
            b: point::parse_g2(parts.1).map_err(at(ProofPoint::B))?,
            c: point::parse_g1(parts.2).map_err(at(ProofPoint::C))?,
        })
    }

    /// As [`Proof::from_bytes`], but B may be outside the subgroup: whoever calls this must find out.
    pub(super) fn read_points_unchecked_subgroup(bytes: &[u8]) -> Result<(G1Affine, G2Affine, G1Affine), ProofError> {
        let parts = split(bytes)?;
        let a = point::parse_g1(parts.0).map_err(at(ProofPoint::A))?;
        let b = point::parse_g2_unchecked_subgroup(parts.1).map_err(at(ProofPoint::B))?;
        let c = point::parse_g1(parts.2).map_err(at(ProofPoint::C))?;
        Ok((a, b, c))
    }

    /// The canonical encoding.
    pub fn to_bytes(&self) -> [u8; Self::BYTES] {
        Self::encode(&self.a, &self.b, &self.c)
    }

    /// The canonical encoding of three points.
    pub(super) fn encode(a: &G1Affine, b: &G2Affine, c: &G1Affine) -> [u8; Self::BYTES] {
        let mut out = Vec::with_capacity(Self::BYTES);
        point::write_g1(a, &mut out);
        point::write_g2(b, &mut out);
        point::write_g1(c, &mut out);
        let mut bytes = [0; Self::BYTES];
        bytes.copy_from_slice(&out);
        bytes
    }

    /// A, B and C.
    pub fn points(&self) -> (&G1Affine, &G2Affine, &G1Affine) {
        (&self.a, &self.b, &self.c)
    }
}

type Parts<'a> = (&'a [u8; G1_BYTES], &'a [u8; G2_BYTES], &'a [u8; G1_BYTES]);

/// The bytes of A, B and C.
fn split(bytes: &[u8]) -> Result<Parts<'_>, ProofError> {
    let wrong_length = || ProofError::Length { got: bytes.len() };
    let (a, rest) = bytes.split_first_chunk::<G1_BYTES>().ok_or_else(wrong_length)?;
    let (b, rest) = rest.split_first_chunk::<G2_BYTES>().ok_or_else(wrong_length)?;
    let c = rest.try_into().map_err(|_| wrong_length())?;
    Ok((a, b, c))
}

fn at(point: ProofPoint) -> impl Fn(PointError) -> ProofError {
    move |cause| ProofError::Point { point, cause }
}
