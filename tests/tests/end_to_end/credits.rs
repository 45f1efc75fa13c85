//! Credit notes, prepayments and settlement: what is no longer owed is no longer proven.

use crate::flow::{self, POLICY, text};
use crate::machine::Machine;

fn is_eligible(machine: &Machine, item: &str, minimum: &str) -> bool {
    let request = flow::request(machine, "bank", &POLICY.replace("750000.00 EUR", minimum));
    let output = machine.path("bank.presentation.json");
    let answer = machine.run(&["prove", &request, "--item", item, "-o", &output]);
    if answer.code != 0 {
        assert_eq!(answer.error()["code"], "not_eligible");
    }
    answer.code == 0
}

#[test]
fn a_prepayment_lowers_what_every_part_proves_and_only_the_debtor_records_it() {
    let machine = Machine::new();
    let invoice = flow::enrol_both(&machine);
    let item = flow::mint(&machine, &invoice, &flow::acknowledge(&machine, &invoice));
    let parts = machine
        .run(&["receivable", "split", &item, "--amounts", "600000.00,400000.00"])
        .data();
    let part = text(&parts["parts"][0], "item");
    assert!(is_eligible(&machine, &part, "600000.00 EUR"));

    let by = |party| {
        machine.run(&[
            "receivable",
            "dilute",
            &invoice,
            "--as",
            party,
            "--prepaid",
            "250000.00",
        ])
    };
    assert_eq!(by("acme").error()["code"], "not_yours_to_dilute");
    assert_eq!(text(&by("buyer").data(), "left"), "750000.00 EUR");
    assert!(!is_eligible(&machine, &part, "450000.01 EUR"));
    assert!(is_eligible(&machine, &part, "450000.00 EUR"));
    let too_much = [
        "receivable",
        "dilute",
        &invoice,
        "--as",
        "buyer",
        "--prepaid",
        "750000.01",
    ];
    assert_eq!(machine.run(&too_much).error()["code"], "credit_too_large");
}

#[test]
fn what_is_settled_proves_nothing_and_what_is_joined_proves_its_sum() {
    let machine = Machine::new();
    let invoice = flow::enrol_both(&machine);
    let item = flow::mint(&machine, &invoice, &flow::acknowledge(&machine, &invoice));
    let split = [
        "receivable",
        "split",
        &item,
        "--amounts",
        "300000.00,300000.00,400000.00",
    ];
    let parts = machine.run(&split).data();
    let [one, two, three] = [0, 1, 2].map(|place: usize| text(&parts["parts"][place], "item"));
    let joined = machine.run(&["receivable", "join", &one, &three]).data();
    let joined = text(&joined["parts"][0], "item");
    assert!(is_eligible(&machine, &joined, "700000.00 EUR"));
    assert!(!is_eligible(&machine, &joined, "700000.01 EUR"));

    machine.run(&["receivable", "settle", &two]).data();
    machine
        .run(&["receivable", "settle", &joined, "--amount", "650000.00"])
        .data();
    let list = machine.run(&["receivable", "list"]).data();
    let free: Vec<_> = list["receivables"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|held| held["status"] == "free")
        .collect();
    assert_eq!(free.len(), 1, "{list:#}");
    assert_eq!(free[0]["amount"], "50000.00");
    let settled: u64 = list["payments"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|paid| paid["settled"] == true)
        .map(|paid| paid["amount_minor"].as_u64().unwrap())
        .sum();
    assert_eq!(settled, 95_000_000);
    for spent in [&item, &one, &two, &joined] {
        let again = machine.run(&["receivable", "settle", spent]).error();
        assert_eq!(again["code"], "receivable_spent", "{again}");
    }
}
