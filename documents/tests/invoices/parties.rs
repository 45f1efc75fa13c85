//! Which identifier of a party is taken: tax, then legal, then endpoint.

use crate::sample::{accepted, refused, replaced, without};
use tradeseal_documents::{Party, SAMPLE_CII_INVOICE, SAMPLE_UBL_INVOICE, read_invoice};

const BUYER: &str = "Invoice/cac:AccountingCustomerParty/cac:Party";

/// The UBL sample with a buyer of these elements.
fn ubl_buyer(elements: &str) -> String {
    let start = "<cac:AccountingCustomerParty>";
    let rest = without(SAMPLE_UBL_INVOICE, start, "</cac:AccountingCustomerParty>");
    let party = format!("{start}<cac:Party>{elements}</cac:Party></cac:AccountingCustomerParty><cac:Delivery>");
    replaced(&rest, "<cac:Delivery>", &party)
}

/// The CII sample with a buyer of these elements.
fn cii_buyer(elements: &str) -> String {
    let rest = without(SAMPLE_CII_INVOICE, "<ram:BuyerTradeParty>", "</ram:BuyerTradeParty>");
    let next = "<ram:BuyerOrderReferencedDocument>";
    let party = format!("<ram:BuyerTradeParty>{elements}</ram:BuyerTradeParty>{next}");
    replaced(&rest, next, &party)
}

fn debtor(text: &str) -> Party {
    accepted(text).debtor
}

fn ubl_tax(id: &str, scheme: &str) -> String {
    format!(
        "<cac:PartyTaxScheme><cbc:CompanyID>{id}</cbc:CompanyID><cac:TaxScheme><cbc:ID>{scheme}</cbc:ID>\
         </cac:TaxScheme></cac:PartyTaxScheme>"
    )
}

fn ubl_legal(id: &str, attributes: &str) -> String {
    format!("<cac:PartyLegalEntity><cbc:CompanyID{attributes}>{id}</cbc:CompanyID></cac:PartyLegalEntity>")
}

fn cii_tax(id: &str, attributes: &str) -> String {
    format!("<ram:SpecifiedTaxRegistration><ram:ID{attributes}>{id}</ram:ID></ram:SpecifiedTaxRegistration>")
}

fn cii_legal(id: &str, attributes: &str) -> String {
    format!("<ram:SpecifiedLegalOrganization><ram:ID{attributes}>{id}</ram:ID></ram:SpecifiedLegalOrganization>")
}

const UBL_ENDPOINT: &str = "<cbc:EndpointID schemeID=\"EM\">ap.desk@buyer.example</cbc:EndpointID>";
const CII_ENDPOINT: &str = "<ram:URIUniversalCommunication><ram:URIID schemeID=\"EM\">AP.Desk@buyer.example</ram:URIID>\
                            </ram:URIUniversalCommunication>";

/// Each level of identifier with all lower ones present, in both syntaxes: the same identifier must come out.
#[test]
fn the_best_identifier_is_taken_and_is_the_same_in_both_syntaxes() {
    let cases = [
        (
            ubl_tax("NL 8051.74.962 B01", "VAT"),
            cii_tax("NL805174962B01", " schemeID=\"VA\""),
            "VAT:NL805174962B01",
        ),
        (
            ubl_tax("12/345/67890", "FC"),
            cii_tax("12 345 67890", " schemeID=\"FC\""),
            "TAX:1234567890",
        ),
        (
            ubl_tax("12/345/67890", "???"),
            cii_tax("12/345/67890", ""),
            "TAX:1234567890",
        ),
    ];
    for (ubl, cii, expected) in cases {
        let ubl = format!("{UBL_ENDPOINT}{ubl}{}", ubl_legal("HRB 1", ""));
        let cii = format!("{}{CII_ENDPOINT}{cii}", cii_legal("HRB 1", ""));
        assert_eq!(debtor(&ubl_buyer(&ubl)).identifier.to_string(), expected);
        assert_eq!(debtor(&cii_buyer(&cii)).identifier.to_string(), expected);
    }
    for (attributes, expected) in [
        ("", "LEGAL:HRB1HL"),
        (" schemeID=\"0088\"", "GLN:HRB1HL"),
        (" schemeID=\"0199\"", "LEI:HRB1HL"),
        (" schemeID=\"0060\"", "0060:HRB1HL"),
    ] {
        let ubl = format!("{UBL_ENDPOINT}{}", ubl_legal("HRB 1 (HL)", attributes));
        let cii = format!("{}{CII_ENDPOINT}", cii_legal("HRB 1 HL", attributes));
        assert_eq!(debtor(&ubl_buyer(&ubl)).identifier.to_string(), expected);
        assert_eq!(debtor(&cii_buyer(&cii)).identifier.to_string(), expected);
    }
    for text in [ubl_buyer(UBL_ENDPOINT), cii_buyer(CII_ENDPOINT)] {
        assert_eq!(debtor(&text).identifier.to_string(), "EM:AP.DESK@BUYER.EXAMPLE");
    }
}

