//! What the benches measure with: random true inputs and the development keys.
//!
//! In scope: inputs of each statement, keys held to their pins. Out of scope: measuring (`benches/`), whether wrong inputs are refused.
//! An attacker who owns this part has us publish figures of something else.

pub mod eligible_note;
pub mod keys;
pub mod mintable_invoice;
mod party;

pub use party::Party;

use ark_ff::UniformRand;
use ark_std::rand::rngs::StdRng;
use tradeseal_primitives::{Fr, receivable::NoteRandomness};

/// The benches' generator: seeded, so that two runs measure the same inputs.
pub type Rng = StdRng;

fn note_randomness(rng: &mut Rng) -> NoteRandomness {
    NoteRandomness {
        rho: Fr::rand(rng),
        r: Fr::rand(rng),
    }
}
