//! The registry's side: its secret key, evaluating a blinded point, proving that it did.
//!
//! In scope: k and the products made with it. Out of scope: sealing the key at rest and answering requests (crate `server`).
//! An attacker who learns k can test guesses of any invoice against the ledger's tags; it frees no tag and forges none, as every entry carries a
//! blinded point and the circuit ties the tag to it.
//!
//! arkworks' multiplication takes a time that depends on the scalar. Whoever times many answers must not learn k, so every product with a
//! secret is made of two with random halves of it.

use ark_ec::CurveGroup;
use ark_ff::{UniformRand, Zero};
use ark_std::rand::{CryptoRng, RngCore};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{BlindedPoint, DleqProof, EvaluatedPoint, RegistryPublicKey, dleq};
use crate::babyjubjub::{self, Point, Scalar, base8};

/// k: a random scalar in [1, l). Zeroized when dropped, never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct RegistryKey(Scalar);

/// Why 32 bytes are no registry key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RegistryKeyError {
    /// The integer is not below the subgroup order.
    #[error("the registry key is not below the subgroup order")]
    NotCanonical,
    /// 0 would evaluate everything to the identity.
    #[error("the registry key is 0")]
    Zero,
}

impl RegistryKey {
    /// A fresh one.
    pub fn generate(rng: &mut (impl RngCore + CryptoRng)) -> Self {
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
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, RegistryKeyError> {
        let scalar = babyjubjub::scalar_from_bytes(bytes).ok_or(RegistryKeyError::NotCanonical)?;
        if scalar.is_zero() {
            return Err(RegistryKeyError::Zero);
        }
        Ok(Self(scalar))
    }

    /// The 32 bytes, for sealing at rest.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(babyjubjub::scalar_to_bytes(&self.0))
    }

    /// `K = k * Base8`.
    pub fn public(&self) -> RegistryPublicKey {
        RegistryPublicKey(babyjubjub::multiply(&base8(), &self.0))
    }

    /// `E = k * B` with the proof of it. The proof's nonce is drawn from the transcript, keyed with k and with `rng`: a bad `rng` alone does not
    /// give k away.
    pub fn evaluate(
        &self,
        blinded: &BlindedPoint,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> (EvaluatedPoint, DleqProof) {
        let evaluated = EvaluatedPoint(multiply_secret(blinded.point(), &self.0, rng));
        let mut transcript = dleq::transcript(&self.public(), blinded, &evaluated);
        let mut nonce_rng = transcript
            .build_rng()
            .rekey_with_witness_bytes(b"registry-secret", &*self.to_bytes())
            .finalize(rng);
        let nonce = Zeroizing::new(Scalar::rand(&mut nonce_rng));
        let commitments = [
            multiply_secret(&base8(), &nonce, rng),
            multiply_secret(blinded.point(), &nonce, rng),
        ];
        let challenge = dleq::challenge(&mut transcript, &commitments);
        let response = *nonce + challenge * self.0;
        (evaluated, DleqProof { challenge, response })
    }
}

impl core::fmt::Debug for RegistryKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("RegistryKey(hidden)")
    }
}

/// `secret * point`, as the sum of two products whose scalars are each uniformly random.
fn multiply_secret(point: &Point, secret: &Scalar, rng: &mut (impl RngCore + CryptoRng)) -> Point {
    let part = Zeroizing::new(Scalar::rand(rng));
    let rest = Zeroizing::new(*secret - *part);
    (*point * *part + *point * *rest).into_affine()
}
