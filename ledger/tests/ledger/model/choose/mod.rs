//! Random operations: most of them what an honest party would do, the rest every way to do it wrong.

mod mint;
mod transfer;

use super::operation::{Anchor, Dilute, Lock, Operation, Party, Proof, Release, Root, Rotate, Signer, Tree};
use super::plain::{DAY, Model, WHOLE};
use crate::random::Random;

/// Inputs from here on are of no note: dummies.
const FIRST_DUMMY: u64 = 1_000_000_000;
const BANKS: u64 = 4;
const OWNERS: u64 = 6;
const PARTIES: u64 = 12;

/// Makes operations; remembers what it numbered and what it made.
pub struct Chooser {
    pub random: Random,
    notes: u64,
    dummies: u64,
    receivables: u64,
    keys: u64,
    /// Issue day of every invoice.
    invoices: Vec<u32>,
    made: Vec<Operation>,
    /// A second change of the directory in a group could bring back a root within it.
    directory_changed: bool,
    group_began: usize,
}

impl Chooser {
    pub fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            notes: 0,
            dummies: FIRST_DUMMY,
            receivables: 0,
            keys: 0,
            invoices: vec![],
            made: vec![],
            directory_changed: false,
            group_began: 0,
        }
    }

    /// How far the clock goes on before the next group, which begins with the operation of this number.
    pub fn begin_group(&mut self, id: usize) -> u64 {
        self.directory_changed = false;
        self.group_began = id;
        match self.random.below(100) {
            0..50 => 0,
            50..85 => self.random.below(200),
            85..93 => self.random.below(3000),
            _ => self.random.below(4 * DAY),
        }
    }

    pub fn operation(&mut self, model: &Model) -> Operation {
        loop {
            let operation = match self.random.below(1000) {
                0..30 => Operation::Deposit(self.deposit(model)),
                30..45 => Operation::Anchor(self.anchor()),
                45..260 => Operation::Mint(self.mint(model)),
                260..600 => Operation::Transfer(self.transfer(model)),
                600..760 => Operation::Lock(self.lock(model)),
                760..840 => self.release(model).unwrap_or_else(|| Operation::Lock(self.lock(model))),
                840..920 => Operation::Dilute(self.dilute(model)),
                920..950 => Operation::Party(self.party(model)),
                950..960 => Operation::Rotate(self.rotate(model)),
                960..970 if model.era_is_over() => Operation::Rotate(self.rotate(model)),
                _ => self
                    .random
                    .pick(&self.made)
                    .cloned()
                    .unwrap_or_else(|| Operation::Mint(self.mint(model))),
            };
            if matches!(operation, Operation::Party(_)) && std::mem::replace(&mut self.directory_changed, true) {
                continue;
            }
            self.made.push(operation.clone());
            return operation;
        }
    }

    fn new_note(&mut self) -> u64 {
        self.notes += 1;
        self.notes
    }

    fn dummy(&mut self) -> u64 {
        self.dummies += 1;
        self.dummies
    }

    fn proof(&mut self) -> Proof {
        match self.random.below(100) {
            0..2 => Proof::OfOtherRows,
            2..4 => Proof::OfUnacceptedKey,
            _ => Proof::Good,
        }
    }

    fn signer(&mut self) -> Signer {
        match self.random.below(100) {
            0..4 => Signer::Stranger,
            4..8 => Signer::Forger,
            _ => Signer::Registrar,
        }
    }

    fn bank(&mut self) -> u8 {
        u8::try_from(self.random.below(BANKS)).unwrap()
    }

    /// The signer in a bank's place: mostly the bank.
    fn in_place_of(&mut self, bank: u8) -> u8 {
        if self.random.percent(3) { (bank + 1) % 4 } else { bank }
    }

    /// Mostly the latest root, else one of the last or any.
    fn root(&mut self, model: &Model, tree: Tree) -> Root {
        let (current, count) = (model.current_root(tree), model.roots_seen(tree) as u64);
        let back = match self.random.below(100) {
            0..82 => return Root::Seen(current),
            82..94 => self.random.below(4.min(count)),
            94..98 => self.random.below(count),
            _ => return Root::Unknown,
        };
        Root::Seen(usize::try_from(count - 1 - back).unwrap())
    }

    fn lock(&mut self, model: &Model) -> Lock {
        let input = match self.random.below(100) {
            0..6 => self.random.pick(&model.spent_order).copied(),
            6..12 => None,
            12..40 => {
                let locked: Vec<u64> = model.locks.keys().copied().collect();
                self.random.pick(&locked).copied()
            }
            _ => self.random.pick(&model.unspent).copied(),
        };
        let input = input.unwrap_or_else(|| self.dummy());
        let held = model.live_lock(input).filter(|_| self.random.percent(40));
        let bank = held.map_or_else(|| self.bank(), |held| held.bank);
        let until = model.now + [1500, 5 * DAY, 400 * DAY, 400 * DAY][usize::try_from(self.random.below(4)).unwrap()];
        let expires = match self.random.below(100) {
            0..3 => model.now - self.random.below(10),
            3..6 => until + 1,
            6..9 => model.now + 180 * DAY + self.random.below(2),
            9..80 => model.now + 1 + self.random.below(3000),
            _ => model.now + self.random.below(5 * DAY),
        };
        Lock {
            input,
            bank,
            signed_by: self.in_place_of(bank),
            expires,
            lock_until: until,
            notes: self.root(model, Tree::Notes),
            dilutions: self.root(model, Tree::Dilutions),
            proof: self.proof(),
        }
    }

    /// Of a lock of an earlier group, as its index in the log is known: mostly one that holds.
    fn release(&mut self, model: &Model) -> Option<Operation> {
        let any = self.random.percent(15);
        let locked = model.locks.iter().filter(|(_, lock)| lock.by < self.group_began);
        let locked: Vec<_> = locked
            .filter(|(input, _)| any || model.live_lock(**input).is_some())
            .collect();
        let (input, lock) = *self.random.pick(&locked)?;
        let bank = if self.random.percent(8) { self.bank() } else { lock.bank };
        Some(Operation::Release(Release {
            input: *input,
            bank,
            signed_by: self.in_place_of(bank),
            lock: lock.by,
            misses: self.random.percent(8),
        }))
    }

    /// Mostly new, else of a note's commitment, or deposited before.
    fn deposit(&mut self, model: &Model) -> u64 {
        let (noted, again) = (self.random.percent(20), self.random.percent(20));
        let note = self.random.pick(&model.note_order).copied().filter(|_| noted);
        let deposited = self.random.pick(&model.deposit_order).copied().filter(|_| again);
        note.or(deposited).unwrap_or_else(|| self.new_note())
    }

    fn anchor(&mut self) -> Anchor {
        Anchor {
            items: 1 + self.random.below(3),
            lot: self.random.below(40),
            signer: self.bank(),
            signed: !self.random.percent(4),
        }
    }

    fn dilute(&mut self, model: &Model) -> Dilute {
        let minted: Vec<u64> = model.receivables.keys().copied().collect();
        let minted = self.random.pick(&minted).copied().filter(|_| !self.random.percent(6));
        // Else one that perhaps no mint took.
        let receivable = minted.unwrap_or_else(|| self.random.below(self.receivables + 1));
        let remains = model
            .receivables
            .get(&receivable)
            .map_or(WHOLE, |known| known.remaining);
        let remaining = match self.random.below(100) {
            0..8 => remains,
            8..16 => remains + u32::try_from(self.random.below(u64::from(WHOLE - remains) + 1)).unwrap(),
            16..20 => 0,
            _ => u32::try_from(self.random.below(u64::from(remains) + 1)).unwrap(),
        };
        let stranger = self.random.percent(5);
        Dilute {
            receivable,
            remaining,
            key: if stranger { receivable + 1 } else { receivable },
            signed: !self.random.percent(4),
        }
    }

    fn party(&mut self, model: &Model) -> Party {
        let party = self.random.below(PARTIES);
        let next = model.parties.get(&party).map_or(0, |known| known.revision + 1);
        let revision = match self.random.below(100) {
            0..10 => next + 1,
            10..20 => next.saturating_sub(1),
            _ => next,
        };
        Party {
            party,
            revision,
            removes: self.random.percent(35),
            signer: self.signer(),
        }
    }

    fn rotate(&mut self, model: &Model) -> Rotate {
        let used: Vec<u64> = model.registry.iter().map(|(key, _)| *key).collect();
        let key = match self.random.below(100) {
            0..15 => model.current_key(),
            15..35 => model.previous_key().unwrap_or(0),
            35..40 => *self.random.pick(&used).unwrap(),
            _ => self.keys + 1,
        };
        self.keys = self.keys.max(key);
        let next = model.registry.len() as u64;
        Rotate {
            key,
            revision: if self.random.percent(10) {
                next - self.random.below(2) + 1
            } else {
                next
            },
            signer: self.signer(),
        }
    }
}
