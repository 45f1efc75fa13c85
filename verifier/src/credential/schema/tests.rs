use super::*;
use alloc::format;
use alloc::vec;
use proptest::prelude::*;
use tradeseal_primitives::Fr;
use tradeseal_primitives::credential::{Attribute, SetKey};
use tradeseal_primitives::hash::{Domain, digest_field};

const SMALL: &str = r#"{"name":"small","version":1,"title":"Small","purposes":[{"name":"test","title":"Test"}],"slots":[
    {"name":"weight","title":"Weight","encoding":{"kind":"integer","unit":"kg","scale":3},"required":true,"in_sets":false,"ask_for":["test"],"reveal_for":[]},
    {"name":"note","title":"Note","encoding":{"kind":"text"},"required":false,"in_sets":true,"ask_for":[],"reveal_for":["test"]}]}"#;

fn small() -> Schema {
    Schema::parse(SMALL.as_bytes()).unwrap()
}

fn integer(scale: u8) -> Encoding {
    Encoding::Integer {
        unit: "kg".to_string(),
        scale,
    }
}

fn country() -> Encoding {
    Encoding::Code {
        list: CodeList::Iso3166,
        choices: vec![],
    }
}

#[test]
fn every_schema_of_this_version_reads_and_no_two_share_a_name_or_an_id() {
    let schemas: Vec<Schema> = BUILTIN
        .iter()
        .map(|(name, text)| {
            let schema = Schema::parse(text.as_bytes()).unwrap();
            assert_eq!(schema.name(), *name);
            assert_eq!(builtin(&schema.full_name()), Some(schema.clone()));
            schema
        })
        .collect();
    for (i, schema) in schemas.iter().enumerate() {
        assert!(schemas[..i].iter().all(|other| other.id() != schema.id()));
    }
    assert_eq!(builtin("trade-passport/v2"), None);
}

/// Pinned, and made with another language's JSON and SHA-256: a credential names its schema by this, so a change is another schema and needs
/// another version.
#[test]
fn the_schemas_have_the_digests_that_credentials_are_issued_under() {
    let pinned = include_str!("../../../schemas/digests.txt");
    for line in pinned.lines() {
        let (name, digest) = line.split_once(' ').unwrap();
        let mut bytes = [0; 32];
        hex::decode_to_slice(digest, &mut bytes).unwrap();
        let id = SchemaId::from_fr(digest_field(Domain::SCHEMA, &bytes));
        assert_eq!(builtin(name).map(|schema| schema.id()), Some(id), "{name}");
    }
    assert_eq!(pinned.lines().count(), BUILTIN.len());
}

#[test]
fn white_space_does_not_change_an_id_and_everything_else_does() {
    let spaced = SMALL.replace(':', " : ").replace('\n', "\n\t");
    assert_eq!(Schema::parse(spaced.as_bytes()).unwrap().id(), small().id());
    for (from, to) in [
        ("\"Note\"", "\"Notes\""),
        ("\"scale\":3", "\"scale\":2"),
        ("\"version\":1", "\"version\":2"),
        ("\"in_sets\":true", "\"in_sets\":false"),
    ] {
        let changed = Schema::parse(SMALL.replacen(from, to, 1).as_bytes()).unwrap();
        assert_ne!(changed.id(), small().id(), "{to}");
    }
}

