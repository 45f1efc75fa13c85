//! The canonical bits of a whole field element, split into its set key (the low 120 bits) and the rest.
//!
//! In scope: one decomposition for each value. Out of scope: comparisons (`interval`).
//! An attacker who finds a gap here has two keys for one value: by v and by v + r, it is on a list and not on it.
//!
//! 254 bits u give `u = v` modulo the modulus r only. That u is below r is shown exactly, by comparing it with `m = r - 1` from the top.
//! Cut m into runs of ones and of zeros. u exceeds m exactly if, in some run of zeros, u has a one although all of m's ones above that run
//! are ones in u too and all of m's zeros above are zeros. So for each run of zeros: let D be how many of m's ones above it are zeros in u, and
//! S how many ones u has in it. `D * t = S` for some private t means: if D is 0, then S is 0. Both are less than 254, so neither wraps.
//! Where D is not 0, t is S / D and nothing else. Where D is 0, which few values reach, t is multiplied by 0 and may be anything.

use ark_ff::{BigInteger, Field, One, PrimeField};
use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{Fr, credential::KEY_BITS};

use crate::circuit::{Circuit, Wire};

/// Bits of the modulus.
const FIELD_BITS: usize = 254;

/// A value's two parts.
#[derive(Debug)]
pub struct Split {
    /// The set key.
    pub key: Wire,
    /// How many bits above the key are set: 0 exactly if the value is its own key.
    pub high_ones: Wire,
}

/// Splits a value. About 320 constraints.
///
/// # Errors
/// arkworks' own.
pub fn split(circuit: &mut Circuit, value: &Wire) -> Result<Split, SynthesisError> {
    let integer = value.value().into_bigint();
    let bits = (0..FIELD_BITS)
        .map(|i| circuit.bit(integer.get_bit(i)))
        .collect::<Result<Vec<_>, _>>()?;
    circuit.equal(&Wire::from_bits_le(&bits), value)?;
    enforce_canonical(circuit, &bits)?;
    Ok(Split {
        key: Wire::from_bits_le(&bits[..KEY_BITS]),
        high_ones: sum(&bits[KEY_BITS..]),
    })
}

/// The integer of these bits, little-endian, is below the modulus.
fn enforce_canonical(circuit: &mut Circuit, bits: &[Wire]) -> Result<(), SynthesisError> {
    let mut most = Fr::MODULUS;
    most.sub_with_borrow(&ark_ff::BigInt::one());
    let mut missing = Wire::zero();
    let mut end = FIELD_BITS;
    while end > 0 {
        let is_one = most.get_bit(end - 1);
        let start = (0..end).rev().find(|i| most.get_bit(*i) != is_one).map_or(0, |i| i + 1);
        let ones = sum(&bits[start..end]);
        if is_one {
            let length = Fr::from((end - start) as u64);
            missing = Wire::weighted_sum([(Fr::one(), &missing), (length, &Wire::one()), (-Fr::one(), &ones)]);
        } else {
            circuit.quotient(&ones, &missing)?;
        }
        end = start;
    }
    Ok(())
}

fn sum(bits: &[Wire]) -> Wire {
    Wire::weighted_sum(bits.iter().map(|bit| (Fr::ONE, bit)))
}
