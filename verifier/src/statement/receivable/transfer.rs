//! `receivable/transfer/v1`: notes of one receivable change hands (`docs/protocol.md` section 3.3).
//!
//! In scope: its public rows. Out of scope: the circuit, the entry that carries the proof (`entry`).
//! An attacker who swaps two rows here turns a proof about one thing into a proof about another.

use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{Commitment, Nullifier};

use crate::statement::{EntryDigest, NoteRoot};

/// The public rows, in order.
pub const ROW_NAMES: [&str; 8] = [
    "note_root",
    "nullifier_1",
    "nullifier_2",
    "cm_1",
    "cm_2",
    "cm_3",
    "cm_4",
    "digest",
];

/// What everyone sees of a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Public {
    /// Row 1: root of a tree of notes that holds the inputs.
    pub note_root: NoteRoot,
    /// Rows 2 and 3: the inputs, spent by this.
    pub nullifiers: [Nullifier; 2],
    /// Rows 4 to 7: the outputs.
    pub commitments: [Commitment; 4],
    /// Row 8: digest of the transfer entry's body, which the owner signed.
    pub digest: EntryDigest,
}

impl Public {
    /// The rows as the circuit takes them.
    pub fn rows(&self) -> [Fr; ROW_NAMES.len()] {
        let [n1, n2] = self.nullifiers.map(Nullifier::to_fr);
        let [c1, c2, c3, c4] = self.commitments.map(Commitment::to_fr);
        [self.note_root.to_fr(), n1, n2, c1, c2, c3, c4, self.digest.to_fr()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_their_names() {
        let public = Public {
            note_root: NoteRoot::from_fr(Fr::from(11u64)),
            nullifiers: [12u64, 13].map(|n| Nullifier::from_fr(Fr::from(n))),
            commitments: [14u64, 15, 16, 17].map(|n| Commitment::from_fr(Fr::from(n))),
            digest: EntryDigest::from_fr(Fr::from(18u64)),
        };
        assert_eq!(public.rows(), [11u64, 12, 13, 14, 15, 16, 17, 18].map(Fr::from));
    }
}
