//! Moving, reading and opening receivables where there is nothing to move, read or open: each command says what is missing and what to do.

use tradeseal_documents::{SAMPLE_UBL_CREDIT_NOTE, SAMPLE_UBL_INVOICE};

use crate::machine::Machine;

#[test]
fn without_a_ledger_nothing_moves_and_each_command_says_so() {
    let machine = Machine::new();
    let invoice = machine.file("invoice.xml", SAMPLE_UBL_INVOICE);
    let credit_note = machine.file("credit-note.xml", SAMPLE_UBL_CREDIT_NOTE);
    let commands: [&[&str]; 9] = [
        &["receivable", "scan"],
        &["receivable", "scan", "--from-start"],
        &["receivable", "split", "1f0c", "--amounts", "1,2"],
        &["receivable", "join", "1f0c", "77ab"],
        &["receivable", "transfer", "1f0c", "--to", "acme", "--amount", "1"],
        &["receivable", "settle", "1f0c"],
        &[
            "receivable",
            "dilute",
            &invoice,
            "--as",
            "acme",
            "--credit-note",
            &credit_note,
        ],
        &["receivable", "disclose", "1f0c", "--to", "Court", "-o", "never.json"],
        &["registry", "rotate"],
    ];
    for command in commands {
        let error = machine.run(&[command, &["--json"]].concat()).error();
        assert_eq!(error["code"], "ledger_missing", "{command:?}");
    }
}

#[test]
fn a_debtor_without_a_ledger_names_the_one_that_its_acknowledgment_is_for() {
    let machine = Machine::new();
    let invoice = machine.file("invoice.xml", SAMPLE_UBL_INVOICE);
    let buyer = ["party", "new", "buyer", "--id", "VAT:NL805174962B01", "--json"];
    let handle = machine.run(&buyer).data()["handle"].as_str().unwrap().to_owned();
    let (file, ledger) = (machine.path("ack.json"), "07".repeat(32));
    let file = file.to_str().unwrap();
    let acknowledge = [
        "receivable",
        "acknowledge",
        &invoice,
        "--debtor",
        "buyer",
        "--owner",
        &handle,
        "-o",
        file,
    ];
    let error = machine.run(&[&acknowledge[..], &["--json"]].concat()).error();
    assert_eq!(error["code"], "ledger_needed");
    assert!(error["remedy"].as_str().unwrap().contains("--ledger"));
    let answer = machine.run(&[&acknowledge[..], &["--ledger", &ledger, "--json"]].concat());
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let written = std::fs::read_to_string(file).unwrap();
    assert!(written.contains(&ledger));
}

#[test]
fn what_does_not_belong_together_is_refused_before_anything_is_opened() {
    let machine = Machine::new();
    let invoice = machine.file("invoice.xml", SAMPLE_UBL_INVOICE);
    let usage: [&[&str]; 7] = [
        &["receivable", "transfer"],
        &["receivable", "transfer", "1f0c"],
        &["receivable", "transfer", "1f0c", "--complete", "consent.json"],
        &[
            "receivable",
            "transfer",
            "1f0c",
            "--to",
            "a",
            "--amount",
            "1",
            "--consent-of",
            "b",
            "--offer",
            "o.json",
        ],
        &[
            "receivable",
            "transfer",
            "1f0c",
            "--to",
            "a",
            "--amount",
            "1",
            "--memo",
            "\u{7}",
        ],
        &["receivable", "dilute", &invoice, "--as", "acme"],
        &[
            "receivable",
            "dilute",
            &invoice,
            "--as",
            "acme",
            "--prepaid",
            "1",
            "--credit-note",
            "c.xml",
        ],
    ];
    for arguments in usage {
        let error = machine.run(&[arguments, &["--json"]].concat()).error();
        assert_eq!(error["code"], "usage", "{arguments:?}");
    }
    // An invoice is no credit note.
    let dilute = [
        "receivable",
        "dilute",
        &invoice,
        "--as",
        "acme",
        "--credit-note",
        &invoice,
        "--json",
    ];
    assert_eq!(machine.run(&dilute).error()["code"], "not_a_credit_note");
    assert!(!machine.path("state").exists());
}

#[test]
fn what_is_no_disclosure_is_not_verified() {
    let machine = Machine::with_keys();
    drop(machine.ledger());
    let trust = machine.path("trust.json");
    let trust = trust.to_str().unwrap();
    machine
        .run(&["trust", "new", "--allow-insecure-dev", "-o", trust, "--json"])
        .data();
    let file = machine.file("disclosure.json", "{}");
    let answer = machine.run(&["receivable", "examine", &file, "--trust", trust, "--json"]);
    assert_eq!(answer.code, 1, "{}", answer.stderr);
    assert_eq!(answer.data()["verdict"], "not_verified");
}

#[test]
fn the_registry_of_a_fresh_ledger_has_one_key_and_keeps_it_for_its_era() {
    let machine = Machine::with_keys();
    drop(machine.ledger());
    let shown = machine.run(&["registry", "show", "--json"]).data();
    assert_eq!((&shown["revision"], &shown["kept_here"]), (&0.into(), &true.into()));
    assert!(shown["previous_key"].is_null() && shown["oldest_issue_date"].is_null());
    assert_eq!(shown["ledger_id"].as_str().unwrap().len(), 64);
    assert_eq!(shown["current_key"].as_str().unwrap().len(), 128);
    let error = machine.run(&["registry", "rotate", "--json"]).error();
    assert_eq!(error["code"], "registry_era");
    assert_eq!(machine.run(&["registry", "show", "--json"]).data(), shown);
}
