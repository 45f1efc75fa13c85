//! A set key between two others.
//!
//! In scope: `low <= key <= high` in 120 bits. Out of scope: where the bounds come from (sets, ranges).
//! An attacker who finds a gap here is in every range and on no list.
//!
//! The key is below 2^120 already. `key - low` and `high - key` have 120 bits: as field elements, so `low` lies within 2^120 below the key and
//! `high` within 2^120 above it. With bounds that are integers below 2^120 this is exactly `low <= key <= high`; a bound outside of that
//! is its caller's to exclude.

use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::credential::KEY_BITS;

use super::range;
use crate::circuit::{Circuit, Wire};

/// Enforces `low <= key <= high`. 242 constraints.
///
/// # Errors
/// arkworks' own.
pub fn enforce_between(circuit: &mut Circuit, key: &Wire, [low, high]: [&Wire; 2]) -> Result<(), SynthesisError> {
    range::at_most(circuit, low, key, KEY_BITS)?;
    range::at_most(circuit, key, high, KEY_BITS)
}
