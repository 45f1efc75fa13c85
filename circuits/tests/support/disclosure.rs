//! A note and its owner's disclosure of what became of it.

use super::{TestRng, scenario::Party};
use ark_ff::UniformRand;
use ark_std::rand::{Rng, SeedableRng};
use tradeseal_circuits::receivable::disclosure;
use tradeseal_primitives::{
    Fr,
    receivable::{AmountMinor, NoteRandomness, TermsHash},
};
use tradeseal_verifier::statement::DisclosureDigest;

pub struct DisclosureScenario {
    pub owner: Party,
    pub public: disclosure::Public,
    pub private: disclosure::Private,
}

pub fn disclosing(seed: u64) -> DisclosureScenario {
    let rng = &mut TestRng::seed_from_u64(seed);
    let owner = Party::random(rng);
    let private = disclosure::Private {
        amount: AmountMinor(rng.r#gen()),
        terms: TermsHash::from_fr(Fr::rand(rng)),
        randomness: NoteRandomness {
            rho: Fr::rand(rng),
            r: Fr::rand(rng),
        },
        owner_key: owner.secret.public(),
        nullifier_key: owner.nullifier_key.clone(),
        signature: owner.secret.sign(Fr::rand(rng)),
    };
    let commitment = private.note().commitment();
    let public = disclosure::Public {
        commitment,
        nullifier: commitment.nullifier(&owner.nullifier_key),
        digest: DisclosureDigest::from_fr(Fr::rand(rng)),
    };
    let mut scenario = DisclosureScenario { owner, public, private };
    scenario.reseal();
    scenario
}

impl DisclosureScenario {
    /// The rows follow the note, and the owner signs.
    pub fn reseal(&mut self) {
        self.public.commitment = self.private.note().commitment();
        self.public.nullifier = self.public.commitment.nullifier(&self.private.nullifier_key);
        self.sign();
    }

    /// The owner signs the rows as they stand.
    pub fn sign(&mut self) {
        let message = disclosure::signed_message(self.public.digest, self.public.nullifier);
        self.private.signature = self.owner.secret.sign(message);
    }
}
