use super::*;

fn id(scheme: &str, value: &str) -> PartyId {
    PartyIdentifier::new(scheme, value)
        .unwrap_or_else(|error| panic!("{scheme} {value}: {error}"))
        .id()
}

fn text(scheme: &str, value: &str) -> String {
    PartyIdentifier::new(scheme, value).unwrap().to_string()
}

fn refusal(scheme: &str, value: &str) -> IdentifierError {
    PartyIdentifier::new(scheme, value).unwrap_err()
}

fn no_country(scheme: &str) -> IdentifierError {
    IdentifierError::NoCountry {
        scheme: scheme.to_string(),
    }
}

#[test]
fn spelling_does_not_make_another_company() {
    let plain = id("VAT", "DE123456789");
    for (scheme, value) in [
        ("va", "DE 123456789"),
        ("DEVAT", "de-123.456.789"),
        ("DE:VAT", "123 456 789"),
        (" vat ", "ＤＥ123456789"),
    ] {
        assert_eq!(id(scheme, value), plain, "{scheme} {value}");
    }
    assert_ne!(id("TAX-DE", "DE123456789"), plain);
    assert_ne!(id("VAT", "DE123456780"), plain);
    assert_eq!(text("tax-de", "12/345/67890"), "TAX-DE:1234567890");
    assert_eq!(text("FC-DE", "12 345 67890"), "TAX-DE:1234567890");
}

#[test]
fn a_vat_number_has_the_prefix_of_the_country_that_gave_it() {
    assert_eq!(text("DE:VAT", "123456789"), "VAT:DE123456789");
    assert_eq!(text("FR:VAT", "123456789"), "VAT:FR123456789");
    assert_eq!(text("FR:VAT", "AB123456789"), "VAT:FRAB123456789");
    for (scheme, value) in [
        ("VAT", "GR1234"),
        ("VAT", "EL1234"),
        ("GR:VAT", "1234"),
        ("ELVAT", "GR1234"),
    ] {
        assert_eq!(text(scheme, value), "VAT:EL1234", "{scheme} {value}");
    }
    assert_eq!(refusal("VAT", "123456789"), no_country("VAT"));
    for (scheme, value, expected, found) in [
        ("DKVAT", "DE123", "DK", "DE"),
        ("GRVAT", "FR1", "EL", "FR"),
        ("GB:VAT", "XI1", "GB", "XI"),
    ] {
        assert_eq!(
            refusal(scheme, value),
            IdentifierError::OtherCountry { expected, found }
        );
    }
    for (scheme, value) in [("VAT", "DE"), ("DE:VAT", "D-E"), ("VAT", " -/ ")] {
        assert_eq!(refusal(scheme, value), IdentifierError::Empty { what: "value" });
    }
}

#[test]
fn a_national_number_is_refused_without_its_country_and_differs_between_countries() {
    for scheme in ["TAX", "LEGAL", "CVR", "PRIVAT", "UK:CH", "TAX-QQ", "TAX-EU"] {
        assert_eq!(refusal(scheme, "1234"), no_country(scheme), "{scheme}");
        assert_ne!(id(&format!("{scheme}-DE"), "1234"), id(&format!("{scheme}-FR"), "1234"));
    }
    assert!(no_country("TAX").to_string().contains("as in TAX-DE"));
    assert_eq!(text("LEGAL-EL", "1"), "LEGAL-GR:1");
    for (scheme, base) in [
        ("VAT-DE", "VAT"),
        ("DKVAT-DK", "VAT"),
        ("0088-DE", "GLN"),
        ("EM-DE", "EM"),
        ("0060-US", "0060"),
    ] {
        let scheme_of = base.to_string();
        assert_eq!(
            refusal(scheme, "1"),
            IdentifierError::CountryNotTaken { scheme: scheme_of }
        );
    }
    assert_eq!(refusal("-DE", "1"), IdentifierError::Empty { what: "scheme" });
}

