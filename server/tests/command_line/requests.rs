//! Requests made, shown, altered.

use std::fs;

use crate::machine::{Answer, Machine, POLICY};

#[test]
fn a_request_is_signed_shown_and_refused_once_altered() {
    let machine = Machine::new();
    let path = machine.request_file();
    let shown = machine.run(&["request", "show", &path, "--json"]);
    assert_eq!(shown.data()["status"], "valid", "{}", shown.stderr);
    assert!(shown.data()["request_digest"].is_string());

    let text = fs::read_to_string(&path).unwrap();
    let altered = text.replace("First Bank", "Worst Bank");
    assert_ne!(altered, text);
    let altered = machine.file("altered.json", &altered);
    let error = machine.run(&["request", "show", &altered, "--json"]).error();
    assert_eq!(error["code"], "request_signature");
}

#[test]
fn two_requests_of_one_bank_share_its_key_and_nothing_else() {
    let machine = Machine::new();
    let (first, second) = (machine.new_request(&[]), machine.new_request(&[]));
    assert!(
        first.stderr.contains("First Bank") && second.stderr.is_empty(),
        "told once of the new key"
    );
    let key = |answer: &Answer| answer.data()["verifier_key"].clone();
    assert!(key(&first).is_string() && key(&first) == key(&second));
    assert_ne!(first.data()["nonce"], second.data()["nonce"]);
}

#[test]
fn a_policy_that_cannot_be_read_names_the_value() {
    let machine = Machine::new();
    let policy = machine.file("bad.json", &POLICY.replace("1000.00 EUR", "1,000 EUR"));
    let arguments = [
        "request",
        "new",
        "--statement",
        "receivable/eligibility",
        "--policy",
        &policy,
    ];
    let answer = machine.run(&[&arguments[..], &["--origin", "ledger.example/r", "--json"]].concat());
    let error = answer.error();
    assert_eq!(error["code"], "policy_refused");
    assert!(error["message"].as_str().unwrap().contains("1,000 EUR"));
}

#[test]
fn a_request_without_an_origin_is_for_the_ledger_at_hand() {
    let machine = Machine::with_keys();
    let policy = machine.file("policy.json", POLICY);
    let arguments = [
        "request",
        "new",
        "--statement",
        "receivable/eligibility",
        "--policy",
        &policy,
        "--json",
    ];
    assert_eq!(machine.run(&arguments).error()["code"], "origin_needed");
    let origin = machine.ledger().origin().to_string();
    assert_eq!(machine.run(&arguments).data()["origin"], origin);
}
