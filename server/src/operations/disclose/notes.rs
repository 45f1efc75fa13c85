//! What one owner knows of one receivable: its notes, the inputs of nothing beside them, and everything that came of spending them.
//!
//! In scope: putting that together from the wallet's notes and the ledger's entries. Out of scope: proofs from the log (`evidence`).
//! An attacker who owns this part leaves notes out; the verdict then names a gap.

use std::collections::BTreeMap;

use tradeseal_ledger::view::View;
use tradeseal_primitives::receivable::{Commitment, Note, Terms};
use tradeseal_verifier::disclosure::{DisclosedNote, Fate, Input, OpenedTransfer, Opening, Output, Unspent};
use tradeseal_verifier::entry::{Entry, Transfer};
use tradeseal_verifier::log::KeyName;

use crate::Failure;
use crate::operations::transfer::dummy;
use crate::sealing::{InvoiceSource, SenderRecord};
use crate::wallet::{HeldNote, ItemName, Party, Wallet};

/// One owner's part of a receivable's history.
pub(super) struct History {
    /// The owner's notes in the order of their making, then inputs of nothing.
    pub(super) notes: Vec<DisclosedNote>,
    /// Transfers that spent them, by entry.
    pub(super) transfers: Vec<OpenedTransfer>,
    /// Which invoice it is, if the owner minted it.
    pub(super) source: Option<InvoiceSource>,
}

impl History {
    pub(super) fn gather(
        wallet: &Wallet,
        view: &View<'_>,
        (name, owner): (&ItemName, &Party),
        terms: &Terms,
        origin: &KeyName,
    ) -> Result<Self, Failure> {
        let mut held: Vec<HeldNote> = wallet.list::<HeldNote>()?.into_iter().map(|(_, note)| note).collect();
        held.retain(|note| note.party == *name && note.terms() == terms && !note.is_settled());
        held.sort_by_key(|note| note.position.leaf_index);
        let mut history = Self {
            notes: Vec::new(),
            transfers: Vec::new(),
            source: held.iter().find_map(|note| note.opening.source),
        };
        let mut spending = BTreeMap::new();
        for note in &held {
            history.notes.push(disclosed(view, owner, note)?);
            if let Some(entry) = note.spent {
                spending.insert(entry, transfer_at(view, entry)?);
            }
        }
        for (entry, transfer) in &spending {
            history.notes.extend(dummy_beside(owner, terms, *entry, transfer));
            history.transfers.push(opened(owner, terms, origin, *entry, transfer)?);
        }
        Ok(history)
    }
}

fn disclosed(view: &View<'_>, owner: &Party, note: &HeldNote) -> Result<DisclosedNote, Failure> {
    let (commitment, made_by) = (note.commitment(), note.position.entry_index);
    let nullifier = commitment.nullifier(owner.nullifier_key());
    let fate = match note.spent {
        Some(entry) => {
            let nullifiers = transfer_at(view, entry)?.body.nullifiers;
            let input = nullifiers.iter().position(|spent| *spent == nullifier);
            Fate::Spent(Input {
                entry,
                input: place(input)?,
            })
        }
        None => Fate::Unspent(Unspent {
            state: view.latest_state().log_size,
            absence: view.nullifier_absence(nullifier)?,
        }),
    };
    let outputs: Vec<Commitment> = match Entry::decode(&view.entry(made_by)?.bytes) {
        Ok(Entry::Mint(mint)) => vec![mint.body.commitment],
        Ok(Entry::Transfer(transfer)) => transfer.body.commitments.to_vec(),
        _ => return Err(not_the_ledgers()),
    };
    let output = outputs.iter().position(|made| *made == commitment);
    Ok(DisclosedNote {
        opening: opening(&note.note()),
        nullifier,
        created: Some(Output {
            entry: made_by,
            output: place(output)?,
        }),
        fate,
    })
}

/// The input of nothing, if the transfer spent one note only.
fn dummy_beside(owner: &Party, terms: &Terms, entry: u64, transfer: &Transfer) -> Option<DisclosedNote> {
    let [first, second] = transfer.body.nullifiers;
    let note = dummy(owner, terms.hash(), first);
    let nullifier = note.commitment().nullifier(owner.nullifier_key());
    (nullifier == second).then(|| DisclosedNote {
        opening: opening(&note),
        nullifier,
        created: None,
        fate: Fate::Spent(Input { entry, input: 1 }),
    })
}

/// Everything that came of a transfer, as its sender sealed it to itself.
fn opened(
    owner: &Party,
    terms: &Terms,
    origin: &KeyName,
    entry: u64,
    transfer: &Transfer,
) -> Result<OpenedTransfer, Failure> {
    let body = &transfer.body;
    let record = SenderRecord::open(owner.encryption_key(), origin, body.nullifiers[0], &body.sender_record);
    let outputs: Option<Vec<Opening>> = record.ok().and_then(|record| {
        let notes = record.outputs.iter().map(|output| output.note(terms.hash()));
        let made = notes.zip(body.commitments);
        made.map(|(note, commitment)| (note.commitment() == commitment).then(|| opening(&note)))
            .collect()
    });
    let outputs = outputs.ok_or_else(|| {
        Failure::new(
            "record_unreadable",
            format!("entry {entry} spends the receivable, but its record for the sender does not open"),
            "disclose from the wallet that made that transfer",
        )
    })?;
    Ok(OpenedTransfer { entry, outputs })
}

fn opening(note: &Note) -> Opening {
    Opening {
        amount: note.amount,
        owner: note.owner,
        randomness: note.randomness.clone(),
    }
}

fn transfer_at(view: &View<'_>, entry: u64) -> Result<Box<Transfer>, Failure> {
    match Entry::decode(&view.entry(entry)?.bytes) {
        Ok(Entry::Transfer(transfer)) => Ok(transfer),
        _ => Err(not_the_ledgers()),
    }
}

fn place(found: Option<usize>) -> Result<u8, Failure> {
    found
        .and_then(|place| u8::try_from(place).ok())
        .ok_or_else(not_the_ledgers)
}

fn not_the_ledgers() -> Failure {
    Failure::new(
        "wallet_other_ledger",
        "the wallet's notes are not where it remembers them on this ledger",
        "read the ledger again: tradeseal receivable scan --from-start",
    )
}
