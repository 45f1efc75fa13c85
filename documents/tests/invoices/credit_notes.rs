//! What reading a credit note promises: the shipped sample, the one invoice that it credits, both syntaxes, a real document.

use crate::sample::{accepted, replaced, replaced_once, without};
use crate::shared_data;
use tradeseal_documents::{
    CreditNote, InvoiceError, SAMPLE_CII_INVOICE, SAMPLE_UBL_CREDIT_NOTE, SAMPLE_UBL_INVOICE, Syntax, read_credit_note,
};
use tradeseal_primitives::hash::sha256;
use tradeseal_primitives::receivable::Day;

fn credit(text: &str) -> CreditNote {
    read_credit_note(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(text: &str, code: &str, parts: &[&str]) -> InvoiceError {
    let error = match read_credit_note(text.as_bytes()) {
        Ok(credit) => panic!("accepted, where {code} was expected: {credit:?}"),
        Err(error) => error,
    };
    let message = error.to_string();
    assert_eq!(error.code(), code, "{message}");
    for part in parts {
        assert!(message.contains(part), "no {part:?} in: {message}");
    }
    assert!(error.remedy().ends_with('.'), "no remedy for: {message}");
    error
}

/// The sample with `from`, which must be there, replaced by `to`.
fn sample(from: &str, to: &str) -> String {
    replaced(SAMPLE_UBL_CREDIT_NOTE, from, to)
}

/// The CII sample invoice as a credit note for the invoice of this number and, where given, day.
fn cii_credit_note(invoice_number: &str, issued: &str) -> String {
    let text = replaced(SAMPLE_CII_INVOICE, "<ram:TypeCode>380<", "<ram:TypeCode>381<");
    let text = replaced(&text, ">NW-2026-0914<", ">NW-2026-G032<");
    let issued = match issued {
        "" => String::new(),
        day => format!(
            "<ram:FormattedIssueDateTime><qdt:DateTimeString xmlns:qdt=\"urn:un:unece:uncefact:data:standard:QualifiedDataType:100\" \
             format=\"102\">{day}</qdt:DateTimeString></ram:FormattedIssueDateTime>"
        ),
    };
    let reference = format!(
        "<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>{invoice_number}</ram:IssuerAssignedID>{issued}\
         </ram:InvoiceReferencedDocument></ram:ApplicableHeaderTradeSettlement>"
    );
    replaced(&text, "</ram:ApplicableHeaderTradeSettlement>", &reference)
}

#[test]
fn the_sample_credits_fifty_thousand_euros_of_the_sample_invoice() {
    let credit = credit(SAMPLE_UBL_CREDIT_NOTE);
    // 2026-10-02 and 2026-09-14 (`date -u`).
    assert_eq!((credit.syntax, credit.issue_day), (Syntax::Ubl, Day(20_728)));
    assert_eq!(credit.number, "NW-2026-G031");
    assert_eq!((credit.amount_minor.0, credit.currency.alpha()), (5_000_000, "EUR"));
    assert_eq!(credit.supplier.identifier.to_string(), "VAT:DE297540184");
    assert_eq!(credit.debtor.identifier.to_string(), "VAT:NL805174962B01");
    assert_eq!(credit.invoice.invoice_number, "NW-2026-0914");
    assert_eq!(credit.invoice.issue_day, Some(Day(20_710)));
    assert_eq!(credit.doc_sha256, sha256(SAMPLE_UBL_CREDIT_NOTE.as_bytes()));
    assert_eq!(credit.differs_from(&accepted(SAMPLE_UBL_INVOICE)), None);
    assert_eq!(credit.differs_from(&accepted(SAMPLE_CII_INVOICE)), None);
}

#[test]
fn a_credit_note_of_anything_else_says_what_differs() {
    let invoice = accepted(SAMPLE_UBL_INVOICE);
    for (from, to, what) in [
        (">NW-2026-0914<", ">NW-2026-0915<", "number of the invoice"),
        (">2026-09-14<", ">2026-09-13<", "issue day of the invoice"),
        ("DE297540184", "DE297540185", "the supplier"),
        ("NL805174962B01", "NL805174962B02", "the debtor"),
        ("EUR", "USD", "the currency"),
    ] {
        let differs = credit(&sample(from, to)).differs_from(&invoice);
        assert!(differs.is_some_and(|field| field.contains(what)), "{from}: {differs:?}");
    }
    let undated = without(SAMPLE_UBL_CREDIT_NOTE, "      <cbc:IssueDate>2026-09-14", "\n");
    assert_eq!(credit(&undated).differs_from(&invoice), None);
}

#[test]
fn an_invoice_of_a_credit_type_is_a_credit_note_in_either_syntax() {
    let cii = credit(&cii_credit_note("nw-2026-0914", "20260914"));
    assert_eq!((cii.syntax, cii.number.as_str()), (Syntax::Cii, "NW-2026-G032"));
    assert_eq!(cii.invoice.issue_day, Some(Day(20_710)));
    assert_eq!(cii.amount_minor.0, 100_000_000);
    assert_eq!(cii.differs_from(&accepted(SAMPLE_CII_INVOICE)), None);
    assert_eq!(credit(&cii_credit_note("NW-2026-0914", "")).invoice.issue_day, None);

    let reference = "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>NW-2026-0913</cbc:ID>\
                     </cac:InvoiceDocumentReference></cac:BillingReference><cac:AccountingSupplierParty>";
    let ubl = replaced(SAMPLE_UBL_INVOICE, ">380<", ">381<");
    let ubl = replaced_once(&ubl, "<cac:AccountingSupplierParty>", reference);
    assert_eq!(credit(&ubl).invoice.invoice_number, "NW-2026-0913");
}

#[test]
fn a_document_that_credits_nothing_is_refused_naming_its_kind() {
    let at = "Invoice/cbc:InvoiceTypeCode";
    refused(SAMPLE_UBL_INVOICE, "not_a_credit_note", &[at, "\"380\""]);
    refused(SAMPLE_CII_INVOICE, "not_a_credit_note", &["ram:TypeCode", "\"380\""]);
    // 262 credits several invoices, 458 takes a credit back, 396 credits a claim that was sold.
    for code in ["380", "262", "458", "396", "325"] {
        refused(&sample(">381<", &format!(">{code}<")), "not_a_credit_note", &[code]);
    }
    refused(&sample(">381<", ">0381<"), "unknown_type_code", &["0381"]);
    refused(
        &sample(":CreditNote-2", ":CreditNote-3"),
        "not_a_credit_note",
        &["CreditNote-3"],
    );
    refused("<Order xmlns='urn:x'/>", "not_a_credit_note", &["Order"]);
    // The root says what it is where UBL's schema lets the code be absent.
    credit(&without(SAMPLE_UBL_CREDIT_NOTE, "  <cbc:CreditNoteTypeCode>", "\n"));
}

#[test]
fn what_is_credited_must_be_something() {
    let at = "CreditNote/cac:LegalMonetaryTotal/cbc:PayableAmount";
    refused(&sample(">50000.00<", ">0.00<"), "nothing_credited", &[at, "0.00"]);
    refused(&sample(">50000.00<", ">-50000.00<"), "nothing_credited", &[at]);
    refused(&sample(">50000.00<", ">0.005<"), "excess_decimals", &[at]);
    let other = sample("currencyID=\"EUR\"", "currencyID=\"USD\"");
    refused(&other, "currency_mismatch", &[at, "EUR"]);
}

#[test]
fn exactly_one_invoice_is_credited() {
    let none = without(
        SAMPLE_UBL_CREDIT_NOTE,
        "  <cac:BillingReference>",
        "</cac:BillingReference>",
    );
    let at = "CreditNote/cac:BillingReference/cac:InvoiceDocumentReference";
    refused(&none, "missing_element", &[at]);
    let also = |id: &str, day: &str| {
        let second = format!(
            "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{id}</cbc:ID>\
             <cbc:IssueDate>{day}</cbc:IssueDate></cac:InvoiceDocumentReference></cac:BillingReference>\
             <cac:AccountingSupplierParty>"
        );
        replaced(SAMPLE_UBL_CREDIT_NOTE, "<cac:AccountingSupplierParty>", &second)
    };
    credit(&also(" nw-2026-0914 ", "2026-09-14"));
    refused(
        &also("NW-2026-0915", "2026-09-14"),
        "several_invoices",
        &["NW-2026-0914", "NW-2026-0915"],
    );
    refused(&also("NW-2026-0914", "2025-09-14"), "several_invoices", &[]);
    refused(&also("", "2026-09-14"), "empty_element", &["cbc:ID"]);
    refused(&also("NW-2026-0914", "2026-02-30"), "bad_date", &["cbc:IssueDate"]);
}

/// OASIS's example names no invoice, so no receivable could be lowered by it; with a reference it can.
#[test]
fn a_real_credit_note_is_read_once_it_says_what_it_credits() {
    let Some(bytes) = shared_data::read("UBL-CreditNote-2.1-Example.xml") else {
        return;
    };
    let text = String::from_utf8(bytes).unwrap();
    refused(&text, "missing_element", &["CreditNote/cac:BillingReference"]);
    let reference = "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>TOSL108</cbc:ID>\
                     </cac:InvoiceDocumentReference></cac:BillingReference><cac:AccountingSupplierParty>";
    let credit = credit(&replaced_once(&text, "<cac:AccountingSupplierParty>", reference));
    assert_eq!((credit.amount_minor.0, credit.currency.alpha()), (72_900, "EUR"));
    assert_eq!(credit.supplier.identifier.to_string(), "VAT:DK12345");
    assert_eq!(credit.debtor.identifier.to_string(), "VAT:BE54321");
    let invoice = shared_data::read("UBL-Invoice-2.1-Example.xml").unwrap();
    assert_eq!(
        credit.differs_from(&accepted(&String::from_utf8(invoice).unwrap())),
        None
    );
}

#[test]
fn every_prefix_of_a_credit_note_is_refused_not_panicked_over() {
    for length in (0..SAMPLE_UBL_CREDIT_NOTE.trim_end().len()).step_by(7) {
        let bytes = &SAMPLE_UBL_CREDIT_NOTE.as_bytes()[..length];
        assert!(read_credit_note(bytes).is_err(), "{length}");
    }
}
