//! One presentation has one byte form.

use alloc::string::String;
use alloc::{format, vec};

use proptest::prelude::*;
use tradeseal_primitives::Fr;

use super::*;

fn presentation() -> Presentation {
    Presentation {
        statement: StatementId::RECEIVABLE_ELIGIBILITY_V2,
        key_id: KeyId::from_bytes([1; 32]),
        request_digest: RequestDigest::from_fr(Fr::from(2u64)),
        rows: Rows {
            note_root: NoteRoot::from_fr(Fr::from(3u64)),
            dilution_root: DilutionRoot::from_fr(Fr::from(5u64)),
            nullifier: Nullifier::from_fr(Fr::from(4u64)),
        },
        proof: vec![0xab, 0xcd],
        anchor: Anchor {
            state_entry: vec![1, 2, 3, 4],
            tlog_proof: String::from("c2sp.org/tlog-proof@v1\nindex 1\n"),
        },
    }
}

/// Written by hand, not by the code under test.
fn canonical() -> String {
    let key_id = "01".repeat(32);
    format!(
        "{{\n  \"statement\": \"receivable/eligibility/v2\",\n  \"key_id\": \"{key_id}\",\n  \"request_digest\": \"2\",\n  \
         \"rows\": {{\n    \"note_root\": \"3\",\n    \"dilution_root\": \"5\",\n    \"nullifier\": \"4\"\n  }},\n  \"proof\": \"abcd\",\n  \"anchor\": {{\n    \
         \"state_entry\": \"AQIDBA==\",\n    \"tlog_proof\": \"c2sp.org/tlog-proof@v1\\nindex 1\\n\"\n  }}\n}}\n"
    )
}

#[test]
fn the_canonical_form_is_the_specifications() {
    assert_eq!(String::from_utf8(presentation().to_json()).unwrap(), canonical());
    assert_eq!(Presentation::parse(canonical().as_bytes()), Ok(presentation()));
}

#[test]
fn the_same_values_in_another_spelling_are_refused_at_the_first_byte_that_differs() {
    let text = canonical();
    for (from, to, at) in [
        ("{\n  \"st", "{ \n  \"st", 1),
        ("\n}\n", "\n}", text.len() - 1),
        ("\n}\n", "\n}\n\n", text.len()),
        ("receivable/", "receivable\\/", 28),
        ("\"3\"", "\"\\u0033\"", text.find("\"3\"").unwrap() + 1),
        (
            "    \"dilution_root\": \"5\",\n    \"nullifier\": \"4\"",
            "    \"nullifier\": \"4\",\n    \"dilution_root\": \"5\"",
            text.find("dilution_root").unwrap(),
        ),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{to}");
        assert_eq!(
            Presentation::parse(changed.as_bytes()),
            Err(PresentationError::NotCanonical { at }),
            "{to:?}"
        );
    }
}

#[test]
fn values_that_cannot_be_read_are_refused_naming_why() {
    let modulus = "21888242871839275222246405745257275088548364400416034343698204186575808495617";
    for (from, to, message) in [
        (
            "\"3\"",
            format!("\"{modulus}\""),
            "not below the BN254 scalar field's modulus",
        ),
        ("\"3\"", "\"03\"".into(), "leading zeros"),
        ("\"3\"", "3".into(), "invalid type"),
        ("\"abcd\"", "\"ABCD\"".into(), "lower-case hexadecimal"),
        ("\"abcd\"", "\"abc\"".into(), "even number"),
        ("AQIDBA==", "AQIDBA".into(), "padded base64"),
        ("AQIDBA==", "AQIDBB==".into(), "padded base64"),
        ("eligibility/v2", "eligibility/v1".into(), "unknown statement"),
        ("\"proof\"", "\"prove\"".into(), "unknown field `prove`"),
        ("  \"proof\": \"abcd\",\n", String::new(), "missing field `proof`"),
        (
            "\"proof\"",
            "\"proof\": \"abcd\", \"proof\"".into(),
            "duplicate field `proof`",
        ),
        ("\n}\n", "\n}\n{}".into(), "trailing characters"),
    ] {
        let error = Presentation::parse(canonical().replacen(from, &to, 1).as_bytes()).unwrap_err();
        assert!(matches!(error, PresentationError::Json { .. }), "{to}: {error:?}");
        assert!(error.to_string().contains(message), "{to}: {error}");
    }
    let huge = vec![b' '; MAX_PRESENTATION_BYTES + 1];
    assert_eq!(
        Presentation::parse(&huge),
        Err(PresentationError::TooLong { bytes: huge.len() })
    );
}

#[test]
fn deeply_nested_input_is_refused_without_overflowing_the_stack() {
    let nested = "[".repeat(100_000);
    assert!(Presentation::parse(nested.as_bytes()).is_err());
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Presentation::parse(&bytes).is_err());
    }

    #[test]
    fn whatever_parses_is_canonical(at in 0usize..400, byte in any::<u8>()) {
        let mut bytes = canonical().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(parsed) = Presentation::parse(&bytes) {
            prop_assert_eq!(parsed.to_json(), bytes);
        }
    }

    #[test]
    fn any_presentation_round_trips(
        values in any::<[u64; 4]>(),
        proof in proptest::collection::vec(any::<u8>(), 0..300),
        state_entry in proptest::collection::vec(any::<u8>(), 0..300),
        tlog_proof in any::<String>(),
    ) {
        let original = Presentation {
            request_digest: RequestDigest::from_fr(Fr::from(values[0])),
            rows: Rows {
                note_root: NoteRoot::from_fr(Fr::from(values[1])),
                nullifier: Nullifier::from_fr(Fr::from(values[2])),
                dilution_root: DilutionRoot::from_fr(Fr::from(values[3])),
            },
            proof,
            anchor: Anchor { state_entry, tlog_proof },
            ..presentation()
        };
        prop_assert_eq!(Presentation::parse(&original.to_json()), Ok(original));
    }
}
