//! A supplier that mints one invoice again and again: at every border of days and eras, before and after each rotation, under each number of keys.

use crate::fixture::*;
use crate::minting::{Minting, START_DAY, keys_of_era, rotation};
use crate::random::Random;
use std::collections::BTreeMap;
use tradeseal_ledger::SubmitError;
use tradeseal_ledger::rules::Refusal;
use tradeseal_ledger::state::RegistryRecord;

const DAY: u64 = 86_400;
/// Invoices that are issued each day.
const INVOICES_A_DAY: u64 = 2;
/// As far back as invoices are tried: two eras and some days.
const DAYS_BACK: u64 = 24;

/// What came of all attempts.
#[derive(Default)]
struct Attempts {
    minted: BTreeMap<u64, u64>,
    again: u64,
    too_old: u64,
    rotations: u64,
    rotated_too_early: u64,
}

/// The invoice of this number is issued on this day, whatever the circuit is told.
fn issued(invoice: u64) -> u64 {
    u64::from(START_DAY) + invoice / INVOICES_A_DAY - DAYS_BACK
}

/// Moves the clock: not at all, to the last second of the day, into the next, or to when the key may be rotated.
fn wait(world: &World, now: u64, random: &mut Random) -> u64 {
    let midnight = (now / DAY + 1) * DAY;
    let registry = world.ledger.view().unwrap().registry().unwrap();
    let due = registry.rotates_from(ERA).0.max(now);
    let then = match random.below(8) {
        0 | 1 => now,
        2 => midnight - 1,
        3 => midnight,
        4 => due,
        5 => due.saturating_sub(1).max(now),
        6 => (due / DAY + 1) * DAY - 1,
        _ => now + random.below(DAY),
    };
    let then = then.max(now);
    world.clock.set(then);
    then
}

/// Mints an invoice with the widest window that the ledger takes, if a proof can be made: the issue day lies in it.
fn try_to_mint(world: &World, note: u64, invoice: u64, now: u64, attempts: &mut Attempts) {
    let registry = world.ledger.view().unwrap().registry().unwrap();
    let (from, to) = (
        registry.oldest_issue_day().0,
        RegistryRecord::latest_issue_day(tradeseal_primitives::receivable::UnixSeconds(now)).0,
    );
    if !(u64::from(from)..=u64::from(to)).contains(&issued(invoice)) {
        attempts.too_old += u64::from(issued(invoice) < u64::from(from));
        return;
    }
    let minting = Minting {
        invoice,
        keys: keys_of_era(registry.revision),
        issue: (from, to),
        ..world.minting(note)
    };
    match world.ledger.submit(world.mint_as(&minting)) {
        Ok(receipt) => {
            let before = attempts.minted.insert(invoice, receipt.index());
            assert_eq!(
                before, None,
                "invoice {invoice} was minted twice, now in era {}",
                registry.revision
            );
        }
        Err(SubmitError::Refused(Refusal::AlreadyMinted { index })) => {
            assert_eq!(attempts.minted.get(&invoice), Some(&index));
            attempts.again += 1;
        }
        Err(other) => panic!("{other}"),
    }
}

/// Claim C1 over ten eras, in whatever order mints, rotations and midnights come.
#[test]
fn no_order_of_mints_rotations_and_days_mints_an_invoice_twice() {
    let (world, random) = (World::new(), &mut Random::new(20_261_123));
    let (mut attempts, mut now, mut note) = (Attempts::default(), START, 0);
    while attempts.rotations < 10 {
        now = wait(&world, now, random);
        for _ in 0..random.below(6) {
            let latest = (now / DAY + 1 + DAYS_BACK - u64::from(START_DAY) + 1) * INVOICES_A_DAY;
            let oldest = latest.saturating_sub((DAYS_BACK + 2) * INVOICES_A_DAY);
            note += 1;
            // One that was minted, of any age, or any one of the last days.
            let known: Vec<u64> = attempts.minted.keys().copied().collect();
            let invoice = match random.pick(&known) {
                Some(minted) if random.percent(50) => *minted,
                _ => oldest + random.below(latest - oldest),
            };
            try_to_mint(&world, note, invoice, now, &mut attempts);
        }
        if random.percent(40) {
            match world.ledger.submit(rotation(attempts.rotations + 1)) {
                Ok(_) => attempts.rotations += 1,
                Err(SubmitError::Refused(Refusal::RegistryEra { .. })) => attempts.rotated_too_early += 1,
                Err(other) => panic!("{other}"),
            }
        }
    }
    let Attempts {
        minted,
        again,
        too_old,
        rotated_too_early,
        ..
    } = &attempts;
    assert!(
        minted.len() > 20 && *again > 10 && *too_old > 20 && *rotated_too_early > 3,
        "{} minted, {again} again, {too_old} too old, {rotated_too_early} rotations too early",
        minted.len()
    );
}
