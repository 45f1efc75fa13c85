//! Integers of a known number of bits, and comparisons built on them.
//!
//! In scope: bit decomposition below the modulus, `<=`. Out of scope: canonical decomposition of a whole field element (`variable_base`
//! and `elligator` do their own). An attacker who finds a gap here mints a negative amount.

use ark_ff::{BigInteger, PrimeField};
use ark_relations::gr1cs::SynthesisError;

use crate::circuit::{Circuit, Wire};

/// The `bits` low bits of `value`, little-endian; enforces that `value` is below `2^bits`.
///
/// # Errors
/// arkworks' own.
///
/// # Panics
/// If `bits` is 254 or more, where the sum could wrap around the modulus.
pub fn bits_le(circuit: &mut Circuit, value: &Wire, bits: usize) -> Result<Vec<Wire>, SynthesisError> {
    assert!(bits < 254, "a sum of {bits} bits could wrap around the modulus");
    let integer = value.value().into_bigint();
    let wires = (0..bits)
        .map(|i| circuit.bit(integer.get_bit(i)))
        .collect::<Result<Vec<_>, _>>()?;
    circuit.equal(&Wire::from_bits_le(&wires), value)?;
    Ok(wires)
}

/// `low <= high`, both of at most `bits` bits already: their difference has at most `bits` bits.
///
/// # Errors
/// arkworks' own.
pub fn at_most(circuit: &mut Circuit, low: &Wire, high: &Wire, bits: usize) -> Result<(), SynthesisError> {
    bits_le(circuit, &(high - low), bits).map(|_| ())
}
