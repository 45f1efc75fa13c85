use super::read;
use tradeseal_documents::{SAMPLE_CREDENTIALS, SAMPLE_VERIFIABLE_CREDENTIAL};
use tradeseal_verifier::credential::schema::{BUILTIN, Shown, builtin};

#[test]
fn there_is_a_sample_for_every_schema_and_it_reads_back_what_it_says() {
    assert_eq!(SAMPLE_CREDENTIALS.map(|(name, _)| name), BUILTIN.map(|(name, _)| name));
    for (name, text) in SAMPLE_CREDENTIALS {
        let imported = read(text, name).unwrap();
        assert!(imported.valid_from < imported.valid_until, "{name}");
        let schema = builtin(name).unwrap();
        let attributes = imported.values.attributes(&schema).unwrap();
        for (slot, definition) in schema.slots() {
            let shown = definition.encoding.show(attributes.get(slot));
            match (imported.values.get(&definition.name), shown) {
                (None, Shown::Absent) | (Some(_), Shown::TextHash) => {}
                (Some(written), Shown::Value(shown)) => {
                    assert_eq!(definition.encoding.encode(written), definition.encoding.encode(&shown));
                }
                other => panic!("{name}: {}: {other:?}", definition.name),
            }
        }
    }
}

#[test]
fn a_verifiable_credential_gives_what_it_says_and_names_what_it_lacks() {
    let imported = read(SAMPLE_VERIFIABLE_CREDENTIAL, "certificate-of-origin").unwrap();
    for (slot, value) in [
        ("origin", "DE"),
        ("hs_chapter", "61"),
        ("hs_code", "610910"),
        ("goods", "Cotton T-shirts"),
        ("certified_by", "Chamber of Commerce of Nordhafen"),
        ("certified_day", "2026-11-05"),
        ("export_day", "2026-11-20"),
    ] {
        assert_eq!(imported.values.get(slot), Some(value), "{slot}");
    }
    let lacking: Vec<&str> = imported.left_out.iter().map(|problem| problem.slot.as_str()).collect();
    assert_eq!(
        lacking,
        [
            "exporter",
            "producer",
            "importer",
            "agreement",
            "origin_criterion",
            "blanket_from",
            "blanket_until"
        ]
    );
    assert!(imported.valid_from.is_some() && imported.valid_until.is_none());
}
