//! The holder's side: hide a fingerprint's point from the registry, and take the blinding off its answer.
//!
//! In scope: the blinding and what it is applied to. Out of scope: the request over the network (crate `server`).
//! An attacker who learns a blinding can test guesses of the invoice against the blinded point in a published entry.

use ark_ff::{Field, UniformRand, Zero};
use ark_std::rand::{CryptoRng, RngCore};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::{BlindedPoint, EvaluatedPoint, hash_to_curve};
use crate::{
    babyjubjub::{self, Point, Scalar},
    receivable::Fingerprint,
};

/// b: a random scalar in [1, l), for one minting. Secret: zeroized when dropped, never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Blinding(Scalar);

/// Why 32 bytes are no blinding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BlindingError {
    /// The integer is not below the subgroup order.
    #[error("the blinding is not below the subgroup order")]
    NotCanonical,
    /// 0 hides nothing and cannot be taken off.
    #[error("the blinding is 0")]
    Zero,
}

impl Blinding {
    /// A fresh one.
    pub fn random(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        loop {
            let scalar = Scalar::rand(rng);
            if !scalar.is_zero() {
                return Self(scalar);
            }
        }
    }

    /// From 32 bytes, big-endian.
    ///
    /// # Errors
    /// If the integer is 0 or not below the subgroup order.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, BlindingError> {
        let scalar = babyjubjub::scalar_from_bytes(bytes).ok_or(BlindingError::NotCanonical)?;
        if scalar.is_zero() {
            return Err(BlindingError::Zero);
        }
        Ok(Self(scalar))
    }

    /// The scalar, for a proof's private inputs and for sealing.
    pub const fn expose(&self) -> &Scalar {
        &self.0
    }
}

impl core::fmt::Debug for Blinding {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Blinding(hidden)")
    }
}

/// `B = b * P`: uniformly random, whatever the fingerprint.
pub fn blind(fingerprint: Fingerprint, blinding: &Blinding) -> BlindedPoint {
    BlindedPoint(babyjubjub::multiply(&hash_to_curve(fingerprint), &blinding.0))
}

/// N: the registry's answer without the blinding. Secret: with it, guesses of the invoice can be tested against its tag.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct UnblindedPoint(Point);

impl UnblindedPoint {
    /// The point.
    pub const fn point(&self) -> &Point {
        &self.0
    }
}

impl core::fmt::Debug for UnblindedPoint {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("UnblindedPoint(hidden)")
    }
}

/// `N = E / b`.
pub fn unblind(evaluated: &EvaluatedPoint, blinding: &Blinding) -> UnblindedPoint {
    // Never 0, so it has an inverse.
    let inverse = blinding.0.inverse().unwrap_or_default();
    UnblindedPoint(babyjubjub::multiply(evaluated.point(), &inverse))
}
