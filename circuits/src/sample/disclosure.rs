//! `receivable/disclosure/v1`: one note and its owner's signature.

use ark_ff::UniformRand;
use ark_std::rand::RngCore;
use tradeseal_primitives::{
    Fr,
    receivable::{AmountMinor, TermsHash},
};
use tradeseal_verifier::statement::DisclosureDigest;

use super::{Party, SampleRng, Sampled, note_randomness};
use crate::receivable::disclosure::{Disclosure, Private, Public, signed_message};

impl Sampled for Disclosure {
    fn sample(rng: &mut SampleRng) -> (Public, Private) {
        let owner = Party::random(rng);
        let mut private = Private {
            amount: AmountMinor(rng.next_u64()),
            terms: TermsHash::from_fr(Fr::rand(rng)),
            randomness: note_randomness(rng),
            owner_key: owner.spending_key.public(),
            nullifier_key: owner.nullifier_key.clone(),
            signature: owner.spending_key.sign(Fr::from(0u64)),
        };
        let commitment = private.note().commitment();
        let public = Public {
            commitment,
            nullifier: commitment.nullifier(&owner.nullifier_key),
            digest: DisclosureDigest::from_fr(Fr::rand(rng)),
        };
        private.signature = owner.spending_key.sign(signed_message(public.digest, public.nullifier));
        (public, private)
    }
}
