//! What a reader of the README types: a supplier, its debtor and banks, each command a process of its own.
//!
//! In scope: the commands up to a receivable and a request, for tests that begin there. Out of scope: judging answers.

use std::fs;

use serde_json::Value;
use tradeseal_documents::SAMPLE_UBL_INVOICE;

use crate::machine::Machine;

/// How the sample invoice names the two.
pub(crate) const SUPPLIER: &str = "VAT:DE297540184";
pub(crate) const DEBTOR: &str = "VAT:NL805174962B01";

/// A policy that the sample invoice (1,000,000.00 EUR, due on 2026-12-13) meets once it is acknowledged.
pub(crate) const POLICY: &str = r#"{
  "min_amount": "750000.00 EUR",
  "due_from": "2026-12-01",
  "due_to": "2027-01-31",
  "approved_debtors": [
    { "scheme": "VAT", "id": "NL 8051.74.962.B01" },
    { "scheme": "LEI", "id": "529900T8BM49AURSDO55" }
  ],
  "required_flags": ["acknowledged"],
  "forbidden_flags": ["other_payee_named"]
}"#;

/// Makes and enrols the supplier `acme` and the debtor `buyer`; gives the invoice's path.
pub(crate) fn enrol_both(machine: &Machine) -> String {
    enrol(machine, "acme", SUPPLIER);
    enrol(machine, "buyer", DEBTOR);
    machine.file("invoice.xml", SAMPLE_UBL_INVOICE)
}

/// Makes and enrols a party.
pub(crate) fn enrol(machine: &Machine, name: &str, id: &str) {
    machine.run(&["party", "new", name, "--id", id]).data();
    machine.run(&["party", "enrol", name]).data();
}

/// What a party hands out.
pub(crate) fn handle(machine: &Machine, party: &str) -> String {
    text(&machine.run(&["party", "show", party]).data(), "handle")
}

/// Has `buyer` acknowledge an invoice to `acme`; gives the acknowledgment's path.
pub(crate) fn acknowledge(machine: &Machine, invoice: &str) -> String {
    acknowledge_to(machine, invoice, "acme")
}

/// Has `buyer` acknowledge an invoice to a party; gives the acknowledgment's path.
pub(crate) fn acknowledge_to(machine: &Machine, invoice: &str, owner: &str) -> String {
    let (handle, file) = (handle(machine, owner), format!("{invoice}.{owner}.ack.json"));
    let signing = ["receivable", "acknowledge", invoice, "--debtor", "buyer"];
    machine
        .run(&[&signing[..], &["--owner", &handle, "-o", &file]].concat())
        .data();
    file
}

/// Mints the invoice to `acme`; gives the receivable's name.
pub(crate) fn mint(machine: &Machine, invoice: &str, acknowledgment: &str) -> String {
    let arguments = [
        "receivable",
        "mint",
        invoice,
        "--owner",
        "acme",
        "--acknowledgment",
        acknowledgment,
    ];
    text(&machine.run(&arguments).data(), "item")
}

/// A bank's request under a policy; gives its path.
pub(crate) fn request(machine: &Machine, bank: &str, policy: &str) -> String {
    let (policy, file) = (
        machine.file("policy.json", policy),
        machine.path(&format!("{bank}.request.json")),
    );
    let asked = [
        "request",
        "new",
        "--statement",
        "receivable/eligibility",
        "--policy",
        &policy,
    ];
    machine
        .run(&[&asked[..], &["--bank", bank, "-o", &file]].concat())
        .data();
    file
}

/// Answers a request with a receivable; gives the presentation's path.
pub(crate) fn prove(machine: &Machine, bank: &str, request: &str, item: &str) -> String {
    let file = machine.path(&format!("{bank}.presentation.json"));
    machine.run(&["prove", request, "--item", item, "-o", &file]).data();
    file
}

/// The trust file for the machine's own ledger, which allows its development keys; gives its path.
pub(crate) fn trust_file(machine: &Machine) -> String {
    let file = machine.path("trust.json");
    machine
        .run(&["trust", "new", "--allow-insecure-dev", "-o", &file])
        .data();
    file
}

/// The only receivable on the list.
pub(crate) fn only_receivable(machine: &Machine) -> Value {
    let list = machine.run(&["receivable", "list"]).data();
    let [only] = list["receivables"].as_array().unwrap().as_slice() else {
        panic!("{list:#}");
    };
    only.clone()
}

/// A string in a command's data.
pub(crate) fn text(data: &Value, key: &str) -> String {
    data[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} in {data:#}"))
        .to_owned()
}

/// A JSON file, changed and written to another path; gives that path.
pub(crate) fn edited(machine: &Machine, file: &str, name: &str, edit: impl FnOnce(&mut Value)) -> String {
    let mut value: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let before = value.clone();
    edit(&mut value);
    assert_ne!(value, before, "{name}: nothing was changed");
    machine.file(name, serde_json::to_string_pretty(&value).unwrap() + "\n")
}
