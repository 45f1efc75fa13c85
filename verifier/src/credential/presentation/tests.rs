use super::*;
use crate::credential::policy::test_policy;
use alloc::string::String;
use alloc::vec;
use tradeseal_primitives::Fr;
use tradeseal_primitives::credential::{Attribute, revealed_digest};

/// The test policy reveals one slot, the category, in the fourth place.
fn shown(text: &str) -> Vec<Revealed> {
    vec![Revealed {
        slot: "category".to_string(),
        attribute: Attribute::of_text(text),
        text: Some(text.to_string()),
    }]
}

fn digest(attribute: Attribute) -> RevealedDigest {
    let zero = Fr::from(0u64);
    RevealedDigest::from_fr(revealed_digest(&[zero, zero, zero, attribute.to_fr()]))
}

fn category() -> Attribute {
    Attribute::of_text("Cotton T-shirts")
}

#[test]
fn a_revealed_text_is_the_one_that_was_signed() {
    let policy = test_policy();
    let answer = Revealed::answer(&policy, |_| category(), |_| Some("  Cotton   T-shirts"));
    assert_eq!(answer, shown("Cotton T-shirts"));
    let read = Revealed::check(&policy, &answer, digest(category())).unwrap();
    assert_eq!(read, [("category".to_string(), "Cotton T-shirts".to_string())]);
}

#[test]
fn another_text_slot_order_or_digest_is_refused() {
    let policy = test_policy();
    let refused = |revealed: &[Revealed]| Revealed::check(&policy, revealed, digest(category())).unwrap_err();
    let mut other = shown("Cotton T-shirts");
    other[0].text = Some("Silk shirts".to_string());
    assert!(matches!(refused(&other), RevealedError::OtherText { .. }));
    other[0].text = Some("Cotton  T-shirts".to_string());
    assert!(
        matches!(refused(&other), RevealedError::OtherText { .. }),
        "one spelling only"
    );
    other[0].text = None;
    assert!(matches!(refused(&other), RevealedError::TextPlace { .. }));
    other[0].attribute = Attribute::ABSENT;
    assert_eq!(refused(&other), RevealedError::Digest);
    other[0].text = Some(String::new());
    assert!(matches!(refused(&other), RevealedError::TextPlace { .. }));
    assert_eq!(refused(&shown("Silk shirts")), RevealedError::Digest);
    let mut elsewhere = shown("Cotton T-shirts");
    elsewhere[0].slot = "exporter".to_string();
    assert!(matches!(refused(&elsewhere), RevealedError::OtherSlots { .. }));
    assert!(matches!(refused(&[]), RevealedError::OtherSlots { .. }));
    let twice = [shown("Cotton T-shirts"), shown("Cotton T-shirts")].concat();
    assert!(matches!(refused(&twice), RevealedError::OtherSlots { .. }));
}

#[test]
fn what_the_credential_does_not_have_is_shown_as_that() {
    let policy = test_policy();
    let answer = Revealed::answer(&policy, |_| Attribute::ABSENT, |_| Some("made up"));
    assert_eq!(answer[0].text, None);
    let read = Revealed::check(&policy, &answer, digest(Attribute::ABSENT)).unwrap();
    assert_eq!(read[0].1, "the credential does not have it");
}

fn presentation() -> Presentation {
    Presentation {
        statement: StatementId::CREDENTIAL_PRESENTATION_V1,
        key_id: KeyId::from_bytes([7; 32]),
        request_digest: RequestDigest::from_fr(Fr::from(5u64)),
        rows: Rows {
            revocation_root: RevocationRoot::from_fr(Fr::from(1u64)),
            nullifier: ScopeNullifier::NONE,
            revealed_digest: RevealedDigest::from_fr(Fr::from(2u64)),
        },
        revealed: shown("Cotton T-shirts"),
        proof: vec![1, 2, 3],
        anchor: Anchor {
            state_entry: vec![4],
            tlog_proof: "proof".to_string(),
        },
    }
}

#[test]
fn a_presentation_has_one_form() {
    let bytes = presentation().to_json();
    assert_eq!(Presentation::parse(&bytes), Ok(presentation()));
    let text = String::from_utf8(bytes).unwrap();
    for (from, to) in [
        ("\n}", "\n }"),
        ("\"proof\": \"010203\"", "\"proof\":  \"010203\""),
        ("credential/presentation/v1", "credential\\/presentation/v1"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        assert!(Presentation::parse(changed.as_bytes()).is_err(), "{to}");
    }
    for (from, to) in [
        ("\"nullifier\": \"0\"", "\"nullifier\": \"00\""),
        ("010203", "01020"),
        ("\"rows\"", "\"more\": 1, \"rows\""),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        assert!(Presentation::parse(changed.as_bytes()).is_err(), "{to}");
    }
}
