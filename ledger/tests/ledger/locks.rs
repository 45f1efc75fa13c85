//! Locks: one bank at a time, bounded terms, releases that open the lock they name.

use crate::fixture::*;
use crate::prover::eligibility_prover;
use tradeseal_ledger::rules::{MAX_LOCK_SECONDS, ProofProblem, Refusal};
use tradeseal_ledger::view::NullifierStatus;
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::entry::{Entry, EntryError, Signed, StateTree};
use tradeseal_verifier::ledger_view::{self, LedgerView};
use tradeseal_verifier::statement::NoteRoot;

const A: u8 = 21;
const B: u8 = 22;

fn status(world: &World, number: u64) -> NullifierStatus {
    world
        .ledger
        .view()
        .unwrap()
        .nullifier_status(nullifier(number))
        .unwrap()
}

fn locked(by: u8, until: u64) -> Refusal {
    Refusal::Locked {
        nullifier: nullifier(1),
        by: bank(by),
        until: UnixSeconds(START + until),
    }
}

#[test]
fn a_lock_keeps_other_banks_out_until_the_second_it_expires() {
    let world = World::new();
    let root = world.roots();
    assert_eq!(status(&world, 1), NullifierStatus::Unspent);
    let index = world.accept(lock(1, root, A, 100)).index();
    world.at(99);
    let until = UnixSeconds(START + 100);
    assert_eq!(
        status(&world, 1),
        NullifierStatus::Locked {
            by: bank(A),
            until,
            index
        }
    );
    assert_eq!(world.refuse(lock(1, root, B, 200)), locked(A, 100));
    world.accept(lock(2, root, B, 200));
    world.at(100);
    assert_eq!(status(&world, 1), NullifierStatus::Unspent);
    world.accept(lock(1, root, B, 200));
    assert_eq!(world.refuse(lock(1, root, A, 300)), locked(B, 200));
}

#[test]
fn the_bank_that_holds_a_lock_may_set_another_end() {
    let world = World::new();
    let root = world.roots();
    world.accept(lock(1, root, A, 100));
    world.accept(lock(1, root, A, 300));
    world.at(200);
    assert_eq!(world.refuse(lock(1, root, B, 400)), locked(A, 300));
    world.accept(lock(1, root, A, 201));
    world.at(201);
    world.accept(lock(1, root, B, 400));
}

#[test]
fn a_lock_must_end_later_than_now_and_within_180_days() {
    let world = World::new();
    let root = world.roots();
    world.at(50);
    let now = UnixSeconds(START + 50);
    let latest = UnixSeconds(START + 50 + MAX_LOCK_SECONDS);
    for expires in [0, 49, 50, 51 + MAX_LOCK_SECONDS] {
        let refused = Refusal::LockTerm {
            expires: UnixSeconds(START + expires),
            now,
            latest,
        };
        assert_eq!(world.refuse(lock(1, root, A, expires)), refused);
    }
    world.accept(lock(1, root, A, 51));
    world.accept(lock(2, root, A, 50 + MAX_LOCK_SECONDS));
    assert_eq!(MAX_LOCK_SECONDS, 180 * 24 * 60 * 60);
}

#[test]
fn a_release_opens_the_lock_it_names_and_no_later_one() {
    let world = World::new();
    let root = world.roots();
    let not_locked = Refusal::NotLocked {
        nullifier: nullifier(1),
    };
    assert_eq!(world.refuse(release(1, A, 2)), not_locked);
    let first = world.accept(lock(1, root, A, 1000)).index();
    let holder = bank(A);
    assert_eq!(
        world.refuse(release(1, B, first)),
        Refusal::NotHolder {
            nullifier: nullifier(1),
            holder
        }
    );
    let other = Refusal::OtherLock {
        nullifier: nullifier(1),
        held: first,
        named: first + 1,
    };
    assert_eq!(world.refuse(release(1, A, first + 1)), other);
    let released = world.accept(release(1, A, first)).index();
    assert_eq!(status(&world, 1), NullifierStatus::Unspent);

    let second = world.accept(lock(1, root, A, 2000)).index();
    assert_eq!(
        world.refuse(release(1, A, first)),
        Refusal::AlreadyLogged { index: released }
    );
    world.accept(release(1, A, second));
    assert_eq!(
        world.refuse(lock(1, root, A, 2000)),
        Refusal::AlreadyLogged { index: second }
    );
    world.accept(lock(1, root, B, 3000));
}

#[test]
fn an_expired_lock_is_not_there_to_release() {
    let world = World::new();
    let index = world.accept(lock(1, world.roots(), A, 100)).index();
    world.at(100);
    assert_eq!(
        world.refuse(release(1, A, index)),
        Refusal::NotLocked {
            nullifier: nullifier(1)
        }
    );
}

