//! What the shipped samples say, and that each refused one is refused for the reason written in it.

use crate::sample::{accepted, refused, ubl};
use tradeseal_documents::{Invoice, SAMPLE_CII_INVOICE, SAMPLE_UBL_INVOICE, Syntax};
use tradeseal_primitives::hash::sha256;
use tradeseal_primitives::party::PartyIdentifier;
use tradeseal_primitives::receivable::{Day, DocumentHash, Fingerprint, Flags};

#[test]
fn the_ubl_sample_is_a_million_euros_due_in_ninety_days() {
    let invoice = accepted(SAMPLE_UBL_INVOICE);
    // 2026-09-14 and 2026-12-13 (`date -u`).
    let expected = (Syntax::Ubl, "NW-2026-0914", Day(20_710), Some(Day(20_800)), 100_000_000);
    let Invoice {
        syntax,
        issue_day,
        due_day,
        amount_minor,
        ..
    } = invoice;
    assert_eq!(
        (
            syntax,
            invoice.invoice_number.as_str(),
            issue_day,
            due_day,
            amount_minor.0
        ),
        expected
    );
    assert_eq!((invoice.type_code.number(), invoice.currency.alpha()), (380, "EUR"));
    assert_eq!(invoice.supplier.identifier.to_string(), "VAT:DE297540184");
    assert_eq!(invoice.debtor.identifier.to_string(), "VAT:NL805174962B01");
    assert_eq!(
        invoice.debtor.source.as_str(),
        "Invoice/cac:AccountingCustomerParty/cac:Party/cac:PartyTaxScheme/cbc:CompanyID"
    );
    assert_eq!(invoice.flags(), Flags::NONE);
    assert_eq!(invoice.doc_sha256, sha256(SAMPLE_UBL_INVOICE.as_bytes()));
    assert_eq!(invoice.document_hash(), DocumentHash::from_sha256(&invoice.doc_sha256));
}

#[test]
fn the_fingerprint_is_of_supplier_number_and_issue_day_alone() {
    let supplier = PartyIdentifier::new("VAT", "DE 297 540 184").unwrap();
    let by_hand = Fingerprint::derive(supplier.id(), "nw-2026-0914", Day(20_710));
    assert_eq!(accepted(SAMPLE_UBL_INVOICE).fingerprint(), by_hand);
    let cheaper = ubl(">1000000.00</cbc:PayableAmount>", ">1.00</cbc:PayableAmount>");
    assert_eq!(accepted(&cheaper).fingerprint(), by_hand);
    assert_ne!(accepted(&ubl("NW-2026-0914", "NW-2026-0999")).fingerprint(), by_hand);
}

#[test]
fn both_samples_are_one_invoice() {
    let (ubl, cii) = (accepted(SAMPLE_UBL_INVOICE), accepted(SAMPLE_CII_INVOICE));
    assert_eq!(cii.syntax, Syntax::Cii);
    assert_eq!(ubl.fingerprint(), cii.fingerprint());
    assert_ne!(ubl.doc_sha256, cii.doc_sha256);
    let attributes = |i: &Invoice| {
        (
            i.amount_minor,
            i.currency,
            i.due_day,
            i.debtor.identifier.id(),
            i.type_code,
        )
    };
    assert_eq!(attributes(&ubl), attributes(&cii));
}

#[test]
fn each_refused_sample_is_refused_for_its_reason() {
    let cases = [
        (include_str!("../../samples/refused-credit-note.xml"), "not_an_invoice"),
        (include_str!("../../samples/refused-factored.xml"), "factored_invoice"),
        (include_str!("../../samples/refused-no-buyer-id.xml"), "no_party_id"),
        (
            include_str!("../../samples/refused-nothing-payable.xml"),
            "not_positive",
        ),
        (
            include_str!("../../samples/refused-entities.xml"),
            "document_type_declaration",
        ),
    ];
    for (text, code) in cases {
        refused(text, code, &[]);
    }
}

#[test]
fn every_code_of_a_refusal_is_documented() {
    let page = include_str!("../../../docs/invoices.md");
    let source = include_str!("../../src/error/code.rs");
    let codes: Vec<&str> = source
        .lines()
        .filter_map(|line| line.split("=> \"").nth(1)?.split('"').next())
        .collect();
    assert!(codes.len() > 25);
    for code in codes {
        assert!(page.contains(&format!("`{code}`")), "{code} is not in docs/invoices.md");
    }
}
