//! Inputs that hold, made from a generator: what keys are tried with, what is measured, what is exported for other tools to try.
//!
//! In scope: one true case of each statement, random in every value. Out of scope: false and extreme cases (the statements' tests).
//! An attacker who owns this part has figures published of something else. Nothing here is anybody's secret.

mod disclosure;
mod eligibility;
mod mint;
mod party;
mod presentation;
mod transfer;

use ark_ff::UniformRand;
use ark_std::rand::rngs::StdRng;
use tradeseal_primitives::{Fr, receivable::NoteRandomness};

use crate::Statement;
use party::Party;

/// The samples' generator: with a seed, two runs take the same inputs.
pub type SampleRng = StdRng;

/// A statement of which true inputs can be made up.
pub trait Sampled: Statement {
    /// Public rows and private inputs that hold.
    fn sample(rng: &mut SampleRng) -> (Self::Public, Self::Private);
}

fn note_randomness(rng: &mut SampleRng) -> NoteRandomness {
    NoteRandomness {
        rho: Fr::rand(rng),
        r: Fr::rand(rng),
    }
}

#[cfg(test)]
mod tests {
    use ark_std::rand::SeedableRng;

    use super::*;
    use crate::credential::presentation::Presentation;
    use crate::receivable::{disclosure::Disclosure, eligibility::Eligibility, mint::Mint, transfer::Transfer};

    fn holds<S: Sampled>() {
        for seed in 0..4 {
            let (public, private) = S::sample(&mut SampleRng::seed_from_u64(seed));
            S::check(&public, &private).unwrap();
        }
    }

    #[test]
    fn every_sample_satisfies_its_statement() {
        holds::<Mint>();
        holds::<Transfer>();
        holds::<Eligibility>();
        holds::<Disclosure>();
        holds::<Presentation>();
    }
}
