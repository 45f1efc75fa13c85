//! Every real document of the shared folder has the outcome written here, taken from the files by eye.

use crate::sample::{accepted, refused, replaced, replaced_once, without};
use crate::shared_data;
use tradeseal_documents::{Syntax, read_invoice};
use tradeseal_primitives::receivable::Day;

/// What a financeable file says.
struct Expected {
    file: &'static str,
    number: &'static str,
    issue_day: u32,
    amount_minor: u64,
    due_day: Option<u32>,
    supplier: &'static str,
    debtor: &'static str,
    payee_named: bool,
}

const BUYER_ENDPOINT: &str = "EM:BUYER@INFO.DE";

// Days: 2009-12-15 = 14593, 2009-12-31 = 14609, 2016-01-18 = 16818, 2016-02-01 = 16832, 2016-04-04 = 16895,
// 2016-06-16 = 16968, 2019-05-15 = 18031 (`date -u`).
#[rustfmt::skip]
const FINANCEABLE: [Expected; 7] = [
    Expected { file: "UBL-Invoice-2.1-Example.xml", number: "TOSL108", issue_day: 14_593, amount_minor: 72_900,
        due_day: Some(14_609), supplier: "VAT:DK12345", debtor: "VAT:BE54321", payee_named: true },
    Expected { file: "kosit-01.01a-INVOICE_ubl.xml", number: "123456XX", issue_day: 16_895, amount_minor: 33_690,
        due_day: None, supplier: "VAT:DE123456789", debtor: BUYER_ENDPOINT, payee_named: false },
    Expected { file: "kosit-01.04a-INVOICE_ubl.xml", number: "1234/78/901", issue_day: 16_968, amount_minor: 12_000,
        due_day: None, supplier: "TAX-DE:1234567890", debtor: BUYER_ENDPOINT, payee_named: false },
    Expected { file: "kosit-01.04a-INVOICE_cii-facturx-syntax.xml", number: "1234/78/901", issue_day: 16_968,
        amount_minor: 12_000, due_day: None, supplier: "TAX-DE:1234567890", debtor: BUYER_ENDPOINT, payee_named: false },
    Expected { file: "kosit-01.08a-INVOICE_ubl.xml", number: "R123456789", issue_day: 16_818, amount_minor: 282_587,
        due_day: Some(16_832), supplier: "VAT:DE123456789", debtor: BUYER_ENDPOINT, payee_named: false },
    Expected { file: "kosit-04.01a-INVOICE_ubl.xml", number: "12345", issue_day: 18_031, amount_minor: 491_884,
        due_day: None, supplier: "VAT:DE1234567890", debtor: BUYER_ENDPOINT, payee_named: false },
    Expected { file: "kosit-05.01a-INVOICE_ubl.xml", number: "123456XX", issue_day: 16_895, amount_minor: 36_686,
        due_day: None, supplier: "VAT:DE123456789", debtor: BUYER_ENDPOINT, payee_named: false },
];

/// File, code, parts of the message.
const REFUSED: [(&str, &str, &[&str]); 4] = [
    (
        "UBL-CreditNote-2.1-Example.xml",
        "not_an_invoice",
        &["a credit note", "CreditNote-2"],
    ),
    (
        "UBL-FreightInvoice-2.1-Example.xml",
        "not_an_invoice",
        &["FreightInvoice"],
    ),
    (
        "UBL-RemittanceAdvice-2.0-Example.xml",
        "not_an_invoice",
        &["a remittance advice"],
    ),
    (
        "UBL-Invoice-2.1-Example-Trivial.xml",
        "missing_element",
        &["Invoice/cbc:InvoiceTypeCode"],
    ),
];

fn text(file: &str) -> Option<String> {
    shared_data::read(file).map(|bytes| String::from_utf8(bytes).unwrap())
}

#[test]
fn every_financeable_file_is_read_exactly() {
    for expected in FINANCEABLE {
        let Some(bytes) = shared_data::read(expected.file) else {
            return;
        };
        let invoice = read_invoice(&bytes).unwrap_or_else(|error| panic!("{}: {error}", expected.file));
        assert_eq!(invoice.invoice_number, expected.number, "{}", expected.file);
        assert_eq!(invoice.issue_day, Day(expected.issue_day), "{}", expected.file);
        assert_eq!(invoice.type_code.number(), 380, "{}", expected.file);
        assert_eq!(invoice.currency.alpha(), "EUR", "{}", expected.file);
        assert_eq!(invoice.amount_minor.0, expected.amount_minor, "{}", expected.file);
        assert_eq!(invoice.due_day, expected.due_day.map(Day), "{}", expected.file);
        assert_eq!(
            invoice.supplier.identifier.to_string(),
            expected.supplier,
            "{}",
            expected.file
        );
        assert_eq!(
            invoice.debtor.identifier.to_string(),
            expected.debtor,
            "{}",
            expected.file
        );
        assert_eq!(invoice.payee_named, expected.payee_named, "{}", expected.file);
    }
}

