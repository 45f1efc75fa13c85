//! The rules of `docs/protocol.md` section 4: what is checked about an entry alone, and what is decided about it in its place.
//!
//! In scope: pure functions over a small state. Out of scope: where the state is kept, and batching. A replay of the log
//! that runs `check`, with the registry as it stands before the entry, and `decide`, with its batch's time, on each entry
//! reaches the same state or finds the log at fault: time comes from the state records, never from a clock.
//!
//! Whoever could weaken a rule here could mint from nothing or hand one receivable to two banks.

mod check;
mod deposit;
mod dilute;
mod enrol;
mod lock;
mod mint;
mod proof;
mod refusal;
mod registry;
mod release;
mod remove;
mod roots;
mod signer;
mod spend;
mod tag;
mod transfer;

pub use check::{Checked, check};
pub use lock::MAX_LOCK_SECONDS;
pub use proof::{ProofChecker, ProofProblem};
pub use refusal::Refusal;
pub use spend::spend;
pub use tag::KeyRole;

use crate::state::{DepositRecord, LockRecord, NoteRecord, NumberRecord, PartyRecord, RegistryRecord, RootStatus};
use crate::store::StoreError;
use tradeseal_primitives::Fr;
use tradeseal_primitives::deposit::DepositCommitment;
use tradeseal_primitives::duplicate_tag::DuplicateTag;
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::{Commitment, Nullifier, ReceivableNumber, RemainingPpb, UnixSeconds};
use tradeseal_verifier::entry::{Entry, Genesis, StateTree};
use tradeseal_verifier::log::LogHash;

/// Where and when an entry is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The position it gets in the log.
    pub index: u64,
    /// Its batch's time.
    pub time: UnixSeconds,
}

/// What the rules read and change. Reads see the changes of entries before, in the same batch too.
pub trait RuleState {
    /// Entry 0.
    fn genesis(&self) -> &Genesis;

    /// The position of an entry with this leaf hash.
    ///
    /// # Errors
    /// The store's, as for every read here.
    fn find_entry(&self, leaf: &LogHash) -> Result<Option<u64>, StoreError>;

    /// A party that was ever enrolled.
    ///
    /// # Errors
    /// The store's.
    fn party(&self, party: PartyId) -> Result<Option<PartyRecord>, StoreError>;

    /// A note in the tree.
    ///
    /// # Errors
    /// The store's.
    fn note(&self, commitment: Commitment) -> Result<Option<NoteRecord>, StoreError>;

    /// The entry that spent a nullifier.
    ///
    /// # Errors
    /// The store's.
    fn spent(&self, nullifier: Nullifier) -> Result<Option<u64>, StoreError>;

    /// The last lock on a nullifier, whether it still holds or not.
    ///
    /// # Errors
    /// The store's.
    fn lock(&self, nullifier: Nullifier) -> Result<Option<LockRecord>, StoreError>;

    /// What state records say of a root.
    ///
    /// # Errors
    /// The store's.
    fn root_status(&self, tree: StateTree, root: Fr) -> Result<RootStatus, StoreError>;

    /// The duplicate registry.
    ///
    /// # Errors
    /// The store's.
    fn registry(&self) -> Result<RegistryRecord, StoreError>;

    /// The mint entry that carries a tag.
    ///
    /// # Errors
    /// The store's.
    fn tag(&self, tag: DuplicateTag) -> Result<Option<u64>, StoreError>;

    /// A receivable by its number.
    ///
    /// # Errors
    /// The store's.
    fn number(&self, number: ReceivableNumber) -> Result<Option<NumberRecord>, StoreError>;

    /// What remains of a receivable that was diluted.
    ///
    /// # Errors
    /// The store's.
    fn dilution(&self, number: ReceivableNumber) -> Result<Option<RemainingPpb>, StoreError>;

    /// Leaves of the note tree.
    fn note_count(&self) -> u64;

    /// Leaves of the tree of deposits.
    fn deposit_count(&self) -> u64;

    /// Places given out in the directory.
    fn directory_count(&self) -> u64;

    /// Spent nullifiers.
    fn nullifier_count(&self) -> u64;

    /// Leaves of the dilutions' tree, the first included.
    fn dilution_count(&self) -> u64;

    /// Sets a party's record and directory leaf.
    fn put_party(&mut self, party: PartyId, record: PartyRecord, leaf: Fr);

    /// Appends a note.
    fn add_note(&mut self, commitment: Commitment, record: NoteRecord);

    /// Appends a deposit, whose entry has this leaf hash.
    fn add_deposit(&mut self, commitment: DepositCommitment, leaf: &LogHash, record: DepositRecord);

    /// Sets the last lock on a nullifier.
    fn put_lock(&mut self, nullifier: Nullifier, record: LockRecord);

    /// Sets the duplicate registry's keys.
    fn put_registry(&mut self, record: RegistryRecord);

    /// Takes a tag.
    fn put_tag(&mut self, tag: DuplicateTag, entry_index: u64);

    /// Takes a receivable's number.
    fn put_number(&mut self, number: ReceivableNumber, record: NumberRecord);

    /// Sets what remains of a receivable: less than before, or the first dilution of all.
    ///
    /// # Errors
    /// The store's.
    fn put_dilution(&mut self, number: ReceivableNumber, remaining: RemainingPpb) -> Result<(), StoreError>;

    /// Inserts a nullifier that is not in the tree.
    ///
    /// # Errors
    /// The store's.
    fn insert_nullifier(&mut self, nullifier: Nullifier, entry_index: u64) -> Result<(), StoreError>;
}

/// Why an entry was not appended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undecided {
    /// A rule refuses it; nothing changed.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The state could not be read; what it is now is unknown.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Decides a checked entry in its place: makes its change to the state, or refuses it and changes nothing.
///
/// # Errors
/// `Refused` with the rule that refuses; `Store` if the state cannot be read.
pub fn decide(state: &mut impl RuleState, checked: &Checked, moment: Moment) -> Result<(), Undecided> {
    let entry = checked.entry();
    if let Some(index) = state.find_entry(checked.leaf())? {
        return Err(Refusal::AlreadyLogged { index }.into());
    }
    match entry {
        Entry::Enrol(enrol) => enrol::decide(state, &enrol.body, moment),
        Entry::Remove(remove) => remove::decide(state, &remove.body, moment),
        Entry::Mint(mint) => mint::decide(state, &mint.body, checked.evaluated_with, moment),
        Entry::Transfer(transfer) => transfer::decide(state, &transfer.body, moment),
        Entry::Lock(lock) => lock::decide(state, &lock.body, moment),
        Entry::Release(release) => release::decide(state, &release.body, moment),
        Entry::Registry(registry) => registry::decide(state, &registry.body, moment),
        Entry::Dilute(dilute) => dilute::decide(state, &dilute.body),
        Entry::Deposit(deposit) => deposit::decide(state, deposit, checked.leaf(), moment),
        // It changes nothing but the log: whoever signed may anchor what it likes, as often as it likes.
        Entry::Anchor(_) => Ok(()),
        Entry::Genesis(_) | Entry::State(_) => Err(Refusal::NotSubmitted { kind: entry.kind() }.into()),
    }
}
