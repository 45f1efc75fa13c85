//! Which identifier of a party is taken: tax, then legal, then endpoint; and what its country does.

use crate::sample::{accepted, refused, replaced, without};
use tradeseal_documents::{Party, SAMPLE_CII_INVOICE, SAMPLE_UBL_INVOICE, read_invoice};

const BUYER: &str = "Invoice/cac:AccountingCustomerParty/cac:Party";

/// The UBL sample with a buyer in the Netherlands of these elements.
fn ubl_buyer(elements: &str) -> String {
    ubl_buyer_in(&ubl_address("NL"), elements)
}

/// The CII sample with a buyer in the Netherlands of these elements.
fn cii_buyer(elements: &str) -> String {
    cii_buyer_in(&cii_address("NL"), elements)
}

fn ubl_address(country: &str) -> String {
    format!(
        "<cac:PostalAddress><cbc:CityName>Rotterdam</cbc:CityName><cac:Country><cbc:IdentificationCode>{country}\
         </cbc:IdentificationCode></cac:Country></cac:PostalAddress>"
    )
}

fn cii_address(country: &str) -> String {
    format!("<ram:PostalTradeAddress><ram:CountryID>{country}</ram:CountryID></ram:PostalTradeAddress>")
}

/// The UBL sample with a buyer of this address and these elements.
fn ubl_buyer_in(address: &str, elements: &str) -> String {
    let start = "<cac:AccountingCustomerParty>";
    let rest = without(SAMPLE_UBL_INVOICE, start, "</cac:AccountingCustomerParty>");
    let party =
        format!("{start}<cac:Party>{address}{elements}</cac:Party></cac:AccountingCustomerParty><cac:Delivery>");
    replaced(&rest, "<cac:Delivery>", &party)
}

