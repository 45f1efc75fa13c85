//! The registry's keys: eras, rotations, tags under two keys at once, and what can no longer be minted.

use crate::fixture::*;
use crate::minting::{
    Evaluated, Minting, START_DAY, keys_of_era, proven, registry_body, registry_key, rotation, signed_rotation,
};
use std::sync::mpsc;
use tradeseal_ledger::rules::{KeyRole, Refusal};
use tradeseal_primitives::duplicate_tag::DleqError;
use tradeseal_primitives::receivable::{Day, UnixSeconds};
use tradeseal_verifier::entry::{Ed25519Key, Entry, EntryError, Registry};

const DAY: u64 = 86_400;
/// From the start of the log to its next midnight.
const MIDNIGHT: u64 = (START_DAY as u64 + 1) * DAY - START;

/// A ledger whose registry was rotated so many times, once each era.
fn rotated(times: u64) -> World {
    let world = World::new();
    for era in 1..=times {
        world.at(era * ERA);
        world.accept(rotation(era));
    }
    world
}

fn minting(world: &World, number: u64, era: u64) -> Minting {
    Minting {
        keys: keys_of_era(era),
        ..world.minting(number)
    }
}

#[test]
fn a_rotation_makes_the_current_key_the_previous_one_and_drops_the_one_before() {
    let world = World::new();
    let registry = || world.ledger.view().unwrap().registry().unwrap();
    let key = |era| registry_key(era).public();
    assert_eq!((registry().current, registry().previous), (key(0), None));
    assert_eq!((registry().revision, registry().era_began), (0, UnixSeconds(START)));
    let mut last = 0;
    for era in 1..=3 {
        world.at(era * ERA + era);
        last = world.accept(rotation(era)).index();
        assert_eq!(
            (registry().current, registry().previous),
            (key(era), Some(key(era - 1)))
        );
        assert_eq!((registry().revision, registry().entry_index), (era, last));
        assert_eq!(registry().era_began, UnixSeconds(START + era * ERA + era));
        let dropped = (era > 1).then(|| UnixSeconds(START + (era - 1) * ERA + era - 1));
        assert_eq!(registry().dropped_era_ended, dropped);
    }
    let before = registry();
    let world = world.reopen();
    assert_eq!(world.ledger.view().unwrap().registry().unwrap(), before);
    assert_eq!(world.refuse(rotation(3)), Refusal::AlreadyLogged { index: last });
}

#[test]
fn an_era_lasts_as_long_as_the_genesis_entry_says_to_the_second() {
    let world = World::new();
    for era in 1..=2 {
        let begins = era * (ERA + 7);
        world.at((era - 1) * (ERA + 7) + ERA - 1);
        let from = UnixSeconds(START + (era - 1) * (ERA + 7) + ERA);
        assert_eq!(world.refuse(rotation(era)), Refusal::RegistryEra { from });
        world.at(begins);
        world.accept(rotation(era));
    }
}

#[test]
fn a_rotation_needs_the_next_revision_and_a_key_that_does_not_serve() {
    let world = rotated(1);
    world.at(2 * ERA);
    let with = |key: u64, revision| {
        let mut body = registry_body(key);
        body.revision = revision;
        signed_rotation(body)
    };
    let revision = |found| Refusal::RegistryRevision { expected: 2, found };
    assert_eq!(world.refuse(with(2, 1)), revision(1));
    assert_eq!(world.refuse(with(2, 3)), revision(3));
    let serves = |role| Refusal::RegistryKeyServes { role };
    assert_eq!(world.refuse(with(1, 2)), serves(KeyRole::Current));
    assert_eq!(world.refuse(with(0, 2)), serves(KeyRole::Previous));
    world.accept(with(2, 2));
}

#[test]
fn only_a_registrar_rotates() {
    let world = World::new();
    world.at(ERA);
    let mut body = registry_body(1);
    body.registrar = Ed25519Key::of(&secret(9));
    let stranger = Entry::Registry(Box::new(Registry::sign(body, &origin(), &secret(9)).unwrap()));
    let key = Ed25519Key::of(&secret(9));
    assert_eq!(world.refuse(stranger), Refusal::NotRegistrar { key });
    let Entry::Registry(mut forged) = rotation(1) else {
        unreachable!()
    };
    forged.body.key = registry_key(5).public();
    let refused = world.refuse(Entry::Registry(forged));
    assert!(matches!(refused, Refusal::Entry(EntryError::Signature { .. })));
}

#[test]
fn a_mint_is_tagged_under_the_previous_key_exactly_while_there_is_one() {
    let world = World::new();
    let refused = world.refuse(world.mint_as(&minting(&world, 1, 1)));
    assert_eq!(refused, Refusal::PreviousTagUnexpected);
    world.accept(world.mint(1));
    world.at(ERA);
    world.accept(rotation(1));
    assert_eq!(world.refuse(world.mint(2)), Refusal::PreviousTagMissing);
    let index = world.accept(world.mint_as(&minting(&world, 2, 1))).index();
    let view = world.ledger.view().unwrap();
    for era in [0, 1] {
        assert_eq!(view.tag(Evaluated::of(2, 2, era).tag).unwrap(), Some(index));
    }
}

