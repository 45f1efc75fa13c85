//! Set keys: the low 120 bits of a value's canonical integer, by which values are compared and looked up in sets.
//!
//! In scope: the key of a value. Out of scope: sets (`key_set`).
//! An attacker who finds two readings of one value's key is both on a list and not on it.
//!
//! Integers below 2^120 are their own keys, so ranges compare them. Texts are hashes, of which 120 bits remain: to find another text with the
//! key of a given one takes 2^120 tries. Two texts of one's own choice that collide take 2^60, so a set shields against outsiders, not
//! against an issuer that works at it; issuers are trusted for what they sign anyway.

use ark_ff::{BigInt, PrimeField};

use crate::Fr;

/// Bits of a key.
pub const KEY_BITS: usize = 120;

/// A key below 2^120.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetKey(u128);

impl SetKey {
    /// The key of absent values; no member of any set.
    pub const ZERO: Self = Self(0);
    /// The largest key.
    pub const MAX: Self = Self((1 << KEY_BITS) - 1);

    /// From an integer; `None` from 2^120.
    pub const fn new(integer: u128) -> Option<Self> {
        if integer <= Self::MAX.0 {
            Some(Self(integer))
        } else {
            None
        }
    }

    /// The key of a value: its canonical integer's low 120 bits.
    pub fn of(value: &Fr) -> Self {
        let BigInt([low, high, ..]) = value.into_bigint();
        Self((u128::from(high) << 64 | u128::from(low)) & Self::MAX.0)
    }

    /// The key of a value that is nothing but its key; `None` where higher bits are set.
    pub fn whole(value: &Fr) -> Option<Self> {
        let key = Self::of(value);
        (key.to_fr() == *value).then_some(key)
    }

    /// The integer.
    pub const fn get(self) -> u128 {
        self.0
    }

    /// As a field element.
    pub fn to_fr(self) -> Fr {
        Fr::from(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_ff::Field;

    #[test]
    fn a_key_is_the_low_120_bits_and_small_integers_are_their_own() {
        let two_to_120 = Fr::from(1u128 << 120);
        for integer in [0, 1, 61, (1 << 120) - 1] {
            let value = Fr::from(integer);
            assert_eq!(SetKey::whole(&value), SetKey::new(integer));
            assert_eq!(SetKey::of(&(value + two_to_120)), SetKey::of(&value));
            assert_eq!(SetKey::whole(&(value + two_to_120)), None);
        }
        assert_eq!(SetKey::new(1 << 120), None);
    }

    /// The modulus is 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001.
    #[test]
    fn the_largest_element_has_the_low_bits_of_the_modulus_less_one() {
        assert_eq!(SetKey::of(&-Fr::ONE).get(), 0x33_e848_79b9_7091_43e1_f593_f000_0000);
    }
}
