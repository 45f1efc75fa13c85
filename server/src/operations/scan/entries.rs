//! One entry after another, tried with every key of the wallet.
//!
//! In scope: what is believed. An opening counts if its commitment is the entry's under the finder's own address, or under the settled one where the
//! finder is the debtor, and it is worth anything; a sender's record counts if its outputs are the entry's under the spent note's terms. Out of scope: where to go on (`scan`).
//! An attacker who seals nonsense to somebody's key wastes a trial decryption.

use std::collections::BTreeMap;

use tradeseal_ledger::view::NoteEntry;
use tradeseal_primitives::receivable::{Commitment, Nullifier, settled_address};
use tradeseal_verifier::entry::{Entry, SealedNote, Transfer};
use tradeseal_verifier::log::KeyName;

use super::Scanned;
use crate::Failure;
use crate::sealing::{NoteOpening, SenderRecord};
use crate::wallet::{HeldNote, ItemName, NotePosition, NoteWay, Party, SentPayment, Wallet};

/// What made a note.
enum MadeBy {
    Mint,
    /// By this party of the wallet, if it is one of its own.
    Transfer(Option<ItemName>),
}

impl MadeBy {
    fn way(&self, note: &HeldNote) -> NoteWay {
        match self {
            Self::Mint if note.opening.source.is_some() => NoteWay::Minted,
            Self::Transfer(Some(sender)) if *sender == note.party => NoteWay::Kept,
            _ => NoteWay::Received,
        }
    }
}

/// Tries entries with the wallet's keys.
pub(super) struct EntryReader<'a> {
    wallet: &'a Wallet,
    origin: &'a KeyName,
    parties: Vec<(ItemName, Party)>,
    /// Every note of the wallet that can be spent, by what its spending publishes.
    by_nullifier: BTreeMap<Nullifier, ItemName>,
}

/// The name under which a wallet keeps what belongs to a commitment.
pub(crate) fn item_name(commitment: Commitment) -> Result<ItemName, Failure> {
    Ok(hex::encode(commitment.to_bytes()).parse()?)
}

impl<'a> EntryReader<'a> {
    pub(super) fn open(wallet: &'a Wallet, origin: &'a KeyName) -> Result<Self, Failure> {
        let mut reader = Self {
            wallet,
            origin,
            parties: wallet.list::<Party>()?,
            by_nullifier: BTreeMap::new(),
        };
        for (item, note) in wallet.list::<HeldNote>()? {
            reader.watch(item, &note);
        }
        Ok(reader)
    }

    /// Remembers by which nullifier a note will be seen to be spent.
    fn watch(&mut self, item: ItemName, note: &HeldNote) {
        let party = self.parties.iter().find(|(name, _)| *name == note.party);
        if let Some(nullifier) = party.and_then(|(_, party)| note.nullifier(party)) {
            self.by_nullifier.insert(nullifier, item);
        }
    }

