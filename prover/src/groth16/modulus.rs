//! The two primes of BN254.
//!
//! In scope: their constants. Out of scope: arithmetic (`residue`, `lanes`). An attacker who owns this part makes proofs fail.

use ark_ff::PrimeField;

/// A prime of 254 bits.
pub(crate) trait Modulus: Copy {
    /// The field, as arkworks has it.
    type Field: PrimeField;
    /// The prime, little-endian.
    const WORDS: [u64; 4];
    /// `-1 / p mod 2^64`.
    const NEGATED_INVERSE: u64 = negated_inverse(Self::WORDS[0]);
}

/// The base field's prime.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Base;
/// The scalar field's prime.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scalar;

impl Modulus for Base {
    type Field = ark_bn254::Fq;
    const WORDS: [u64; 4] = ark_bn254::Fq::MODULUS.0;
}

impl Modulus for Scalar {
    type Field = ark_bn254::Fr;
    const WORDS: [u64; 4] = ark_bn254::Fr::MODULUS.0;
}

/// Newton's iteration: each round doubles the correct low bits.
const fn negated_inverse(odd: u64) -> u64 {
    let mut inverse = 1u64;
    let mut round = 0;
    while round < 6 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(odd.wrapping_mul(inverse)));
        round += 1;
    }
    inverse.wrapping_neg()
}
