//! Attributes: sixteen field elements, and their one digest.
//!
//! In scope: the slots, the digest. Out of scope: what a slot means and how its value is encoded (schemas, crate `documents`).
//! An attacker who owns this part has an issuer sign other values than it read.

use alloc::{string::String, vec::Vec};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{
    Fr,
    hash::{Domain, text_field},
    newtype::field_newtype,
    poseidon,
};

/// Slots of a credential.
pub const SLOTS: usize = 16;

field_newtype! {
    /// One attribute. A value whose set key is 0, such as 0 itself, is absent: it satisfies no predicate.
    Attribute
}

impl Attribute {
    /// What an empty slot holds.
    pub const ABSENT: Self = Self::from_fr(Fr::new(ark_ff::BigInt([0; 4])));

    /// A text: `text_field(attribute-text, T)`, T being the text in its one form ([`normalise_text`]).
    pub fn of_text(text: &str) -> Self {
        Self::from_fr(text_field(Domain::ATTRIBUTE_TEXT, &normalise_text(text)))
    }
}

/// A text as it is hashed: NFC, words between runs of Unicode `White_Space` joined by one space. Capitals, punctuation and accents count.
pub fn normalise_text(text: &str) -> String {
    let composed: String = text.nfc().collect();
    let words: Vec<&str> = composed.split_whitespace().collect();
    words.join(" ")
}

/// Which of the sixteen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(u8);

/// No such slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a credential has slots 0 to 15, got {0}")]
pub struct SlotError(pub u64);

impl Slot {
    /// The first slot.
    pub const FIRST: Self = Self(0);

    /// From its number, 0 to 15.
    ///
    /// # Errors
    /// `SlotError` from 16.
    pub fn new(number: u64) -> Result<Self, SlotError> {
        u8::try_from(number)
            .ok()
            .filter(|slot| usize::from(*slot) < SLOTS)
            .map(Self)
            .ok_or(SlotError(number))
    }

    /// Its number, 0 to 15.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Its place in an array.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The attributes of a credential. Wiped when dropped, never printed: most of them stay hidden from everybody but holder and issuer.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Attributes([Fr; SLOTS]);

impl Attributes {
    /// From every slot's value, absent ones included.
    pub fn new(values: [Attribute; SLOTS]) -> Self {
        Self(values.map(Attribute::to_fr))
    }

    /// The value of a slot.
    pub const fn get(&self, slot: Slot) -> Attribute {
        Attribute::from_fr(self.0[slot.index()])
    }

    /// Sets a slot.
    pub const fn set(&mut self, slot: Slot, value: Attribute) {
        self.0[slot.index()] = value.to_fr();
    }

    /// Every value, in order of slots.
    pub const fn values(&self) -> &[Fr; SLOTS] {
        &self.0
    }

    /// `attributes_digest = P(a_1 .. a_16)`: no tagged formula takes fifteen values, so nothing else has this shape.
    pub fn digest(&self) -> Fr {
        poseidon::poseidon(&self.0)
    }
}

impl Default for Attributes {
    fn default() -> Self {
        Self([Attribute::ABSENT.to_fr(); SLOTS])
    }
}

impl core::fmt::Debug for Attributes {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Attributes(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn a_text_is_the_same_however_it_is_spaced_or_composed() {
        let expected = Attribute::of_text("Müller & Söhne KG");
        for text in [" Müller  & Söhne\tKG\n", "Mu\u{308}ller & So\u{308}hne KG"] {
            assert_eq!(Attribute::of_text(text), expected, "{text:?}");
        }
        for text in ["MÜLLER & SÖHNE KG", "Muller & Sohne KG", "Müller & Söhne"] {
            assert_ne!(Attribute::of_text(text), expected, "{text:?}");
        }
    }

    #[test]
    fn every_slot_counts_in_the_digest_and_none_is_printed() {
        let empty = Attributes::default();
        let mut digests = alloc::vec![empty.digest()];
        for number in 0..16 {
            let mut attributes = Attributes::default();
            attributes.set(Slot::new(number).unwrap(), Attribute::from_fr(Fr::from(77u64)));
            digests.push(attributes.digest());
            assert!(!format!("{attributes:?}").contains("77"));
        }
        for (i, digest) in digests.iter().enumerate() {
            assert!(!digests[..i].contains(digest), "{i}");
        }
        assert_eq!(Slot::new(16), Err(SlotError(16)));
    }
}
