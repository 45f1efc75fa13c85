//! Evidence: made while the ledger is there, checked when it is gone.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use ed25519_dalek::SigningKey;
use serde_json::Value;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_verifier::log::{Cosigner, KeyName, SignedCheckpoint};

use crate::flow::text;
use crate::machine::{Machine, checks};

fn court() -> Cosigner {
    Cosigner::new(
        KeyName::new("witness.example/court").unwrap(),
        SigningKey::from_bytes(&[9; 32]),
    )
    .unwrap()
}

fn now() -> UnixSeconds {
    UnixSeconds(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs())
}

fn played() -> (Machine, Value) {
    let machine = Machine::new();
    let data = machine.run(&["demo"]).data();
    (machine, data)
}

fn lose_the_ledger(machine: &Machine) {
    for gone in ["ledger", "wallet", "keys"] {
        let folder = machine.state().join(gone);
        if folder.exists() {
            fs::remove_dir_all(folder).unwrap();
        }
    }
}

#[test]
fn the_demos_evidence_verifies_with_the_ledger_deleted_and_makes_a_report_to_print() {
    let (machine, data) = played();
    let left = data["evidence"].as_array().unwrap();
    assert_eq!(left.len(), 2, "{data:#}");
    lose_the_ledger(&machine);
    let trust = machine.in_state("trust.json");
    for file in left {
        let (file, page) = (file.as_str().unwrap(), machine.path("report.html"));
        let report = machine
            .run(&["evidence", "verify", file, "--trust", &trust, "--report", &page])
            .report(0);
        let html = fs::read_to_string(&page).unwrap();
        assert!(html.contains(&text(&report["file"], "sha256")), "{report:#}");
        for check in report["checks"].as_array().unwrap() {
            assert!(html.contains(&text(check, "name")), "{check}");
        }
        let mut bytes = fs::read(file).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        let changed = machine.file("changed.evidence.json", bytes);
        machine
            .run(&["evidence", "verify", &changed, "--trust", &trust])
            .report(1);
    }
}

#[test]
fn evidence_is_cosigned_where_log_witnesses_are_asked_for() {
    let (machine, _) = played();
    let log = machine.run(&["log", "checkpoint"]).data();
    let (note, key) = (text(&log, "checkpoint"), text(&log, "verifier_key"));
    let policy = format!("log {key}\nwitness court {}\nquorum court\n", court().key());
    let policy_file = machine.file("court.policy", &policy);
    let trust = machine.path("court.trust.json");
    let new = [
        "trust",
        "new",
        "--allow-insecure-dev",
        "--witness-policy",
        &policy_file,
        "-o",
        &trust,
    ];
    assert_eq!(machine.run(&new).data()["cosigned_by"], "court");

    let uncosigned = machine.in_state("bank-a.evidence.json");
    let report = machine
        .run(&["evidence", "verify", &uncosigned, "--trust", &trust])
        .report(3);
    assert!(
        checks(&report, "not_checked").contains(&"cosignatures".to_owned()),
        "{report:#}"
    );

    let signed = SignedCheckpoint::parse(&note).unwrap();
    let line = court().cosign(signed.unchecked_checkpoint(), now()).unwrap();
    let cosigned = machine.file("cosigned.checkpoint", signed.with_signature(line).unwrap().to_string());
    let (presentation, request) = (
        machine.in_state("bank-a.presentation.json"),
        machine.in_state("bank-a.request.json"),
    );
    let out = machine.path("cosigned.evidence.json");
    let make = [
        "evidence",
        "make",
        &presentation,
        "--request",
        &request,
        "--checkpoint",
        &cosigned,
        "-o",
        &out,
    ];
    assert_eq!(machine.run(&make).error()["code"], "policy_missing");
    // Nobody listens at that address: the cosignature is the one that was brought along.
    let reachable = policy.replace("\nquorum", " http://127.0.0.1:1/\nquorum");
    let reachable = machine.file("reachable.policy", reachable);
    machine.run(&["log", "policy", "set", &reachable]).data();
    machine.run(&make).data();
    lose_the_ledger(&machine);
    let report = machine.run(&["evidence", "verify", &out, "--trust", &trust]).report(0);
    assert!(
        checks(&report, "passed").contains(&"cosignatures".to_owned()),
        "{report:#}"
    );
    let court = &report["basis"]["checkpoints"][0]["cosigned"][0];
    assert_eq!(court["name"], "court", "{report:#}");
}

#[test]
fn what_makes_no_evidence_is_refused_with_a_remedy() {
    let (machine, _) = played();
    let presentation = machine.in_state("bank-a.presentation.json");
    let other = machine.in_state("bank-b.request.json");
    let without = machine.run(&["evidence", "make", &presentation]).error();
    assert_eq!(without["code"], "request_needed");
    let foreign = machine
        .run(&["evidence", "make", &presentation, "--request", &other])
        .error();
    assert_eq!(foreign["code"], "evidence_refused");
    let garbage = machine.file("garbage.json", "{}");
    assert_eq!(
        machine.run(&["evidence", "make", &garbage]).error()["code"],
        "disclosure_refused"
    );
    let trust = machine.in_state("trust.json");
    machine
        .run(&["evidence", "verify", &garbage, "--trust", &trust])
        .report(1);
    let missing = machine
        .run(&["evidence", "verify", &machine.path("none.json"), "--trust", &trust])
        .error();
    assert_eq!(missing["code"], "file_missing");
}
