//! Two valid files, and an attacker who puts one together from both.

use super::scenario::*;
use crate::groth16::KeyId;
use crate::request::{Nonce, Request};

fn other_world() -> World {
    let mut draft = draft();
    draft.nonce = Nonce::from_bytes([10; 32]);
    World::of(Request::sign(draft, &bank(7)).unwrap(), 100)
}

#[test]
fn parts_of_two_valid_files_make_no_third() {
    let other = other_world().evidence();
    assert_eq!(report_on(&other).verdict, Verdict::Verified);
    let mut theirs = other.clone();
    let theirs = eligibility(&mut theirs);
    refused(
        &edited(|evidence| eligibility(evidence).request = theirs.request.clone()),
        &["request_match", "proof"],
        "digest",
    );
    let answer = edited(|evidence| eligibility(evidence).presentation = theirs.presentation.clone());
    refused(&answer, &["log_history", "request_match", "proof"], "5 entries to 6");
    let unspent = edited(|evidence| eligibility(evidence).unspent = theirs.unspent.clone());
    refused(
        &unspent,
        &["log_history"],
        "2 checkpoints are to be joined to the chain, and 1 joins are given",
    );
    let locks = edited(|evidence| eligibility(evidence).entries = theirs.entries.clone());
    assert!(
        with_outcome(&locks, Outcome::Failed).contains(&"log_history"),
        "{locks}"
    );
    let log = edited(|evidence| evidence.log = other.log.clone());
    assert!(with_outcome(&log, Outcome::Failed).contains(&"log_history"), "{log}");
}

#[test]
fn a_summary_that_says_anything_else_is_refused() {
    for lie in 0..good().summary().len() {
        let mut evidence = good().clone();
        evidence.summary[lie] = evidence.summary[lie].replace("1000.00", "9000.00") + " ";
        refused(
            &report_on(&evidence),
            &["summary"],
            &alloc::format!("from line {} on", lie + 1),
        );
    }
    let mut more = good().clone();
    more.summary.push("The court has approved this.".into());
    refused(&report_on(&more), &["summary"], "from line 13 on");
    let mut theirs = good().clone();
    theirs.summary = other_world().evidence().summary.clone();
    refused(&report_on(&theirs), &["summary"], "");
}

#[test]
fn keys_that_the_proofs_do_not_name_are_refused() {
    let renamed = edited(|evidence| evidence.keys[0].key_id = KeyId::from_bytes([1; 32]));
    refused(&renamed, &["key_bytes"], "the key given as 0101");
    let twice = edited(|evidence| evidence.keys.push(evidence.keys[0].clone()));
    refused(&twice, &["key_bytes"], "is there twice");
    let other = crate::test_circuit::CircuitKeys::new(crate::statement::StatementId::RECEIVABLE_ELIGIBILITY_V2, 9);
    let spare = edited(|evidence| {
        evidence.keys.push(KeyBytes {
            key_id: other.verifying.key_id(),
            verifying_key: other.verifying.to_bytes(),
        });
    });
    refused(&spare, &["key_bytes"], "the file holds 2 keys, its proofs name 1");
}

#[test]
fn a_request_that_its_verifier_did_not_sign_is_refused() {
    let mut forged = draft();
    forged.verifier_name = "Bank B".parse().unwrap();
    let forged = Request::sign(forged, &bank(8)).unwrap();
    let report = edited(|evidence| {
        let bytes = forged.to_json();
        let text = core::str::from_utf8(&bytes).unwrap();
        let (own, key) = (request().verifier_key(), forged.verifier_key());
        let theirs = text.replace(&alloc::format!("{key}"), &alloc::format!("{own}"));
        eligibility(evidence).request = Request::parse_unchecked_signature(theirs.as_bytes()).unwrap();
    });
    assert!(
        with_outcome(&report, Outcome::Failed).contains(&"request_signature"),
        "{report}"
    );
    assert!(!report.asked.unwrap().authenticated);
}
