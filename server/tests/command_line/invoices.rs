//! Invoices read and refused.

use tradeseal_documents::{SAMPLE_CII_INVOICE, SAMPLE_UBL_INVOICE};

use crate::machine::Machine;

#[test]
fn an_invoice_is_read_into_the_contracts_keys_and_both_syntaxes_give_one_fingerprint() {
    let machine = Machine::new();
    let ubl = machine.file("ubl.xml", SAMPLE_UBL_INVOICE);
    let cii = machine.file("cii.xml", SAMPLE_CII_INVOICE);
    let (ubl, cii) = (
        ["receivable", "read", &ubl, "--json"],
        ["receivable", "read", &cii, "--json"],
    );
    let (ubl, cii) = (machine.run(&ubl), machine.run(&cii));
    assert_eq!((ubl.code, ubl.stderr.as_str()), (0, ""));
    let data = ubl.data();
    for key in [
        "invoice_number",
        "type_code",
        "currency",
        "supplier_id",
        "debtor_id",
        "fingerprint",
    ] {
        assert!(data[key].is_string(), "{key} in {data}");
    }
    assert!(data["issue_day"].is_u64() && data["amount_minor"].is_u64() && data["flags"].is_array());
    assert!(data.get("due_day").is_some_and(|day| day.is_u64() || day.is_null()));
    assert_eq!(data["fingerprint"], cii.data()["fingerprint"]);
}

#[test]
fn a_credit_note_is_refused_with_its_reason_and_leaves_nothing_behind() {
    let machine = Machine::new();
    let credit_note = SAMPLE_UBL_INVOICE.replace(">380<", ">381<");
    assert_ne!(credit_note, SAMPLE_UBL_INVOICE);
    let file = machine.file("credit-note.xml", &credit_note);
    let error = machine.run(&["receivable", "read", &file, "--json"]).error();
    assert_eq!(error["code"], "credit_note");
    assert!(error["message"].as_str().unwrap().contains("381") && error["remedy"] != "");
    assert!(!machine.path("state").exists());
}

#[test]
fn a_missing_file_is_named_with_what_to_do() {
    let machine = Machine::new();
    let error = machine
        .run(&["receivable", "read", "/no/such/invoice.xml", "--json"])
        .error();
    assert_eq!(error["code"], "file_missing");
    assert!(error["message"].as_str().unwrap().contains("/no/such/invoice.xml") && error["remedy"] != "");
    let text = machine.run(&["receivable", "read", "/no/such/invoice.xml"]);
    assert_eq!((text.code, text.stdout.as_str()), (2, ""));
    assert!(
        text.stderr.starts_with("error: cannot read /no/such/invoice.xml"),
        "{}",
        text.stderr
    );
}
