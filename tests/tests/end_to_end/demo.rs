//! `tradeseal demo` as anyone first meets it.

use std::path::Path;

use serde_json::Value;
use tradeseal_documents::SAMPLE_UBL_INVOICE;

use crate::files::Files;
use crate::flow::text;
use crate::machine::{Machine, checks};

/// Budgets of constraints (`DESIGN` section 9) by statement.
const STATEMENTS: [(&str, u64); 4] = [
    ("receivable/mint/v2", 32_768),
    ("receivable/transfer/v1", 16_384),
    ("receivable/eligibility/v2", 16_384),
    ("receivable/disclosure/v1", 16_384),
];

/// Holds the demo's JSON to its contract: every statement verified, within its budget of constraints.
pub(crate) fn every_statement_is_verified(data: &Value) {
    let rows = data["statements"].as_array().unwrap();
    for (statement, budget) in STATEMENTS {
        let row = rows.iter().find(|row| row["statement"] == statement);
        let row = row.unwrap_or_else(|| panic!("no {statement} in {data:#}"));
        assert_eq!(row["verdict"], "verified", "{row}");
        let constraints = row["constraints"].as_u64().unwrap();
        assert!((1..=budget).contains(&constraints), "{row}");
        for time in ["prove_ms", "verify_ms"] {
            assert!(row[time].as_f64().is_some_and(|ms| ms > 0.0), "{time} in {row}");
        }
    }
    assert!(rows.iter().all(|row| row["verdict"] == "verified"), "{data:#}");
    assert_eq!(data["evidence"].as_array().map(Vec::len), Some(2), "{data:#}");
    assert_eq!(data["provenance"], "insecure_dev");
}

#[test]
fn the_demo_ends_in_verdicts_under_the_keys_of_its_contract_and_its_files_verify_again() {
    let machine = Machine::new();
    let data = machine.run(&["demo"]).data();
    every_statement_is_verified(&data);
    let scenes = data["scenes"].as_array().unwrap();
    for outcome in ["done", "Verified", "refused", "Not verified"] {
        assert!(
            scenes.iter().any(|scene| scene["outcome"] == outcome),
            "{outcome} in {data:#}"
        );
    }

    let left = data["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file.as_str().unwrap());
    let left: Vec<&Path> = left.map(Path::new).collect();
    let (first, second) = (Files::of_demo(&machine, "bank-a"), Files::of_demo(&machine, "bank-b"));
    for file in [
        &first.presentation,
        &first.request,
        &second.presentation,
        &second.request,
        &first.trust,
    ] {
        assert!(left.contains(&Path::new(file)), "{file} in {left:?}");
    }
    machine.verify(&first).report(0);
    let late = machine.verify(&second).report(1);
    let failed = checks(&late, "failed");
    assert!(failed == ["not_locked"] || failed == ["nullifier_unspent"], "{late:#}");
}

#[test]
fn the_demo_tells_people_that_anyone_can_forge_under_its_keys() {
    let answer = Machine::new().run_as_typed(&["demo"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let printed = &answer.stdout;
    assert!(printed.contains("anyone can forge under development keys"), "{printed}");
    for (statement, _) in STATEMENTS {
        let row = |line: &str| line.starts_with(statement) && line.contains("verified");
        assert!(printed.lines().any(row), "{statement} in {printed}");
    }
}

/// Parts of an amount are whole cents, also where there is one cent only.
#[test]
fn the_demo_plays_on_the_smallest_and_the_largest_invoice() {
    let machine = Machine::new();
    for payable in ["0.01", "184467440737095516.15"] {
        let invoice = SAMPLE_UBL_INVOICE.replace(">1000000.00</cbc:Pay", &format!(">{payable}</cbc:Pay"));
        let file = machine.file("invoice.xml", invoice);
        let answer = machine.run(&["demo", "--invoice", &file]);
        assert_eq!(answer.code, 0, "{payable}: {}", answer.stderr);
        every_statement_is_verified(&answer.data());
        assert!(text(&answer.data()["invoice"], "amount").contains(payable));
    }
}
