//! Ed25519 keys, one type per role, so that a bank's key never signs an enrolment.
//!
//! In scope: making and keeping them. Out of scope: what they sign.
//! Whoever holds one acts as that bank, registrar or ledger.

use ed25519_dalek::SigningKey;
use minicbor::{Decode, Encode};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{WalletItem, from_cbor, to_cbor};
use crate::randomness;
use crate::wallet::{ItemKind, WalletError};

#[derive(Encode, Decode, Zeroize, ZeroizeOnDrop)]
struct Wire {
    #[cbor(n(0), with = "minicbor::bytes")]
    seed: [u8; 32],
}

macro_rules! signing_item {
    ($(#[$doc:meta])* $name:ident, $kind:expr) => {
        $(#[$doc])*
        pub struct $name(SigningKey);

        impl $name {
            /// A fresh key.
            ///
            /// # Errors
            /// If the operating system gives no random bytes.
            pub fn generate() -> Result<Self, WalletError> {
                Ok(Self(SigningKey::from_bytes(&*randomness::bytes()?)))
            }

            /// The key; wiped when dropped.
            pub fn signing_key(&self) -> &SigningKey {
                &self.0
            }

            /// The 32 public key bytes.
            pub fn public_key(&self) -> [u8; 32] {
                self.0.verifying_key().to_bytes()
            }
        }

        impl WalletItem for $name {
            const KIND: ItemKind = $kind;

            fn to_plaintext(&self) -> Result<Zeroizing<Vec<u8>>, String> {
                to_cbor(&Wire { seed: self.0.to_bytes() })
            }

            fn from_plaintext(bytes: &[u8]) -> Result<Self, String> {
                let wire: Wire = from_cbor(bytes)?;
                Ok(Self(SigningKey::from_bytes(&wire.seed)))
            }
        }
    };
}

signing_item! {
    /// A verifier's key: it signs requests, locks and releases.
    BankKey, ItemKind::Bank
}
signing_item! {
    /// A registrar's key: it signs enrolments and removals.
    RegistrarKey, ItemKind::Registrar
}
signing_item! {
    /// A key that signs anchors of items.
    AnchorKey, ItemKind::Anchor
}
signing_item! {
    /// The key of the ledger's log: it signs checkpoints.
    LedgerLogKey, ItemKind::LogKey
}
