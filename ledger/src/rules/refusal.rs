//! Why an entry is refused: what its submitter reads.

use super::{KeyRole, ProofProblem};
use tradeseal_primitives::duplicate_tag::DleqError;
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::{Commitment, Day, Nullifier, ReceivableNumber, RemainingPpb, UnixSeconds};
use tradeseal_primitives::{Fr, field};
use tradeseal_verifier::calendar::{format_day, format_utc};
use tradeseal_verifier::entry::{Ed25519Key, EntryError, EntryKind, StateTree};
use tradeseal_verifier::groth16::KeyId;
use tradeseal_verifier::statement::StatementId;

/// A rule that refuses an entry, with what it found. The ledger is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Not an entry, or not signed by the key it names.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The ledger writes these itself.
    #[error("a {kind} entry is written by the ledger itself and cannot be submitted")]
    NotSubmitted {
        /// The kind.
        kind: EntryKind,
    },
    /// The same bytes are in the log.
    #[error("this entry is in the log already, at index {index}; its receipt is there")]
    AlreadyLogged {
        /// Where.
        index: u64,
    },
    /// Signed by nobody whom the genesis entry names.
    #[error("{key} is no registrar of this ledger")]
    NotRegistrar {
        /// The signer.
        key: Ed25519Key,
    },
    /// A revision that is not the party's next.
    #[error("the next revision of party {party} is {expected}, not {found}; sign the entry with revision {expected}")]
    Revision {
        /// The party.
        party: PartyId,
        /// The only one accepted now.
        expected: u64,
        /// The one in the entry.
        found: u64,
    },
    /// The party is not in the directory.
    #[error("party {party} is not enrolled")]
    NotEnrolled {
        /// The party.
        party: PartyId,
    },
    /// No room for another leaf.
    #[error("the {tree} tree is full")]
    TreeFull {
        /// Which tree.
        tree: StateTree,
    },
    /// The genesis entry does not accept this verifying key.
    #[error("key {key_id} is not accepted for {statement} on this ledger; prove with one that is")]
    KeyNotAccepted {
        /// The statement.
        statement: StatementId,
        /// The key.
        key_id: KeyId,
    },
    /// The proof was not accepted.
    #[error("the proof was refused: {0}")]
    Proof(#[from] ProofProblem),
    /// No state record holds the root.
    #[error(
        "no state record of this ledger holds the {tree} root {}; prove against the latest one",
        field::to_decimal(root)
    )]
    RootUnknown {
        /// Which tree.
        tree: StateTree,
        /// The root.
        root: Fr,
    },
    /// The root was replaced too long ago.
    #[error("the {tree} root was replaced at {}, more than {grace_seconds} s before {}; prove against the latest one", superseded_at.0, now.0)]
    RootStale {
        /// Which tree.
        tree: StateTree,
        /// Time of the state record that replaced it.
        superseded_at: UnixSeconds,
        /// For how long after that it still served.
        grace_seconds: u64,
        /// The batch's time.
        now: UnixSeconds,
    },
    /// A note with this commitment exists.
    #[error("note {commitment} exists already, made by entry {index}")]
    CommitmentExists {
        /// The commitment.
        commitment: Commitment,
        /// The entry that made it.
        index: u64,
    },
    /// One entry names a note twice.
    #[error("the entry names {what} twice")]
    Repeated {
        /// `a nullifier`, `a commitment` or `a duplicate tag`.
        what: &'static str,
    },
    /// The note is spent.
    #[error("nullifier {nullifier} is spent, by entry {index}")]
    Spent {
        /// The nullifier.
        nullifier: Nullifier,
        /// The entry that spent it.
        index: u64,
    },
    /// Another bank holds a lock.
    #[error("nullifier {nullifier} is locked by {by} until {}", format_utc(*until))]
    Locked {
        /// The nullifier.
        nullifier: Nullifier,
        /// Who holds the lock.
        by: Ed25519Key,
        /// When it ends.
        until: UnixSeconds,
    },
    /// A lock that is over already, or too long.
    #[error(
        "a lock must end after {} and not after {}, which the owner consented to at the latest; this one would end at {}",
        format_utc(*now),
        format_utc(*latest),
        format_utc(*expires)
    )]
    LockTerm {
        /// The lock's end.
        expires: UnixSeconds,
        /// The batch's time.
        now: UnixSeconds,
        /// The latest end accepted now.
        latest: UnixSeconds,
    },
    /// There is no live lock to release.
    #[error("nullifier {nullifier} has no lock that holds now")]
    NotLocked {
        /// The nullifier.
        nullifier: Nullifier,
    },
    /// The lock is another bank's.
    #[error("the lock on nullifier {nullifier} is held by {holder}")]
    NotHolder {
        /// The nullifier.
        nullifier: Nullifier,
        /// Who holds it.
        holder: Ed25519Key,
    },
    /// The bank set another lock since.
    #[error("nullifier {nullifier} is locked by entry {held}, not {named}; sign the release for that one")]
    OtherLock {
        /// The nullifier.
        nullifier: Nullifier,
        /// The lock that holds.
        held: u64,
        /// The lock in the release.
        named: u64,
    },
    /// 0 is no nullifier.
    #[error("0 is no nullifier")]
    NullifierZero,
    /// A point that was not made with a key of the registry.
    #[error("{cause} ({key} key); have the blinded point evaluated by this ledger's registry")]
    Evaluation {
        /// Which key it should be.
        key: KeyRole,
        /// What the check of the proof said.
        cause: DleqError,
    },
    /// The registry has a previous key, and the mint no tag under it.
    #[error("this mint has no tag under the registry's previous key; have its blinded point evaluated with both keys")]
    PreviousTagMissing,
    /// The mint has a tag under a previous key, and the registry none.
    #[error("this mint has a tag under a previous key of the registry, which has had only one; leave that tag out")]
    PreviousTagUnexpected,
    /// The registry's keys are others than when the entry was checked.
    #[error(
        "the registry's key was replaced (revision {revision}) while this mint waited; have its blinded point evaluated again"
    )]
    RegistryRotated {
        /// The registry's revision now.
        revision: u64,
    },
    /// The same invoice was minted, by whomever.
    #[error("this invoice is already on this ledger as a receivable (entry {index})")]
    AlreadyMinted {
        /// The mint entry that carries its tag.
        index: u64,
    },
    /// An invoice of the future.
    #[error("the invoice may be issued as late as {}; today a mint may say no later day than {}", format_day(*to), format_day(*latest))]
    IssueTooLate {
        /// The latest issue day that the mint allows for.
        to: Day,
        /// The latest accepted now.
        latest: Day,
    },
    /// An invoice of a time whose tags no key can compare any more.
    #[error(
        "the invoice may be issued as early as {}; since a registry key was dropped, a mint must say {} or a later day",
        format_day(*from),
        format_day(*oldest)
    )]
    IssueTooOld {
        /// The earliest issue day that the mint allows for.
        from: Day,
        /// The earliest accepted now.
        oldest: Day,
    },
    /// Another receivable has the number.
    #[error("receivable number {number} is taken, by entry {index}; mint with a dilution key made for this receivable")]
    NumberTaken {
        /// The number.
        number: ReceivableNumber,
        /// The mint entry that took it.
        index: u64,
    },
    /// A revision that is not the registry's next.
    #[error(
        "the next revision of the registry's key is {expected}, not {found}; sign the entry with revision {expected}"
    )]
    RegistryRevision {
        /// The only one accepted now.
        expected: u64,
        /// The one in the entry.
        found: u64,
    },
    /// A rotation before the era is over.
    #[error("the registry's key may be replaced from {} on", format_utc(*from))]
    RegistryEra {
        /// The first second at which it may.
        from: UnixSeconds,
    },
    /// A rotation to a key that serves.
    #[error("this is the registry's {role} key already; make a new one")]
    RegistryKeyServes {
        /// As what it serves.
        role: KeyRole,
    },
    /// No mint took the number.
    #[error("no receivable of this ledger has the number {number}")]
    NumberUnknown {
        /// The number.
        number: ReceivableNumber,
    },
    /// The receivable has another dilution key.
    #[error("receivable {number} was minted with another dilution key than {key}; only that one may dilute it")]
    NotDilutionKey {
        /// The receivable.
        number: ReceivableNumber,
        /// The key in the entry.
        key: Ed25519Key,
    },
    /// A dilution that leaves as much or more.
    #[error(
        "{} billionths of receivable {number} remain; a dilution must leave less, not {}",
        recorded.get(),
        found.get()
    )]
    NotLess {
        /// The receivable.
        number: ReceivableNumber,
        /// What remains of it.
        recorded: RemainingPpb,
        /// What would remain.
        found: RemainingPpb,
    },
}
