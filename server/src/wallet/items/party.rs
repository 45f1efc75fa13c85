//! A party's three secret keys and, where it has one, the identifier under which documents name it.
//!
//! In scope: making and keeping them. Out of scope: enrolment (a registrar's).
//! Whoever holds these spends, presents, and reads what was sealed to the party.

use minicbor::{Decode, Encode};
use tradeseal_primitives::eddsa::{PrivateKey, PublicKey};
use tradeseal_primitives::field;
use tradeseal_primitives::party::{Address, Handle, NullifierKey, PartyIdentifier};
use x25519_dalek::StaticSecret;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{WalletItem, from_cbor, to_cbor};
use crate::randomness;
use crate::wallet::{ItemKind, WalletError};

/// A party of this wallet. Its keys are wiped when dropped and never printed.
pub struct Party {
    spending_key: PrivateKey,
    nullifier_key: NullifierKey,
    encryption_key: StaticSecret,
    identifier: Option<PartyIdentifier>,
}

#[derive(Encode, Decode, Zeroize, ZeroizeOnDrop)]
struct Wire {
    #[cbor(n(0), with = "minicbor::bytes")]
    spending_key: [u8; 32],
    #[cbor(n(1), with = "minicbor::bytes")]
    nullifier_key: [u8; 32],
    #[cbor(n(2), with = "minicbor::bytes")]
    encryption_key: [u8; 32],
    #[n(3)]
    scheme: Option<String>,
    #[n(4)]
    value: Option<String>,
}

impl Party {
    /// Fresh keys.
    ///
    /// # Errors
    /// If the operating system gives no random bytes.
    pub fn generate(identifier: Option<PartyIdentifier>) -> Result<Self, WalletError> {
        Ok(Self {
            spending_key: PrivateKey::from_bytes(*randomness::bytes()?),
            nullifier_key: NullifierKey::from_fr(*randomness::field_element()?),
            encryption_key: StaticSecret::from(*randomness::bytes()?),
            identifier,
        })
    }

    /// The EdDSA key that signs for the party. It never leaves the holder's machine.
    pub fn spending_key(&self) -> &PrivateKey {
        &self.spending_key
    }

    /// The key behind the party's nullifiers.
    pub fn nullifier_key(&self) -> &NullifierKey {
        &self.nullifier_key
    }

    /// The X25519 key that opens what was sealed to the party.
    pub fn encryption_key(&self) -> &StaticSecret {
        &self.encryption_key
    }

    /// How documents name the party.
    pub fn identifier(&self) -> Option<&PartyIdentifier> {
        self.identifier.as_ref()
    }

    /// The public half of the spending key.
    pub fn public_key(&self) -> PublicKey {
        self.spending_key.public()
    }

    /// Where the party owns notes.
    pub fn address(&self) -> Address {
        Address::derive(&self.public_key(), &self.nullifier_key)
    }

    /// What the party hands out.
    pub fn handle(&self) -> Handle {
        let encryption_key = x25519_dalek::PublicKey::from(&self.encryption_key).to_bytes();
        Handle {
            address: self.address(),
            encryption_key,
        }
    }
}

impl WalletItem for Party {
    const KIND: ItemKind = ItemKind::Party;

    fn to_plaintext(&self) -> Result<Zeroizing<Vec<u8>>, String> {
        to_cbor(&Wire {
            spending_key: *self.spending_key.as_bytes(),
            nullifier_key: field::to_bytes(&self.nullifier_key.expose()),
            encryption_key: self.encryption_key.to_bytes(),
            scheme: self
                .identifier
                .as_ref()
                .map(|identifier| identifier.scheme().to_owned()),
            value: self.identifier.as_ref().map(|identifier| identifier.value().to_owned()),
        })
    }

    fn from_plaintext(bytes: &[u8]) -> Result<Self, String> {
        let wire: Wire = from_cbor(bytes)?;
        let identifier = match (&wire.scheme, &wire.value) {
            (Some(scheme), Some(value)) => {
                Some(PartyIdentifier::new(scheme, value).map_err(|cause| cause.to_string())?)
            }
            (None, None) => None,
            _ => return Err("the identifier is incomplete".to_owned()),
        };
        Ok(Self {
            spending_key: PrivateKey::from_bytes(wire.spending_key),
            nullifier_key: NullifierKey::from_fr(
                field::from_bytes(&wire.nullifier_key).map_err(|cause| cause.to_string())?,
            ),
            encryption_key: StaticSecret::from(wire.encryption_key),
            identifier,
        })
    }
}
