//! Parties: identifiers as documents carry them, addresses, nullifier keys and the text handle that a party hands out.
//!
//! In scope: the ids and keys that stand for a party. Out of scope: who may enrol whom (crate `ledger`).
//! An attacker who owns this part could make two companies share a party id.

mod country;
mod handle;
mod identifier;
mod letters;
mod scheme;

pub use country::Country;
pub use handle::{Handle, HandleError};
pub use identifier::{IdentifierError, MAX_IDENTIFIER_BYTES, PartyIdentifier};
pub use scheme::Scheme;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{
    Fr,
    eddsa::PublicKey,
    hash::{Domain, hash},
    newtype::field_newtype,
};

field_newtype! {
    /// `H(party-id; scheme, value)`: a company as documents name it.
    PartyId
}

field_newtype! {
    /// `H(address; A.x, A.y, nk)`: where notes are owned.
    Address
}

/// The key behind nullifiers. Secret: with it one sees when its owner's notes are spent.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct NullifierKey(Fr);

impl NullifierKey {
    /// From a uniformly random field element.
    pub const fn from_fr(value: Fr) -> Self {
        Self(value)
    }

    /// The field element, for a proof's private inputs and for sealing.
    pub const fn expose(&self) -> Fr {
        self.0
    }
}

impl core::fmt::Debug for NullifierKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("NullifierKey(hidden)")
    }
}

impl Address {
    /// The address of an owner's public key and nullifier key.
    pub fn derive(key: &PublicKey, nullifier_key: &NullifierKey) -> Self {
        Self::from_fr(hash(Domain::ADDRESS, &[key.x(), key.y(), nullifier_key.expose()]))
    }
}

/// What an enrolled party's leaf in the directory holds: `H(directory-leaf; party_id, A.x, A.y, address)`.
pub fn directory_leaf(party: PartyId, key: &PublicKey, address: Address) -> Fr {
    hash(
        Domain::DIRECTORY_LEAF,
        &[party.to_fr(), key.x(), key.y(), address.to_fr()],
    )
}
