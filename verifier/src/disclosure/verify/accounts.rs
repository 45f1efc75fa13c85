//! Does it add up? Each transfer, and the whole from the mint to what is left; and what nobody disclosed.
//!
//! In scope: sums and gaps over the joined files. Out of scope: whether what is joined is true (the other checks).
//! An attacker who keeps a file back leaves a gap that is named here.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::case::listed;
use super::history::{Ended, History, Known, sum};
use crate::disclosure::Opening;
use crate::entry::Entry;
use crate::verdict::Finding;

impl History<'_> {
    /// Inputs and outputs of every opened transfer have the same sum.
    pub(super) fn amounts(&self) -> Finding<()> {
        let mut half_open = Vec::new();
        for (index, made) in &self.moves {
            let known: Vec<u128> = made
                .nullifiers
                .iter()
                .filter_map(|input| self.inputs.get(input).map(|amount| u128::from(*amount)))
                .collect();
            let (input, output) = (known.iter().sum(), sum(made.outputs.iter()));
            if known.len() < made.nullifiers.len() {
                half_open.push(format!("entry {index}"));
            } else if input != output {
                let (input, output) = (self.amount(input), self.amount(output));
                return Finding::failed(
                    "a transfer made or lost an amount, against the ledger's rules",
                    format!("entry {index} turned {input} into {output}"),
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

    /// From the one mint to what is left, without a gap. That there are not two is `minting`'s, which this check needs.
    pub(super) fn complete(&self) -> Finding<()> {
        let gaps = self.gaps();
        if let Some(first) = gaps.first() {
            return Finding::not_checked(
                format!("it is not the receivable's whole history: {first}"),
                "ask the owners named for their disclosures too",
                listed(&gaps),
            );
        }
        if self.mints().next().is_none() {
            return Finding::not_checked(
                "no file holds the entry that minted the receivable, and nothing in them shows that anybody did",
                "ask the minting supplier for its disclosure too",
                "no mint",
            );
        }
        let (minted, left) = (self.minted(), self.held() + self.settled());
        if minted == left {
            return Finding::passed(format!("all of {} is accounted for", self.amount(minted)), ());
        }
        Finding::failed(
            "what is left of the receivable is not what was minted, against the ledger's rules",
            format!("{} were minted, {} are left", self.amount(minted), self.amount(left)),
        )
    }

    /// What nobody disclosed, for people, in the order of the log.
    pub(super) fn gaps(&self) -> Vec<String> {
        let mut untold = BTreeSet::new();
        for known in self.notes.values().filter(|known| known.opening.amount.0 > 0) {
            let amount = self.amount(known.opening.amount.0.into());
            let (owner, made_by) = (known.opening.owner, known.created.entry);
            if self.came_undisclosed(known) {
                let gap = format!(
                    "where the {amount} come from that entry {made_by} paid to {owner} is not disclosed by who paid them"
                );
                untold.insert((made_by, gap));
            }
            if let Ended::Spent(entry) = known.fate
                && !self.moves.contains_key(&entry)
            {
                let gap = format!("where entry {entry} moved the {amount} of {owner} to is not disclosed by {owner}");
                untold.insert((entry, gap));
            }
        }
        for (entry, made) in &self.moves {
            for opening in made.outputs.iter().filter(|opening| !self.ends_or_goes_on(opening)) {
                let amount = self.amount(opening.amount.0.into());
                let gap = format!(
                    "what {} did with the {amount} of entry {entry} is not disclosed",
                    opening.owner
                );
                untold.insert((*entry, gap));
            }
        }
        untold.into_iter().map(|(_, gap)| gap).collect()
    }

    fn came_undisclosed(&self, known: &Known<'_>) -> bool {
        let made_by = known.created.entry;
        let by_transfer = matches!(self.entries.get(&made_by), Some(Entry::Transfer(_)));
        by_transfer && !self.moves.contains_key(&made_by)
    }

    fn ends_or_goes_on(&self, opening: &Opening) -> bool {
        let disclosed = || {
            self.terms()
                .is_some_and(|terms| self.notes.contains_key(&opening.commitment(terms)))
        };
        opening.amount.0 == 0 || opening.is_settled() || disclosed()
    }
}
