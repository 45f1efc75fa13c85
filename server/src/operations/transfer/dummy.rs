//! The input of nothing that fills up a transfer of one note: made of its owner's keys, so that the owner can open it again years later.
//!
//! In scope: its randomness. Out of scope: opening it (`disclose`).
//! Nobody without the spending key can tell it from a note. No two transfers share one, as its randomness follows from the note that is spent.

use hkdf::Hkdf;
use sha2::Sha256;
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{AmountMinor, Note, NoteRandomness, Nullifier, TermsHash};
use zeroize::Zeroizing;

use crate::wallet::Party;

const INFO: &[u8] = b"tradeseal/dummy-input/v1";
/// For each of the two elements: twice as long as an element, so that reducing it leaves no bias.
const ELEMENT_BYTES: usize = 64;

/// The dummy beside the note of this nullifier: `rho` and `r` are HKDF-SHA256 of the spending key, without salt, for `tradeseal/dummy-input/v1` and
/// the nullifier, 64 bytes each, big-endian, reduced.
pub(crate) fn dummy(owner: &Party, terms: TermsHash, spent: Nullifier) -> Note {
    let mut bytes = Zeroizing::new([0; 2 * ELEMENT_BYTES]);
    let info = [INFO, &spent.to_bytes()].concat();
    // HKDF refuses only more than 255 hashes' worth.
    let expanded = Hkdf::<Sha256>::new(None, owner.spending_key().as_bytes()).expand(&info, &mut bytes[..]);
    debug_assert!(expanded.is_ok());
    let (rho, r) = bytes.split_at(ELEMENT_BYTES);
    Note {
        amount: AmountMinor(0),
        terms,
        owner: owner.address(),
        randomness: NoteRandomness {
            rho: reduced(rho),
            r: reduced(r),
        },
    }
}

fn reduced(bytes: &[u8]) -> Fr {
    use ark_ff::PrimeField;
    Fr::from_be_bytes_mod_order(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_spent_note_has_its_own_dummy_which_comes_back() {
        let owner = Party::generate(None).unwrap();
        let terms = TermsHash::from_fr(Fr::from(1u64));
        let of = |party, n: u64| dummy(party, terms, Nullifier::from_fr(Fr::from(n))).commitment();
        assert_eq!(of(&owner, 1), of(&owner, 1));
        assert_ne!(of(&owner, 1), of(&owner, 2));
        assert_ne!(of(&owner, 1), of(&Party::generate(None).unwrap(), 1));
        let one = dummy(&owner, terms, Nullifier::from_fr(Fr::from(1u64)));
        assert_ne!(one.randomness.rho, one.randomness.r);
    }
}
