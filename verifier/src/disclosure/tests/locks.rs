//! Locks and releases of a disclosed note belong to its history; those of another do not.

use alloc::boxed::Box;
use alloc::vec;

use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{Nullifier, UnixSeconds};

use super::scenario::*;
use crate::disclosure::*;
use crate::entry::*;
use crate::groth16::KeyId;
use crate::policy::PolicyDigest;
use crate::statement::{DilutionRoot, NoteRoot};
use crate::verdict::Verdict;

const LOCK: u64 = 6;
const RELEASE: u64 = 7;
const STATE: u64 = 8;

/// After the payment a bank locks this nullifier and gives it free; and all that the supplier says of it.
fn locked(nullifier: Nullifier) -> Body {
    let bank = secret(3);
    let mut world = World::until_payment(plan());
    let lock = LockBody {
        note_root: NoteRoot::from_fr(Fr::from(1u64)),
        nullifier,
        policy_digest: PolicyDigest::from_fr(Fr::from(2u64)),
        bank: Ed25519Key::of(&bank),
        expires: UnixSeconds(START + 5_000),
        lock_until: UnixSeconds(START + 5_000),
        key_id: KeyId::from_bytes([9; 32]),
        proof: Box::new([5; 256]),
        dilution_root: DilutionRoot::from_fr(Fr::from(3u64)),
    };
    let release = ReleaseBody {
        nullifier,
        bank: Ed25519Key::of(&bank),
        lock_index: LOCK,
    };
    world.push(&Entry::Lock(Signed::sign(lock, &origin(), &bank).unwrap()));
    world.push(&Entry::Release(Signed::sign(release, &origin(), &bank).unwrap()));
    world.close();
    let plan = &world.plan;
    let mut kept = world.note(SUPPLIER, &plan.paid[1], Some((PAYMENT, 1)), None);
    if let Fate::Unspent(unspent) = &mut kept.fate {
        unspent.state = STATE;
    }
    let notes = vec![
        world.note(SUPPLIER, &plan.minted, Some((MINT, 0)), Some((PAYMENT, 0))),
        world.note(SUPPLIER, &plan.dummies[0], None, Some((PAYMENT, 1))),
        kept,
    ];
    let transfers = vec![OpenedTransfer {
        entry: PAYMENT,
        outputs: plan.paid.clone(),
    }];
    world.body(notes, transfers, &[0, MINT, PAYMENT, 5, LOCK, RELEASE, STATE])
}

#[test]
fn who_reserved_a_note_and_gave_it_free_is_part_of_its_history() {
    let own = world().suppliers().notes[2].nullifier;
    let report = report_on(&[&file(locked(own))]);
    assert_eq!(
        report.verdict,
        Verdict::Inconclusive,
        "only the recipient's part is missing: {report}"
    );
    let bank = Ed25519Key::of(&secret(3));
    let told = |name: &str| report.claims.iter().find(|claim| claim.name == name).unwrap();
    let (reserved, freed) = (told("locked"), told("released"));
    assert!(reserved.established && freed.established, "{report}");
    let until = alloc::format!("reserved until 2026-09-21 15:36:40 UTC by the financier of key {bank}");
    assert!(reserved.text.contains(&until), "{}", reserved.text);
    assert!(
        freed
            .text
            .ends_with(&alloc::format!("given free by the financier of key {bank}")),
        "{}",
        freed.text
    );
}

#[test]
fn another_notes_lock_has_nothing_to_do_with_the_receivable() {
    let report = report_on(&[&file(locked(Nullifier::from_fr(Fr::from(5u64))))]);
    refused(&report, &[Check::NothingElse], "entry 6, of kind lock");
    let released = report_on(&[&file({
        let mut body = locked(Nullifier::from_fr(Fr::from(5u64)));
        body.entries.retain(|entry| entry.index != LOCK);
        body
    })]);
    refused(&released, &[Check::NothingElse], "entry 7, of kind release");
}
