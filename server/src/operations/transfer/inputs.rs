//! What a transfer spends: one or two notes of one party and one receivable.
//!
//! In scope: that they can be spent now, and whose consent that takes; their paths. Out of scope: what is made of them (`outputs`).
//! An attacker who owns this part spends other notes than its user named.

use tradeseal_circuits::receivable::transfer::{self, Private};
use tradeseal_ledger::view::{NullifierStatus, View};
use tradeseal_primitives::receivable::{AmountMinor, Note, NoteRandomness, Nullifier, UnixSeconds};
use tradeseal_verifier::calendar::format_utc;
use tradeseal_verifier::entry::Ed25519Key;

use super::outputs::Output;
use super::{Consenting, dummy, key_of};
use crate::Failure;
use crate::wallet::{HeldNote, ItemName, Party, Wallet};

/// One or two notes with their owner.
pub(super) struct Inputs {
    pub(super) owner: Party,
    /// The first, or only, one.
    pub(super) first: HeldNote,
    second: Option<HeldNote>,
}

impl Inputs {
    /// The notes of these names, if they can be spent together.
    pub(super) fn take(wallet: &Wallet, view: &View<'_>, items: &[ItemName]) -> Result<Self, Failure> {
        let (first, second) = match items {
            [only] => (only, None),
            [first, second] if first != second => (first, Some(second)),
            _ => {
                return Err(Failure::new(
                    "inputs_refused",
                    "a transfer spends one receivable, or two different parts of one",
                    "name one item, or two: tradeseal receivable list",
                ));
            }
        };
        let inputs = Self {
            first: wallet.get(first)?,
            second: second.map(|item| wallet.get(item)).transpose()?,
            owner: wallet.get(&wallet.get::<HeldNote>(first)?.party)?,
        };
        for (item, note) in items.iter().zip(inputs.notes()) {
            inputs.require_spendable(view, item, note)?;
        }
        Ok(inputs)
    }

    fn notes(&self) -> impl Iterator<Item = &HeldNote> {
        std::iter::once(&self.first).chain(&self.second)
    }

    fn require_spendable(&self, view: &View<'_>, item: &ItemName, note: &HeldNote) -> Result<(), Failure> {
        let Some(nullifier) = note.nullifier(&self.owner) else {
            return Err(Failure::new(
                "receivable_settled",
                format!("{item} was settled: nobody owns it any more"),
                "choose another: tradeseal receivable list",
            ));
        };
        if let NullifierStatus::Spent { index } = view.nullifier_status(nullifier)? {
            return Err(Failure::new(
                "receivable_spent",
                format!("{item} was moved by entry {index}"),
                "choose another: tradeseal receivable list",
            ));
        }
        if note.owner != self.owner.address() || note.terms() != self.first.terms() {
            return Err(Failure::new(
                "receivables_differ",
                "only parts of one receivable with one owner can be put together",
                "choose two items of one owner and one number: tradeseal receivable list",
            ));
        }
        Ok(())
    }

    /// What they hold together.
    pub(super) fn total(&self) -> u128 {
        self.notes().map(|note| u128::from(note.amount().0)).sum()
    }

    /// The bank whose consent the entry has to carry.
    pub(super) fn consenting_bank(
        &self,
        view: &View<'_>,
        consenting: &Consenting<'_>,
    ) -> Result<Option<Ed25519Key>, Failure> {
        let mut lock: Option<(Ed25519Key, UnixSeconds)> = None;
        for note in self.notes() {
            let nullifier = self.nullifier(note);
            if let NullifierStatus::Locked { by, until, .. } = view.nullifier_status(nullifier)? {
                if lock.is_some_and(|(other, _)| other != by) {
                    return Err(Failure::new(
                        "locks_differ",
                        "the two parts are locked by two banks, and an entry carries the consent of one",
                        "move them one at a time",
                    ));
                }
                lock = Some((by, until));
            }
        }
        match (lock, consenting) {
            (None, Consenting::Here(None)) => Ok(None),
            (Some((by, _)), Consenting::Here(Some(bank))) if key_of(bank) == by => Ok(Some(by)),
            (Some((by, _)), Consenting::Elsewhere) => Ok(Some(by)),
            (Some((by, until)), _) => Err(Failure::new(
                "receivable_locked",
                format!("the receivable is locked by {by} until {}", format_utc(until)),
                "move it with that bank's consent: --consent-of NAME if its key is in this wallet, else --offer FILE to ask it; or wait",
            )),
            (None, _) => Err(Failure::new(
                "receivable_not_locked",
                "no bank has locked the receivable, so none has to consent",
                "leave out --consent-of and --offer",
            )),
        }
    }

    fn nullifier(&self, note: &HeldNote) -> Nullifier {
        note.commitment().nullifier(self.owner.nullifier_key())
    }

    /// The private inputs for these outputs, but for the owner's signature.
    pub(super) fn private(&self, view: &View<'_>, outputs: &[Output; 4]) -> Result<Private, Failure> {
        let first = self.input(view, &self.first)?;
        let second = match &self.second {
            Some(note) => self.input(view, note)?,
            None => transfer::Input {
                amount: AmountMinor(0),
                randomness: self.dummy().randomness,
                entry_time: UnixSeconds(0),
                path: first.path.clone(),
            },
        };
        Ok(Private {
            terms: self.first.terms().hash(),
            owner_key: self.owner.public_key(),
            nullifier_key: self.owner.nullifier_key().clone(),
            inputs: [first, second],
            outputs: outputs.each_ref().map(Output::for_proof),
            // Replaced once the entry's digest is known; a signature's shape is needed until then.
            signature: self.owner.spending_key().sign(self.first.terms().hash().to_fr()),
        })
    }

    fn dummy(&self) -> Note {
        dummy(&self.owner, self.first.terms().hash(), self.nullifier(&self.first))
    }

    fn input(&self, view: &View<'_>, note: &HeldNote) -> Result<transfer::Input, Failure> {
        let NoteRandomness { rho, r } = note.opening.randomness.clone();
        Ok(transfer::Input {
            amount: note.amount(),
            randomness: NoteRandomness { rho, r },
            entry_time: note.position.entry_time,
            path: view.note_path(note.position.leaf_index)?.path,
        })
    }
}
