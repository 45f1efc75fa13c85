//! Banks that race for one receivable: exactly one gets it, always, whatever else happens at the same time.

use crate::fixture::*;
use crate::minting::Minting;
use crate::random::Random;
use std::collections::BTreeSet;
use std::sync::Barrier;
use std::time::{Duration, Instant};
use tradeseal_ledger::rules::Refusal;
use tradeseal_ledger::view::NullifierStatus;
use tradeseal_ledger::{Receipt, SubmitError};
use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};
use tradeseal_verifier::entry::{Ed25519Key, Entry};

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const FIRST_BANK: u8 = 40;
const TERM: u64 = 1000;

type Outcome = Result<Receipt, SubmitError>;

/// Submits every entry from a thread of its own, all let go at once, each after a random moment.
fn submit_at_once(world: &World, entries: Vec<Entry>, random: &mut Random) -> Vec<Outcome> {
    let start = Barrier::new(entries.len());
    let delays: Vec<u64> = entries.iter().map(|_| random.below(300)).collect();
    std::thread::scope(|scope| {
        let threads: Vec<_> = entries
            .into_iter()
            .zip(delays)
            .map(|(entry, delay)| {
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    let from = Instant::now();
                    while from.elapsed() < Duration::from_micros(delay) {
                        std::hint::spin_loop();
                    }
                    world.ledger.submit(entry)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// A lock by each of so many banks on the same note, ending that long after the start.
fn locks(world: &World, number: u64, banks: u8, expires: u64) -> Vec<Entry> {
    let roots = world.roots();
    (0..banks)
        .map(|k| lock(number, roots, FIRST_BANK + k, expires))
        .collect()
}

/// Races for the note; gives the winner and the index of its lock, after checking that all others were told who won.
fn race(world: &World, number: u64, banks: u8, expires: u64, random: &mut Random) -> (u8, u64) {
    let outcomes = submit_at_once(world, locks(world, number, banks, expires), random);
    let winners: Vec<(u8, u64)> = (FIRST_BANK..)
        .zip(&outcomes)
        .filter_map(|(bank, outcome)| outcome.as_ref().ok().map(|receipt| (bank, receipt.index())))
        .collect();
    let [winner] = winners[..] else {
        panic!("{} winners: {outcomes:?}", winners.len());
    };
    let lost = SubmitError::from(Refusal::Locked {
        nullifier: nullifier(number),
        by: bank(winner.0),
        until: UnixSeconds(START + expires),
    });
    let losers = outcomes.into_iter().filter_map(Result::err);
    losers.for_each(|refusal| assert_eq!(refusal, lost));
    let status = world
        .ledger
        .view()
        .unwrap()
        .nullifier_status(nullifier(number))
        .unwrap();
    assert!(matches!(status, NullifierStatus::Locked { by, index, .. } if (by, index) == (bank(winner.0), winner.1)));
    winner
}

/// One note's life: raced for, then released, expired, or transferred, and raced for again. Gives who won first.
fn round(world: &World, number: u64, banks: u8, now: &mut u64, random: &mut Random) -> u8 {
    let expires = *now + TERM;
    let (winner, index) = race(world, number, banks, expires, random);
    let loser = FIRST_BANK + (winner - FIRST_BANK + 1) % banks;
    match random.below(3) {
        0 => {
            world.accept(release(number, winner, index));
            race(world, number, banks, expires + 1, random);
        }
        1 => {
            *now = expires;
            world.at(*now);
            race(world, number, banks, expires + TERM, random);
        }
        _ => {
            let mut body = transfer_body(number, world.note_root(), None);
            body.nullifiers[0] = nullifier(number);
            let mut by = |consenting: Option<u8>| {
                body.bank = consenting.map(bank);
                transfer(body.clone(), consenting)
            };
            for refused in [by(None), by(Some(loser))] {
                assert!(matches!(world.refuse(refused), Refusal::Locked { .. }));
            }
            let index = world.accept(by(Some(winner))).index();
            let spent = SubmitError::from(Refusal::Spent {
                nullifier: nullifier(number),
                index,
            });
            let outcomes = submit_at_once(world, locks(world, number, banks, expires + 1), random);
            outcomes
                .into_iter()
                .for_each(|outcome| assert_eq!(outcome, Err(spent.clone())));
        }
    }
    winner
}

fn races(banks: u8, rounds: u64) {
    let (world, mut random, mut now) = (World::new(), Random::new(SEED), 0);
    let winners: BTreeSet<u8> = (0..rounds)
        .map(|number| round(&world, 1000 + number, banks, &mut now, &mut random))
        .collect();
    assert!(winners.len() > 1, "always the same winner: this was no race");
}

#[test]
fn of_two_banks_that_lock_one_receivable_at_once_exactly_one_wins() {
    races(2, 80);
}

#[test]
fn of_eight_banks_that_lock_one_receivable_at_once_exactly_one_wins() {
    races(8, 30);
}

/// A supplier and seven copycats, each with a blinding, a note and a dilution key of its own.
#[test]
fn of_eight_mints_of_one_invoice_at_once_exactly_one_is_accepted() {
    let (world, mut random) = (World::new(), Random::new(SEED));
    for invoice in 0..25 {
        let mints = (0..8).map(|k| {
            world.mint_as(&Minting {
                invoice,
                ..world.minting(100 * invoice + k)
            })
        });
        let outcomes = submit_at_once(&world, mints.collect(), &mut random);
        let accepted: Vec<u64> = outcomes.iter().flatten().map(Receipt::index).collect();
        let [index] = accepted[..] else {
            panic!("{} accepted: {outcomes:?}", accepted.len());
        };
        let refused = SubmitError::from(Refusal::AlreadyMinted { index });
        let others = outcomes.into_iter().filter_map(Result::err);
        others.for_each(|other| assert_eq!(other, refused));
        let state = world.ledger.view().unwrap().latest_state().clone();
        assert_eq!(state.note_count, invoice + 1);
    }
}

/// What a reader of the log knows of one note, entry by entry.
#[derive(Default)]
struct History {
    held: Option<(Ed25519Key, UnixSeconds, u64)>,
    spent: bool,
    locks: usize,
}

impl History {
    fn holder_at(&self, time: UnixSeconds) -> Option<Ed25519Key> {
        self.held.filter(|(_, until, _)| time < *until).map(|(bank, _, _)| bank)
    }

    /// Follows an entry of this note that was accepted; it must have been allowed where it stands.
    fn follow(&mut self, index: u64, time: UnixSeconds, entry: &Entry, note: Nullifier) {
        let holder = self.holder_at(time);
        match entry {
            Entry::Lock(lock) if lock.body.nullifier == note => {
                assert!(!self.spent, "entry {index} locks what is spent");
                let bank = lock.body.bank;
                assert!(
                    holder.is_none_or(|holder| holder == bank),
                    "entry {index} locks what another holds"
                );
                self.held = Some((bank, lock.body.expires, index));
                self.locks += 1;
            }
            Entry::Release(release) if release.body.nullifier == note => {
                let held = self.held.filter(|_| holder.is_some());
                let named = (release.body.bank, release.body.lock_index);
                assert_eq!(held.map(|(bank, _, lock)| (bank, lock)), Some(named));
                self.held = None;
            }
            Entry::Transfer(transfer) if transfer.body.nullifiers.contains(&note) => {
                assert!(!self.spent, "entry {index} spends again");
                assert!(
                    holder.is_none() || holder == transfer.body.bank,
                    "entry {index} spends past the lock of another"
                );
                self.spent = true;
            }
            _ => {}
        }
    }
}

/// Locks by eight banks, releases, transfers with and without a bank's consent and the clock, all at once: whatever order came
/// of it, every entry in the log was allowed in its place.
#[test]
fn locks_releases_expiries_and_transfers_at_once_leave_a_log_without_a_contradiction() {
    let (world, mut random) = (World::new(), Random::new(SEED));
    let (mut locked, mut spent) = (0, 0);
    for number in 0..40u64 {
        let note = 2000 + number;
        let now = number * 10;
        world.at(now);
        let expires = now + 1 + random.below(3);
        let holder = FIRST_BANK + u8::try_from(random.below(8)).unwrap();
        let index = world.accept(lock(note, world.roots(), holder, expires + 5)).index();
        let mut entries = locks(&world, note, 8, expires);
        entries.push(release(note, holder, index));
        for (output, consenting) in [(0, None), (1, Some(holder)), (2, Some(FIRST_BANK))] {
            let mut body = transfer_body(10_000 + 3 * number + output, world.note_root(), consenting);
            body.nullifiers[1] = nullifier(note);
            entries.push(transfer(body, consenting));
        }
        std::thread::scope(|scope| {
            let (clock, pause) = (&world.clock, random.below(4000));
            scope.spawn(move || {
                std::thread::sleep(Duration::from_micros(pause));
                clock.set(START + expires);
            });
            submit_at_once(&world, entries, &mut random);
        });
        let history = follow(&world, nullifier(note));
        let view = world.ledger.view().unwrap();
        let status = view.nullifier_status(nullifier(note)).unwrap();
        assert_eq!(matches!(status, NullifierStatus::Spent { .. }), history.spent);
        if let NullifierStatus::Locked { by, until, index } = status {
            assert_eq!(history.held, Some((by, until, index)));
        }
        locked += history.locks;
        spent += usize::from(history.spent);
    }
    assert!(locked > 40 && spent > 0, "{locked} locks, {spent} spent");
}

fn follow(world: &World, note: Nullifier) -> History {
    let view = world.ledger.view().unwrap();
    let mut history = History::default();
    for index in 0..view.size() {
        let logged = view.entry(index).unwrap();
        history.follow(index, logged.time, &Entry::decode(&logged.bytes).unwrap(), note);
    }
    history
}
