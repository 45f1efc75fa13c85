//! `receivable/mint/v1`: a receivable comes into being (`docs/protocol.md` section 3.1).
//!
//! In scope: its public rows. Out of scope: the circuit, the entry that carries the proof (`entry`).
//! An attacker who swaps two rows here turns a proof about one thing into a proof about another.

use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::Commitment;

use crate::statement::{DirectoryRoot, EntryDigest};

/// The public rows, in order. Rows 5 to 9 are reserved for the duplicate tag of `receivable/mint/v2`.
pub const ROW_NAMES: [&str; 4] = ["cm", "directory_root", "acknowledged", "digest"];

/// What everyone sees of a minting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Public {
    /// Row 1: the new note's commitment.
    pub commitment: Commitment,
    /// Row 2: the directory in which the supplier (and an acknowledging debtor) is enrolled.
    pub directory_root: DirectoryRoot,
    /// Row 3: 1 if the debtor's signature was checked in circuit, else 0.
    pub acknowledged: bool,
    /// Row 4: digest of the mint entry's body, which the owner signed.
    pub digest: EntryDigest,
}

impl Public {
    /// The rows as the circuit takes them.
    pub fn rows(&self) -> [Fr; ROW_NAMES.len()] {
        [
            self.commitment.to_fr(),
            self.directory_root.to_fr(),
            Fr::from(u64::from(self.acknowledged)),
            self.digest.to_fr(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_their_names() {
        let public = Public {
            commitment: Commitment::from_fr(Fr::from(11u64)),
            directory_root: DirectoryRoot::from_fr(Fr::from(12u64)),
            acknowledged: true,
            digest: EntryDigest::from_fr(Fr::from(14u64)),
        };
        assert_eq!(public.rows(), [11u64, 12, 1, 14].map(Fr::from));
    }
}
