//! A note that the ledger holds and this wallet can open: all that is needed to prove things about it and to spend it, but for keys.
//!
//! In scope: keeping it. Out of scope: keys (`party`), finding it (`operations::scan`), whether it is locked.
//! Whoever reads it learns the receivable; it can be spent only with the owner's spending key.

use minicbor::{Decode, Encode};
use tradeseal_primitives::party::Address;
use tradeseal_primitives::receivable::{AmountMinor, Commitment, Note, Nullifier, Terms, UnixSeconds, settled_address};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{Party, WalletItem, from_cbor, to_cbor};
use crate::sealing::NoteOpening;
use crate::wallet::{ItemKind, ItemName};

/// Where the ledger put a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotePosition {
    /// Index of its leaf in the tree of notes.
    pub leaf_index: u64,
    /// Index of the entry that made it.
    pub entry_index: u64,
    /// The ledger's time, which is in the leaf.
    pub entry_time: UnixSeconds,
}

/// How a note came to its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteWay {
    /// Its owner minted it.
    Minted,
    /// Somebody else sent it.
    Received,
    /// Its owner's own transfer left it.
    Kept,
}

/// A note of this wallet's. Never printed; wiped when dropped.
#[derive(Clone)]
pub struct HeldNote {
    /// The party that found it, by its name in this wallet.
    pub party: ItemName,
    /// Its owner: that party's address, or the settled address for what was settled with the party.
    pub owner: Address,
    /// All the rest of it.
    pub opening: NoteOpening,
    /// How it came here.
    pub way: NoteWay,
    /// Where it is on the ledger.
    pub position: NotePosition,
    /// The entry that spent it.
    pub spent: Option<u64>,
}

impl HeldNote {
    /// How much.
    pub fn amount(&self) -> AmountMinor {
        self.opening.amount
    }

    /// Of which receivable.
    pub fn terms(&self) -> &Terms {
        &self.opening.terms
    }

    /// The note.
    pub fn note(&self) -> Note {
        self.opening.note(self.owner)
    }

    /// Its commitment.
    pub fn commitment(&self) -> Commitment {
        self.note().commitment()
    }

    /// What its spending publishes, by its party's key; `None` for a settled note, which nobody spends.
    pub fn nullifier(&self, party: &Party) -> Option<Nullifier> {
        (!self.is_settled()).then(|| self.commitment().nullifier(party.nullifier_key()))
    }

    /// Whether it was paid off: nobody owns it any more.
    pub fn is_settled(&self) -> bool {
        self.owner == settled_address()
    }

    /// How the invoice was numbered, where the supplier that minted it tells itself: in the memo. Fit for a terminal.
    pub fn invoice_number(&self) -> Option<String> {
        let memo = &self.opening.memo;
        let own = self.way != NoteWay::Received && self.opening.source.is_some();
        (own && !memo.is_empty()).then(|| memo.to_string())
    }
}

#[derive(Encode, Decode, Zeroize, ZeroizeOnDrop)]
struct Wire {
    #[n(0)]
    party: String,
    #[cbor(n(1), with = "minicbor::bytes")]
    owner: [u8; 32],
    #[cbor(n(2), with = "minicbor::bytes")]
    opening: Vec<u8>,
    #[n(3)]
    way: u8,
    #[n(4)]
    leaf_index: u64,
    #[n(5)]
    entry_index: u64,
    #[n(6)]
    entry_time: u64,
    #[n(7)]
    spent: Option<u64>,
}

impl WalletItem for HeldNote {
    const KIND: ItemKind = ItemKind::Note;

    fn to_plaintext(&self) -> Result<Zeroizing<Vec<u8>>, String> {
        to_cbor(&Wire {
            party: self.party.as_str().to_owned(),
            owner: self.owner.to_bytes(),
            opening: self.opening.to_plaintext().to_vec(),
            way: match self.way {
                NoteWay::Minted => 0,
                NoteWay::Received => 1,
                NoteWay::Kept => 2,
            },
            leaf_index: self.position.leaf_index,
            entry_index: self.position.entry_index,
            entry_time: self.position.entry_time.0,
            spent: self.spent,
        })
    }

    fn from_plaintext(bytes: &[u8]) -> Result<Self, String> {
        let wire: Wire = from_cbor(bytes)?;
        Ok(Self {
            party: wire
                .party
                .parse()
                .map_err(|_| "its party has no usable name".to_owned())?,
            owner: Address::from_bytes(&wire.owner).map_err(|cause| cause.to_string())?,
            opening: NoteOpening::from_plaintext(&wire.opening).map_err(|cause| cause.to_string())?,
            way: match wire.way {
                0 => NoteWay::Minted,
                1 => NoteWay::Received,
                2 => NoteWay::Kept,
                _ => return Err("how it came here is not known".to_owned()),
            },
            position: NotePosition {
                leaf_index: wire.leaf_index,
                entry_index: wire.entry_index,
                entry_time: UnixSeconds(wire.entry_time),
            },
            spent: wire.spent,
        })
    }
}
