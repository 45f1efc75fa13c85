//! The notes: opened as the log holds them, minted under these terms, spent or unspent where the files say.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;

use tradeseal_primitives::receivable::{Flags, Nullifier};

use super::case::{File, Refusal, counted, every_file, outputs};
use crate::disclosure::{DisclosedNote, Fate, Input, Output, Unspent};
use crate::entry::{DilutionKey, Entry};
use crate::verdict::Finding;

const NOT_AS_OPENED: &str = "a file opens a note as something else than the ledger holds";

pub(super) fn openings(files: &[File]) -> Finding<()> {
    let notes: usize = files.iter().map(|file| file.body().notes.len()).sum();
    let passed = format!(
        "{} and every opened output are what the log holds",
        counted(notes, "note")
    );
    every_file(files, passed, |file| {
        let body = file.body();
        let terms = body.terms.hash();
        for (number, note) in (1..).zip(&body.notes) {
            let commitment = note.opening.commitment(terms);
            match note.created {
                Some(Output { entry, output }) => {
                    let held = outputs(file.entry(entry)?).get(usize::from(output));
                    if held != Some(&commitment) {
                        let detail = format!("note {number} is not output {output} of entry {entry}");
                        return Err(Refusal::new(NOT_AS_OPENED, detail));
                    }
                }
                None if note.opening.amount.0 == 0 => {}
                None => {
                    let detail = format!("note {number} has an amount, but no entry that made it");
                    return Err(Refusal::new(NOT_AS_OPENED, detail));
                }
            }
        }
        for opened in &body.transfers {
            let held = file.transfer(opened.entry)?.body.commitments;
            for (output, (opening, held)) in opened.outputs.iter().zip(held).enumerate() {
                if opening.commitment(terms) != held {
                    let detail = format!("output {output} of entry {} is another", opened.entry);
                    return Err(Refusal::new(NOT_AS_OPENED, detail));
                }
            }
        }
        Ok(())
    })
}

pub(super) fn minting(files: &[File]) -> Finding<()> {
    let mut mints = BTreeSet::new();
    for file in files {
        let terms = &file.body().terms;
        for created in file.body().notes.iter().filter_map(|note| note.created) {
            let Some(Entry::Mint(mint)) = file.entries.get(&created.entry) else {
                continue;
            };
            mints.insert(created.entry);
            let acknowledged = terms.flags.contains(Flags::ACKNOWLEDGED);
            if mint.body.acknowledged != acknowledged || mint.body.dilution_key.number() != terms.number {
                let said = |acknowledged| {
                    if acknowledged {
                        "acknowledged"
                    } else {
                        "not acknowledged"
                    }
                };
                let refusal = Refusal::new(
                    "the receivable was minted under other terms than a file gives",
                    format!(
                        "entry {} minted number {}, {}; the terms are of {}, {}",
                        created.entry,
                        mint.body.dilution_key.number(),
                        said(mint.body.acknowledged),
                        terms.number,
                        said(acknowledged)
                    ),
                );
                return refusal.finding(&file.label);
            }
        }
    }
    match mints.len() {
        0 => Finding::passed("no file holds the mint", ()),
        1 => Finding::passed("minted once, under these terms", ()),
        count => Finding::failed(
            "the receivable was minted more than once, against the ledger's rules",
            format!("{count} mints of these terms"),
        ),
    }
}

pub(super) fn spent(files: &[File]) -> Finding<()> {
    every_file(
        files,
        "every spent note is spent by the transfer given, whose outputs are opened",
        |file| {
            let mut spending = BTreeSet::new();
            for (number, note) in (1..).zip(&file.body().notes) {
                if let Fate::Spent(input) = &note.fate {
                    spent_by(file, number, note, *input)?;
                    spending.insert(input.entry);
                } else if note.created.is_none() {
                    let detail = format!("note {number} was made by no entry and spent by none");
                    return Err(Refusal::new("a file opens a note that is on no ledger", detail));
                }
            }
            let opened = |entry: &u64| file.body().transfers.iter().any(|transfer| transfer.entry == *entry);
            if let Some(entry) = spending.iter().find(|entry| !opened(entry)) {
                let detail = format!("entry {entry} spends a note; its outputs are not opened");
                return Err(Refusal::new("a file does not open where an amount went", detail));
            }
            match file
                .body()
                .transfers
                .iter()
                .find(|transfer| !spending.contains(&transfer.entry))
            {
                Some(transfer) => Err(Refusal::new(
                    "a file opens a transfer that spends none of its notes",
                    format!("entry {}", transfer.entry),
                )),
                None => Ok(()),
            }
        },
    )
}

