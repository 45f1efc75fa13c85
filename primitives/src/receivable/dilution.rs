//! Numbers under which the ledger records that less is owed: credit notes and prepayments (`docs/protocol.md` sections 3 and 3.6).
//!
//! In scope: a receivable's number, who may dilute it, what remains. Out of scope: the tree of what remains (`tree::dilution`).
//! An attacker who owns this part presents a receivable in full after most of it was credited.

use core::num::NonZeroU64;

use super::AmountMinor;
use crate::{
    Fr,
    hash::{Domain, digest_field, sha256},
    newtype::field_newtype,
};

field_newtype! {
    /// `dilution_right`: which ledger a receivable is for, and which key may dilute it there.
    DilutionRight
}

impl DilutionRight {
    /// From the ledger's id and the Ed25519 key made for this one receivable.
    pub fn derive(ledger_id: &[u8; 32], dilution_key: &[u8; 32]) -> Self {
        let mut both = [0u8; 64];
        both[..32].copy_from_slice(ledger_id);
        both[32..].copy_from_slice(dilution_key);
        Self::from_fr(digest_field(Domain::DILUTION_RIGHT, &sha256(&both)))
    }
}

/// A receivable's number; never 0. Public, and unlinkable to a note for whoever does not know the note's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReceivableNumber(NonZeroU64);

/// What is hashed with the dilution key.
const NUMBER_PREFIX: &[u8; 31] = b"tradeseal/receivable-number/v1\n";

impl ReceivableNumber {
    /// From an integer; `None` for 0.
    pub const fn new(number: u64) -> Option<Self> {
        match NonZeroU64::new(number) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }

    /// The number that belongs to an Ed25519 key; `None` in the one case of 2^64 where it would be 0, and another key must be made.
    pub fn of_dilution_key(dilution_key: &[u8; 32]) -> Option<Self> {
        let mut text = [0u8; 63];
        text[..31].copy_from_slice(NUMBER_PREFIX);
        text[31..].copy_from_slice(dilution_key);
        let mut first = [0u8; 8];
        first.copy_from_slice(&sha256(&text)[..8]);
        Self::new(u64::from_be_bytes(first))
    }

    /// The integer.
    pub const fn get(self) -> u64 {
        self.0.get()
    }

    /// The field element.
    pub fn to_fr(self) -> Fr {
        Fr::from(self.get())
    }
}

impl core::fmt::Display for ReceivableNumber {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}

/// What remains of a receivable in billionths, 0 to 10^9, rounded down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RemainingPpb(u32);

impl RemainingPpb {
    /// All of it.
    pub const WHOLE: Self = Self(1_000_000_000);

    /// From billionths; `None` above 10^9.
    pub const fn new(billionths: u32) -> Option<Self> {
        if billionths <= Self::WHOLE.0 {
            Some(Self(billionths))
        } else {
            None
        }
    }

    /// The billionths.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// What remains of a face amount after `credited` of it is owed no more: `floor((face - credited) * 10^9 / face)`.
    /// `None` if more is credited than was owed, or nothing was owed.
    pub fn after_credit(face: AmountMinor, credited: AmountMinor) -> Option<Self> {
        let left = u128::from(face.0.checked_sub(credited.0)?);
        let billionths = (left * u128::from(Self::WHOLE.0)).checked_div(u128::from(face.0))?;
        Self::new(u32::try_from(billionths).ok()?)
    }

    /// The most that a note of this amount proves: `floor(amount * remaining / 10^9)`.
    pub fn of(self, amount: AmountMinor) -> AmountMinor {
        let product = u128::from(amount.0) * u128::from(self.0) / u128::from(Self::WHOLE.0);
        // At most `amount`, as no more than 10^9 billionths remain.
        AmountMinor(u64::try_from(product).unwrap_or(amount.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_the_start_of_the_keys_hash() {
        let key = [7u8; 32];
        let digest = sha256(&[b"tradeseal/receivable-number/v1\n".as_slice(), &key].concat());
        let expected = u64::from_be_bytes(digest[..8].try_into().unwrap());
        assert_eq!(ReceivableNumber::of_dilution_key(&key).unwrap().get(), expected);
        assert_eq!(ReceivableNumber::new(0), None);
    }

    #[test]
    fn a_right_names_both_the_ledger_and_the_key() {
        let right = DilutionRight::derive(&[1; 32], &[2; 32]);
        assert_ne!(right, DilutionRight::derive(&[1; 32], &[3; 32]));
        assert_ne!(right, DilutionRight::derive(&[3; 32], &[2; 32]));
        assert_ne!(right, DilutionRight::derive(&[2; 32], &[1; 32]));
    }

    #[test]
    fn no_more_than_the_whole_remains() {
        assert_eq!(RemainingPpb::new(1_000_000_000), Some(RemainingPpb::WHOLE));
        assert_eq!(RemainingPpb::new(1_000_000_001), None);
        let credit = |face, credited| RemainingPpb::after_credit(AmountMinor(face), AmountMinor(credited));
        assert_eq!(credit(3, 1), RemainingPpb::new(666_666_666));
        assert_eq!(credit(u64::MAX, 0), Some(RemainingPpb::WHOLE));
        assert_eq!(credit(5, 5), RemainingPpb::new(0));
        assert_eq!(credit(5, 6), None);
        assert_eq!(credit(0, 0), None);
    }

    proptest! {
        #[test]
        fn a_diluted_face_amount_never_proves_more_than_is_owed(face in 1u64.., share in any::<prop::sample::Index>()) {
            let credited = share.index(usize::MAX) as u64 % face;
            let remaining = RemainingPpb::after_credit(AmountMinor(face), AmountMinor(credited)).unwrap();
            let proves = remaining.of(AmountMinor(face)).0;
            prop_assert!(proves <= face - credited);
            prop_assert!((face - credited) - proves <= face / 1_000_000_000 + 1, "rounding loses a billionth of the face amount at most");
        }
    }
}
