//! Private keys: key expansion with BLAKE-512 (the SHA-3 finalist, not BLAKE2) and deterministic signing.
//!
//! In scope: what circomlibjs does with 32 bytes. Out of scope: sealing keys at rest (crate `server`).
//! An attacker who owns this part learns every key that signs.

use ark_ff::{BigInteger, PrimeField};
use blake_hash::{Blake512, Digest};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{PublicKey, Signature, challenge, to_scalar};
use crate::{
    Fr,
    babyjubjub::{self, Scalar, base8},
};

/// A private key: 32 bytes of entropy, expanded with BLAKE-512 as in RFC 8032. Zeroized when dropped, never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct PrivateKey([u8; 32]);

impl core::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("PrivateKey(hidden)")
    }
}

/// The expanded key: scalar and nonce prefix.
struct Expanded {
    secret: Zeroizing<[u8; 32]>,
    prefix: Zeroizing<[u8; 32]>,
}

impl PrivateKey {
    /// From 32 random bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes, for sealing at rest.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn expand(&self) -> Expanded {
        let mut hash = Zeroizing::new([0u8; 64]);
        hash.copy_from_slice(&Blake512::digest(&self.0));
        let mut expanded = Expanded {
            secret: Zeroizing::new([0; 32]),
            prefix: Zeroizing::new([0; 32]),
        };
        expanded.secret.copy_from_slice(&hash[..32]);
        expanded.prefix.copy_from_slice(&hash[32..]);
        expanded.secret[0] &= 0xf8;
        expanded.secret[31] = (expanded.secret[31] & 0x7f) | 0x40;
        expanded
    }

    /// The public key `(s / 8) * Base8`.
    pub fn public(&self) -> PublicKey {
        let shifted = Zeroizing::new(shift_right_3(&self.expand().secret));
        PublicKey(babyjubjub::multiply(
            &base8(),
            &Scalar::from_le_bytes_mod_order(&*shifted),
        ))
    }

    /// Signs a field element; deterministic.
    pub fn sign(&self, message: Fr) -> Signature {
        let expanded = self.expand();
        let mut hasher = Blake512::new();
        hasher.update(&expanded.prefix[..]);
        hasher.update(message.into_bigint().to_bytes_le());
        let mut nonce = Scalar::from_le_bytes_mod_order(&hasher.finalize());
        let mut secret = Scalar::from_le_bytes_mod_order(&*expanded.secret);
        let r8 = babyjubjub::multiply(&base8(), &nonce);
        let challenge = to_scalar(&challenge(&r8, &self.public(), message));
        let s = nonce + challenge * secret;
        nonce.zeroize();
        secret.zeroize();
        Signature { r8, s }
    }
}

/// The little-endian integer divided by 8.
fn shift_right_3(bytes: &[u8; 32]) -> [u8; 32] {
    core::array::from_fn(|i| bytes[i] >> 3 | bytes.get(i + 1).map_or(0, |next| next << 5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_key_is_not_printed() {
        assert_eq!(
            alloc::format!("{:?}", PrivateKey::from_bytes([7; 32])),
            "PrivateKey(hidden)"
        );
    }
}