#[test]
fn a_lock_needs_its_banks_signature_and_a_proof_made_for_that_bank() {
    let world = World::new();
    let root = world.roots();
    let mut forged = Signed::sign(lock_body(1, root, A, 100), &origin(), &secret(A)).unwrap();
    forged.signature.0[63] ^= 1;
    assert!(matches!(
        world.refuse(Entry::Lock(forged)),
        Refusal::Entry(EntryError::Signature { .. })
    ));

    let mut stolen = lock_body(1, root, A, 100);
    stolen.bank = bank(B);
    let stolen = Entry::Lock(Signed::sign(stolen, &origin(), &secret(B)).unwrap());
    assert!(matches!(
        world.refuse(stolen),
        Refusal::Proof(ProofProblem::Invalid { .. })
    ));

    let mut other_note = lock_body(1, root, A, 100);
    other_note.nullifier = nullifier(2);
    let other_note = Entry::Lock(Signed::sign(other_note, &origin(), &secret(A)).unwrap());
    assert!(matches!(
        world.refuse(other_note),
        Refusal::Proof(ProofProblem::Invalid { .. })
    ));
}

#[test]
fn a_note_root_serves_until_exactly_its_grace_after_its_replacement() {
    let world = World::new();
    let old = world.roots();
    world.at(500);
    world.accept(world.mint(1));
    world.at(500 + GRACE - 1);
    world.accept(lock(1, old, A, 5000));
    world.at(500 + GRACE);
    let (superseded_at, now) = (UnixSeconds(START + 500), UnixSeconds(START + 500 + GRACE));
    let stale = Refusal::RootStale {
        tree: StateTree::Notes,
        superseded_at,
        grace_seconds: GRACE,
        now,
    };
    assert_eq!(world.refuse(lock(2, old, A, 5000)), stale);
    world.accept(lock(2, world.roots(), A, 5000));
    let root = Fr::from(77u64);
    let unknown = world.refuse(lock(3, (NoteRoot::from_fr(root), world.dilution_root()), A, 5000));
    assert_eq!(
        unknown,
        Refusal::RootUnknown {
            tree: StateTree::Notes,
            root
        }
    );
}

#[test]
fn the_verifiers_view_of_the_ledger_says_the_same() {
    let world = World::new();
    let old = world.note_root();
    assert_eq!(world.ledger.origin().unwrap(), origin());
    assert_eq!(
        LedgerView::root_status(&world.ledger, old).unwrap(),
        ledger_view::RootStatus::Current
    );
    world.at(7);
    world.accept(world.mint(1));
    let replaced = ledger_view::RootStatus::Replaced {
        at: UnixSeconds(START + 7),
        grace_seconds: GRACE,
    };
    assert_eq!(LedgerView::root_status(&world.ledger, old).unwrap(), replaced);
    let unknown = NoteRoot::from_fr(Fr::from(5u64));
    assert_eq!(
        LedgerView::root_status(&world.ledger, unknown).unwrap(),
        ledger_view::RootStatus::Unknown
    );

    world.accept(lock(1, world.roots(), A, 100));
    let held = ledger_view::NullifierStatus::Locked {
        by: bank(A),
        until: UnixSeconds(START + 100),
    };
    assert_eq!(LedgerView::nullifier_status(&world.ledger, nullifier(1)).unwrap(), held);
    let free = ledger_view::NullifierStatus::Unspent;
    assert_eq!(LedgerView::nullifier_status(&world.ledger, nullifier(2)).unwrap(), free);
}

/// The owner's answer names the latest end of a lock: the bank cannot lock anew for longer, however often it tries.
#[test]
fn a_lock_ends_no_later_than_its_owner_consented_to() {
    let world = World::new();
    let consented = START + 5000;
    let with = |expires: u64, lock_until: u64| {
        let mut body = lock_body(1, world.roots(), 21, expires);
        body.lock_until = UnixSeconds(lock_until);
        body.proof = eligibility_prover().prove(&body.public().rows());
        Entry::Lock(Signed::sign(body, &origin(), &secret(21)).unwrap())
    };
    let latest = UnixSeconds(consented);
    assert!(matches!(world.refuse(with(5001, consented)), Refusal::LockTerm { latest: found, .. } if found == latest));
    world.accept(with(4000, consented));
    world.accept(with(5000, consented));
    assert!(matches!(world.refuse(with(6000, consented)), Refusal::LockTerm { .. }));
    let mut stretched = lock_body(1, world.roots(), 21, 6000);
    stretched.lock_until = UnixSeconds(consented);
    stretched.proof = eligibility_prover().prove(&stretched.public().rows());
    stretched.lock_until = UnixSeconds(consented + 1000);
    let stretched = Entry::Lock(Signed::sign(stretched, &origin(), &secret(21)).unwrap());
    assert!(matches!(
        world.refuse(stretched),
        Refusal::Proof(ProofProblem::Invalid { .. })
    ));
}
