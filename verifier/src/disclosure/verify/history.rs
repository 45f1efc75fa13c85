//! The files joined: one's output is another's note. What moved, whether amounts add up, and what nobody disclosed.
//!
//! In scope: joining, sums, gaps. Out of scope: whether the files are true; this says what follows if they are.
//! An attacker can leave files out; each thing left out is a gap here.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use tradeseal_primitives::party::Address;
use tradeseal_primitives::receivable::{Commitment, Nullifier, TermsHash, UnixSeconds};

use super::case::{File, amount_text, listed};
use crate::disclosure::{Fate, Opening, Output};
use crate::entry::{Entry, StateRecord};
use crate::verdict::Finding;

/// What all files together tell.
pub(super) struct History<'f> {
    /// All terms are the same: `one_receivable`.
    pub(super) files: &'f [File],
    /// Owned notes by commitment; dummies are not among them.
    pub(super) notes: BTreeMap<Commitment, Known<'f>>,
    /// Amounts behind nullifiers, dummies' included.
    inputs: BTreeMap<Nullifier, u64>,
    /// Transfers whose outputs are opened.
    pub(super) moves: BTreeMap<u64, Move<'f>>,
    /// State records, by index.
    pub(super) states: BTreeMap<u64, &'f StateRecord>,
}

/// A note that its owner disclosed.
pub(super) struct Known<'f> {
    pub(super) opening: &'f Opening,
    pub(super) created: Output,
    pub(super) nullifier: Nullifier,
    /// Where there are several files of it, what the latest says.
    pub(super) fate: &'f Fate,
}

/// A transfer with its outputs.
pub(super) struct Move<'f> {
    pub(super) outputs: &'f [Opening],
    nullifiers: [Nullifier; 2],
}

impl<'f> History<'f> {
    pub(super) fn join(files: &'f [File]) -> Self {
        let mut history = Self {
            files,
            notes: BTreeMap::new(),
            inputs: BTreeMap::new(),
            moves: BTreeMap::new(),
            states: BTreeMap::new(),
        };
        files.iter().for_each(|file| history.add(file));
        history
    }

    fn add(&mut self, file: &'f File) {
        let body = file.body();
        let terms = body.terms.hash();
        for note in &body.notes {
            self.inputs.insert(note.nullifier, note.opening.amount.0);
            let Some(created) = note.created else { continue };
            let known = Known {
                opening: &note.opening,
                created,
                nullifier: note.nullifier,
                fate: &note.fate,
            };
            self.keep_latest(note.opening.commitment(terms), known);
        }
        for opened in &body.transfers {
            if let Some(Entry::Transfer(transfer)) = file.entries.get(&opened.entry) {
                let made = Move {
                    outputs: &opened.outputs,
                    nullifiers: transfer.body.nullifiers,
                };
                self.moves.insert(opened.entry, made);
            }
        }
        for (index, entry) in &file.entries {
            if let Entry::State(state) = entry {
                self.states.insert(*index, state);
            }
        }
    }