    pub(super) fn read(&mut self, entry: &NoteEntry, scanned: &mut Scanned) -> Result<(), Failure> {
        let mut places = entry.positions.clone().map(|leaf_index| NotePosition {
            leaf_index,
            entry_index: entry.index,
            entry_time: entry.time,
        });
        match &entry.entry {
            Entry::Mint(mint) => {
                for place in places {
                    self.try_note(
                        mint.body.commitment,
                        &mint.body.sealed_note,
                        place,
                        &MadeBy::Mint,
                        scanned,
                    )?;
                }
            }
            Entry::Transfer(transfer) => {
                let sender = self.mark_spent(transfer, entry.index, scanned)?;
                if let (Some(note), Some(place)) = (&sender, places.clone().next()) {
                    self.try_record(transfer, note, place, scanned)?;
                }
                let made_by = MadeBy::Transfer(sender.map(|note| note.party.clone()));
                let body = &transfer.body;
                for (commitment, sealed) in body.commitments.iter().zip(&body.sealed_notes) {
                    let Some(place) = places.next() else { break };
                    self.try_note(*commitment, sealed, place, &made_by, scanned)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Marks the wallet's notes that a transfer spends; gives the first input's, if it is the wallet's.
    fn mark_spent(&self, transfer: &Transfer, index: u64, scanned: &mut Scanned) -> Result<Option<HeldNote>, Failure> {
        let mut first = None;
        for (input, nullifier) in transfer.body.nullifiers.iter().enumerate() {
            let Some(item) = self.by_nullifier.get(nullifier) else {
                continue;
            };
            let mut note: HeldNote = self.wallet.get(item)?;
            if note.spent != Some(index) {
                note.spent = Some(index);
                self.wallet.replace(item, &note)?;
            }
            scanned.spent.push(item.clone());
            if input == 0 {
                first = Some(note);
            }
        }
        Ok(first)
    }

    /// Tries a sealed note with every party's key.
    fn try_note(
        &mut self,
        commitment: Commitment,
        sealed: &SealedNote,
        position: NotePosition,
        made_by: &MadeBy,
        scanned: &mut Scanned,
    ) -> Result<(), Failure> {
        let opened = self.parties.iter().find_map(|(name, party)| {
            let opening = NoteOpening::open(party.encryption_key(), self.origin, commitment, sealed).ok()?;
            believed(name, party, opening, commitment, position)
        });
        let Some(mut note) = opened else { return Ok(()) };
        // Anyone can make notes of nothing, under any terms and for anyone.
        if note.amount().0 == 0 {
            return Ok(());
        }
        note.way = made_by.way(&note);
        if note.way == NoteWay::Received {
            // Whoever is paid did not mint; a sender's word on the invoice is not its own.
            note.opening.source = None;
        }
        let item = item_name(commitment)?;
        if let Some(known) = self.wallet.find::<HeldNote>(&item)? {
            note.spent = known.spent;
        }
        self.wallet.replace(&item, &note)?;
        self.watch(item.clone(), &note);
        scanned.found.push(item);
        Ok(())
    }

    /// Opens the record of a transfer that a note of the wallet paid for, and keeps what it says of payments to others.
    fn try_record(
        &self,
        transfer: &Transfer,
        from: &HeldNote,
        position: NotePosition,
        scanned: &mut Scanned,
    ) -> Result<(), Failure> {
        let body = &transfer.body;
        let sender: Party = self.wallet.get(&from.party)?;
        let record = SenderRecord::open(
            sender.encryption_key(),
            self.origin,
            body.nullifiers[0],
            &body.sender_record,
        );
        let Ok(record) = record else { return Ok(()) };
        let terms = from.terms().hash();
        let made = |(output, commitment): (&crate::sealing::RecordedOutput, &Commitment)| {
            output.note(terms).commitment() == *commitment
        };
        if !record.outputs.iter().zip(&body.commitments).all(made) {
            return Ok(());
        }
        for (output, commitment) in record.outputs.iter().zip(&body.commitments) {
            if output.amount.0 == 0 || output.recipient.address == from.owner {
                continue;
            }
            let item = item_name(*commitment)?;
            let payment = SentPayment {
                party: from.party.clone(),
                from: from.commitment(),
                output: output.clone(),
                currency: from.terms().currency,
                entry_index: position.entry_index,
                entry_time: position.entry_time,
            };
            self.wallet.replace(&item, &payment)?;
            scanned.payments.push(item);
        }
        Ok(())
    }
}

/// The note, if the opening is of the entry's commitment for this party.
fn believed(
    name: &ItemName,
    party: &Party,
    opening: NoteOpening,
    commitment: Commitment,
    position: NotePosition,
) -> Option<HeldNote> {
    let is_debtor = party.identifier().is_some_and(|own| own.id() == opening.terms.debtor);
    let owners = [Some(party.address()), is_debtor.then(settled_address)];
    let owner = owners
        .into_iter()
        .flatten()
        .find(|owner| opening.note(*owner).commitment() == commitment)?;
    Some(HeldNote {
        party: name.clone(),
        owner,
        opening,
        way: NoteWay::Received,
        position,
        spent: None,
    })
}
