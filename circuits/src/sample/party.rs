//! A party with its keys and its leaf of the directory.

use ark_ff::UniformRand;
use ark_std::rand::RngCore;
use tradeseal_primitives::{
    Fr,
    eddsa::PrivateKey,
    party::{Address, NullifierKey, PartyId, directory_leaf},
};

use super::SampleRng;

/// A party with random keys and a random id.
pub(super) struct Party {
    /// Signs.
    pub(super) spending_key: PrivateKey,
    /// Makes nullifiers.
    pub(super) nullifier_key: NullifierKey,
    /// How documents name it.
    pub(super) id: PartyId,
}

impl Party {
    /// Draws one.
    pub(super) fn random(rng: &mut SampleRng) -> Self {
        let mut seed = [0; 32];
        rng.fill_bytes(&mut seed);
        Self {
            spending_key: PrivateKey::from_bytes(seed),
            nullifier_key: NullifierKey::from_fr(Fr::rand(rng)),
            id: PartyId::from_fr(Fr::rand(rng)),
        }
    }

    /// `H(address; A.x, A.y, nk)`.
    pub(super) fn address(&self) -> Address {
        Address::derive(&self.spending_key.public(), &self.nullifier_key)
    }

    /// Its leaf of the directory tree.
    pub(super) fn directory_leaf(&self) -> Fr {
        directory_leaf(self.id, &self.spending_key.public(), self.address())
    }
}
