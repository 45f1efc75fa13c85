use super::read;
use tradeseal_documents::credential::ImportError;
use tradeseal_documents::{SAMPLE_CREDENTIALS, SAMPLE_VERIFIABLE_CREDENTIAL};

fn message(text: &str, schema: &str) -> String {
    let error = read(text, schema).unwrap_err();
    assert!(!error.remedy().is_empty(), "{error}");
    error.to_string()
}

#[test]
fn what_is_missing_given_twice_or_in_another_form_is_named_by_field() {
    let vc = |from: &str, to: &str| SAMPLE_VERIFIABLE_CREDENTIAL.replacen(from, to, 1);
    let schema = "certificate-of-origin";
    for (from, to, expected) in [
        ("\"manufacturingCountry\"", "\"country\"", "origin: missing"),
        (
            "\"DE\"",
            "\"Germany\"",
            "origin: credentialSubject.manufacturingCountry is \"Germany\"",
        ),
        (
            "\"DE\"",
            "[\"DE\"]",
            "origin: credentialSubject.manufacturingCountry holds no text",
        ),
        ("2026-11-05T09:00:00Z", "5 November", "5 November"),
    ] {
        let message = message(&vc(from, to), schema);
        assert!(message.contains(expected), "{to}: {message}");
    }
    let item = r#"{"name":"Socks","product":{"commodity":{"commodityCode":"6115"}}},"#;
    let two = vc("\"items\": [", &format!("\"items\": [{item}"));
    let message = message(&two, schema);
    assert!(
        message.contains("goods: credentialSubject.items[].name gives 2 different values"),
        "{message}"
    );
}

/// An optional slot that cannot be read is left out, with the reason; the credential can still be issued.
#[test]
fn optional_slots_are_left_out_with_their_reason() {
    let odd = SAMPLE_VERIFIABLE_CREDENTIAL.replacen("6109.10.00", "61", 1);
    let imported = read(&odd, "certificate-of-origin").unwrap();
    assert_eq!(imported.values.get("hs_chapter"), Some("61"));
    assert_eq!(imported.values.get("hs_code"), None);
    let reason = imported
        .left_out
        .iter()
        .find(|problem| problem.slot == "hs_code")
        .unwrap();
    assert!(reason.to_string().contains("6 digits"), "{reason}");
}

#[test]
fn plain_json_is_held_to_its_schema() {
    let (name, text) = SAMPLE_CREDENTIALS[0];
    for (from, to, expected) in [
        ("\"origin\"", "\"orogin\"", "orogin: the schema has no such slot"),
        (
            "\"schema\"",
            "\"extra\": 1, \"schema\"",
            "extra: the schema has no such slot",
        ),
        ("\"4120.5\"", "\"4,120.5\"", "gross_weight"),
        ("\"4120.5\"", "true", "gross_weight: gross_weight holds no text"),
        ("\"AEOF\"", "\"aeof\"", "aeo_status"),
        ("\"2027-10-31\"", "\"31.10.2027\"", "valid_until"),
        ("trade-passport/v1", "trade-passport/v2", "trade-passport/v2"),
        (
            "\"origin\": \"DE\"",
            "\"origin\": \"DE\", \"origin\": \"FR\"",
            "given twice",
        ),
    ] {
        assert!(text.contains(from), "{from}");
        let message = message(&text.replacen(from, to, 1), name);
        assert!(message.contains(expected), "{to}: {message}");
    }
    assert!(matches!(read(text, "kyc"), Err(ImportError::OtherKind { .. })));
}

#[test]
fn another_kind_of_document_is_refused_by_name() {
    assert!(matches!(
        read(SAMPLE_VERIFIABLE_CREDENTIAL, "kyc"),
        Err(ImportError::OtherKind { .. })
    ));
    assert!(matches!(
        read("[]", "trade-passport"),
        Err(ImportError::OtherKind { .. })
    ));
    assert!(matches!(read("{", "trade-passport"), Err(ImportError::Json(_))));
    assert!(matches!(
        read("{}", "product-identity-card"),
        Err(ImportError::OtherKind { .. })
    ));
}
