//! `receivable/mint/v2`: a receivable comes into being (`docs/protocol.md` section 3.1).
//!
//! In scope: its public rows. Out of scope: the circuit, the entry that carries the proof (`entry`).
//! An attacker who swaps two rows here turns a proof about one thing into a proof about another.

use tradeseal_primitives::Fr;
use tradeseal_primitives::duplicate_tag::{BlindedPoint, DuplicateTag, EvaluatedPoint};
use tradeseal_primitives::receivable::{Commitment, Day, DilutionRight, ReceivableNumber};

use crate::statement::{DirectoryRoot, EntryDigest};

/// The public rows, in order.
pub const ROW_NAMES: [&str; 16] = [
    "cm",
    "directory_root",
    "acknowledged",
    "duplicate_tag",
    "previous_tag",
    "blinded_x",
    "blinded_y",
    "evaluated_x",
    "evaluated_y",
    "previous_evaluated_x",
    "previous_evaluated_y",
    "issue_from",
    "issue_to",
    "number",
    "dilution_right",
    "digest",
];

/// What everyone sees of a minting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Public {
    /// Row 1: the new note's commitment.
    pub commitment: Commitment,
    /// Row 2: the directory in which the supplier (and an acknowledging debtor) is enrolled.
    pub directory_root: DirectoryRoot,
    /// Row 3: 1 if the debtor's signature was checked in circuit, else 0.
    pub acknowledged: bool,
    /// Row 4: the invoice under the registry's current key.
    pub duplicate_tag: DuplicateTag,
    /// Row 5: the invoice under the registry's previous key; the same as row 4 while there is none.
    pub previous_tag: DuplicateTag,
    /// Rows 6 and 7: the blinded point that the registry evaluated.
    pub blinded: BlindedPoint,
    /// Rows 8 and 9: evaluated under the current key.
    pub evaluated: EvaluatedPoint,
    /// Rows 10 and 11: evaluated under the previous key; the same as rows 8 and 9 while there is none.
    pub previous_evaluated: EvaluatedPoint,
    /// Row 12: the invoice was not issued before.
    pub issue_from: Day,
    /// Row 13: the invoice was not issued after.
    pub issue_to: Day,
    /// Row 14: by which the receivable is diluted.
    pub number: ReceivableNumber,
    /// Row 15: the ledger, and the one key that may dilute the receivable.
    pub dilution_right: DilutionRight,
    /// Row 16: digest of the mint entry's body, which the owner signed.
    pub digest: EntryDigest,
}

impl Public {
    /// The rows as the circuit takes them.
    pub fn rows(&self) -> [Fr; ROW_NAMES.len()] {
        let (blinded, evaluated) = (self.blinded.point(), self.evaluated.point());
        let previous = self.previous_evaluated.point();
        [
            self.commitment.to_fr(),
            self.directory_root.to_fr(),
            Fr::from(u64::from(self.acknowledged)),
            self.duplicate_tag.to_fr(),
            self.previous_tag.to_fr(),
            blinded.x,
            blinded.y,
            evaluated.x,
            evaluated.y,
            previous.x,
            previous.y,
            Fr::from(self.issue_from.0),
            Fr::from(self.issue_to.0),
            self.number.to_fr(),
            self.dilution_right.to_fr(),
            self.digest.to_fr(),
        ]
    }
}
