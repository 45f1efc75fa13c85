//! The opening of a note: all that is needed to prove things about it and to spend it, but for its owner's keys.
//!
//! In scope: keeping it. Out of scope: keys (`party`), the ledger's view of it.
//! Whoever reads it learns the receivable; it can be spent only with the owner's spending key.

use minicbor::{Decode, Encode};
use tradeseal_primitives::Fr;
use tradeseal_primitives::field::{self, FieldError};
use tradeseal_primitives::party::{Address, PartyId};
use tradeseal_primitives::receivable::{
    AmountMinor, Commitment, CurrencyCode, Day, DocumentHash, Fingerprint, Flags, Note, NoteRandomness, Terms,
    UnixSeconds,
};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{WalletItem, from_cbor, to_cbor};
use crate::wallet::{ItemKind, ItemName};

/// Where the ledger put a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotePosition {
    /// Index of its leaf in the tree of notes.
    pub leaf_index: u64,
    /// The ledger's time, which is in the leaf.
    pub entry_time: UnixSeconds,
}

/// A note of this wallet's. Never printed; wiped when dropped.
#[derive(Clone, PartialEq)]
pub struct HeldNote {
    /// The party that owns it, by its name in this wallet.
    pub owner: ItemName,
    /// The owner's address.
    pub owner_address: Address,
    /// How the invoice was numbered, for its holder.
    pub invoice_number: String,
    /// How much.
    pub amount: AmountMinor,
    /// Currency.
    pub currency: CurrencyCode,
    /// When it falls due.
    pub due_day: Day,
    /// Who owes it.
    pub debtor: PartyId,
    /// To whom the invoice says it is owed.
    pub creditor: PartyId,
    /// The document.
    pub document: DocumentHash,
    /// Which invoice; guessable, so never shown to others.
    pub fingerprint: Fingerprint,
    /// What hides the fingerprint.
    pub salt: Fr,
    /// Flags.
    pub flags: Flags,
    /// `rho`: makes the note unique.
    pub rho: Fr,
    /// `r`: hides its content.
    pub r: Fr,
    /// Where it is on the ledger; `None` until the ledger has taken it.
    pub position: Option<NotePosition>,
}

impl HeldNote {
    /// The terms.
    pub fn terms(&self) -> Terms {
        Terms {
            currency: self.currency,
            due_day: self.due_day,
            debtor: self.debtor,
            creditor: self.creditor,
            document: self.document,
            receivable: self.fingerprint.salted(self.salt),
            flags: self.flags,
        }
    }

    /// The note.
    pub fn note(&self) -> Note {
        Note {
            amount: self.amount,
            terms: self.terms().hash(),
            owner: self.owner_address,
            randomness: NoteRandomness {
                rho: self.rho,
                r: self.r,
            },
        }
    }

    /// Its commitment.
    pub fn commitment(&self) -> Commitment {
        self.note().commitment()
    }
}

impl Drop for HeldNote {
    fn drop(&mut self) {
        self.invoice_number.zeroize();
        self.amount.0.zeroize();
        self.salt.zeroize();
        self.rho.zeroize();
        self.r.zeroize();
    }
}

#[derive(Encode, Decode, Zeroize, ZeroizeOnDrop)]
struct Wire {
    #[n(0)]
    owner: String,
    #[cbor(n(1), with = "minicbor::bytes")]
    owner_address: [u8; 32],
    #[n(2)]
    invoice_number: String,
    #[n(3)]
    amount_minor: u64,
    #[n(4)]
    currency: u16,
    #[n(5)]
    due_day: u32,
    #[cbor(n(6), with = "minicbor::bytes")]
    debtor: [u8; 32],
    #[cbor(n(7), with = "minicbor::bytes")]
    creditor: [u8; 32],
    #[cbor(n(8), with = "minicbor::bytes")]
    document: [u8; 32],
    #[cbor(n(9), with = "minicbor::bytes")]
    fingerprint: [u8; 32],
    #[cbor(n(10), with = "minicbor::bytes")]
    salt: [u8; 32],
    #[n(11)]
    flags: u16,
    #[cbor(n(12), with = "minicbor::bytes")]
    rho: [u8; 32],
    #[cbor(n(13), with = "minicbor::bytes")]
    r: [u8; 32],
    #[n(14)]
    leaf_index: Option<u64>,
    #[n(15)]
    entry_time: Option<u64>,
}

impl WalletItem for HeldNote {
    const KIND: ItemKind = ItemKind::Note;

    fn to_plaintext(&self) -> Result<Zeroizing<Vec<u8>>, String> {
        to_cbor(&Wire {
            owner: self.owner.as_str().to_owned(),
            owner_address: self.owner_address.to_bytes(),
            invoice_number: self.invoice_number.clone(),
            amount_minor: self.amount.0,
            currency: self.currency.0,
            due_day: self.due_day.0,
            debtor: self.debtor.to_bytes(),
            creditor: self.creditor.to_bytes(),
            document: self.document.to_bytes(),
            fingerprint: self.fingerprint.to_bytes(),
            salt: field::to_bytes(&self.salt),
            flags: self.flags.bits(),
            rho: field::to_bytes(&self.rho),
            r: field::to_bytes(&self.r),
            leaf_index: self.position.map(|position| position.leaf_index),
            entry_time: self.position.map(|position| position.entry_time.0),
        })
    }

    fn from_plaintext(bytes: &[u8]) -> Result<Self, String> {
        let wire: Wire = from_cbor(bytes)?;
        let position = match (wire.leaf_index, wire.entry_time) {
            (Some(leaf_index), Some(time)) => Some(NotePosition {
                leaf_index,
                entry_time: UnixSeconds(time),
            }),
            (None, None) => None,
            _ => return Err("its place on the ledger is incomplete".to_owned()),
        };
        let owner = wire
            .owner
            .parse()
            .map_err(|_| "its owner has no usable name".to_owned())?;
        opened(&wire, owner, position).map_err(|cause| cause.to_string())
    }
}

fn opened(wire: &Wire, owner: ItemName, position: Option<NotePosition>) -> Result<HeldNote, FieldError> {
    Ok(HeldNote {
        owner,
        owner_address: Address::from_bytes(&wire.owner_address)?,
        invoice_number: wire.invoice_number.clone(),
        amount: AmountMinor(wire.amount_minor),
        currency: CurrencyCode(wire.currency),
        due_day: Day(wire.due_day),
        debtor: PartyId::from_bytes(&wire.debtor)?,
        creditor: PartyId::from_bytes(&wire.creditor)?,
        document: DocumentHash::from_bytes(&wire.document)?,
        fingerprint: Fingerprint::from_bytes(&wire.fingerprint)?,
        salt: field::from_bytes(&wire.salt)?,
        flags: Flags::from_bits(wire.flags),
        rho: field::from_bytes(&wire.rho)?,
        r: field::from_bytes(&wire.r)?,
        position,
    })
}
