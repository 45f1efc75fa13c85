//! The secret key of a ledger's duplicate registry.
//!
//! In scope: making and keeping it, under the name of its public key. Out of scope: evaluating with it (`operations::registry`).
//! Whoever holds it can test guesses of invoices against the ledger's tags.

use ark_std::rand::rngs::OsRng;
use minicbor::{Decode, Encode};
use tradeseal_primitives::duplicate_tag::{self, RegistryPublicKey};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{WalletItem, from_cbor, to_cbor};
use crate::randomness;
use crate::wallet::{ItemKind, ItemName, WalletError};

/// A registry's secret key; wiped when dropped.
pub struct RegistryKey(duplicate_tag::RegistryKey);

#[derive(Encode, Decode, Zeroize, ZeroizeOnDrop)]
struct Wire {
    #[cbor(n(0), with = "minicbor::bytes")]
    scalar: [u8; 32],
}

impl RegistryKey {
    /// A fresh key.
    ///
    /// # Errors
    /// If the operating system gives no random bytes.
    pub fn generate() -> Result<Self, WalletError> {
        // Asked first, because the generator below panics where this one returns an error.
        randomness::bytes::<1>()?;
        Ok(Self(duplicate_tag::RegistryKey::generate(&mut OsRng)))
    }

    /// The key.
    pub fn secret(&self) -> &duplicate_tag::RegistryKey {
        &self.0
    }

    /// Under which name a wallet keeps the key of this public key.
    ///
    /// # Errors
    /// None that can occur: 128 hexadecimal digits are a name.
    pub fn name_of(public: &RegistryPublicKey) -> Result<ItemName, WalletError> {
        hex::encode(public.to_bytes()).parse()
    }
}

impl WalletItem for RegistryKey {
    const KIND: ItemKind = ItemKind::RegistryKey;

    fn to_plaintext(&self) -> Result<Zeroizing<Vec<u8>>, String> {
        to_cbor(&Wire {
            scalar: *self.0.to_bytes(),
        })
    }

    fn from_plaintext(bytes: &[u8]) -> Result<Self, String> {
        let wire: Wire = from_cbor(bytes)?;
        duplicate_tag::RegistryKey::from_bytes(&wire.scalar)
            .map(Self)
            .map_err(|cause| cause.to_string())
    }
}
