//! EdDSA-Poseidon on BabyJubJub exactly as circomlibjs and zk-kit make it, so that JavaScript wallets can sign.
//!
//! In scope: public keys, signatures, verifying; private keys are in `signing`. Out of scope: what is signed (each statement says).
//! An attacker who owns this part spends and presents everything its victims own.

use ark_ec::CurveGroup;
use ark_ff::PrimeField;

use crate::{
    Fr,
    babyjubjub::{self, Point, PointError, Scalar, base8},
    field, poseidon,
};

#[cfg(feature = "signing")]
mod signing;

#[cfg(feature = "signing")]
pub use signing::PrivateKey;

/// A public key: a point of the prime-order subgroup, not the identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey(Point);

impl PublicKey {
    /// From coordinates.
    ///
    /// # Errors
    /// If the point is off the curve, the identity, or outside the subgroup.
    pub fn from_coordinates(x: Fr, y: Fr) -> Result<Self, PointError> {
        babyjubjub::subgroup_point(x, y).map(Self)
    }

    /// The point.
    pub const fn point(&self) -> &Point {
        &self.0
    }

    /// First coordinate.
    pub const fn x(&self) -> Fr {
        self.0.x
    }

    /// Second coordinate.
    pub const fn y(&self) -> Fr {
        self.0.y
    }

    /// Whether `signature` is this key's over `message`.
    ///
    /// # Errors
    /// `InvalidSignature` if the equation does not hold.
    pub fn verify(&self, message: Fr, signature: &Signature) -> Result<(), InvalidSignature> {
        let h = to_scalar(&challenge(&signature.r8, self, message)) * Scalar::from(8u64);
        let left = base8() * signature.s;
        let right = self.0 * h + signature.r8;
        if signature.r8.is_on_curve() && left.into_affine() == right.into_affine() {
            Ok(())
        } else {
            Err(InvalidSignature)
        }
    }
}

/// The signature equation does not hold for this key and message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the EdDSA-Poseidon signature does not verify for this key and message")]
pub struct InvalidSignature;

/// A signature: R8 and S < l.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Signature {
    /// Commitment to the nonce.
    pub r8: Point,
    /// Response.
    pub s: Scalar,
}

/// Why 96 bytes are not a signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// A coordinate of R8 is not canonical.
    #[error("signature R8: {0}")]
    Field(#[from] field::FieldError),
    /// R8 is not on the curve.
    #[error("signature R8: {0}")]
    Point(#[from] PointError),
    /// S is not below the subgroup order, which would make the signature malleable.
    #[error("signature S is not below the subgroup order")]
    ScalarNotCanonical,
}

impl Signature {
    /// R8.x, R8.y, S; each 32 bytes, big-endian.
    pub fn to_bytes(&self) -> [u8; 96] {
        let mut bytes = [0u8; 96];
        bytes[..32].copy_from_slice(&field::to_bytes(&self.r8.x));
        bytes[32..64].copy_from_slice(&field::to_bytes(&self.r8.y));
        bytes[64..].copy_from_slice(&babyjubjub::scalar_to_bytes(&self.s));
        bytes
    }

    /// Parses [`Signature::to_bytes`].
    ///
    /// # Errors
    /// If a coordinate or S is not canonical, or R8 is not on the curve.
    pub fn from_bytes(bytes: &[u8; 96]) -> Result<Self, SignatureError> {
        let part = |i: usize| {
            let mut out = [0u8; 32];
            out.copy_from_slice(&bytes[32 * i..32 * (i + 1)]);
            out
        };
        let r8 = Point::new_unchecked(field::from_bytes(&part(0))?, field::from_bytes(&part(1))?);
        if !r8.is_on_curve() {
            return Err(PointError::NotOnCurve.into());
        }
        let s = babyjubjub::scalar_from_bytes(&part(2)).ok_or(SignatureError::ScalarNotCanonical)?;
        Ok(Self { r8, s })
    }
}

/// The challenge `P(R8.x, R8.y, A.x, A.y, m)` as a field element.
pub fn challenge(r8: &Point, key: &PublicKey, message: Fr) -> Fr {
    poseidon::poseidon(&[r8.x, r8.y, key.x(), key.y(), message])
}

fn to_scalar(value: &Fr) -> Scalar {
    Scalar::from_be_bytes_mod_order(&field::to_bytes(value))
}

#[cfg(all(test, feature = "signing"))]
mod tests {
    use super::*;
    use ark_ff::Field;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn a_signature_verifies_for_its_key_and_message_only(key in any::<[u8; 32]>(), other in any::<[u8; 32]>(), message in any::<u128>()) {
            prop_assume!(key != other);
            let (key, other, message) = (PrivateKey::from_bytes(key), PrivateKey::from_bytes(other), Fr::from(message));
            let signature = key.sign(message);
            prop_assert!(key.public().verify(message, &signature).is_ok());
            prop_assert!(key.public().verify(message + Fr::ONE, &signature).is_err());
            prop_assert!(other.public().verify(message, &signature).is_err());
            let mut forged = signature;
            forged.s += Scalar::ONE;
            prop_assert!(key.public().verify(message, &forged).is_err());
            prop_assert_eq!(Signature::from_bytes(&signature.to_bytes()).unwrap(), signature);
        }
    }

    #[test]
    fn a_malleated_s_is_refused_on_the_wire() {
        let mut bytes = PrivateKey::from_bytes([7; 32]).sign(Fr::ONE).to_bytes();
        let s = num_bigint::BigUint::from_bytes_be(&bytes[64..]) + num_bigint::BigUint::from(Scalar::MODULUS);
        bytes[64..].copy_from_slice(&s.to_bytes_be());
        assert_eq!(Signature::from_bytes(&bytes), Err(SignatureError::ScalarNotCanonical));
    }
}
