//! Real invoices, from the file to the verdict.

use std::collections::BTreeSet;
use std::fs;

use tradeseal_documents::{SAMPLE_CII_INVOICE, SAMPLE_UBL_INVOICE};

use crate::demo::every_statement_is_verified;
use crate::files::Files;
use crate::machine::Machine;
use crate::real_documents;

/// The folder's invoices that a bank may finance, chosen by reading them.
const FINANCEABLE: [&str; 7] = [
    "UBL-Invoice-2.1-Example.xml",
    "kosit-01.01a-INVOICE_ubl.xml",
    "kosit-01.04a-INVOICE_cii-facturx-syntax.xml",
    "kosit-01.04a-INVOICE_ubl.xml",
    "kosit-01.08a-INVOICE_ubl.xml",
    "kosit-04.01a-INVOICE_ubl.xml",
    "kosit-05.01a-INVOICE_ubl.xml",
];

/// The others, each with the code of its reason: three are no invoices, and one of two elements does not say what it is.
pub(crate) const REFUSED: [(&str, &str); 4] = [
    ("UBL-CreditNote-2.1-Example.xml", "not_an_invoice"),
    ("UBL-FreightInvoice-2.1-Example.xml", "not_an_invoice"),
    ("UBL-Invoice-2.1-Example-Trivial.xml", "missing_element"),
    ("UBL-RemittanceAdvice-2.0-Example.xml", "not_an_invoice"),
];

#[test]
fn every_real_document_is_either_financed_or_refused_by_these_tests() {
    let Some(folder) = real_documents::folder("ubl") else {
        return;
    };
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let found: BTreeSet<String> = names.filter(|name| name.ends_with(".xml")).collect();
    let covered = FINANCEABLE.into_iter().chain(REFUSED.map(|(file, _)| file));
    assert_eq!(found, covered.map(str::to_owned).collect());
}

/// All on one machine, as the demo is played again and again in one folder.
#[test]
fn every_financeable_real_invoice_is_verified_from_end_to_end() {
    let Some(folder) = real_documents::folder("ubl") else {
        return;
    };
    let machine = Machine::new();
    for file in FINANCEABLE {
        let invoice = folder.join(file);
        let answer = machine.run(&["demo", "--invoice", invoice.to_str().unwrap()]);
        assert_eq!(answer.code, 0, "{file}: {}", answer.stderr);
        every_statement_is_verified(&answer.data());
        machine.verify(&Files::of_demo(&machine, "bank-a")).report(0);
    }
    // 01.04a in its two syntaxes is one invoice, so the folder was begun anew with the second.
    let earlier = |number: u32| machine.state().join(format!("earlier-{number}"));
    assert!(earlier(1).join("ledger").is_dir() && !earlier(2).exists());
}

#[test]
fn one_invoice_in_both_syntaxes_gives_one_fingerprint_one_supplier_and_one_debtor() {
    let machine = Machine::new();
    one_invoice(&machine, SAMPLE_UBL_INVOICE, SAMPLE_CII_INVOICE);
    let real = |file| real_documents::text("ubl", file);
    let (Some(ubl), Some(cii)) = (
        real("kosit-01.04a-INVOICE_ubl.xml"),
        real("kosit-01.04a-INVOICE_cii-facturx-syntax.xml"),
    ) else {
        return;
    };
    one_invoice(&machine, &ubl, &cii);
}

fn one_invoice(machine: &Machine, ubl: &str, cii: &str) {
    let read = |name, content: &str| {
        let file = machine.file(name, content);
        machine.run(&["receivable", "read", &file]).data()
    };
    let (ubl, cii) = (read("ubl.xml", ubl), read("cii.xml", cii));
    for key in [
        "fingerprint",
        "supplier_id",
        "debtor_id",
        "invoice_number",
        "issue_day",
        "amount_minor",
        "currency",
    ] {
        assert!(
            !ubl[key].is_null() && ubl[key] == cii[key],
            "{key}: {} and {}",
            ubl[key],
            cii[key]
        );
    }
    assert_ne!(
        (&ubl["syntax"], &ubl["document_sha256"]),
        (&cii["syntax"], &cii["document_sha256"])
    );
}
