//! The command `tradeseal-verify`: exit codes, and where it says what.

#![allow(clippy::unwrap_used)]

mod question;

use std::fs;
use std::process::{Command, Output};

use question::Question;
use serde_json::Value;

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tradeseal-verify"))
        .args(arguments)
        .output()
        .unwrap()
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

/// The error printed on stderr, with nothing on stdout.
fn error(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let error = json(&output.stderr)["error"].take();
    assert!(!error["message"].as_str().unwrap().is_empty() && !error["remedy"].as_str().unwrap().is_empty());
    error
}

#[test]
fn what_is_no_presentation_is_not_verified_and_exits_with_1() {
    let question = Question::written();
    let [presentation, request, trust] = question.paths();
    let output = run(&[presentation, "--request", request, "--trust", trust, "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let report = json(&output.stdout);
    assert_eq!(report["verdict"], "not_verified");
    let check = |name: &str| {
        let checks = report["checks"].as_array().unwrap().clone();
        checks.into_iter().find(|check| check["name"] == name).unwrap()["outcome"].clone()
    };
    assert_eq!(check("presentation_format"), "failed");
    assert_eq!(check("request_signature"), "passed");
    assert_eq!(check("proof"), "not_checked");
    for key in ["sentence", "claims", "not_established", "asked", "basis"] {
        assert!(!report[key].is_null(), "{key}");
    }
    let text = run(&[presentation, "--request", request, "--trust", trust]);
    assert!(String::from_utf8(text.stdout).unwrap().starts_with("Not verified"));
}

#[test]
fn a_folder_gets_a_verdict_for_each_presentation_and_the_worst_exit_code() {
    let question = Question::written();
    let [_, _, trust] = question.paths();
    let folder = question.folder().to_str().unwrap();
    fs::write(question.folder().join("second.presentation.json"), b"{}").unwrap();
    let output = run(&[folder, "--trust", trust, "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let results = json(&output.stdout);
    assert_eq!(results["verdict"], "not_verified");
    let files: Vec<&str> = results["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["file"].as_str().unwrap())
        .collect();
    assert_eq!(files.len(), 2);
    assert!(files[0].ends_with("first.presentation.json") && files[1].ends_with("second.presentation.json"));
}

#[test]
fn evidence_needs_no_request_alone_or_in_a_folder() {
    let question = Question::written();
    let [presentation, _, trust] = question.paths();
    let evidence = question.folder().join("some.evidence.json");
    fs::write(&evidence, b"no evidence").unwrap();
    let output = run(&[evidence.to_str().unwrap(), "--trust", trust, "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let report = json(&output.stdout);
    assert_eq!(report["verdict"], "not_verified");
    assert_eq!(report["checks"][0]["name"], "evidence_format");
    fs::remove_file(presentation).unwrap();
    let folder = run(&[question.folder().to_str().unwrap(), "--trust", trust, "--json"]);
    assert_eq!(json(&folder.stdout)["results"][0]["report"], report);
}

#[test]
fn a_folder_without_presentations_is_an_error_not_a_verdict() {
    let question = Question::written();
    let [presentation, _, trust] = question.paths();
    fs::remove_file(presentation).unwrap();
    let output = run(&[question.folder().to_str().unwrap(), "--trust", trust, "--json"]);
    assert_eq!(error(&output)["code"], "nothing_to_verify");
}

#[test]
fn files_that_cannot_be_read_or_are_refused_are_errors_that_name_them() {
    let question = Question::written();
    let [presentation, request, trust] = question.paths();
    let absent = question.folder().join("absent");
    let absent = absent.to_str().unwrap();
    for arguments in [
        [absent, "--request", request, "--trust", trust, "--json"],
        [presentation, "--request", absent, "--trust", trust, "--json"],
        [presentation, "--request", request, "--trust", absent, "--json"],
    ] {
        let error = error(&run(&arguments));
        assert_eq!(error["code"], "file");
        assert!(error["message"].as_str().unwrap().contains("absent"));
    }
    let swapped = run(&[presentation, "--request", trust, "--trust", request, "--json"]);
    assert_eq!(error(&swapped)["code"], "trust_refused");
    let no_request = run(&[presentation, "--request", presentation, "--trust", trust, "--json"]);
    assert_eq!(error(&no_request)["code"], "request_refused");
}

#[test]
fn a_wrong_command_line_is_an_error_that_names_the_fault() {
    for (arguments, fault) in [
        (&["--json"][..], "presentation"),
        (&["p", "--trust", "t", "--frob", "--json"], "--frob"),
    ] {
        let error = error(&run(arguments));
        assert_eq!(error["code"], "usage");
        assert!(error["message"].as_str().unwrap().contains(fault));
    }
    let help = run(&["--help"]);
    assert!(help.status.success() && String::from_utf8(help.stdout).unwrap().contains("Exit codes"));
    assert!(run(&["--version"]).status.success());
}

/// A reader that stops early is no error.
#[test]
fn a_closed_stdout_does_not_panic() {
    let question = Question::written();
    let [presentation, request, trust] = question.paths();
    let mut child = Command::new(env!("CARGO_BIN_EXE_tradeseal-verify"))
        .args([presentation, "--request", request, "--trust", trust])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}
