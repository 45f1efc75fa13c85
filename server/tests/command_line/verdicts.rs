//! Verdicts and their exit codes; what is an error instead.

use crate::machine::Machine;

#[test]
fn rubbish_handed_over_as_a_presentation_is_not_verified_and_exits_1() {
    let machine = Machine::new();
    let request = machine.request_file();
    let trust = machine.file(
        "trust.json",
        r#"{"version":1,"logs":[],"keys":[],"allow_insecure_dev":false}"#,
    );
    let presentation = machine.file("presentation.json", "{}");
    let arguments = ["verify", &presentation, "--request", &request, "--trust", &trust];
    let json = machine.run(&[&arguments[..], &["--json"]].concat());
    assert_eq!((json.code, json.stderr.as_str()), (1, ""));
    assert_eq!(json.data()["verdict"], "not_verified");
    for key in ["sentence", "checks", "claims", "not_established"] {
        assert!(!json.data()[key].is_null(), "{key}");
    }
    let text = machine.run(&arguments);
    assert_eq!(text.code, 1);
    assert!(text.stdout.starts_with("Not verified: "), "{}", text.stdout);
}

#[test]
fn a_trust_file_that_cannot_be_read_is_an_error_and_no_verdict() {
    let machine = Machine::new();
    let request = machine.request_file();
    let trust = machine.file(
        "trust.json",
        r#"{"version":2,"logs":[],"keys":[],"allow_insecure_dev":false}"#,
    );
    let presentation = machine.file("presentation.json", "{}");
    let arguments = [
        "verify",
        &presentation,
        "--request",
        &request,
        "--trust",
        &trust,
        "--json",
    ];
    assert_eq!(machine.run(&arguments).error()["code"], "trust_refused");
}

#[test]
fn a_ledger_that_another_process_has_open_is_told_and_leaves_a_verdict_to_its_other_checks() {
    let machine = Machine::with_keys();
    let open = machine.ledger();
    assert_eq!(
        machine.run(&["log", "checkpoint", "--json"]).error()["code"],
        "ledger_in_use"
    );
    let request = machine.request_file();
    let trust = machine.file(
        "trust.json",
        r#"{"version":1,"logs":[],"keys":[],"allow_insecure_dev":false}"#,
    );
    let presentation = machine.file("presentation.json", "{}");
    let verdict = machine.run(&["verify", &presentation, "--request", &request, "--trust", &trust]);
    assert_eq!(verdict.code, 1, "{}", verdict.stderr);
    drop(open);
    assert_eq!(machine.run(&["log", "checkpoint"]).code, 0);
}
