//! The files joined: one's output is another's note. Who moved what, when, and what was left.
//!
//! In scope: joining and looking up. Out of scope: whether the files are true, and whether they add up (`accounts`).
//! An attacker can leave files out; nothing of those left in changes by that.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;

use tradeseal_primitives::party::Address;
use tradeseal_primitives::receivable::{Commitment, Nullifier, RemainingPpb, TermsHash, UnixSeconds};

use super::case::{File, amount_text};
use crate::disclosure::{Fate, Opening, Output};
use crate::entry::{Entry, StateRecord};

/// What all files together tell.
pub(super) struct History<'f> {
    /// All terms are the same: `one_receivable`.
    pub(super) files: &'f [File],
    /// Every entry, by index.
    pub(super) entries: BTreeMap<u64, &'f Entry>,
    /// Owned notes by commitment; dummies are not among them.
    pub(super) notes: BTreeMap<Commitment, Known<'f>>,
    /// Transfers whose outputs are opened.
    pub(super) moves: BTreeMap<u64, Move<'f>>,
    /// State records, by index.
    pub(super) states: BTreeMap<u64, &'f StateRecord>,
    /// Amounts behind nullifiers, dummies' included.
    pub(super) inputs: BTreeMap<Nullifier, u64>,
    /// Owners of what each transfer spent.
    senders: BTreeMap<u64, Address>,
    /// Owned notes that each entry made.
    received: BTreeMap<u64, BTreeSet<Commitment>>,
}

/// A note that its owner disclosed.
pub(super) struct Known<'f> {
    pub(super) opening: &'f Opening,
    pub(super) created: Output,
    pub(super) nullifier: Nullifier,
    pub(super) fate: Ended,
}

/// What became of a note, by the latest that any file shows: an older file may show unspent what was spent since.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ended {
    /// Unspent in the state record at this index.
    Unspent(u64),
    /// Spent by the entry at this index. Spent is final.
    Spent(u64),
}

/// What credit notes and prepayments left, as far as the files show it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Remains {
    /// By a state no older than anything else that is said.
    Exactly(RemainingPpb),
    /// By an entry or an older state: others may have lowered it since.
    AtMost(RemainingPpb),
    /// Nothing says that any lowered it, nor that none did.
    NotShown,
}

/// A transfer with its outputs.
pub(super) struct Move<'f> {
    pub(super) outputs: &'f [Opening],
    pub(super) nullifiers: [Nullifier; 2],
}

impl<'f> History<'f> {
    pub(super) fn join(files: &'f [File]) -> Self {
        let all = files.iter().flat_map(|file| &file.entries);
        let mut history = Self {
            files,
            entries: all.map(|(index, entry)| (*index, entry)).collect(),
            notes: BTreeMap::new(),
            moves: BTreeMap::new(),
            states: BTreeMap::new(),
            inputs: BTreeMap::new(),
            senders: BTreeMap::new(),
            received: BTreeMap::new(),
        };
        let spends = spends(&history.entries);
        for file in files {
            history.add_notes(file, &spends);
            history.add_moves(file);
        }
        for (index, entry) in &history.entries {
            if let Entry::State(state) = entry {
                history.states.insert(*index, state);
            }
        }
        history
    }

    fn add_notes(&mut self, file: &'f File, spends: &BTreeMap<Nullifier, u64>) {
        let terms = file.body().terms.hash();
        for note in &file.body().notes {
            self.inputs.insert(note.nullifier, note.opening.amount.0);
            let spent = spends.get(&note.nullifier);
            if let Some(entry) = spent {
                self.senders.insert(*entry, note.opening.owner);
            }
            let Some(created) = note.created else { continue };
            let fate = match (spent, &note.fate) {
                (Some(entry), _) => Ended::Spent(*entry),
                (None, Fate::Spent(input)) => Ended::Spent(input.entry),
                (None, Fate::Unspent(unspent)) => Ended::Unspent(unspent.state),
            };
            let commitment = note.opening.commitment(terms);
            self.received.entry(created.entry).or_default().insert(commitment);
            let known = self.notes.entry(commitment).or_insert(Known {
                opening: &note.opening,
                created,
                nullifier: note.nullifier,
                fate,
            });
            known.fate = known.fate.max(fate);
        }
    }

    fn add_moves(&mut self, file: &'f File) {
        for opened in &file.body().transfers {
            if let Some(Entry::Transfer(transfer)) = file.entries.get(&opened.entry) {
                let made = Move {
                    outputs: &opened.outputs,
                    nullifiers: transfer.body.nullifiers,
                };
                self.moves.insert(opened.entry, made);
            }
        }
    }

    pub(super) fn terms(&self) -> Option<TermsHash> {
        self.files.first().map(|file| file.body().terms.hash())
    }

