//! `receivable/eligibility/v2`: a receivable meets a verifier's policy (`docs/protocol.md` section 3.2).
//!
//! In scope: its public rows. Out of scope: the circuit, the policy (`policy`), the verdict (`eligibility`).
//! An attacker who swaps two rows here turns a proof about one thing into a proof about another.

use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::Nullifier;

use crate::statement::{DilutionRoot, NoteRoot, RequestDigest};

/// The public rows, in order.
pub const ROW_NAMES: [&str; 4] = ["note_root", "dilution_root", "nullifier", "request_digest"];

/// What the verifier and the ledger see of a presentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Public {
    /// Row 1: root of a tree of notes that holds the receivable's note.
    pub note_root: NoteRoot,
    /// Row 2: root of the tree of dilutions that says how much of the receivable remains.
    pub dilution_root: DilutionRoot,
    /// Row 3: published once the note is spent; until then it names the note to those who saw it.
    pub nullifier: Nullifier,
    /// Row 4: the request, policy and verifier included.
    pub request_digest: RequestDigest,
}

impl Public {
    /// The rows as the circuit takes them.
    pub fn rows(&self) -> [Fr; ROW_NAMES.len()] {
        [
            self.note_root.to_fr(),
            self.dilution_root.to_fr(),
            self.nullifier.to_fr(),
            self.request_digest.to_fr(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_their_names() {
        let public = Public {
            note_root: NoteRoot::from_fr(Fr::from(11u64)),
            dilution_root: DilutionRoot::from_fr(Fr::from(12u64)),
            nullifier: Nullifier::from_fr(Fr::from(13u64)),
            request_digest: RequestDigest::from_fr(Fr::from(14u64)),
        };
        assert_eq!(public.rows(), [11u64, 12, 13, 14].map(Fr::from));
    }
}
