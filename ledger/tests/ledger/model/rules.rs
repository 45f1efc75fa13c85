//! What the plain model takes and why not, written from `docs/protocol.md` section 4 and from nothing in the ledger's code.
//!
//! Signatures and proofs are looked at first, then what depends on the place in the log, each in the order in which this
//! file has it.

use super::operation::{
    Anchor, Dilute, Lock, Mint, Operation, Output, Party, Proof, Release, Root, Rotate, Signer, Transfer, Tree, ZERO,
};
use super::plain::{DAY, Deposit, LockState, Model, Note, PartyState, Receivable, WHOLE};
use std::collections::BTreeSet;

/// Why the log does not take an operation; `usize` is the number of the operation that is in its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    NotRegistrar,
    Signature,
    KeyNotAccepted,
    Proof,
    RepeatedInput,
    RepeatedOutput,
    RepeatedTag,
    TagUnderPreviousKeyMissing,
    TagUnderPreviousKeyUnexpected,
    EvaluatedByAnotherThanTheCurrentKey,
    EvaluatedByAnotherThanThePreviousKey,
    InTheLog(usize),
    RootUnknown(Tree),
    RootStale(Tree),
    IssuedTooLate,
    IssuedTooEarly,
    Minted(usize),
    NumberTaken(usize),
    NoteExists(usize),
    NullifierZero,
    Spent(usize),
    Locked(u8),
    LockTerm,
    NotLocked,
    HeldByAnother(u8),
    OtherLock,
    Revision,
    NotEnrolled,
    RegistryRevision,
    EraNotOver,
    KeyServesAsCurrent,
    KeyServesAsPrevious,
    NumberUnknown,
    NotTheDilutionKey,
    NotLess,
}

impl Model {
    /// Decides the operation of this number.
    pub fn decide(&mut self, id: usize, operation: &Operation) -> Result<(), Reason> {
        match operation {
            Operation::Mint(mint) => self.looks_right_mint(mint)?,
            Operation::Transfer(transfer) => looks_right_transfer(transfer)?,
            Operation::Lock(lock) => {
                signed(lock.signed_by == lock.bank)?;
                proven(lock.proof)?;
            }
            Operation::Release(release) => signed(release.signed_by == release.bank)?,
            Operation::Dilute(dilute) => signed(dilute.signed)?,
            Operation::Anchor(Anchor { signed: is_signed, .. }) => signed(*is_signed)?,
            Operation::Deposit(_) => {}
            Operation::Rotate(Rotate { signer, .. }) | Operation::Party(Party { signer, .. }) => match signer {
                Signer::Registrar => {}
                Signer::Stranger => return Err(Reason::NotRegistrar),
                Signer::Forger => return Err(Reason::Signature),
            },
        }
        if let Some(by) = self.log.get(operation) {
            return Err(Reason::InTheLog(*by));
        }
        match operation {
            Operation::Mint(mint) => self.mint(id, mint)?,
            Operation::Transfer(transfer) => self.transfer(id, transfer)?,
            Operation::Lock(lock) => self.lock(id, lock)?,
            Operation::Release(release) => self.release(release)?,
            Operation::Dilute(dilute) => self.dilute(dilute)?,
            Operation::Rotate(rotate) => self.rotate(rotate)?,
            Operation::Party(party) => self.party(party)?,
            Operation::Deposit(commitment) => self.deposit(id, *commitment),
            Operation::Anchor(_) => {}
        }
        self.log.insert(operation.clone(), id);
        Ok(())
    }

    fn require_root(&self, tree: Tree, root: Root) -> Result<(), Reason> {
        let Root::Seen(number) = root else {
            return Err(Reason::RootUnknown(tree));
        };
        match self.roots[&tree][number] {
            Some(replaced) if self.now >= replaced + self.grace => Err(Reason::RootStale(tree)),
            _ => Ok(()),
        }
    }