#[test]
fn a_schema_that_contradicts_itself_is_refused() {
    for (from, to, message) in [
        ("\"note\"", "\"weight\"", "given twice"),
        ("\"note\"", "\"Note\"", "no name"),
        ("[\"test\"]", "[\"war\"]", "\"war\""),
        ("\"scale\":3", "\"scale\":19", "weight"),
        ("\"kg\"", "\"\"", "weight"),
        (
            "{\"kind\":\"text\"}",
            "{\"kind\":\"code\",\"list\":\"choices\"}",
            "choices",
        ),
        ("{\"kind\":\"text\"}", "{\"kind\":\"digits\",\"length\":37}", "digits"),
        ("{\"kind\":\"text\"}", "{\"kind\":\"float\"}", "float"),
        ("\"version\":1", "\"version\":1,\"version\":1", "duplicate field"),
        ("\"version\":1", "\"version\":1,\"more\":1", "unknown field"),
        ("\"Note\"", "\"No\\u202ete\"", "no title"),
    ] {
        let error = Schema::parse(SMALL.replacen(from, to, 1).as_bytes()).unwrap_err();
        assert!(error.to_string().contains(message), "{to}: {error}");
    }
    let slots = |count: usize| {
        let slot = |i: usize| {
            format!(
                r#"{{"name":"s{i}","title":"S","encoding":{{"kind":"day"}},"required":false,"in_sets":false,"ask_for":[],"reveal_for":[]}}"#
            )
        };
        let all: Vec<String> = (0..count).map(slot).collect();
        format!(
            r#"{{"name":"n","version":1,"title":"T","purposes":[],"slots":[{}]}}"#,
            all.join(",")
        )
    };
    assert!(Schema::parse(slots(16).as_bytes()).is_ok());
    for count in [0, 17] {
        assert_eq!(
            Schema::parse(slots(count).as_bytes()),
            Err(SchemaError::SlotCount { count })
        );
    }
}

#[test]
fn values_are_encoded_exactly_and_read_back() {
    for (encoding, text, attribute, shown) in [
        (integer(3), "12.5", 12_500u64, "12.5"),
        (integer(3), "0.001", 1, "0.001"),
        (integer(0), "007", 7, "7"),
        (integer(2), "1.500", 150, "1.5"),
        (Encoding::Day {}, "2026-12-31", 20_818, "2026-12-31"),
        (country(), "DE", 0x4445, "DE"),
        (Encoding::Digits { length: 6 }, "0101.21", 10_121, "010121"),
        (Encoding::Digits { length: 2 }, "61", 61, "61"),
        (Encoding::Gtin {}, "4006381333931", 4_006_381_333_931, "04006381333931"),
    ] {
        let encoded = encoding.encode(text).unwrap();
        assert_eq!(encoded, Attribute::from_fr(Fr::from(attribute)), "{text}");
        assert_eq!(encoding.show(encoded), Shown::Value(shown.to_string()));
    }
}

#[test]
fn what_is_no_value_is_refused_with_its_reason() {
    let choices = Encoding::Code {
        list: CodeList::Choices,
        choices: vec!["YES".to_string(), "NO".to_string()],
    };
    let any = Encoding::Code {
        list: CodeList::Any,
        choices: vec![],
    };
    for (encoding, text, expected) in [
        (integer(2), "", ValueError::Empty),
        (integer(2), "0.00", ValueError::Zero),
        (integer(2), "-1", ValueError::NotADecimal { scale: 2 }),
        (integer(2), "1e3", ValueError::NotADecimal { scale: 2 }),
        (integer(2), "1.001", ValueError::NotADecimal { scale: 2 }),
        (integer(2), "1,5", ValueError::NotADecimal { scale: 2 }),
        (integer(2), ".5", ValueError::NotADecimal { scale: 2 }),
        (integer(2), "5.", ValueError::NotADecimal { scale: 2 }),
        (
            integer(0),
            "1329227995784915872903807060280344576",
            ValueError::TooLarge,
        ),
        (Encoding::Day {}, "2026-02-29", ValueError::NotADay),
        (Encoding::Day {}, "1970-01-01", ValueError::Zero),
        (
            country(),
            "Germany",
            ValueError::NotOnList {
                list: "ISO 3166-1 alpha-2",
            },
        ),
        (
            country(),
            "UK",
            ValueError::NotOnList {
                list: "ISO 3166-1 alpha-2",
            },
        ),
        (
            choices,
            "yes",
            ValueError::NotOnList {
                list: "of the slot's choices",
            },
        ),
        (any.clone(), "a code with spaces", ValueError::NotACode),
        (any, "SIXTEEN-LETTERS!", ValueError::NotACode),
        (
            Encoding::Digits { length: 6 },
            "61",
            ValueError::NotDigits { length: 6 },
        ),
        (Encoding::Digits { length: 2 }, "00", ValueError::Zero),
        (Encoding::Gtin {}, "4006381333932", ValueError::NotAGtin),
        (Encoding::Gtin {}, "400638133393", ValueError::NotAGtin),
        (Encoding::Text {}, "  \t", ValueError::Empty),
        (Encoding::Text {}, "a\u{200b}b", ValueError::Invisible),
    ] {
        assert_eq!(encoding.encode(text), Err(expected), "{text:?}");
    }
    let long = "x".repeat(MAX_TEXT_BYTES + 1);
    assert_eq!(Encoding::Text {}.encode(&long), Err(ValueError::TooLong));
}

