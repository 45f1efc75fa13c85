//! The registry's proof that it evaluated a point under its published key: one logarithm for two pairs of points.
//!
//! In scope: Chaum and Pedersen (1992) over a merlin transcript, verifying. Out of scope: proving (`registry_key`).
//! An attacker who forges one marks a victim's invoices by a key of their own, or gives an invoice two tags.

use ark_ec::CurveGroup;
use ark_ff::PrimeField;
use merlin::Transcript;

use super::{BlindedPoint, EvaluatedPoint, RegistryPublicKey};
use crate::babyjubjub::{self, Point, Scalar, base8};

/// `c || z`, each 32 bytes, big-endian, below the subgroup order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DleqProof {
    pub(super) challenge: Scalar,
    pub(super) response: Scalar,
}

/// Why a proof of evaluation was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DleqError {
    /// A scalar is not below the subgroup order, which would give one proof two forms.
    #[error("the registry's proof: its {part} is not below the subgroup order")]
    NotCanonical {
        /// Which of the two scalars.
        part: &'static str,
    },
    /// The equations do not hold.
    #[error("the registry's proof does not hold: the point was not evaluated under this registry key")]
    WrongKeyOrPoint,
}

impl DleqProof {
    /// The 64 bytes.
    pub fn to_bytes(&self) -> [u8; 64] {
        let mut bytes = [0u8; 64];
        bytes[..32].copy_from_slice(&babyjubjub::scalar_to_bytes(&self.challenge));
        bytes[32..].copy_from_slice(&babyjubjub::scalar_to_bytes(&self.response));
        bytes
    }

    /// Parses the 64 bytes.
    ///
    /// # Errors
    /// `NotCanonical` names the scalar.
    pub fn from_bytes(bytes: &[u8; 64]) -> Result<Self, DleqError> {
        let scalar = |at: usize, part| {
            let mut half = [0u8; 32];
            half.copy_from_slice(&bytes[at..at + 32]);
            babyjubjub::scalar_from_bytes(&half).ok_or(DleqError::NotCanonical { part })
        };
        Ok(Self {
            challenge: scalar(0, "challenge")?,
            response: scalar(32, "response")?,
        })
    }

    /// Whether `evaluated` is `blinded` times the secret of `key`.
    ///
    /// # Errors
    /// `WrongKeyOrPoint`.
    pub fn verify(
        &self,
        key: &RegistryPublicKey,
        blinded: &BlindedPoint,
        evaluated: &EvaluatedPoint,
    ) -> Result<(), DleqError> {
        let commitment = |base: &Point, image: &Point| (*base * self.response - *image * self.challenge).into_affine();
        let commitments = [
            commitment(&base8(), key.point()),
            commitment(blinded.point(), evaluated.point()),
        ];
        let mut transcript = transcript(key, blinded, evaluated);
        if challenge(&mut transcript, &commitments) == self.challenge {
            Ok(())
        } else {
            Err(DleqError::WrongKeyOrPoint)
        }
    }
}

/// A transcript that names generator, key, and both points.
pub(super) fn transcript(key: &RegistryPublicKey, blinded: &BlindedPoint, evaluated: &EvaluatedPoint) -> Transcript {
    let mut transcript = Transcript::new(b"tradeseal/duplicate-tag/v1");
    transcript.append_message(b"generator", &babyjubjub::point_to_bytes(&base8()));
    transcript.append_message(b"registry-key", &key.to_bytes());
    transcript.append_message(b"blinded", &blinded.to_bytes());
    transcript.append_message(b"evaluated", &evaluated.to_bytes());
    transcript
}

/// The challenge after both commitments: 64 bytes, so that reducing them leaves no bias.
pub(super) fn challenge(transcript: &mut Transcript, [generator, blinded]: &[Point; 2]) -> Scalar {
    transcript.append_message(b"commitment-generator", &babyjubjub::point_to_bytes(generator));
    transcript.append_message(b"commitment-blinded", &babyjubjub::point_to_bytes(blinded));
    let mut bytes = [0u8; 64];
    transcript.challenge_bytes(b"challenge", &mut bytes);
    Scalar::from_be_bytes_mod_order(&bytes)
}
