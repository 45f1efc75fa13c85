//! What the log shows of the receivable after it was presented.

use alloc::boxed::Box;
use alloc::vec;

use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{Commitment, Nullifier};
use tradeseal_primitives::tree::insert;

use super::scenario::*;
use crate::entry::{Entry, SEALED_NOTE_BYTES, SENDER_RECORD_BYTES, Transfer, TransferBody};
use crate::groth16::KeyId;
use crate::request::Request;
use crate::statement::NoteRoot;

fn transfer(nullifier: Nullifier) -> Entry {
    Entry::Transfer(Box::new(Transfer {
        body: TransferBody {
            note_root: NoteRoot::from_fr(Fr::from(30u64)),
            nullifiers: [nullifier, Nullifier::from_fr(Fr::from(31u64))],
            commitments: [1u64, 2, 3, 4].map(|value| Commitment::from_fr(Fr::from(value))),
            sealed_notes: [1, 2, 3, 4].map(|byte| Box::new([byte; SEALED_NOTE_BYTES])),
            key_id: KeyId::from_bytes([7; 32]),
            bank: None,
            sender_record: Box::new([5; SENDER_RECORD_BYTES]),
        },
        proof: Box::new([8; 256]),
        bank_signature: None,
    }))
}

fn nullifier() -> Nullifier {
    public(request().digest()).nullifier
}

#[test]
fn a_receivable_that_was_moved_later_is_said_to_be() {
    let mut world = World::new();
    world.entries[6] = transfer(nullifier()).encode();
    let mut subject = world.subject();
    subject.unspent = None;
    subject.entries.push(world.logged(6));
    let report = report_on(&world.evidence_of(subject));
    assert_eq!(report.verdict, Verdict::Verified, "{report}");
    assert!(
        report
            .sentence
            .ends_with("Later it was moved: entry 6, in the log by 2026-09-21 14:31:45 UTC: transferred or settled."),
        "{}",
        report.sentence
    );
    let unspent = report.claims.iter().find(|claim| claim.name == "unspent").unwrap();
    assert_eq!(unspent.proven, None);
}

#[test]
fn a_ledger_that_shows_it_spent_and_then_unspent_is_convicted() {
    let mut world = World::new();
    world.entries[6] = transfer(nullifier()).encode();
    let mut subject = world.subject();
    subject.entries.push(world.logged(6));
    let report = report_on(&world.evidence_of(subject));
    refused(
        &report,
        &["unspent_later"],
        "entry 6 spends it, entry 7 shows it unspent",
    );
    assert!(
        report.sentence.contains("keep the file as evidence"),
        "{}",
        report.sentence
    );
}

#[test]
fn a_nullifier_that_is_spent_cannot_be_shown_unspent() {
    let mut world = World::new();
    let honest = world.subject();
    insert(&mut world.nullifiers, nullifier().to_fr()).unwrap();
    world.entries[LAST] = world.state_at(LAST as u64, UNSPENT_TIME).encode();
    let mut subject = world.subject_without_unspent();
    subject.unspent = honest.unspent;
    subject.unspent.as_mut().unwrap().state = world.logged(LAST);
    let report = report_on(&world.evidence_of(subject));
    refused(
        &report,
        &["unspent_later"],
        "does not lead to the nullifiers of entry 7",
    );
}

#[test]
fn what_shows_it_unspent_must_be_a_state_of_this_log() {
    let moved = edited(|evidence| {
        let unspent = eligibility(evidence).unspent.as_mut().unwrap();
        unspent.state = World::new().logged(5);
    });
    refused(&moved, &["unspent_later"], "the proof is for entry 7");
    let filler = edited(|evidence| {
        let unspent = eligibility(evidence).unspent.as_mut().unwrap();
        unspent.state = World::new().logged(6);
    });
    refused(&filler, &["unspent_later"], "entry 6: not an entry");
}

#[test]
fn entries_of_something_else_out_of_order_or_not_in_the_log_are_refused() {
    let mut world = World::new();
    world.entries[6] = transfer(Nullifier::from_fr(Fr::from(77u64))).encode();
    let mut subject = world.subject();
    subject.entries.push(world.logged(6));
    let report = report_on(&world.evidence_of(subject));
    refused(&report, &["later_entries"], "entry 6 of kind transfer");
    let twice = edited(|evidence| {
        let entries = &mut eligibility(evidence).entries;
        entries.push(entries[0].clone());
    });
    refused(&twice, &["later_entries"], "entry 4 stands after entry 4");
    let renumbered = edited(|evidence| eligibility(evidence).entries[0].index = 5);
    refused(&renumbered, &["later_entries"], "it is entry 4");
    let replaced = edited(|evidence| eligibility(evidence).entries[0].entry = World::new().lock(8).encode());
    refused(&replaced, &["later_entries"], "the inclusion proof leads to root");
}

#[test]
fn another_banks_lock_is_told_and_shows_nothing_of_when_this_answer_was_given() {
    let mut world = World::new();
    world.entries[LOCK] = world.lock(8).encode();
    let report = report_on(&world.evidence());
    assert_eq!(report.verdict, Verdict::Verified, "{report}");
    assert!(
        detail(&report, "later_entries").contains("by the financier of key"),
        "{report}"
    );
    assert!(
        report
            .not_established
            .iter()
            .any(|limit| limit.starts_with("when the answer was given"))
    );
}

#[test]
fn a_lock_that_its_bank_did_not_sign_or_whose_proof_does_not_hold_is_refused() {
    let lock_with = |edit: fn(&mut crate::entry::Lock)| {
        let mut world = World::new();
        let mut lock = world.lock(7);
        edit(&mut lock);
        world.entries[LOCK] = lock.encode();
        report_on(&world.evidence())
    };
    let unsigned = lock_with(|lock| lock.body.expires = UnixSeconds(EXPIRES + 2));
    refused(&unsigned, &["later_entries"], "entry 4: ");
    let unproven = lock_with(|lock| {
        let mut body = lock.body.clone();
        body.proof = Box::new(prove(&public(crate::statement::RequestDigest::from_fr(Fr::from(1u64))), 4).to_bytes());
        *lock = crate::entry::Signed::sign(body, &KeyName::new(ORIGIN).unwrap(), &bank(7)).unwrap();
    });
    refused(&unproven, &["later_entries"], "the proof does not hold");
}

#[test]
fn an_answer_that_rests_on_a_state_from_after_the_request_expired_is_refused() {
    let mut draft = draft();
    draft.issued = UnixSeconds(STATE_TIME - 7_200);
    draft.expires = UnixSeconds(STATE_TIME);
    draft.lock_until = draft.issued;
    let world = World::of(Request::sign(draft, &bank(7)).unwrap(), 0);
    let mut subject = world.subject();
    subject.entries = vec![];
    let report = report_on(&world.evidence_of(subject));
    refused(
        &report,
        &["request_validity"],
        "the request expired on 2026-09-21 14:11:40 UTC",
    );
}
