//! Exporting and auditing what the demo left: by its owner, and by somebody who has the files and a trust file only.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::flow::text;
use crate::machine::{Machine, checks};

/// A machine after the demo, with its log exported.
fn exported() -> (Machine, String, String) {
    let machine = Machine::new();
    machine.run(&["demo"]).data();
    let folder = machine.path("public");
    let data = machine.run(&["log", "export", &folder]).data();
    assert_eq!(data["receipt"], "log_only", "{data:#}");
    let trust = machine.path("auditor.trust.json");
    machine
        .run(&["trust", "new", "--allow-insecure-dev", "-o", &trust])
        .data();
    (machine, folder, trust)
}

fn lose_the_ledger(machine: &Machine) {
    for gone in ["ledger", "wallet", "keys"] {
        let folder = machine.state().join(gone);
        if folder.exists() {
            fs::remove_dir_all(folder).unwrap();
        }
    }
}

fn files_below(folder: PathBuf) -> Vec<PathBuf> {
    let mut found = vec![];
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(path));
        } else {
            found.push(path);
        }
    }
    found
}

fn faults(report: &Value) -> Vec<String> {
    let faults = report["faults"].as_array().unwrap();
    faults.iter().map(|fault| text(fault, "what")).collect()
}

#[test]
fn what_the_demo_left_is_audited_by_its_owner_and_from_its_public_files_alone() {
    let (machine, folder, trust) = exported();
    let own = machine.run(&["log", "audit"]).report(0);
    let again = machine.run(&["log", "audit", &folder]).report(0);
    assert_eq!((&own["log"], &own["entries"]), (&again["log"], &again["entries"]));
    assert!(own["proofs"]["verified"].as_u64().unwrap() > 3, "{own:#}");

    lose_the_ledger(&machine);
    let report = machine.run(&["log", "audit", &folder, "--trust", &trust]).report(0);
    assert_eq!(report["log"], own["log"]);
    assert_eq!(report["faults"].as_array().unwrap().len(), 0);
    for name in [
        "checkpoint_signature",
        "files",
        "tiles",
        "root",
        "entries",
        "rules",
        "state_records",
        "proofs",
    ] {
        assert!(
            checks(&report, "passed").contains(&name.to_owned()),
            "{name}: {report:#}"
        );
    }
    assert!(!files_below(folder.clone().into()).is_empty());
}

#[test]
fn an_altered_file_is_named_and_the_log_is_not_verified() {
    let (machine, folder, _) = exported();
    // The court's, which knows the log witnesses: to others their lines are any text.
    let trust = machine.in_state("court.trust.json");
    for path in files_below(folder.clone().into()) {
        let whole = fs::read(&path).unwrap();
        let name = path.strip_prefix(&folder).unwrap().to_str().unwrap();
        for at in [0, whole.len() / 2, whole.len() - 1] {
            let mut altered = whole.clone();
            altered[at] ^= 1;
            fs::write(&path, altered).unwrap();
            let report = machine.run(&["log", "audit", &folder, "--trust", &trust]).report(1);
            assert!(
                faults(&report).iter().any(|fault| fault.contains(name)),
                "byte {at} of {name}: {report:#}"
            );
        }
        fs::write(&path, whole).unwrap();
    }
    machine.run(&["log", "audit", &folder, "--trust", &trust]).report(0);
}

#[test]
fn what_an_auditor_cannot_judge_is_inconclusive_and_who_nobody_trusts_is_not_verified() {
    let (machine, folder, trust) = exported();
    let careful = machine.path("careful.trust.json");
    machine.run(&["trust", "new", "-o", &careful]).data();
    let report = machine.run(&["log", "audit", &folder, "--trust", &careful]).report(3);
    assert_eq!(checks(&report, "not_checked"), ["key_provenance"]);

    let stranger = Machine::new();
    stranger.run(&["demo"]).data();
    let report = machine
        .run(&["log", "audit", &folder, "--trust", &stranger.in_state("trust.json")])
        .report(1);
    assert_eq!(checks(&report, "failed"), ["checkpoint_signature"]);

    let elsewhere = machine.path("elsewhere");
    let missing = machine.run(&["log", "audit", &elsewhere, "--trust", &trust]).error();
    assert!(text(&missing, "message").contains("checkpoint"), "{missing}");
    // An export of another log never mixes with this one.
    assert_eq!(
        stranger.run(&["log", "export", &folder]).error()["code"],
        "export_differs"
    );
    machine.run(&["log", "audit", &folder, "--trust", &trust]).report(0);
}
