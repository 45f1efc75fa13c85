//! What the benches measure with: the development keys, and samples from the statements' own crate.
//!
//! In scope: keys held to their pins. Out of scope: measuring (`benches/`), whether wrong inputs are refused.
//! An attacker who owns this part has us publish figures of something else.

pub mod keys;

/// The benches' generator: seeded, so that two runs measure the same inputs.
pub type Rng = tradeseal_circuits::sample::SampleRng;
