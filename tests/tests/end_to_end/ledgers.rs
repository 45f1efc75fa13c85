//! Which ledger is within reach: none, or another than the one that was asked about.

use crate::files::Files;
use crate::financed::{self, FIRST};
use crate::flow::{self, POLICY, text};
use crate::machine::{Machine, checks};

/// What only the ledger itself can tell.
const LEDGERS_WORD: [&str; 4] = ["root_fresh", "dilution_fresh", "nullifier_unspent", "not_locked"];

#[test]
fn without_a_ledger_within_reach_the_verdict_is_inconclusive_and_says_what_is_missing() {
    let machine = financed::machine();
    let elsewhere = Machine::new();
    let report = elsewhere.verify(&Files::of(&machine, FIRST)).report(3);
    assert_eq!(checks(&report, "not_checked"), LEDGERS_WORD);
    assert!(
        text(&report, "sentence").contains("not checked against the ledger"),
        "{report:#}"
    );
    assert!(!elsewhere.state().exists(), "verifying leaves nothing behind");
}

#[test]
fn another_ledger_within_reach_does_not_vouch_for_the_one_that_was_asked_about() {
    let (machine, other) = (financed::machine(), Machine::new());
    let invoice = flow::enrol_both(&other);
    let item = flow::mint(&other, &invoice, &flow::acknowledge(&other, &invoice));
    let request = flow::request(&other, FIRST, POLICY);
    flow::prove(&other, FIRST, &request, &item);
    flow::trust_file(&other);
    let (ours, theirs) = (Files::of(&machine, FIRST), Files::of(&other, FIRST));

    // All theirs, judged where only our ledger can be asked.
    let report = machine.verify(&theirs).report(3);
    assert_eq!(checks(&report, "not_checked"), LEDGERS_WORD);
    // Their presentation as an answer to our bank.
    let report = machine.verify(&ours.with_presentation(&theirs.presentation)).report(1);
    assert_eq!(
        checks(&report, "failed"),
        ["request_match", "checkpoint_signature", "proof"]
    );
    // Our bank's request, to be answered from their ledger.
    let output = other.path("none.json");
    let answered = other.run(&["prove", &ours.request, "--item", &item, "-o", &output]);
    assert_eq!(answered.error()["code"], "request_other_ledger");
}