    /// Spent is final; of two states that show a note unspent, the later says more.
    fn keep_latest(&mut self, commitment: Commitment, known: Known<'f>) {
        let rank = |fate: &Fate| match fate {
            Fate::Spent(_) => u64::MAX,
            Fate::Unspent(unspent) => unspent.state,
        };
        match self.notes.get(&commitment) {
            Some(other) if rank(other.fate) >= rank(known.fate) => {}
            _ => {
                self.notes.insert(commitment, known);
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

    /// Every entry of the files, by index.
    pub(super) fn entries(&self) -> BTreeMap<u64, &'f Entry> {
        let all = self.files.iter().flat_map(|file| &file.entries);
        all.map(|(index, entry)| (*index, entry)).collect()
    }

    /// The notes that a state record shows unspent, with its index.
    pub(super) fn unspent(&self) -> impl Iterator<Item = (&Known<'f>, u64)> {
        self.notes.values().filter_map(|known| match known.fate {
            Fate::Unspent(unspent) => Some((known, unspent.state)),
            Fate::Spent(_) => None,
        })
    }

    /// The oldest state that a note is shown unspent in: all that is said of what is left holds as of then.
    pub(super) fn as_of(&self) -> Option<UnixSeconds> {
        let states = self.unspent().filter_map(|(_, state)| self.states.get(&state));
        states.map(|state| state.time).min()
    }

    /// What each mint made.
    pub(super) fn minted(&self) -> u128 {
        let entries = self.entries();
        let is_mint = |known: &&Known<'_>| matches!(entries.get(&known.created.entry), Some(Entry::Mint(_)));
        self.notes
            .values()
            .filter(is_mint)
            .map(|known| u128::from(known.opening.amount.0))
            .sum()
    }

    /// What stands at the settled address.
    pub(super) fn settled(&self) -> u128 {
        let outputs = self.moves.values().flat_map(|made| made.outputs);
        outputs
            .filter(|output| output.is_settled())
            .map(|output| u128::from(output.amount.0))
            .sum()
    }

    /// What its owners hold.
    pub(super) fn held(&self) -> u128 {
        self.unspent()
            .map(|(known, _)| u128::from(known.opening.amount.0))
            .sum()
    }

    /// Inputs and outputs of every opened transfer have the same sum.
    pub(super) fn amounts(&self) -> Finding<()> {
        let mut half_open = Vec::new();
        for (index, made) in &self.moves {
            let known: Vec<u64> = made
                .nullifiers
                .iter()
                .filter_map(|input| self.inputs.get(input).copied())
                .collect();
            let sum = |amounts: &mut dyn Iterator<Item = u64>| amounts.map(u128::from).sum::<u128>();
            let input = sum(&mut known.iter().copied());
            let output = sum(&mut made.outputs.iter().map(|output| output.amount.0));
            if known.len() < made.nullifiers.len() {
                half_open.push(format!("entry {index}"));
            } else if input != output {
                return Finding::failed(
                    "a transfer made or lost an amount, against the ledger's rules",
                    format!(
                        "entry {index} turned {} into {}",
                        self.amount(input),
                        self.amount(output)
                    ),
                );
            }
        }
        if half_open.is_empty() {
            return Finding::passed("what goes into each transfer comes out of it", ());
        }
        Finding::not_checked(
            "a transfer also spent a note that is not opened: another of this receivable, or a dummy",
            "ask the discloser to open both inputs of each transfer",
            format!("one input of {} is not opened", listed(&half_open)),
        )
    }

    /// From the mint to what is left, without a gap.
    pub(super) fn complete(&self) -> Finding<()> {
        let gaps = self.gaps();
        let Some(first) = gaps.first() else {
            let (minted, left) = (self.minted(), self.held() + self.settled());
            if minted == left {
                return Finding::passed(format!("all of {} is accounted for", self.amount(minted)), ());
            }
            return Finding::failed(
                "what is left of the receivable is not what was minted, against the ledger's rules",
                format!("{} were minted, {} are left", self.amount(minted), self.amount(left)),
            );
        };
        Finding::not_checked(
            format!("it is not the receivable's whole history: {first}"),
            "ask the owners named for their disclosures too",
            listed(&gaps),
        )
    }

    /// What nobody disclosed, for people.
    pub(super) fn gaps(&self) -> Vec<String> {
        let entries = self.entries();
        let mut untold = BTreeSet::new();
        for known in self.notes.values() {
            let Output { entry, output } = known.created;
            if matches!(entries.get(&entry), Some(Entry::Transfer(_))) && !self.moves.contains_key(&entry) {
                let amount = self.amount(known.opening.amount.0.into());
                untold.insert((
                    entry,
                    output,
                    format!(
                        "where the {amount} come from that entry {entry} paid to {} is not disclosed by who paid them",
                        known.opening.owner
                    ),
                ));
            }
        }
        for (entry, made) in &self.moves {
            for (output, opening) in (0..).zip(made.outputs) {
                if opening.amount.0 > 0 && !opening.is_settled() && !self.knows(opening) {
                    let amount = self.amount(opening.amount.0.into());
                    untold.insert((
                        *entry,
                        output,
                        format!(
                            "what {} did with the {amount} of entry {entry} is not disclosed",
                            opening.owner
                        ),
                    ));
                }
            }
        }
        untold.into_iter().map(|(_, _, gap)| gap).collect()
    }

    fn knows(&self, opening: &Opening) -> bool {
        self.terms()
            .is_some_and(|terms| self.notes.contains_key(&opening.commitment(terms)))
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

    /// Who spent: the owner of a known input.
    pub(super) fn sender(&self, entry: u64) -> Option<Address> {
        let of_entry = |known: &&Known<'_>| matches!(known.fate, Fate::Spent(input) if input.entry == entry);
        self.notes.values().find(of_entry).map(|known| known.opening.owner)
    }
}

/// Between which times an entry was recorded.
pub(super) struct Recorded {
    pub(super) not_before: Option<UnixSeconds>,
    pub(super) by: Option<UnixSeconds>,
}
