use super::*;
use crate::credential::policy::test_policy;
use crate::credential::schema::builtin;
use alloc::string::{String, ToString};
use proptest::prelude::*;

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn draft() -> RequestDraft {
    RequestDraft {
        origin: KeyName::new("ledger.example/test").unwrap(),
        verifier_name: "Customs Office".parse().unwrap(),
        policy: test_policy(),
        nonce: Nonce::from_bytes([9; 32]),
        issued: UnixSeconds(1_795_000_000),
        expires: UnixSeconds(1_795_003_600),
        claim_until: UnixSeconds(1_795_010_000),
    }
}

fn text() -> String {
    String::from_utf8(Request::sign(draft(), &key()).unwrap().to_json()).unwrap()
}

fn parse(text: &str) -> Result<Request, RequestError> {
    Request::parse(text.as_bytes(), &builtin)
}

#[test]
fn a_request_round_trips_and_space_and_order_are_free() {
    let request = Request::sign(draft(), &key()).unwrap();
    assert_eq!(parse(&text()), Ok(request.clone()));
    assert_eq!(
        parse(&text().replace("\n  ", "\n\t\t")).map(|request| request.digest()),
        Ok(request.digest())
    );
}

#[test]
fn every_value_is_under_the_signature() {
    let original = text();
    for (from, to) in [
        ("Customs Office", "Customs Offace"),
        ("ledger.example/test", "ledger.example/tast"),
        ("1795000000", "1795000001"),
        ("1795003600", "1795003601"),
        ("1795010000", "1795010001"),
        ("\"customs\"", "\"transit\""),
        ("2026-11-27", "2026-11-28"),
        ("Ministry of Trade", "Ministry of Trode"),
        ("2024-01-01", "2024-01-02"),
        ("\"DE\"", "\"DK\""),
        ("\"61\"", "\"60\""),
        ("\"63\"", "\"64\""),
        ("2026-12-27", "2026-12-26"),
        ("border crossing 4", "border crossing 5"),
        ("\"category\"", "\"exporter\""),
        ("allies", "aliens"),
    ] {
        assert!(original.contains(from), "{from}");
        assert_eq!(
            parse(&original.replacen(from, to, 1)),
            Err(RequestError::Signature),
            "{to}"
        );
    }
}

#[test]
fn bounds_between_values_hold() {
    let mut late = draft();
    late.expires = late.issued;
    assert!(matches!(
        Request::sign(late, &key()),
        Err(RequestError::NeverValid { .. })
    ));
    let mut claim = draft();
    claim.claim_until = UnixSeconds(claim.expires.0 + MAX_CLAIM_SECONDS);
    assert!(Request::sign(claim.clone(), &key()).is_ok());
    claim.claim_until.0 += 1;
    assert!(matches!(
        Request::sign(claim.clone(), &key()),
        Err(RequestError::ClaimTerm { .. })
    ));
    claim.claim_until = UnixSeconds(claim.issued.0 - 1);
    assert!(matches!(
        Request::sign(claim, &key()),
        Err(RequestError::ClaimTerm { .. })
    ));
    let mut never = draft();
    never.expires = UnixSeconds(LAST_SECOND + 1);
    assert!(matches!(
        Request::sign(never, &key()),
        Err(RequestError::BeyondCalendar { .. })
    ));
}

#[test]
fn another_statement_or_schema_is_refused_by_name() {
    let other = text().replacen("credential/presentation/v1", "receivable/eligibility/v2", 1);
    assert!(matches!(parse(&other), Err(RequestError::Statement { .. })));
    let id = builtin("kyc").unwrap().id().to_string();
    let own = builtin("trade-passport").unwrap().id().to_string();
    let swapped = parse(&text().replacen(&own, &id, 1));
    assert!(matches!(swapped, Err(RequestError::Policy(_))), "{swapped:?}");
    let unknown = Request::parse(text().as_bytes(), &|_| None);
    assert!(matches!(unknown, Err(RequestError::Policy(_))));
}

#[test]
fn the_digest_follows_every_part() {
    let base = Request::sign(draft(), &key()).unwrap().digest();
    let mut drafts = alloc::vec![draft(), draft(), draft()];
    drafts[0].nonce = Nonce::from_bytes([8; 32]);
    drafts[1].claim_until.0 += 1;
    drafts[2].verifier_name = "Customs".parse().unwrap();
    for changed in drafts {
        assert_ne!(Request::sign(changed, &key()).unwrap().digest(), base);
    }
    assert_ne!(
        Request::sign(draft(), &SigningKey::from_bytes(&[8; 32]))
            .unwrap()
            .digest(),
        base
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_byte_changed_is_refused_or_changes_nothing(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = text().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(request) = Request::parse(&bytes, &builtin) {
            prop_assert_eq!(request.digest(), Request::sign(draft(), &key()).unwrap().digest());
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Request::parse(&bytes, &builtin).is_err());
    }
}
