//! One invoice is financed once: whatever its file, whoever brings it, however it is numbered.

use tradeseal_documents::{SAMPLE_CII_INVOICE, SAMPLE_UBL_INVOICE};

use crate::flow::{self, POLICY, text};
use crate::machine::Machine;
use crate::real_documents;

fn mint_without(machine: &Machine, invoice: &str) -> crate::machine::Answer {
    machine.run(&["receivable", "mint", invoice, "--owner", "acme"])
}

#[test]
fn the_same_invoice_is_refused_in_its_other_syntax_and_with_another_amount_due_day_or_acknowledgment() {
    let machine = Machine::new();
    let invoice = flow::enrol_both(&machine);
    flow::mint(&machine, &invoice, &flow::acknowledge(&machine, &invoice));
    let entries = machine.run(&["log", "checkpoint"]).data();
    let copies = [
        ("the same file", SAMPLE_UBL_INVOICE.to_owned()),
        ("the other syntax", SAMPLE_CII_INVOICE.to_owned()),
        (
            "another amount",
            SAMPLE_UBL_INVOICE.replace(">1000000.00</cbc:Pay", ">999999.99</cbc:Pay"),
        ),
        (
            "another due day",
            SAMPLE_UBL_INVOICE.replace("2026-12-13", "2026-12-14"),
        ),
        (
            "another spelling",
            SAMPLE_UBL_INVOICE.replace("NW-2026-0914", " nw-2026-0914 "),
        ),
    ];
    for (what, copy) in copies {
        let copy = machine.file("copy.xml", copy);
        assert_eq!(
            mint_without(&machine, &copy).error()["code"],
            "invoice_already_minted",
            "{what}"
        );
        let signed = flow::acknowledge(&machine, &copy);
        let arguments = [
            "receivable",
            "mint",
            &copy,
            "--owner",
            "acme",
            "--acknowledgment",
            &signed,
        ];
        assert_eq!(
            machine.run(&arguments).error()["code"],
            "invoice_already_minted",
            "{what}"
        );
    }
    assert_eq!(
        machine.run(&["log", "checkpoint"]).data(),
        entries,
        "a refusal leaves the log as it was"
    );
    flow::only_receivable(&machine);
}

#[test]
fn a_real_invoice_in_both_syntaxes_is_minted_once() {
    let real = |file| real_documents::text("ubl", file);
    let (Some(ubl), Some(cii)) = (
        real("kosit-01.04a-INVOICE_ubl.xml"),
        real("kosit-01.04a-INVOICE_cii-facturx-syntax.xml"),
    ) else {
        return;
    };
    let machine = Machine::new();
    let [ubl, cii] = [("ubl.xml", ubl), ("cii.xml", cii)].map(|(name, content)| machine.file(name, content));
    let read = machine.run(&["receivable", "read", &ubl]).data();
    for (name, role) in [("acme", "supplier"), ("buyer", "debtor")] {
        flow::enrol(&machine, name, &text(&read, role));
    }
    // It states no due day, so the debtor says it.
    let mint = |invoice: &str| {
        let (handle, signed) = (flow::handle(&machine, "acme"), format!("{invoice}.ack.json"));
        let signing = [
            "receivable",
            "acknowledge",
            invoice,
            "--debtor",
            "buyer",
            "--owner",
            &handle,
        ];
        machine
            .run(&[&signing[..], &["--due", "2026-12-31", "-o", &signed]].concat())
            .data();
        machine.run(&[
            "receivable",
            "mint",
            invoice,
            "--owner",
            "acme",
            "--acknowledgment",
            &signed,
        ])
    };
    mint(&cii).data();
    assert_eq!(mint(&ubl).error()["code"], "invoice_already_minted");
}

/// Whoever renumbers gets a second receivable, and no bank that asks for an acknowledgment takes it: the debtor signed the other number.
#[test]
fn a_renumbered_invoice_is_not_acknowledged() {
    let machine = Machine::new();
    let invoice = flow::enrol_both(&machine);
    let acknowledgment = flow::acknowledge(&machine, &invoice);
    flow::mint(&machine, &invoice, &acknowledgment);
    let renumbered = machine.file(
        "again.xml",
        SAMPLE_UBL_INVOICE.replace("NW-2026-0914", "NW-2026-0914/2"),
    );
    let arguments = [
        "receivable",
        "mint",
        &renumbered,
        "--owner",
        "acme",
        "--acknowledgment",
        &acknowledgment,
    ];
    assert_eq!(machine.run(&arguments).error()["code"], "acknowledgment_differs");
    let item = text(&mint_without(&machine, &renumbered).data(), "item");
    let request = flow::request(&machine, "bank", POLICY);
    let output = machine.path("none.json");
    let refused = machine
        .run(&["prove", &request, "--item", &item, "-o", &output])
        .error();
    assert_eq!(refused["code"], "not_eligible");
    assert!(text(&refused, "message").contains("flag"), "{refused}");
}

/// The acknowledgment names its ledger: elsewhere the same invoice is not acknowledged.
#[test]
fn an_acknowledgment_serves_on_one_ledger_only() {
    let (machine, other) = (Machine::new(), Machine::new());
    let invoice = flow::enrol_both(&machine);
    let acknowledgment = flow::acknowledge(&machine, &invoice);
    let invoice = flow::enrol_both(&other);
    let arguments = [
        "receivable",
        "mint",
        &invoice,
        "--owner",
        "acme",
        "--acknowledgment",
        &acknowledgment,
    ];
    let refused = other.run(&arguments).error();
    assert_eq!(refused["code"], "acknowledgment_differs");
    assert!(text(&refused, "message").contains("ledger"), "{refused}");
}
