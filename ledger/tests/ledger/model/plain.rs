//! A plain model of the ledger: what is known, in maps in memory.

use super::operation::{Operation, Tree};
use std::collections::{BTreeMap, BTreeSet};

pub const DAY: u64 = 86_400;
pub const WHOLE: u32 = 1_000_000_000;

/// A note, spent or not.
#[derive(Debug, Clone, Copy)]
pub struct Note {
    pub receivable: u64,
    pub amount: u64,
    pub owner: u64,
    pub time: u64,
    pub by: usize,
}

#[derive(Debug, Clone, Copy)]
pub struct LockState {
    pub bank: u8,
    pub expires: u64,
    pub by: usize,
    pub released: bool,
}

#[derive(Debug, Clone, Copy)]
pub struct Receivable {
    pub face: u64,
    pub remaining: u32,
    pub by: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartyState {
    pub place: usize,
    pub revision: u64,
    pub enrolled: bool,
}

#[derive(Debug, Clone, Copy)]
pub struct Deposit {
    pub by: usize,
    pub time: u64,
}

/// Everything, in plain maps. Times are seconds since 1970.
pub struct Model {
    pub now: u64,
    pub(super) grace: u64,
    era_seconds: u64,
    pub notes: BTreeMap<u64, Note>,
    /// In the order of their places in the tree.
    pub note_order: Vec<u64>,
    pub unspent: Vec<u64>,
    pub spent: BTreeMap<u64, usize>,
    pub spent_order: Vec<u64>,
    pub locks: BTreeMap<u64, LockState>,
    /// (invoice, registry key) -> who minted it.
    pub tags: BTreeMap<(u64, u64), usize>,
    pub invoices: BTreeMap<u64, usize>,
    pub receivables: BTreeMap<u64, Receivable>,
    /// Receivables in the order in which they were first diluted.
    pub dilution_order: Vec<u64>,
    pub deposits: BTreeMap<u64, Deposit>,
    /// In the order of their places in the tree.
    pub deposit_order: Vec<u64>,
    pub parties: BTreeMap<u64, PartyState>,
    /// Every key of the registry with the time from which it was the current one.
    pub registry: Vec<(u64, u64)>,
    /// Of each tree, when each root that was seen was replaced.
    pub(super) roots: BTreeMap<Tree, Vec<Option<u64>>>,
    /// Which directory each root of it stands for.
    directories: Vec<BTreeMap<usize, (u64, u64)>>,
    pub(super) changed: BTreeSet<Tree>,
    pub(super) log: BTreeMap<Operation, usize>,
}

impl Model {
    pub fn new(now: u64, grace: u64, era_seconds: u64) -> Self {
        let trees = [Tree::Notes, Tree::Dilutions, Tree::Directory];
        Self {
            now,
            grace,
            era_seconds,
            notes: BTreeMap::new(),
            note_order: vec![],
            unspent: vec![],
            spent: BTreeMap::new(),
            spent_order: vec![],
            locks: BTreeMap::new(),
            tags: BTreeMap::new(),
            invoices: BTreeMap::new(),
            receivables: BTreeMap::new(),
            dilution_order: vec![],
            deposits: BTreeMap::new(),
            deposit_order: vec![],
            parties: BTreeMap::new(),
            registry: vec![(0, now)],
            roots: trees.map(|tree| (tree, vec![None])).into(),
            directories: vec![BTreeMap::new()],
            changed: BTreeSet::new(),
            log: BTreeMap::new(),
        }
    }

    pub fn today(&self) -> u32 {
        u32::try_from(self.now / DAY).unwrap()
    }

    pub fn current_key(&self) -> u64 {
        self.registry[self.registry.len() - 1].0
    }

    pub fn previous_key(&self) -> Option<u64> {
        Some(self.registry[self.registry.len().checked_sub(2)?].0)
    }

    pub fn era_is_over(&self) -> bool {
        self.now >= self.registry[self.registry.len() - 1].1 + self.era_seconds
    }

    /// The day from which on invoices can be minted: none before a key was dropped; then two days after the day on which the
    /// youngest dropped key gave way to the one after it.
    pub fn oldest_issue_day(&self) -> u64 {
        match self.registry.len() {
            0..=2 => 0,
            keys => self.registry[keys - 2].1 / DAY + 2,
        }
    }

    pub fn roots_seen(&self, tree: Tree) -> usize {
        self.roots[&tree].len()
    }

    pub fn current_root(&self, tree: Tree) -> usize {
        self.roots[&tree].iter().position(Option::is_none).unwrap()
    }

    pub fn live_lock(&self, input: u64) -> Option<LockState> {
        let lock = self.locks.get(&input)?;
        (!lock.released && self.now < lock.expires).then_some(*lock)
    }

    /// Ends a group of operations of one time: the roots of changed trees are replaced. Gives those that are new.
    pub fn end_group(&mut self) -> BTreeSet<Tree> {
        let mut new = std::mem::take(&mut self.changed);
        if new.contains(&Tree::Directory) && self.same_directory_again() {
            new.remove(&Tree::Directory);
        }
        for tree in &new {
            let now = self.now;
            let roots = self.roots.get_mut(tree).unwrap();
            roots.iter_mut().for_each(|replaced| *replaced = replaced.or(Some(now)));
            roots.push(None);
        }
        new
    }

    /// A directory that was there before has the root that it had: a removed party's leaf is as if it never was.
    fn same_directory_again(&mut self) -> bool {
        let enrolled = self.parties.iter().filter(|(_, party)| party.enrolled);
        let directory = enrolled
            .map(|(number, party)| (party.place, (*number, party.revision)))
            .collect();
        let known = self.directories.iter().position(|before| *before == directory);
        match known {
            Some(known) => {
                let now = self.now;
                let roots = self.roots.get_mut(&Tree::Directory).unwrap();
                roots.iter_mut().for_each(|replaced| *replaced = replaced.or(Some(now)));
                roots[known] = None;
                true
            }
            None => {
                self.directories.push(directory);
                false
            }
        }
    }
}
