//! Opened notes: how much, whose, which entry made them, which entry spent them or that none did.
//!
//! In scope: values and their JSON. Out of scope: whether they are what the log holds (`verify`).
//! What hides a note stands here in the open: whoever holds the file can tell which note it is, and no other.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use tradeseal_primitives::party::Address;
use tradeseal_primitives::receivable::{
    AmountMinor, Commitment, Note, NoteRandomness, Nullifier, TermsHash, settled_address,
};
use tradeseal_primitives::tree::AbsenceProof;

use super::wire;
use crate::encoding;

/// Outputs of a transfer.
pub const OUTPUTS: usize = 4;

/// What a note's commitment is made of, beside the terms.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(into = "wire::Opening", from = "wire::Opening")]
pub struct Opening {
    /// How much of the receivable.
    pub amount: AmountMinor,
    /// Whose.
    pub owner: Address,
    /// What hides it.
    pub randomness: NoteRandomness,
}

impl Opening {
    /// The commitment of this note of a receivable with these terms.
    pub fn commitment(&self, terms: TermsHash) -> Commitment {
        let note = Note {
            amount: self.amount,
            terms,
            owner: self.owner,
            randomness: self.randomness.clone(),
        };
        note.commitment()
    }

    /// Whether nobody can move it any more.
    pub fn is_settled(&self) -> bool {
        self.owner == settled_address()
    }
}

/// A note of the discloser's own, or a dummy that it spent beside one.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisclosedNote {
    /// What it is.
    pub opening: Opening,
    /// Its nullifier, proven by `receivable/disclosure/v1`.
    #[serde(with = "encoding::text")]
    pub nullifier: Nullifier,
    /// Where it came into being; absent for a dummy, which is an input of amount 0 and in no tree.
    pub created: Option<Output>,
    /// What became of it.
    pub fate: Fate,
}

/// An output of a mint (its only one, 0) or of a transfer (0 to 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Index of the entry.
    pub entry: u64,
    /// Position among its outputs.
    pub output: u8,
}

/// An input of a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Index of the transfer.
    pub entry: u64,
    /// Position among its nullifiers, 0 or 1.
    pub input: u8,
}

/// What became of a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// A transfer spent it.
    Spent(Input),
    /// It was unspent when a state record was made.
    Unspent(Unspent),
}

/// That a nullifier was not among those spent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "wire::Unspent", try_from = "wire::Unspent")]
pub struct Unspent {
    /// Index of the state record whose root of nullifiers the proof leads to.
    pub state: u64,
    /// The proof. Its leaf names the published nullifiers on either side, which anyone can read in the log.
    pub absence: AbsenceProof,
}

/// All outputs of a transfer.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenedTransfer {
    /// Index of the transfer.
    pub entry: u64,
    /// Its outputs in order, other owners' too; exactly [`OUTPUTS`].
    pub outputs: Vec<Opening>,
}