    fn looks_right_mint(&self, mint: &Mint) -> Result<(), Reason> {
        let (current, previous) = mint.keys;
        match (self.previous_key(), previous) {
            (None, None) => {}
            (None, Some(_)) => return Err(Reason::TagUnderPreviousKeyUnexpected),
            (Some(_), None) => return Err(Reason::TagUnderPreviousKeyMissing),
            (Some(_), Some(previous)) if previous == current => return Err(Reason::RepeatedTag),
            (Some(key), Some(previous)) if previous != key => {
                return Err(Reason::EvaluatedByAnotherThanThePreviousKey);
            }
            (Some(_), Some(_)) => {}
        }
        if current != self.current_key() {
            return Err(Reason::EvaluatedByAnotherThanTheCurrentKey);
        }
        proven(mint.proof)
    }

    fn mint(&mut self, id: usize, mint: &Mint) -> Result<(), Reason> {
        if mint.issue.1 > self.today() + 1 {
            return Err(Reason::IssuedTooLate);
        }
        if u64::from(mint.issue.0) < self.oldest_issue_day() {
            return Err(Reason::IssuedTooEarly);
        }
        self.require_root(Tree::Directory, mint.directory)?;
        let tags = [Some(mint.keys.0), mint.keys.1].into_iter().flatten();
        let tags: Vec<(u64, u64)> = tags.map(|key| (mint.invoice, key)).collect();
        if let Some(by) = tags.iter().find_map(|tag| self.tags.get(tag)) {
            return Err(Reason::Minted(*by));
        }
        if let Some(taken) = self.receivables.get(&mint.receivable) {
            return Err(Reason::NumberTaken(taken.by));
        }
        self.require_new_note(mint.note)?;
        self.tags.extend(tags.into_iter().map(|tag| (tag, id)));
        // What tags are there for: whatever the keys and the days, an invoice is minted once.
        assert_eq!(
            self.invoices.insert(mint.invoice, id),
            None,
            "invoice {} twice",
            mint.invoice
        );
        let receivable = Receivable {
            face: mint.amount,
            remaining: WHOLE,
            by: id,
        };
        self.receivables.insert(mint.receivable, receivable);
        self.add_note(id, mint.note, mint.receivable, mint.amount, mint.owner);
        Ok(())
    }

    fn require_new_note(&self, note: u64) -> Result<(), Reason> {
        self.notes
            .get(&note)
            .map_or(Ok(()), |note| Err(Reason::NoteExists(note.by)))
    }

    fn add_note(&mut self, by: usize, number: u64, receivable: u64, amount: u64, owner: u64) {
        let note = Note {
            receivable,
            amount,
            owner,
            time: self.now,
            by,
        };
        self.notes.insert(number, note);
        self.note_order.push(number);
        self.unspent.push(number);
        self.changed.insert(Tree::Notes);
    }

    fn transfer(&mut self, id: usize, transfer: &Transfer) -> Result<(), Reason> {
        self.require_root(Tree::Notes, transfer.notes)?;
        for input in transfer.inputs {
            if input == ZERO {
                return Err(Reason::NullifierZero);
            }
            if let Some(by) = self.spent.get(&input) {
                return Err(Reason::Spent(*by));
            }
            if let Some(lock) = self.live_lock(input).filter(|lock| Some(lock.bank) != transfer.bank) {
                return Err(Reason::Locked(lock.bank));
            }
        }
        for output in transfer.outputs {
            self.require_new_note(output.note)?;
        }
        let receivable = transfer.inputs.iter().find_map(|input| self.notes.get(input));
        let receivable = receivable.map_or(u64::MAX, |note| note.receivable);
        for input in transfer.inputs {
            self.spent.insert(input, id);
            self.spent_order.push(input);
            self.unspent.retain(|note| *note != input);
        }
        for Output { note, amount, owner } in transfer.outputs {
            self.add_note(id, note, receivable, amount, owner);
        }
        Ok(())
    }

