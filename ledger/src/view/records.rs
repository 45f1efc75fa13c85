//! Questions about the state: roots, nullifiers, notes, parties.

use super::{QueryError, View};
use crate::state::{NoteRecord, PartyRecord, RootStatus, lookup};
use crate::store::StoreError;
use tradeseal_primitives::Fr;
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::{Commitment, Nullifier, UnixSeconds};
use tradeseal_verifier::entry::{Ed25519Key, EnrolBody, Entry, StateTree};

/// Whether a note is free, as far as its nullifier tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NullifierStatus {
    /// Neither spent nor locked.
    Unspent,
    /// Spent for good.
    Spent {
        /// The entry that spent it.
        index: u64,
    },
    /// Not spent, and reserved for a bank.
    Locked {
        /// Which bank.
        by: Ed25519Key,
        /// From when on it no longer is.
        until: UnixSeconds,
        /// The lock entry, which a release names.
        index: u64,
    },
}

/// An enrolled party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryEntry {
    /// Its place and revision.
    pub record: PartyRecord,
    /// Its keys, as last enrolled.
    pub enrolment: EnrolBody,
}

impl View<'_> {
    /// What state records say of a root.
    ///
    /// # Errors
    /// The store's.
    pub fn root_status(&self, tree: StateTree, root: Fr) -> Result<RootStatus, QueryError> {
        Ok(lookup::root(&self.rows, tree, &root)?.into())
    }

    /// Whether a nullifier is spent, locked now, or free.
    ///
    /// # Errors
    /// The store's.
    pub fn nullifier_status(&self, nullifier: Nullifier) -> Result<NullifierStatus, QueryError> {
        if let Some(index) = lookup::spent(&self.rows, nullifier)? {
            return Ok(NullifierStatus::Spent { index });
        }
        let held = lookup::lock(&self.rows, nullifier)?.filter(|lock| lock.holds_at(self.now));
        Ok(held.map_or(NullifierStatus::Unspent, |lock| NullifierStatus::Locked {
            by: lock.bank,
            until: lock.expires,
            index: lock.entry_index,
        }))
    }

    /// A note's position, entry and time.
    ///
    /// # Errors
    /// The store's.
    pub fn note(&self, commitment: Commitment) -> Result<Option<NoteRecord>, QueryError> {
        Ok(lookup::note(&self.rows, commitment)?)
    }

    /// A party's place and last revision, also when it is removed.
    ///
    /// # Errors
    /// The store's.
    pub fn party(&self, party: PartyId) -> Result<Option<PartyRecord>, QueryError> {
        Ok(lookup::party(&self.rows, party)?)
    }

    /// An enrolled party with its keys; `None` if it is not enrolled now.
    ///
    /// # Errors
    /// The store's.
    pub fn directory_entry(&self, party: PartyId) -> Result<Option<DirectoryEntry>, QueryError> {
        let Some(record) = self.party(party)?.filter(|record| record.enrolled) else {
            return Ok(None);
        };
        match Entry::decode(&self.entry(record.entry_index)?.bytes)? {
            Entry::Enrol(enrol) => Ok(Some(DirectoryEntry {
                record,
                enrolment: enrol.body,
            })),
            _ => Err(StoreError::Damaged {
                what: format!("the enrolment of party {party}"),
            }
            .into()),
        }
    }
}