/// What an issuer signed beside its schema is not shown as if it were a value.
#[test]
fn an_attribute_that_no_value_has_is_not_shown_as_one() {
    let strange = |integer: u128| Attribute::from_fr(Fr::from(integer));
    for (encoding, attribute) in [
        (country(), strange(0x5858)),
        (Encoding::Digits { length: 2 }, strange(100)),
        (Encoding::Gtin {}, strange(1)),
        (Encoding::Day {}, strange(1 << 40)),
        (
            integer(0),
            Attribute::from_fr(Fr::from(SetKey::MAX.get()) + Fr::from(1u64)),
        ),
        (integer(0), Attribute::of_text("5")),
    ] {
        assert_eq!(encoding.show(attribute), Shown::NotAValue, "{encoding:?}");
        assert_eq!(encoding.show(Attribute::ABSENT), Shown::Absent);
    }
    assert_eq!(Encoding::Text {}.show(Attribute::of_text("x")), Shown::TextHash);
}

#[test]
fn values_become_the_attributes_of_their_slots_and_missing_ones_are_named() {
    let schema = small();
    let mut values = Values::new();
    assert!(matches!(values.attributes(&schema), Err(ValuesError::Missing { slots, .. }) if slots == ["weight"]));
    values.set(&schema, "weight", "2.5").unwrap();
    assert!(matches!(
        values.set(&schema, "height", "1"),
        Err(ValuesError::UnknownSlot { .. })
    ));
    assert!(matches!(
        values.set(&schema, "weight", "two"),
        Err(ValuesError::Value { .. })
    ));
    assert_eq!(values.get("weight"), Some("2.5"), "a refusal changes nothing");
    let attributes = values.attributes(&schema).unwrap();
    assert_eq!(
        attributes.get(schema.slot("weight").unwrap().0),
        Attribute::from_fr(Fr::from(2500u64))
    );
    assert_eq!(attributes.get(schema.slot("note").unwrap().0), Attribute::ABSENT);
}

proptest! {
    #[test]
    fn a_shown_value_encodes_to_the_attribute_it_was_shown_for(integer in 1u128..1 << 120, scale in 0u8..=18) {
        let encodings = [
            Encoding::Integer { unit: "kg".to_string(), scale },
            Encoding::Day {},
            Encoding::Code { list: CodeList::Any, choices: vec![] },
            Encoding::Digits { length: 8 },
            Encoding::Gtin {},
        ];
        for encoding in encodings {
            let attribute = Attribute::from_fr(Fr::from(integer));
            if let Shown::Value(text) = encoding.show(attribute) {
                prop_assert_eq!(encoding.encode(&text), Ok(attribute));
            }
        }
    }

    #[test]
    fn arbitrary_text_never_panics(text in "\\PC{0,40}", scale in 0u8..=18) {
        for encoding in [integer(scale), Encoding::Day {}, Encoding::Gtin {}, Encoding::Text {}, country(), Encoding::Digits { length: 6 }] {
            let _ = encoding.encode(&text);
        }
        let _ = Schema::parse(text.as_bytes());
    }
}
