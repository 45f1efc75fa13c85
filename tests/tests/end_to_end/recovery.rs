//! What keys alone bring back: notes, what was paid to whom, and what can be done with them.

use std::fs;

use serde_json::Value;

use crate::financed;
use crate::flow::{self, POLICY, text};
use crate::machine::Machine;

/// Keys, without which there is nothing to bring back or to open the ledger with.
const KEYS: [&str; 6] = ["party", "bank", "registrar", "log-key", "registry-key", "header.json"];

/// Deletes all of the wallet but its keys; says what went.
fn lose_all_but_keys(machine: &Machine) -> Vec<String> {
    let mut lost = Vec::new();
    for entry in fs::read_dir(machine.state().join("wallet")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if KEYS.contains(&name.as_str()) || name == "begun-ledger" {
            continue;
        }
        fs::remove_dir_all(entry.path()).unwrap();
        lost.push(name);
    }
    lost
}

fn list(machine: &Machine) -> Value {
    machine.run(&["receivable", "list"]).data()
}

#[test]
fn a_wallet_that_kept_its_keys_only_finds_everything_again() {
    let machine = Machine::new();
    let invoice = flow::enrol_both(&machine);
    let item = flow::mint(&machine, &invoice, &flow::acknowledge(&machine, &invoice));
    machine.run(&["party", "new", "weaver"]).data();
    machine.run(&["party", "new", "dyer"]).data();
    let pay = [
        "receivable",
        "transfer",
        &item,
        "--to",
        "weaver",
        "--amount",
        "250000.00",
        "--to",
        "dyer",
        "--amount",
        "0.01",
    ];
    machine.run(&[&pay[..], &["--memo", "order 4471"]].concat()).data();
    let before = list(&machine);
    assert_eq!(before["receivables"].as_array().unwrap().len(), 4, "{before:#}");

    let lost = lose_all_but_keys(&machine);
    assert!(lost.len() >= 3, "notes, payments, how far was read: {lost:?}");
    let scanned = machine.run(&["receivable", "scan", "--from-start"]).data();
    assert_eq!(scanned["found"].as_array().unwrap().len(), 4, "{scanned:#}");
    assert_eq!(list(&machine), before);

    // And it can be used: with all that a proof needs.
    let kept = before["receivables"].as_array().unwrap();
    let kept = kept.iter().find(|held| held["way"] == "kept").unwrap();
    let request = flow::request(&machine, "bank", &POLICY.replace("750000.00 EUR", "700000.00 EUR"));
    flow::prove(&machine, "bank", &request, &text(kept, "item"));
}

#[test]
fn scanning_goes_on_where_it_stopped() {
    let machine = financed::machine();
    let size = machine.run(&["log", "checkpoint"]).data()["size"].as_u64().unwrap();
    machine.run(&["receivable", "scan"]).data();
    let again = machine.run(&["receivable", "scan"]).data();
    assert_eq!((again["from"].as_u64(), again["to"].as_u64()), (Some(size), Some(size)));
    let all = machine.run(&["receivable", "scan", "--from-start"]).data();
    assert_eq!((all["from"].as_u64(), all["to"].as_u64()), (Some(0), Some(size)));
    flow::only_receivable(&machine);
}

/// A restored older copy of the ledger would lead the wallet astray.
#[test]
fn a_ledger_that_is_shorter_than_the_wallet_has_seen_is_refused() {
    let machine = Machine::new();
    let invoice = flow::enrol_both(&machine);
    let (ledger, copy) = (machine.state().join("ledger"), machine.state().join("older"));
    copy_folder(&ledger, &copy);
    flow::mint(&machine, &invoice, &flow::acknowledge(&machine, &invoice));
    fs::rename(&ledger, machine.state().join("newer")).unwrap();
    fs::rename(&copy, &ledger).unwrap();
    assert_eq!(
        machine.run(&["receivable", "list"]).error()["code"],
        "ledger_other_history"
    );
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}
