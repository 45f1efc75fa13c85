//! What the files say, in people's words, each with whether it is established.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use tradeseal_primitives::receivable::{Flags, Terms, UnixSeconds};

use super::case::percent;
use super::history::{History, Recorded};
use super::report::Claim;
use super::{Check, Since};
use crate::calendar::{format_day, format_utc};
use crate::encoding::printable;
use crate::entry::Entry;
use crate::verdict::Checklist;

/// What ties anything in the files to this ledger.
const IN_LOG: [Check; 8] = [
    Check::DisclosureFormat,
    Check::OneReceivable,
    Check::Entries,
    Check::CheckpointSignature,
    Check::Cosignatures,
    Check::LogInclusion,
    Check::Ledger,
    Check::Openings,
];
/// What ties a note to its nullifier.
const BY_OWNER: [Check; 4] = [
    Check::KeyKnown,
    Check::KeyProvenance,
    Check::ProofEncoding,
    Check::Proof,
];

pub(super) fn claims(history: &History<'_>, checks: &Checklist<Check>, since: &Since) -> Vec<Claim> {
    let mut list = List {
        history,
        checks,
        claims: Vec::new(),
    };
    list.receivable();
    list.entries();
    list.remaining();
    list.unspent(since);
    list.gaps();
    list.claims
}

struct List<'c> {
    history: &'c History<'c>,
    checks: &'c Checklist<Check>,
    claims: Vec<Claim>,
}