#[test]
fn both_evaluations_must_be_by_the_keys_that_serve() {
    let world = rotated(1);
    let body = minting(&world, 1, 1).body();
    let wrong = |key| Refusal::Evaluation {
        key,
        cause: DleqError::WrongKeyOrPoint,
    };
    let (mut previous, mut current, mut swapped) = (body.clone(), body.clone(), body.clone());
    let foreign = Evaluated::of(1, 1, 7);
    let tag = previous.previous.as_mut().unwrap();
    (tag.tag, tag.evaluated, tag.proof) = (foreign.tag, foreign.evaluated, foreign.proof);
    (current.duplicate_tag, current.evaluated, current.evaluation_proof) =
        (foreign.tag, foreign.evaluated, foreign.proof);
    let tag = swapped.previous.as_mut().unwrap();
    std::mem::swap(&mut tag.tag, &mut swapped.duplicate_tag);
    std::mem::swap(&mut tag.evaluated, &mut swapped.evaluated);
    std::mem::swap(&mut tag.proof, &mut swapped.evaluation_proof);
    for (forged, role) in [
        (previous, KeyRole::Previous),
        (current, KeyRole::Current),
        (swapped, KeyRole::Previous),
    ] {
        assert_eq!(world.refuse(proven(forged, world.ledger.genesis())), wrong(role));
    }
    let mut twice = body.clone();
    twice.previous.as_mut().unwrap().tag = twice.duplicate_tag;
    assert_eq!(
        world.refuse(proven(twice, world.ledger.genesis())),
        Refusal::Repeated {
            what: "a duplicate tag"
        }
    );
    world.accept(proven(body, world.ledger.genesis()));
}

/// Minted in each era in turn, and tried again in every later one that can compare.
#[test]
fn an_invoice_of_the_era_before_is_found_under_the_previous_key() {
    let world = World::new();
    for era in 0..4 {
        world.at(era * ERA);
        let today = START_DAY + u32::try_from(era * ERA / DAY).unwrap();
        if era > 0 {
            world.accept(rotation(era));
            let again = Minting {
                invoice: era - 1,
                issue: (today, today),
                ..minting(&world, 100 + era, era)
            };
            let refused = world.refuse(world.mint_as(&again));
            assert!(matches!(refused, Refusal::AlreadyMinted { .. }), "{refused:?}");
        }
        let first = Minting {
            issue: (today, today),
            ..minting(&world, era, era)
        };
        world.accept(world.mint_as(&first));
    }
}

/// Two rotations on, nothing compares an invoice with those of the first era, so its issue day keeps it out.
#[test]
fn an_invoice_that_could_have_been_minted_under_a_dropped_key_is_too_old() {
    let world = World::new();
    // The last second of the day of the first rotation, and an invoice dated as late as a mint of that second may say.
    let first_rotation = ERA + MIDNIGHT - 1;
    let rotation_day = START_DAY + u32::try_from(ERA / DAY).unwrap();
    world.at(first_rotation);
    let minted = Minting {
        issue: (rotation_day, rotation_day + 1),
        ..world.minting(1)
    };
    world.accept(world.mint_as(&minted));
    world.accept(rotation(1));
    world.at(first_rotation + ERA);
    let old = Minting {
        issue: (0, rotation_day),
        ..minting(&world, 2, 1)
    };
    world.accept(world.mint_as(&old));
    world.accept(rotation(2));

    let oldest = Day(rotation_day + 2);
    assert_eq!(
        world.ledger.view().unwrap().registry().unwrap().oldest_issue_day(),
        oldest
    );
    let again = |number, from| {
        world.mint_as(&Minting {
            invoice: number,
            issue: (from, rotation_day + 5),
            ..minting(&world, 10 + number, 2)
        })
    };
    let from = Day(rotation_day + 1);
    assert_eq!(world.refuse(again(1, from.0)), Refusal::IssueTooOld { from, oldest });
    world.accept(again(3, oldest.0));

    // The third rotation drops the second key: its era ended with the second rotation.
    world.at(first_rotation + 2 * ERA);
    world.accept(rotation(3));
    let oldest = Day(rotation_day + 10 + 2);
    let later = Minting {
        issue: (oldest.0 - 1, oldest.0 + 5),
        ..minting(&world, 4, 3)
    };
    let from = Day(oldest.0 - 1);
    assert_eq!(
        world.refuse(world.mint_as(&later)),
        Refusal::IssueTooOld { from, oldest }
    );
}

#[test]
fn an_invoice_is_dated_tomorrow_at_the_latest() {
    let world = World::new();
    let until = |number, to| {
        world.mint_as(&Minting {
            issue: (0, to),
            ..world.minting(number)
        })
    };
    let (to, latest) = (Day(START_DAY + 2), Day(START_DAY + 1));
    world.accept(until(1, START_DAY + 1));
    assert_eq!(
        world.refuse(until(2, START_DAY + 2)),
        Refusal::IssueTooLate { to, latest }
    );
    world.at(MIDNIGHT - 1);
    assert_eq!(
        world.refuse(until(2, START_DAY + 2)),
        Refusal::IssueTooLate { to, latest }
    );
    world.at(MIDNIGHT);
    world.accept(until(2, START_DAY + 2));
    let (to, latest) = (Day(u32::MAX), Day(START_DAY + 2));
    assert_eq!(world.refuse(until(3, u32::MAX)), Refusal::IssueTooLate { to, latest });
}

/// The mint is checked while the old key serves, and decided behind the rotation.
#[test]
fn a_rotation_between_check_and_place_refuses_what_was_evaluated_with_the_old_key() {
    let world = World::new();
    world.at(ERA);
    let (sender, receiver) = mpsc::channel();
    let hold = world.hold_sequencer(1);
    world
        .ledger
        .submit_with(rotation(1), |outcome| assert!(outcome.is_ok()))
        .unwrap();
    world
        .ledger
        .submit_with(world.mint(1), move |outcome| sender.send(outcome).unwrap())
        .unwrap();
    drop(hold);
    let refused = Refusal::RegistryRotated { revision: 1 };
    assert_eq!(receiver.recv().unwrap(), Err(refused.into()));
    world.accept(world.mint_as(&minting(&world, 1, 1)));
}
