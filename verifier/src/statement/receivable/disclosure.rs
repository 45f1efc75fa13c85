//! `receivable/disclosure/v1`: this note has this nullifier, by its owner's word (`docs/protocol.md` section 3.7).
//!
//! In scope: its public rows. Out of scope: the circuit, the file that carries the proof (`disclosure`).
//! An attacker who swaps two rows here ties a note to an entry that never spent it.

use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{Commitment, Nullifier};

use crate::statement::DisclosureDigest;

/// The public rows, in order.
pub const ROW_NAMES: [&str; 3] = ["cm", "nullifier", "digest"];

/// What an auditor or a court sees of one note's disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Public {
    /// Row 1: the note.
    pub commitment: Commitment,
    /// Row 2: its nullifier, without the key that would link its owner's others.
    pub nullifier: Nullifier,
    /// Row 3: digest of the disclosure's body, which the owner signed.
    pub digest: DisclosureDigest,
}

impl Public {
    /// The rows as the circuit takes them.
    pub fn rows(&self) -> [Fr; ROW_NAMES.len()] {
        [self.commitment.to_fr(), self.nullifier.to_fr(), self.digest.to_fr()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_their_names() {
        let public = Public {
            commitment: Commitment::from_fr(Fr::from(11u64)),
            nullifier: Nullifier::from_fr(Fr::from(12u64)),
            digest: DisclosureDigest::from_fr(Fr::from(13u64)),
        };
        assert_eq!(public.rows(), [11u64, 12, 13].map(Fr::from));
    }
}
