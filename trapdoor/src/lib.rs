//! Keys whose set-up secrets are kept, so that a true proof of any rows costs a few multiplications.
//!
//! In scope: what measurements and tests of verifiers need: keys, true proofs, a whole presentation beside the request it answers.
//! Verification cannot tell such proofs from others. Out of scope: circuits, witnesses, a real set-up.
//! Whoever has a key's secrets forges every proof under it: nothing made here may ever be trusted.

pub mod figures;
mod key;
mod scenario;

pub use key::Trapdoor;
pub use scenario::{LOG_ORIGIN, Scenario};