impl List<'_> {
    fn add(&mut self, name: &'static str, text: String, rests_on: &[Check]) {
        let established = self.checks.all_passed(&IN_LOG) && self.checks.all_passed(rests_on);
        self.claims.push(Claim {
            name,
            text,
            established,
        });
    }

    /// What only the terms say counts if somebody minted them.
    fn add_of_terms(&mut self, name: &'static str, text: String, rests_on: &[Check]) {
        self.add(name, text, rests_on);
        if let Some(claim) = self.claims.last_mut() {
            claim.established &= self.history.has_minted_terms();
        }
    }

    fn receivable(&mut self) {
        let Some(body) = self.history.files.first().map(|file| file.body()) else {
            return;
        };
        self.add_of_terms("terms", terms_text(&body.terms), &[]);
        let files = self.history.files;
        if let Some(debtor) = files.iter().find_map(|file| file.body().debtor.as_ref()) {
            self.add_of_terms(
                "debtor",
                format!("the debtor is {}", printable(&debtor.to_string())),
                &[Check::Invoice],
            );
        }
        if let Some(creditor) = files.iter().find_map(|file| file.body().creditor.as_ref()) {
            let text = format!("the minting supplier is {}", printable(&creditor.to_string()));
            self.add_of_terms("supplier", text, &[Check::Invoice]);
        }
        if let Some(invoice) = files.iter().find_map(|file| file.body().invoice.as_ref()) {
            let (number, day) = (printable(&invoice.number), format_day(invoice.issue_day));
            self.add_of_terms(
                "invoice",
                format!("it is invoice {number:?}, issued on {day}"),
                &[Check::Invoice],
            );
        }
    }

    /// In the order of the log.
    fn entries(&mut self) {
        for (index, entry) in &self.history.entries {
            let index = *index;
            let when = recorded(&self.history.recorded(index));
            match entry {
                Entry::Mint(mint) => self.mint(index, mint.body.acknowledged, &when),
                Entry::Transfer(_) => self.transfer(index, &when),
                Entry::Dilute(dilute) => {
                    let left = percent(dilute.body.remaining);
                    let text =
                        format!("entry {index}, {when}: credit notes or prepayments left {left} of the face amount");
                    self.add("diluted", text, &[Check::Remaining]);
                }
                Entry::Lock(lock) => {
                    let until = format_utc(lock.body.expires);
                    let text = format!(
                        "entry {index}, {when}: reserved until {until} by the financier of key {}",
                        lock.body.bank
                    );
                    self.add("locked", text, &BY_OWNER);
                }
                Entry::Release(release) => {
                    let text = format!(
                        "entry {index}, {when}: given free by the financier of key {}",
                        release.body.bank
                    );
                    self.add("released", text, &BY_OWNER);
                }
                _ => {}
            }
        }
    }

    fn mint(&mut self, index: u64, acknowledged: bool, when: &str) {
        let minted = self.history.amount(self.history.minted());
        let by = if acknowledged {
            "acknowledged by the debtor, whose signature was checked"
        } else {
            "not acknowledged by the debtor"
        };
        self.add(
            "minted",
            format!("entry {index}, {when}: {minted} minted, {by}"),
            &[Check::Minting],
        );
    }

    fn transfer(&mut self, index: u64, when: &str) {
        let history = self.history;
        let rests_on: Vec<Check> = [&BY_OWNER[..], &[Check::Spent]].concat();
        let Some(made) = history.moves.get(&index) else {
            let received = history.received(index);
            let parts: Vec<String> = received
                .map(|known| {
                    format!(
                        "{} to {}",
                        history.amount(known.opening.amount.0.into()),
                        known.opening.owner
                    )
                })
                .collect();
            self.add("received", format!("entry {index}, {when}: {}", parts.join(", ")), &[]);
            return;
        };
        let sender = history.sender(index);
        let positive = made.outputs.iter().filter(|output| output.amount.0 > 0);
        let parts: Vec<String> = positive
            .map(|output| {
                let amount = history.amount(output.amount.0.into());
                if output.is_settled() {
                    format!("{amount} settled")
                } else if Some(output.owner) == sender {
                    format!("{amount} kept")
                } else {
                    format!("{amount} to {}", output.owner)
                }
            })
            .collect();
        let from = sender.map_or_else(|| "its owner".to_string(), |sender| sender.to_string());
        let parts = if parts.is_empty() {
            "nothing".to_string()
        } else {
            parts.join(", ")
        };
        self.add(
            "moved",
            format!("entry {index}, {when}: {from} moved {parts}"),
            &rests_on,
        );
    }

    fn remaining(&mut self) {
        let history = self.history;
        for remaining in history.files.iter().filter_map(|file| file.body().remaining.as_ref()) {
            let Some(state) = history.states.get(&remaining.state) else {
                continue;
            };
            let Some(left) = history
                .files
                .first()
                .and_then(|file| remaining.proof.remaining_for(file.body().terms.number))
            else {
                continue;
            };
            let text = format!(
                "credit notes and prepayments on record by {} leave {} of each amount",
                format_utc(state.time),
                percent(left)
            );
            self.add("remaining", text, &[Check::Remaining]);
        }
    }

    fn unspent(&mut self, since: &Since) {
        let rests_on: Vec<Check> = [&BY_OWNER[..], &[Check::Unspent]].concat();
        let history = self.history;
        for (known, state) in history.unspent() {
            let time = history.states.get(&state).map_or(UnixSeconds(0), |state| state.time);
            let amount = history.amount(known.opening.amount.0.into());
            let text = format!(
                "{amount} of {}, from entry {}, unspent on {}{}",
                known.opening.owner,
                known.created.entry,
                format_utc(time),
                since.words(&known.nullifier)
            );
            self.add("unspent", text, &rests_on);
        }
    }

    fn gaps(&mut self) {
        for gap in self.history.gaps() {
            self.add("not_disclosed", gap, &[]);
        }
    }
}

fn terms_text(terms: &Terms) -> String {
    let payee = if terms.flags.contains(Flags::OTHER_PAYEE_NAMED) {
        ", and names another payee, by the supplier's own word"
    } else {
        ""
    };
    format!(
        "receivable number {}, due on {}, owed by party {} to party {}{payee}",
        terms.number,
        format_day(terms.due_day),
        terms.debtor,
        terms.creditor
    )
}

fn recorded(times: &Recorded) -> String {
    match (times.not_before, times.by) {
        (_, None) => "at a time that is not shown".to_string(),
        (None, Some(by)) => format!("by {}", format_utc(by)),
        (Some(from), Some(by)) => format!("between {} and {}", format_utc(from), format_utc(by)),
    }
}