#[test]
fn a_vat_number_comes_before_another_tax_number_whatever_their_order() {
    let (vat, other) = (ubl_tax("NL805174962B01", "VAT"), ubl_tax("12/345", "FC"));
    for pair in [format!("{vat}{other}"), format!("{other}{vat}")] {
        assert_eq!(debtor(&ubl_buyer(&pair)).identifier.to_string(), "VAT:NL805174962B01");
    }
    let (vat, other) = (
        cii_tax("NL805174962B01", " schemeID=\"VA\""),
        cii_tax("12/345", " schemeID=\"FC\""),
    );
    for pair in [format!("{vat}{other}"), format!("{other}{vat}")] {
        assert_eq!(debtor(&cii_buyer(&pair)).identifier.to_string(), "VAT:NL805174962B01");
    }
}

#[test]
fn a_tax_scheme_ending_in_vat_is_vat_and_an_absent_one_is_read_off_the_number() {
    assert_eq!(
        debtor(&ubl_buyer(&ubl_tax("1234", "UK VAT"))).identifier.to_string(),
        "VAT:1234"
    );
    let unnamed = "<cac:PartyTaxScheme><cbc:CompanyID schemeID=\"BEVAT\">BE54321</cbc:CompanyID></cac:PartyTaxScheme>";
    assert_eq!(debtor(&ubl_buyer(unnamed)).identifier.to_string(), "VAT:BE54321");
}

#[test]
fn words_that_stand_as_tax_number_on_every_nordic_invoice_identify_nobody() {
    for words in ["Godkänd för F-skatt", "Foretaksregisteret"] {
        let party = format!(
            "{}{}",
            ubl_tax(words, "TAX"),
            ubl_legal("556677-8899", " schemeID=\"0007\"")
        );
        assert_eq!(debtor(&ubl_buyer(&party)).identifier.to_string(), "0007:5566778899");
        refused(ubl_buyer(&ubl_tax(words, "TAX")), "no_party_id", &[BUYER]);
    }
}

#[test]
fn two_different_identifiers_of_one_kind_are_refused_and_two_spellings_of_one_are_not() {
    let twice = |first: &str, second: &str| ubl_buyer(&format!("{}{}", ubl_tax(first, "VAT"), ubl_tax(second, "VAT")));
    let error = refused(twice("NL1", "NL2"), "several_party_ids", &["\"NL1\"", "\"NL2\""]);
    assert!(
        error.to_string().contains("cac:PartyTaxScheme[2]/cbc:CompanyID"),
        "{error}"
    );
    assert_eq!(debtor(&twice("NL 1", "nl-1")).identifier.to_string(), "VAT:NL1");
}

#[test]
fn an_identifier_that_the_other_party_assigned_is_not_official() {
    let assigned =
        "<cac:PartyIdentification><cbc:ID schemeID=\"0088\">4000001000005</cbc:ID></cac:PartyIdentification>";
    refused(ubl_buyer(assigned), "no_party_id", &[BUYER]);
    let assigned = "<ram:ID>4471</ram:ID><ram:GlobalID schemeID=\"0088\">4000001000005</ram:GlobalID>";
    let error = refused(cii_buyer(assigned), "no_party_id", &["ram:BuyerTradeParty"]);
    assert!(
        error.remedy().contains("ram:SpecifiedTaxRegistration/ram:ID"),
        "{}",
        error.remedy()
    );
}

#[test]
fn identifiers_that_say_nothing_are_refused_where_they_stand() {
    let at = format!("{BUYER}/cac:PartyTaxScheme/cbc:CompanyID");
    refused(ubl_buyer(&ubl_tax("", "VAT")), "empty_element", &[&at]);
    refused(ubl_buyer(&ubl_legal("---", "")), "unusable_party_id", &["\"---\""]);
    refused(
        ubl_buyer(&ubl_legal(&"9".repeat(200), "")),
        "unusable_party_id",
        &["at most 128"],
    );
    refused(
        ubl_buyer("<cbc:EndpointID>123</cbc:EndpointID>"),
        "missing_element",
        &["cbc:EndpointID/@schemeID"],
    );
    refused(
        ubl_buyer(&ubl_legal("1", " schemeID=\"\"")),
        "empty_element",
        &["cbc:CompanyID/@schemeID"],
    );
}

#[test]
fn a_missing_party_is_refused_by_its_place() {
    let text = without(
        SAMPLE_UBL_INVOICE,
        "<cac:AccountingCustomerParty>",
        "</cac:AccountingCustomerParty>",
    );
    refused(
        text,
        "missing_element",
        &["Invoice/cac:AccountingCustomerParty is missing"],
    );
    let text = without(SAMPLE_CII_INVOICE, "<ram:SellerTradeParty>", "</ram:SellerTradeParty>");
    refused(
        text,
        "missing_element",
        &["ram:ApplicableHeaderTradeAgreement/ram:SellerTradeParty is missing"],
    );
}

#[test]
fn the_source_of_an_identifier_is_named() {
    let party = read_invoice(ubl_buyer(UBL_ENDPOINT).as_bytes()).unwrap().debtor;
    assert_eq!(party.source.as_str(), format!("{BUYER}/cbc:EndpointID"));
}
