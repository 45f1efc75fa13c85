//! A ledger's refusal in the model's words.

use super::build::{Told, bank_key};
use super::operation::Tree;
use super::rules::Reason;
use tradeseal_ledger::rules::{KeyRole, ProofProblem, Refusal};
use tradeseal_verifier::entry::{Ed25519Key, EntryError, StateTree};

/// What the refusal means; the entry that it names must be an operation's.
pub fn of(refusal: &Refusal, told: &Told) -> Reason {
    let by = |index: u64| {
        let found = told.index_of.iter().find(|(_, at)| **at == index);
        *found.unwrap_or_else(|| panic!("{refusal}: no operation went there")).0
    };
    match refusal {
        Refusal::NotRegistrar { .. } => Reason::NotRegistrar,
        Refusal::Entry(EntryError::Signature { .. }) => Reason::Signature,
        Refusal::KeyNotAccepted { .. } => Reason::KeyNotAccepted,
        Refusal::Proof(ProofProblem::Invalid { .. }) => Reason::Proof,
        Refusal::Repeated { what: "a nullifier" } => Reason::RepeatedInput,
        Refusal::Repeated { what: "a commitment" } => Reason::RepeatedOutput,
        Refusal::Repeated { .. } => Reason::RepeatedTag,
        Refusal::PreviousTagMissing => Reason::TagUnderPreviousKeyMissing,
        Refusal::PreviousTagUnexpected => Reason::TagUnderPreviousKeyUnexpected,
        Refusal::Evaluation { key, .. } => match key {
            KeyRole::Current => Reason::EvaluatedByAnotherThanTheCurrentKey,
            KeyRole::Previous => Reason::EvaluatedByAnotherThanThePreviousKey,
        },
        Refusal::AlreadyLogged { index } => Reason::InTheLog(by(*index)),
        Refusal::RootUnknown { tree, .. } => Reason::RootUnknown(tree_of(*tree)),
        Refusal::RootStale { tree, .. } => Reason::RootStale(tree_of(*tree)),
        Refusal::IssueTooLate { .. } => Reason::IssuedTooLate,
        Refusal::IssueTooOld { .. } => Reason::IssuedTooEarly,
        Refusal::AlreadyMinted { index } => Reason::Minted(by(*index)),
        Refusal::NumberTaken { index, .. } => Reason::NumberTaken(by(*index)),
        Refusal::CommitmentExists { index, .. } => Reason::NoteExists(by(*index)),
        Refusal::NullifierZero => Reason::NullifierZero,
        Refusal::Spent { index, .. } => Reason::Spent(by(*index)),
        Refusal::Locked { by, .. } => Reason::Locked(bank(*by)),
        Refusal::LockTerm { .. } => Reason::LockTerm,
        Refusal::NotLocked { .. } => Reason::NotLocked,
        Refusal::NotHolder { holder, .. } => Reason::HeldByAnother(bank(*holder)),
        Refusal::OtherLock { .. } => Reason::OtherLock,
        Refusal::Revision { .. } => Reason::Revision,
        Refusal::NotEnrolled { .. } => Reason::NotEnrolled,
        Refusal::RegistryRevision { .. } => Reason::RegistryRevision,
        Refusal::RegistryEra { .. } => Reason::EraNotOver,
        Refusal::RegistryKeyServes { role } => match role {
            KeyRole::Current => Reason::KeyServesAsCurrent,
            KeyRole::Previous => Reason::KeyServesAsPrevious,
        },
        Refusal::NumberUnknown { .. } => Reason::NumberUnknown,
        Refusal::NotDilutionKey { .. } => Reason::NotTheDilutionKey,
        Refusal::NotLess { .. } => Reason::NotLess,
        other => panic!("the model knows no such reason: {other}"),
    }
}

/// The reason without what it is about.
pub fn name(reason: Reason) -> String {
    let text = format!("{reason:?}");
    match reason {
        Reason::RootUnknown(_) | Reason::RootStale(_) => text,
        _ => text.split('(').next().unwrap_or_default().to_owned(),
    }
}

fn tree_of(tree: StateTree) -> Tree {
    match tree {
        StateTree::Notes => Tree::Notes,
        StateTree::Dilutions => Tree::Dilutions,
        StateTree::Directory => Tree::Directory,
        StateTree::Nullifiers | StateTree::Revocations | StateTree::Deposits => {
            panic!("nothing is proven against the {tree} tree")
        }
    }
}

fn bank(key: Ed25519Key) -> u8 {
    (0..4).find(|number| bank_key(*number) == key).unwrap()
}
