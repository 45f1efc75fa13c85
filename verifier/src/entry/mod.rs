//! Ledger entries: what a log of Tradeseal holds, and the one byte form of each kind (`docs/protocol.md` section 4).
//!
//! In scope: fields, deterministic CBOR, the bytes that are signed. Out of scope: whether an entry may be sequenced
//! (crate `ledger`, rules) and whether it is in a log (`log`).
//!
//! An attacker who could give one entry two encodings, or two entries one, could show different histories under one root;
//! so every entry is read by its only encoding, and its signature covers the log's origin and its kind.

mod anchor;
mod codec;
mod deposit;
mod dilute;
mod dilution_key;
mod ed25519;
mod enrol;
mod error;
mod genesis;
mod kind;
mod ledger_id;
mod lock;
mod mint;
mod registry;
mod release;
mod remove;
mod sealed;
mod signed;
mod state;
mod transfer;

#[cfg(test)]
mod tests;

pub use anchor::{Anchor, AnchorBody, ItemCount, Purpose, PurposeError};
pub use deposit::Deposit;
pub use dilute::{Dilute, DiluteBody};
pub use dilution_key::DilutionKey;
pub use ed25519::{Ed25519Key, Ed25519Signature};
pub use enrol::{Enrol, EnrolBody};
pub use error::EntryError;
pub use genesis::{Genesis, MAX_KEYS_PER_LIST};
pub use kind::EntryKind;
pub use ledger_id::{LedgerId, LedgerIdError};
pub use lock::{Lock, LockBody};
pub use mint::{Mint, MintBody, PreviousTag};
pub use registry::{Registry, RegistryBody};
pub use release::{Release, ReleaseBody};
pub use remove::{Remove, RemoveBody};
pub use sealed::{SEALED_NOTE_BYTES, SENDER_RECORD_BYTES, SealedNote, SenderRecord};
pub use signed::{Signed, SignedBody};
pub use state::{StateRecord, StateTree};
pub use transfer::{Transfer, TransferBody};

use alloc::boxed::Box;
use alloc::vec::Vec;
use codec::{FieldReader, Fields};

/// Longest entry in bytes: entry bundles prefix each with 16 bits of length.
pub const MAX_ENTRY_BYTES: usize = 65_535;

/// Any entry.
#[expect(
    clippy::large_enum_variant,
    reason = "entries are read, decided and dropped one at a time, and a mint is the commonest"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Entry 0: who runs this log and by which rules.
    Genesis(Genesis),
    /// A registrar enrols a party, or changes its key.
    Enrol(Enrol),
    /// A registrar removes a party.
    Remove(Remove),
    /// A receivable comes into being.
    Mint(Mint),
    /// Notes of one receivable change hands.
    Transfer(Box<Transfer>),
    /// A bank locks a receivable while it decides.
    Lock(Lock),
    /// A bank gives its lock up.
    Release(Release),
    /// The duplicate registry's key is replaced.
    Registry(Box<Registry>),
    /// Less remains of a receivable.
    Dilute(Dilute),
    /// A commitment is dated.
    Deposit(Deposit),
    /// The root over many items is dated.
    Anchor(Anchor),
    /// Closes a batch: time, and the roots after it.
    State(Box<StateRecord>),
}

impl Entry {
    /// Reads an entry; `encode` gives back exactly the bytes read.
    ///
    /// # Errors
    /// If the bytes are too long, not deterministic CBOR, or not the fields of a known kind.
    pub fn decode(bytes: &[u8]) -> Result<Self, EntryError> {
        let mut reader = FieldReader::open(bytes)?;
        let kind = reader.kind();
        let entry = match kind {
            EntryKind::Genesis => Self::Genesis(Genesis::read_all(&mut reader)?),
            EntryKind::Enrol => Self::Enrol(Signed::read(&mut reader)?),
            EntryKind::Remove => Self::Remove(Signed::read(&mut reader)?),
            EntryKind::Mint => Self::Mint(Mint::read(&mut reader)?),
            EntryKind::Transfer => Self::Transfer(Box::new(Transfer::read(&mut reader)?)),
            EntryKind::Lock => Self::Lock(Signed::read(&mut reader)?),
            EntryKind::Release => Self::Release(Signed::read(&mut reader)?),
            EntryKind::Registry => Self::Registry(Box::new(Signed::read(&mut reader)?)),
            EntryKind::Dilute => Self::Dilute(Signed::read(&mut reader)?),
            EntryKind::Deposit => Self::Deposit(Deposit::read_all(&mut reader)?),
            EntryKind::Anchor => Self::Anchor(Signed::read(&mut reader)?),
            EntryKind::State => Self::State(Box::new(StateRecord::read_all(&mut reader)?)),
        };
        if entry.encode() != bytes {
            return Err(EntryError::NotCanonical { kind });
        }
        Ok(entry)
    }

    /// The entry's bytes: what the log hashes.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Genesis(genesis) => genesis.encode_fields(),
            Self::Enrol(enrol) => enrol.encode(),
            Self::Remove(remove) => remove.encode(),
            Self::Mint(mint) => mint.encode(),
            Self::Transfer(transfer) => transfer.encode(),
            Self::Lock(lock) => lock.encode(),
            Self::Release(release) => release.encode(),
            Self::Registry(registry) => registry.encode(),
            Self::Dilute(dilute) => dilute.encode(),
            Self::Deposit(deposit) => deposit.encode_fields(),
            Self::Anchor(anchor) => anchor.encode(),
            Self::State(state) => state.encode_fields(),
        }
    }

    /// Which kind of entry this is.
    pub fn kind(&self) -> EntryKind {
        match self {
            Self::Genesis(_) => EntryKind::Genesis,
            Self::Enrol(_) => EntryKind::Enrol,
            Self::Remove(_) => EntryKind::Remove,
            Self::Mint(_) => EntryKind::Mint,
            Self::Transfer(_) => EntryKind::Transfer,
            Self::Lock(_) => EntryKind::Lock,
            Self::Release(_) => EntryKind::Release,
            Self::Registry(_) => EntryKind::Registry,
            Self::Dilute(_) => EntryKind::Dilute,
            Self::Deposit(_) => EntryKind::Deposit,
            Self::Anchor(_) => EntryKind::Anchor,
            Self::State(_) => EntryKind::State,
        }
    }
}