#[test]
fn every_other_file_is_refused_with_its_reason() {
    for (file, code, parts) in REFUSED {
        let Some(bytes) = shared_data::read(file) else {
            return;
        };
        refused(bytes, code, parts);
    }
}

#[test]
fn no_file_of_the_folder_is_left_out() {
    let Some(list) = shared_data::read("SOURCES.tsv") else {
        return;
    };
    let list = String::from_utf8(list).unwrap();
    let mut listed: Vec<&str> = list
        .lines()
        .filter_map(|line| line.split('\t').next()?.strip_prefix("ubl/"))
        .collect();
    let mut covered: Vec<&str> = FINANCEABLE.iter().map(|expected| expected.file).collect();
    covered.extend(REFUSED.map(|(file, ..)| file));
    listed.sort_unstable();
    covered.sort_unstable();
    assert_eq!(covered, listed);
}

#[test]
fn the_two_syntaxes_of_one_invoice_give_one_fingerprint_and_two_document_hashes() {
    let (Some(ubl), Some(cii)) = (
        text("kosit-01.04a-INVOICE_ubl.xml"),
        text("kosit-01.04a-INVOICE_cii-facturx-syntax.xml"),
    ) else {
        return;
    };
    let (ubl, cii) = (accepted(&ubl), accepted(&cii));
    assert_eq!((ubl.syntax, cii.syntax), (Syntax::Ubl, Syntax::Cii));
    assert_eq!(ubl.fingerprint(), cii.fingerprint());
    assert_eq!(ubl.supplier.identifier.id(), cii.supplier.identifier.id());
    assert_eq!(ubl.debtor.identifier.id(), cii.debtor.identifier.id());
    assert_ne!(ubl.doc_sha256, cii.doc_sha256);
    assert_ne!(ubl.document_hash(), cii.document_hash());
}

#[test]
fn a_real_invoice_without_any_buyer_id_is_refused_naming_what_would_do() {
    let Some(real) = text("kosit-01.01a-INVOICE_ubl.xml") else {
        return;
    };
    let anonymous = without(&real, "<cbc:EndpointID schemeID=\"EM\">buyer", "</cbc:EndpointID>");
    let error = refused(
        anonymous,
        "no_party_id",
        &["Invoice/cac:AccountingCustomerParty/cac:Party"],
    );
    for element in [
        "cac:PartyTaxScheme/cbc:CompanyID",
        "cac:PartyLegalEntity/cbc:CompanyID",
        "cbc:EndpointID",
    ] {
        assert!(error.remedy().contains(element), "{}", error.remedy());
    }
}

#[test]
fn a_real_invoice_reads_the_same_under_other_prefixes() {
    let Some(real) = text("kosit-01.08a-INVOICE_ubl.xml") else {
        return;
    };
    let renamed = replaced(&replaced(&real, "cbc:", "x1:"), "xmlns:cbc=", "xmlns:x1=");
    let renamed = replaced(&replaced(&renamed, "cac:", "x2:"), "xmlns:cac=", "xmlns:x2=");
    let (before, after) = (accepted(&real), accepted(&renamed));
    assert_eq!(before.fingerprint(), after.fingerprint());
    assert_eq!(
        (before.amount_minor, before.due_day),
        (after.amount_minor, after.due_day)
    );
}

#[test]
fn real_invoices_changed_in_one_place_are_refused_for_that_place() {
    let Some(real) = text("kosit-01.08a-INVOICE_ubl.xml") else {
        return;
    };
    let payable = ">2825.87</cbc:PayableAmount>";
    let at_payable = "Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount";
    let amount = |value: &str| replaced(&real, payable, &format!(">{value}</cbc:PayableAmount>"));
    refused(amount("0.00"), "not_positive", &[at_payable, "\"0.00\""]);
    refused(amount("-2825.87"), "not_positive", &[at_payable]);
    refused(
        amount("2825.875"),
        "excess_decimals",
        &[at_payable, "EUR has 2 decimals"],
    );

    let typed = |code: &str| replaced(&real, ">380<", &format!(">{code}<"));
    refused(typed("381"), "credit_note", &["Invoice/cbc:InvoiceTypeCode", "\"381\""]);
    refused(typed("393"), "factored_invoice", &["\"393\""]);
    refused(typed("396"), "factored_invoice", &["\"396\""]);

    let id = "<cbc:ID>R123456789</cbc:ID>";
    refused(
        replaced(&real, id, &id.repeat(2)),
        "repeated_element",
        &["Invoice/cbc:ID", "2 times"],
    );
    refused(
        replaced(&real, "schema:xsd:Invoice-2", "schema:xsd:Invoice-3"),
        "not_an_invoice",
        &["namespace"],
    );
    let foreign = replaced(&real, "CommonBasicComponents-2", "CommonBasicComponents-3");
    refused(foreign, "missing_element", &["Invoice/cbc:InvoiceTypeCode"]);
    let dtd = replaced_once(
        &real,
        "<ubl:Invoice",
        "<!DOCTYPE ubl:Invoice SYSTEM \"invoice.dtd\"><ubl:Invoice",
    );
    refused(dtd, "document_type_declaration", &["DOCTYPE"]);
}