    /// An amount of this receivable, for people.
    pub(super) fn amount(&self, minor: u128) -> String {
        match self.files.first() {
            Some(file) => amount_text(&file.body().terms, minor),
            None => String::new(),
        }
    }

    /// The notes that a state record shows unspent, with its index.
    pub(super) fn unspent(&self) -> impl Iterator<Item = (&Known<'f>, u64)> {
        self.notes.values().filter_map(|known| match known.fate {
            Ended::Unspent(state) => Some((known, state)),
            Ended::Spent(_) => None,
        })
    }

    /// The oldest state that a note is shown unspent in: all that is said of what is left holds as of then.
    pub(super) fn as_of(&self) -> Option<UnixSeconds> {
        let states = self.unspent().filter_map(|(_, state)| self.states.get(&state));
        states.map(|state| state.time).min()
    }

    /// The notes that a mint made.
    pub(super) fn mints(&self) -> impl Iterator<Item = &Known<'f>> {
        let is_mint = |known: &&Known<'_>| matches!(self.entries.get(&known.created.entry), Some(Entry::Mint(_)));
        self.notes.values().filter(is_mint)
    }

    /// Whether anybody minted these terms. Dummies and what is made of them have any terms that their owner invents; an amount has only those
    /// of the mint that it comes from.
    pub(super) fn has_minted_terms(&self) -> bool {
        let owned = self.notes.values().map(|known| known.opening);
        let opened = self.moves.values().flat_map(|made| made.outputs);
        self.mints().next().is_some() || owned.chain(opened).any(|opening| opening.amount.0 > 0)
    }

    /// What the mint made.
    pub(super) fn minted(&self) -> u128 {
        sum(self.mints().map(|known| known.opening))
    }

    /// What stands at the settled address.
    pub(super) fn settled(&self) -> u128 {
        let outputs = self.moves.values().flat_map(|made| made.outputs);
        sum(outputs.filter(|output| output.is_settled()))
    }

    /// What its owners hold.
    pub(super) fn held(&self) -> u128 {
        sum(self.unspent().map(|(known, _)| known.opening))
    }

    /// The least that any file shows to remain after credit notes and prepayments. It can only fall, so what an older state or a single
    /// entry shows is a bound and no more.
    pub(super) fn remaining(&self) -> Remains {
        let latest = self.latest();
        let shown = self.files.iter().filter_map(|file| {
            let body = file.body();
            let remaining = body.remaining.as_ref()?;
            Some((remaining.state, remaining.proof.remaining_for(body.terms.number)?))
        });
        let recorded = self.entries.iter().filter_map(|(index, entry)| match entry {
            Entry::Dilute(dilute) => Some((*index, dilute.body.remaining)),
            _ => None,
        });
        let is_current = shown.clone().any(|(state, _)| Some(state) >= latest);
        match shown.chain(recorded).map(|(_, left)| left).min() {
            Some(left) if is_current => Remains::Exactly(left),
            Some(left) if left < RemainingPpb::WHOLE => Remains::AtMost(left),
            _ => Remains::NotShown,
        }
    }

    /// Index of the latest state that shows a note unspent, or of the latest opened transfer where that is later.
    fn latest(&self) -> Option<u64> {
        let unspent = self.unspent().map(|(_, state)| state);
        unspent.chain(self.moves.keys().copied()).max()
    }

    /// The disclosed notes that an entry made.
    pub(super) fn received(&self, entry: u64) -> impl Iterator<Item = &Known<'f>> {
        let commitments = self.received.get(&entry).into_iter().flatten();
        commitments.filter_map(|commitment| self.notes.get(commitment))
    }

    /// Who spent: the owner of a disclosed input.
    pub(super) fn sender(&self, entry: u64) -> Option<Address> {
        self.senders.get(&entry).copied()
    }

    /// When an entry was recorded, as far as the state records shown tell.
    pub(super) fn recorded(&self, index: u64) -> Recorded {
        let before = self.states.range(..index).next_back();
        let after = self.states.range(index..).next();
        Recorded {
            not_before: before.map(|(_, state)| state.time),
            by: after.map(|(_, state)| state.time),
        }
    }
}

/// Between which times an entry was recorded.
pub(super) struct Recorded {
    pub(super) not_before: Option<UnixSeconds>,
    pub(super) by: Option<UnixSeconds>,
}

/// Which entry spends which nullifier.
fn spends(entries: &BTreeMap<u64, &Entry>) -> BTreeMap<Nullifier, u64> {
    let transfers = entries.iter().filter_map(|(index, entry)| match entry {
        Entry::Transfer(transfer) => Some((*index, transfer)),
        _ => None,
    });
    transfers
        .flat_map(|(index, transfer)| transfer.body.nullifiers.map(|nullifier| (nullifier, index)))
        .collect()
}

pub(super) fn sum<'o>(openings: impl Iterator<Item = &'o Opening>) -> u128 {
    openings.map(|opening| u128::from(opening.amount.0)).sum()
}