fn spent_by(file: &File, number: usize, note: &DisclosedNote, input: Input) -> Result<(), Refusal> {
    let wrong = |detail| Err(Refusal::new("a note was not spent where a file says", detail));
    let held = file.transfer(input.entry)?.body.nullifiers;
    if held.get(usize::from(input.input)) != Some(&note.nullifier) {
        return wrong(format!(
            "input {} of entry {} is not note {number}",
            input.input, input.entry
        ));
    }
    match note.created {
        Some(created) if created.entry >= input.entry => wrong(format!(
            "entry {} would spend note {number} before entry {} made it",
            input.entry, created.entry
        )),
        _ => Ok(()),
    }
}

pub(super) fn unspent(files: &[File]) -> Finding<()> {
    let absent = every_file(files, "", |file| {
        for (number, note) in (1..).zip(&file.body().notes) {
            if let Fate::Unspent(unspent) = &note.fate {
                absent_from(file, number, note, unspent)?;
            }
        }
        Ok(())
    });
    match absent {
        Finding::Passed { .. } => agreed(files),
        refused => refused,
    }
}

fn absent_from(file: &File, number: usize, note: &DisclosedNote, unspent: &Unspent) -> Result<(), Refusal> {
    let wrong = |detail| Err(Refusal::new("a note was not unspent when a file says it was", detail));
    let root = file.state(unspent.state)?.nullifier_root;
    if unspent.absence.root(&note.nullifier.to_fr()) != Some(root) {
        return wrong(format!(
            "entry {}'s root of nullifiers does not show note {number} unspent",
            unspent.state
        ));
    }
    match note.created {
        Some(created) if created.entry >= unspent.state => {
            wrong(format!("entry {} is older than note {number}", unspent.state))
        }
        _ => Ok(()),
    }
}

/// What an entry spends, no later state may show unspent; and a file must not hold that entry and be silent about it.
fn agreed(files: &[File]) -> Finding<()> {
    let mut spent_at: BTreeMap<Nullifier, u64> = BTreeMap::new();
    for (index, entry) in files.iter().flat_map(|file| &file.entries) {
        if let Entry::Transfer(transfer) = entry {
            spent_at.extend(transfer.body.nullifiers.map(|nullifier| (nullifier, *index)));
        }
    }
    let mut count = 0;
    for file in files {
        for (number, note) in (1..).zip(&file.body().notes) {
            let Fate::Unspent(unspent) = &note.fate else { continue };
            count += 1;
            match spent_at.get(&note.nullifier) {
                Some(entry) if *entry < unspent.state => {
                    let refusal = Refusal::new(
                        "the ledger's log shows one note both spent and unspent; keep the files as evidence against it",
                        format!(
                            "entry {entry} spends what the later entry {} shows unspent",
                            unspent.state
                        ),
                    );
                    return refusal.finding(&file.label);
                }
                Some(entry) if file.entries.contains_key(entry) => {
                    let refusal = Refusal::new(
                        "a file shows a note unspent that an entry in it spends later",
                        format!("entry {entry} spends note {number}"),
                    );
                    return refusal.finding(&file.label);
                }
                _ => {}
            }
        }
    }
    Finding::passed(format!("{} shown unspent", counted(count, "note")), ())
}

pub(super) fn remaining(files: &[File]) -> Finding<()> {
    let shown = files.iter().any(|file| file.body().remaining.is_some());
    let passed = if shown {
        "what remains is what the ledger's state says"
    } else {
        "no file shows what remains"
    };
    every_file(files, passed, |file| {
        dilutions(file)?;
        let body = file.body();
        let Some(remaining) = &body.remaining else {
            return Ok(());
        };
        let wrong = |detail| {
            Err(Refusal::new(
                "less or more remains of the receivable than a file says",
                detail,
            ))
        };
        let root = file.state(remaining.state)?.dilution_root.to_fr();
        if remaining.proof.root(body.terms.number) != Some(root) {
            return wrong(format!(
                "entry {}'s root of dilutions does not show it",
                remaining.state
            ));
        }
        let left = remaining.proof.remaining_for(body.terms.number);
        for (index, entry) in file.entries.range(..remaining.state) {
            if let Entry::Dilute(dilute) = entry
                && left > Some(dilute.body.remaining)
            {
                return wrong(format!("entry {index} left less than entry {} shows", remaining.state));
            }
        }
        Ok(())
    })
}

/// Each by the key that the receivable's number is made of.
fn dilutions(file: &File) -> Result<(), Refusal> {
    let body = file.body();
    for (index, entry) in &file.entries {
        let Entry::Dilute(dilute) = entry else { continue };
        let number = DilutionKey::new(dilute.body.dilution_key).map(|key| key.number());
        let signed = dilute.verify(&body.origin);
        if number != Some(body.terms.number) || signed.is_err() {
            return Err(Refusal::new(
                "a credit note or prepayment in a file is not by who may record it",
                format!(
                    "entry {index} is not signed by the key of receivable {}",
                    body.terms.number
                ),
            ));
        }
    }
    Ok(())
}