    fn lock(&mut self, id: usize, lock: &Lock) -> Result<(), Reason> {
        let latest = lock.lock_until.min(self.now + 180 * DAY);
        if lock.expires <= self.now || lock.expires > latest {
            return Err(Reason::LockTerm);
        }
        self.require_root(Tree::Notes, lock.notes)?;
        self.require_root(Tree::Dilutions, lock.dilutions)?;
        if let Some(by) = self.spent.get(&lock.input) {
            return Err(Reason::Spent(*by));
        }
        if let Some(held) = self.live_lock(lock.input).filter(|held| held.bank != lock.bank) {
            return Err(Reason::Locked(held.bank));
        }
        let state = LockState {
            bank: lock.bank,
            expires: lock.expires,
            by: id,
            released: false,
        };
        self.locks.insert(lock.input, state);
        Ok(())
    }

    fn release(&mut self, release: &Release) -> Result<(), Reason> {
        let held = self.live_lock(release.input).ok_or(Reason::NotLocked)?;
        if held.bank != release.bank {
            return Err(Reason::HeldByAnother(held.bank));
        }
        if held.by != release.lock || release.misses {
            return Err(Reason::OtherLock);
        }
        self.locks.get_mut(&release.input).unwrap().released = true;
        Ok(())
    }

    fn dilute(&mut self, dilute: &Dilute) -> Result<(), Reason> {
        let receivable = self
            .receivables
            .get_mut(&dilute.receivable)
            .ok_or(Reason::NumberUnknown)?;
        if dilute.key != dilute.receivable {
            return Err(Reason::NotTheDilutionKey);
        }
        if dilute.remaining >= receivable.remaining {
            return Err(Reason::NotLess);
        }
        if receivable.remaining == WHOLE {
            self.dilution_order.push(dilute.receivable);
        }
        receivable.remaining = dilute.remaining;
        self.changed.insert(Tree::Dilutions);
        Ok(())
    }

    /// A second deposit of a commitment has the first one's bytes: the log is in its way.
    fn deposit(&mut self, id: usize, commitment: u64) {
        let second = self.deposits.insert(commitment, Deposit { by: id, time: self.now });
        assert!(second.is_none(), "deposit {commitment} twice");
        self.deposit_order.push(commitment);
    }

    fn rotate(&mut self, rotate: &Rotate) -> Result<(), Reason> {
        if rotate.revision != self.registry.len() as u64 {
            return Err(Reason::RegistryRevision);
        }
        if !self.era_is_over() {
            return Err(Reason::EraNotOver);
        }
        if rotate.key == self.current_key() {
            return Err(Reason::KeyServesAsCurrent);
        }
        if Some(rotate.key) == self.previous_key() {
            return Err(Reason::KeyServesAsPrevious);
        }
        self.registry.push((rotate.key, self.now));
        Ok(())
    }

    fn party(&mut self, party: &Party) -> Result<(), Reason> {
        let known = self.parties.get(&party.party);
        if party.removes && !known.is_some_and(|known| known.enrolled) {
            return Err(Reason::NotEnrolled);
        }
        if party.revision != known.map_or(0, |known| known.revision + 1) {
            return Err(Reason::Revision);
        }
        let state = PartyState {
            place: known.map_or(self.parties.len(), |known| known.place),
            revision: party.revision,
            enrolled: !party.removes,
        };
        self.parties.insert(party.party, state);
        self.changed.insert(Tree::Directory);
        Ok(())
    }
}

fn signed(signed: bool) -> Result<(), Reason> {
    if signed { Ok(()) } else { Err(Reason::Signature) }
}

fn proven(proof: Proof) -> Result<(), Reason> {
    match proof {
        Proof::Good => Ok(()),
        Proof::OfOtherRows => Err(Reason::Proof),
        Proof::OfUnacceptedKey => Err(Reason::KeyNotAccepted),
    }
}

fn looks_right_transfer(transfer: &Transfer) -> Result<(), Reason> {
    signed(transfer.bank == transfer.signed_by)?;
    if transfer.inputs[0] == transfer.inputs[1] {
        return Err(Reason::RepeatedInput);
    }
    let outputs: BTreeSet<u64> = transfer.outputs.iter().map(|output| output.note).collect();
    if outputs.len() < transfer.outputs.len() {
        return Err(Reason::RepeatedOutput);
    }
    proven(transfer.proof)
}