/// The CII sample with a buyer of this address and these elements.
fn cii_buyer_in(address: &str, elements: &str) -> String {
    let rest = without(SAMPLE_CII_INVOICE, "<ram:BuyerTradeParty>", "</ram:BuyerTradeParty>");
    let next = "<ram:BuyerOrderReferencedDocument>";
    let party = format!("<ram:BuyerTradeParty>{address}{elements}</ram:BuyerTradeParty>{next}");
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
            "TAX-NL:1234567890",
        ),
        (
            ubl_tax("12/345/67890", "???"),
            cii_tax("12/345/67890", ""),
            "TAX-NL:1234567890",
        ),
    ];
    for (ubl, cii, expected) in cases {
        let ubl = format!("{UBL_ENDPOINT}{ubl}{}", ubl_legal("HRB 1", ""));
        let cii = format!("{}{CII_ENDPOINT}{cii}", cii_legal("HRB 1", ""));
        assert_eq!(debtor(&ubl_buyer(&ubl)).identifier.to_string(), expected);
        assert_eq!(debtor(&cii_buyer(&cii)).identifier.to_string(), expected);
    }
    for (attributes, expected) in [
        ("", "LEGAL-NL:HRB1HL"),
        (" schemeID=\"0088\"", "GLN:HRB1HL"),
        (" schemeID=\"0199\"", "LEI:HRB1HL"),
        (" schemeID=\"0060\"", "0060:HRB1HL"),
        (" schemeID=\"CVR\"", "CVR-NL:HRB1HL"),
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
fn a_vat_scheme_may_name_its_country_and_an_absent_one_is_read_off_the_number() {
    let on_number = |scheme: &str, rest: &str| {
        format!(
            "<cac:PartyTaxScheme><cbc:CompanyID schemeID=\"{scheme}\">54321</cbc:CompanyID>{rest}</cac:PartyTaxScheme>"
        )
    };
    let vat = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>";
    for rest in ["", vat] {
        let text = ubl_buyer(&on_number("BEVAT", rest));
        assert_eq!(debtor(&text).identifier.to_string(), "VAT:BE54321");
    }
    for (scheme, expected) in [
        ("DE:VAT", "VAT:DE1234"),
        ("UK VAT", "TAX-NL:1234"),
        ("PRIVAT", "TAX-NL:1234"),
    ] {
        let text = ubl_buyer(&ubl_tax("1234", scheme));
        assert_eq!(debtor(&text).identifier.to_string(), expected, "{scheme}");
    }
    refused(
        ubl_buyer(&ubl_tax("FR 1234", "DE:VAT")),
        "unusable_party_id",
        &["\"FR 1234\"", "begins with FR", "of DE"],
    );
}

#[test]
fn a_vat_number_without_a_prefix_gets_that_of_the_address_and_one_with_a_prefix_keeps_it() {
    for (number, country, expected) in [
        ("805174962B01", "NL", "VAT:NL805174962B01"),
        ("123456789", "DE", "VAT:DE123456789"),
        ("123456789", "FR", "VAT:FR123456789"),
        ("123456789", "GR", "VAT:EL123456789"),
        ("GR 123456789", "FR", "VAT:EL123456789"),
        ("DE123456789", "NL", "VAT:DE123456789"),
    ] {
        let ubl = ubl_buyer_in(&ubl_address(country), &ubl_tax(number, "VAT"));
        let cii = cii_buyer_in(&cii_address(country), &cii_tax(number, " schemeID=\"VA\""));
        for text in [ubl, cii] {
            assert_eq!(debtor(&text).identifier.to_string(), expected, "{number} {country}");
        }
    }
}

#[test]
fn one_number_in_two_countries_is_two_parties() {
    let in_both = |ubl: &str, cii: &str| {
        let [(german, first), (french, second)] = ["DE", "FR"].map(|country| {
            let ubl = debtor(&ubl_buyer_in(&ubl_address(country), ubl)).identifier;
            let cii = debtor(&cii_buyer_in(&cii_address(country), cii)).identifier;
            (ubl.id(), cii.id())
        });
        assert_eq!((german, french), (first, second), "{ubl}");
        german == french
    };
    for scheme in [
        "",
        " schemeID=\"CVR\"",
        " schemeID=\"REG-NO\"",
        " schemeID=\"LEGAL-AT\"",
    ] {
        assert!(
            !in_both(&ubl_legal("123", scheme), &cii_legal("123", scheme)),
            "{scheme}"
        );
    }
    assert!(!in_both(&ubl_tax("123", "FC"), &cii_tax("123", " schemeID=\"FC\"")));
    for scheme in [" schemeID=\"0088\"", " schemeID=\"0060\"", " schemeID=\"0199\""] {
        assert!(
            in_both(&ubl_legal("123", scheme), &cii_legal("123", scheme)),
            "{scheme}"
        );
    }
}

#[test]
fn a_national_number_without_a_country_is_refused_naming_the_element_to_add() {
    let ubl_element = "cac:PostalAddress/cac:Country/cbc:IdentificationCode";
    let no_code = "<cac:PostalAddress><cac:Country><cbc:Name>Nederland</cbc:Name></cac:Country></cac:PostalAddress>";
    for address in ["", "<cac:PostalAddress/>", no_code] {
        for party in [
            ubl_tax("12345", "FC"),
            ubl_tax("12345", "VAT"),
            ubl_legal("12345", ""),
            ubl_legal("12345", " schemeID=\"CVR\""),
        ] {
            let error = refused(
                ubl_buyer_in(address, &party),
                "no_party_country",
                &[BUYER, "cbc:CompanyID", "\"12345\""],
            );
            assert!(error.remedy().contains(ubl_element), "{}", error.remedy());
        }
    }
    for party in [cii_tax("12345", " schemeID=\"VA\""), cii_legal("12345", "")] {
        let error = refused(
            cii_buyer_in("", &party),
            "no_party_country",
            &["ram:BuyerTradeParty", "\"12345\""],
        );
        assert!(
            error.remedy().contains("ram:PostalTradeAddress/ram:CountryID"),
            "{}",
            error.remedy()
        );
    }
    for party in [
        ubl_tax("NL1", "VAT"),
        ubl_tax("1", "NL:VAT"),
        ubl_legal("1", " schemeID=\"0060\""),
        UBL_ENDPOINT.to_owned(),
    ] {
        accepted(&ubl_buyer_in("", &party));
    }
}

#[test]
fn a_country_is_a_code_of_iso_3166() {
    let party = ubl_legal("12345", "");
    for country in ["NLD", "nl", "QQ", "EU", "Nederland"] {
        let place = format!("{BUYER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode");
        let text = ubl_buyer_in(&ubl_address(country), &party);
        refused(text, "unknown_country", &[&place, &format!("\"{country}\"")]);
    }
    refused(
        cii_buyer_in(&cii_address("QQ"), &cii_legal("1", "")),
        "unknown_country",
        &["ram:PostalTradeAddress/ram:CountryID"],
    );
}

#[test]
fn letters_that_folding_would_merge_are_refused_and_others_kept() {
    for (address, code_point) in [("ceo@\u{131}bm.com", "U+0131"), ("info@straße.de", "U+00DF")] {
        let endpoint = format!("<cbc:EndpointID schemeID=\"EM\">{address}</cbc:EndpointID>");
        refused(ubl_buyer(&endpoint), "unusable_party_id", &[address, code_point, "EM"]);
    }
    refused(ubl_buyer(&ubl_legal("Straße 1", "")), "unusable_party_id", &["U+00DF"]);
    let kept = debtor(&ubl_buyer(&ubl_legal("fn 1ä", ""))).identifier;
    assert_eq!(kept.to_string(), "LEGAL-NL:FN1Ä");
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