#[test]
fn a_document_gives_the_country_beside_the_number() {
    let germany = Country::from_alpha2("DE");
    let stated = |scheme, value, country| PartyIdentifier::in_country(scheme, value, country);
    for (scheme, value, expected) in [
        ("LEGAL", "HRB 1", "LEGAL-DE:HRB1"),
        ("FC", "12/345", "TAX-DE:12345"),
        ("CVR", "1234", "CVR-DE:1234"),
        ("REG-NO", "1234", "REG-NO-DE:1234"),
        ("VAT-FR", "1234", "VAT-FR-DE:1234"),
        ("VAT", "123456789", "VAT:DE123456789"),
        ("VAT", "NL805174962B01", "VAT:NL805174962B01"),
        ("DK:VAT", "12345", "VAT:DK12345"),
        ("0088", "4000001000005", "GLN:4000001000005"),
        ("0060", "12-345-6789", "0060:123456789"),
        ("EM", "a@b.de", "EM:A@B.DE"),
    ] {
        let found = stated(scheme, value, germany).unwrap();
        assert_eq!(found.to_string(), expected);
        assert_eq!(PartyIdentifier::new(found.scheme(), found.value()), Ok(found));
    }
    for (scheme, value) in [("LEGAL", "1"), ("REG-NO", "1"), ("TAX-DE", "1"), ("VAT", "1")] {
        assert_eq!(stated(scheme, value, None), Err(no_country(scheme)));
    }
    assert_eq!(stated("VAT", "DE1", None).unwrap().to_string(), "VAT:DE1");
}

#[test]
fn punctuation_counts_in_an_e_mail_address() {
    assert_ne!(id("EM", "a.b@c.de"), id("EM", "ab@c.de"));
    assert_eq!(id("EM", " A.B@c.de "), id("em", "a.b@C.DE"));
}

#[test]
fn only_a_registers_number_has_letters_beyond_ascii() {
    for (scheme, value, character) in [
        ("EM", "ceo@\u{131}bm.com", '\u{131}'),
        ("EM", "info@straße.de", 'ß'),
        ("EM", "a b@c.de", ' '),
        ("VAT", "DE–1", '–'),
        ("GLN", "4000Ä", 'Ä'),
        ("0060", "1²Ω", 'Ω'),
    ] {
        let scheme_of = scheme.to_string();
        let expected = IdentifierError::NotAscii {
            scheme: scheme_of,
            character,
        };
        assert_eq!(refusal(scheme, value), expected, "{value}");
    }
    assert!(matches!(refusal("TAX-DE", "1Ä"), IdentifierError::NotAscii { .. }));
    assert_eq!(text("LEGAL-AT", "fn 1ä"), "LEGAL-AT:FN1Ä");
    assert_eq!(text("CVR-DK", "ø–1"), "CVR-DK:Ø1");
    let error = refusal("LEGAL-DE", "straße 1");
    assert!(
        error.to_string().contains("LEGAL") && error.to_string().contains("U+00DF"),
        "{error}"
    );
    assert!(matches!(error, IdentifierError::AmbiguousLetter { character: 'ß', .. }));
}

#[test]
fn empty_and_over_long_identifiers_are_refused() {
    assert_eq!(refusal("GLN", " -/ "), IdentifierError::Empty { what: "value" });
    assert_eq!(refusal(" ", "1"), IdentifierError::Empty { what: "scheme" });
    let long = "9".repeat(129);
    let too_long = |what, length| IdentifierError::TooLong { what, length };
    assert_eq!(refusal("GLN", &long), too_long("value", 129));
    assert_eq!(refusal("DE:VAT", &long[2..]), too_long("value", 129));
    assert_eq!(refusal(&long, "1"), too_long("scheme", 129));
    let scheme = "X".repeat(126);
    let found = PartyIdentifier::in_country(&scheme, "1", Country::from_alpha2("DE"));
    assert_eq!(found, Err(too_long("scheme", 129)));
}

/// Small letters and digits of a text after NFKC: spellings that agree in them are one identifier, and no others are.
fn small(text: &str) -> String {
    let compatible = text.nfkc().flat_map(char::to_lowercase);
    compatible.filter(|c| c.is_alphanumeric()).collect()
}

/// Over planes 0 to 3, which hold every letter.
#[test]
fn no_character_is_taken_for_another() {
    let mut accepted = 0;
    for c in char::MIN..='\u{3ffff}' {
        let given = format!("1{c}2");
        for scheme in ["EM", "LEGAL-DE", "CVR-DK", "TAX-DE", "DE:VAT", "GLN", "0060"] {
            if let Ok(id) = PartyIdentifier::new(scheme, &given) {
                let value = id.value().strip_prefix("DE").unwrap_or(id.value());
                assert_eq!(small(value), small(&given), "{scheme} {c:?}");
                accepted += 1;
            }
        }
    }
    assert!(accepted > 200_000, "{accepted}");
}
