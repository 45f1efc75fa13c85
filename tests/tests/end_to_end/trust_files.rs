//! What a trust file leaves out: could not be checked, or does not count, and which of them is said.

use serde_json::Value;

use crate::files::Files;
use crate::financed::{self, FIRST};
use crate::flow::{edited, text};
use crate::folder::NONE;
use crate::machine::checks;

/// The report under First Bank's trust file after a change.
fn report_under(change: fn(&mut Value), code: i32) -> Value {
    let machine = financed::machine();
    let files = Files::of(&machine, FIRST);
    let trust = edited(&machine, &files.trust, "changed.json", change);
    let report = machine.verify(&files.with_trust(&trust)).report(code);
    let claims = report["claims"].as_array().unwrap();
    assert!(claims.iter().all(|claim| claim["proven"].is_null()), "{report:#}");
    report
}

#[test]
fn without_the_proofs_key_a_presentation_is_not_verified() {
    let without = |it: &mut Value| {
        let keys = it["keys"].as_array_mut().unwrap();
        keys.retain(|key| key["statement"] != "receivable/eligibility/v2");
    };
    let report = report_under(without, 1);
    assert_eq!(checks(&report, "failed"), ["key_known"]);
}

#[test]
fn without_the_logs_key_a_verdict_is_inconclusive() {
    let report = report_under(|it| it["logs"] = Value::Array(Vec::new()), 3);
    assert_eq!(checks(&report, "failed"), NONE);
    assert_eq!(
        checks(&report, "not_checked"),
        ["checkpoint_signature", "log_inclusion", "root_fresh", "dilution_fresh"]
    );
    assert!(
        text(&report, "sentence").contains("names no key of the ledger"),
        "{report:#}"
    );
}

#[test]
fn under_development_keys_a_verdict_is_inconclusive_unless_they_are_allowed() {
    let report = report_under(|it| it["allow_insecure_dev"] = false.into(), 3);
    assert_eq!(checks(&report, "failed"), NONE);
    assert_eq!(checks(&report, "not_checked"), ["key_provenance"]);
    assert!(text(&report, "sentence").contains("development key"), "{report:#}");
}

#[test]
fn a_new_trust_file_does_not_allow_development_keys_unless_it_is_told_to() {
    let machine = financed::machine();
    let files = Files::of(&machine, FIRST);
    let strict = machine.path("strict.json");
    let written = machine.run(&["trust", "new", "-o", &strict]).data();
    assert_eq!(written["allow_insecure_dev"], false);
    let report = machine.verify(&files.with_trust(&strict)).report(3);
    assert_eq!(checks(&report, "not_checked"), ["key_provenance"]);
    machine.verify(&files).report(0);
}
