//! A request says the same to everyone who reads it, or is refused.

use alloc::format;
use alloc::string::{String, ToString};

use proptest::prelude::*;
use tradeseal_primitives::Fr;
use tradeseal_primitives::currency::Currency;
use tradeseal_primitives::hash::{Domain, digest_field, hash, sha256};
use tradeseal_primitives::party::PartyId;
use tradeseal_primitives::receivable::{Day, Flags};
use tradeseal_primitives::tree::SetTree;

use super::*;
use crate::policy::{Amount, ApprovedDebtors, DebtorsError, DueWindow, PolicyError, WirePolicyError};

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn draft() -> RequestDraft {
    let debtors = [3u64, 5].map(|value| PartyId::from_fr(Fr::from(value)));
    let policy = Policy::new(
        Amount::new(100_000, Currency::from_alpha("EUR").unwrap()),
        DueWindow {
            from: Day(20_788),
            to: Day(20_908),
        },
        ApprovedDebtors::new(debtors).unwrap(),
        Flags::ACKNOWLEDGED,
        Flags::OTHER_PAYEE_NAMED,
    );
    RequestDraft {
        statement: StatementId::RECEIVABLE_ELIGIBILITY_V2,
        origin: KeyName::new("ledger.example/tradeseal").unwrap(),
        verifier_name: "Bank A".parse().unwrap(),
        policy: policy.unwrap(),
        nonce: Nonce::from_bytes([9; 32]),
        issued: UnixSeconds(1_000),
        expires: UnixSeconds(2_000),
        lock_until: UnixSeconds(3_000),
    }
}

fn text() -> String {
    String::from_utf8(Request::sign(draft(), &key()).unwrap().to_json()).unwrap()
}

#[test]
fn a_request_reads_as_it_was_signed() {
    let request = Request::sign(draft(), &key()).unwrap();
    assert_eq!(Request::parse(&request.to_json()), Ok(request.clone()));
    assert_eq!(request.draft(), &draft());
}

/// The formulas of the specification, written out again over the body as any CBOR library makes it.
#[test]
fn the_digest_is_the_specifications() {
    let request = Request::sign(draft(), &key()).unwrap();
    let root = SetTree::new([3u64, 5].map(Fr::from)).unwrap().root();
    let key_bytes = key().verifying_key().to_bytes();
    let mut body = hex::decode("a9").unwrap();
    body.extend_from_slice(
        b"\x01\x78\x19receivable/eligibility/v2\x02\x78\x18ledger.example/tradeseal\x03\x66Bank A\x04\x58\x20",
    );
    body.extend_from_slice(&key_bytes);
    body.extend_from_slice(&hex::decode("05a7011903d2021a000186a003195134041951ac055820").unwrap());
    body.extend_from_slice(&tradeseal_primitives::field::to_bytes(&root));
    body.extend_from_slice(&hex::decode("06010702065820").unwrap());
    body.extend_from_slice(&[9; 32]);
    body.extend_from_slice(&hex::decode("071903e8081907d009190bb8").unwrap());

    let context = digest_field(Domain::REQUEST_CONTEXT, &sha256(&body));
    let values = [978u64, 100_000, 20_788, 20_908].map(Fr::from);
    let mut policy = values.to_vec();
    policy.extend([root, Fr::from(1u64), Fr::from(2u64), context]);
    let policy = hash(Domain::POLICY, &policy);
    let expected = hash(
        Domain::REQUEST,
        &[
            digest_field(Domain::VERIFIER_KEY, &key_bytes),
            policy,
            Fr::from(3_000u64),
        ],
    );
    assert_eq!(request.policy_digest().to_fr(), policy);
    assert_eq!(request.digest().to_fr(), expected);

    let signed = [b"tradeseal/request/v1\n".as_slice(), &body].concat();
    assert_eq!(key().sign(&signed).to_bytes(), request.signature);
}

#[test]
fn every_value_changed_breaks_the_signature_and_the_digest() {
    let original = Request::sign(draft(), &key()).unwrap();
    for (from, to) in [
        ("ledger.example/tradeseal", "ledger.example/tradesea1"),
        ("Bank A", "Bank B"),
        ("\"EUR\"", "\"USD\""),
        ("\"100000\"", "\"10000\""),
        ("20788", "20787"),
        ("20908", "20909"),
        ("\"acknowledged\"", ""),
        ("\"other_payee_named\"", ""),
        ("0909", "0908"),
        ("1000,", "999,"),
        ("2000,", "2001,"),
        ("3000,", "2999,"),
    ] {
        let changed = text().replacen(from, to, 1);
        assert_ne!(changed, text(), "{from}");
        assert_eq!(
            Request::parse(changed.as_bytes()),
            Err(RequestError::Signature),
            "{from}"
        );
        let request = Request::parse_unchecked_signature(changed.as_bytes()).unwrap();
        assert_ne!(request.digest(), original.digest(), "{from}");
    }
}

#[test]
fn another_key_or_signature_is_refused() {
    let other = Ed25519Key::of(&SigningKey::from_bytes(&[8; 32]));
    let ours = Ed25519Key::of(&key()).to_string();
    let renamed = text().replace(&ours, &other.to_string());
    assert_eq!(Request::parse(renamed.as_bytes()), Err(RequestError::Signature));
    // The identity: every signature of the right form would verify under it.
    let weak = text().replace(&ours, &format!("01{}", "00".repeat(31)));
    assert_eq!(Request::parse(weak.as_bytes()), Err(RequestError::Signature));
    let signature = hex::encode(Request::sign(draft(), &key()).unwrap().signature);
    let zeros = text().replace(&signature, &"00".repeat(64));
    assert_eq!(Request::parse(zeros.as_bytes()), Err(RequestError::Signature));
}

#[test]
fn values_out_of_bounds_are_refused_by_name() {
    let reversed = RequestDraft {
        issued: UnixSeconds(2_000),
        ..draft()
    };
    assert!(matches!(
        Request::sign(reversed, &key()),
        Err(RequestError::NeverValid { .. })
    ));
    let endless = RequestDraft {
        expires: UnixSeconds(u64::MAX),
        ..draft()
    };
    assert!(matches!(
        Request::sign(endless, &key()),
        Err(RequestError::BeyondCalendar { .. })
    ));
    let longest = 2_000 + MAX_LOCK_SECONDS;
    for (lock_until, in_bounds) in [(999, false), (1_000, true), (longest, true), (longest + 1, false)] {
        let lock_until = UnixSeconds(lock_until);
        let signed = Request::sign(RequestDraft { lock_until, ..draft() }, &key());
        assert_eq!(signed.is_ok(), in_bounds, "{lock_until:?}");
        if let Err(refused) = signed {
            assert!(matches!(refused, RequestError::LockTerm { .. }));
        }
    }
    let mint = RequestDraft {
        statement: StatementId::RECEIVABLE_MINT_V2,
        ..draft()
    };
    assert!(matches!(
        Request::sign(mint, &key()),
        Err(RequestError::NotRequestable { .. })
    ));
}

#[test]
fn malformed_json_is_refused_naming_the_field_or_value() {
    let nonce = "09".repeat(32);
    for (from, to, message) in [
        ("\"issued\"", "\"issue\"", "unknown field `issue`"),
        ("\"issued\": 1000,", "", "missing field `issued`"),
        (
            "\"issued\": 1000,",
            "\"issued\": 1000, \"issued\": 1000,",
            "duplicate field `issued`",
        ),
        ("\"issued\": 1000", "\"issued\": -1", "invalid value"),
        ("\"issued\": 1000", "\"issued\": 1000.0", "invalid type"),
        (nonce.as_str(), &nonce[2..], "64 lower-case hexadecimal digits"),
        (nonce.as_str(), &"0A".repeat(32), "64 lower-case hexadecimal digits"),
        ("\"100000\"", "\"0100000\"", "without leading zeros"),
        ("\"100000\"", "100000", "invalid type"),
        ("\"EUR\"", "\"EUX\"", "EUX"),
        (
            "receivable/eligibility/v2",
            "receivable/eligibility/v1",
            "unknown statement",
        ),
        ("Bank A", "Bank\\u001b", "verifier's name"),
    ] {
        let changed = text().replacen(from, to, 1);
        let error = Request::parse(changed.as_bytes()).unwrap_err();
        assert!(matches!(error, RequestError::Json { .. }), "{to}: {error:?}");
        assert!(error.to_string().contains(message), "{to}: {error}");
    }
    let huge = alloc::vec![b' '; MAX_REQUEST_BYTES + 1];
    assert_eq!(Request::parse(&huge), Err(RequestError::TooLong { bytes: huge.len() }));
}

#[test]
fn a_policy_that_contradicts_itself_is_refused() {
    let refused = |from: &str, to: &str| match Request::parse(text().replacen(from, to, 1).as_bytes()) {
        Err(RequestError::Policy(error)) => error,
        other => panic!("{to}: {other:?}"),
    };
    assert_eq!(
        refused("\"100000\"", "\"0\""),
        WirePolicyError::Policy(PolicyError::NoMinimum)
    );
    assert!(matches!(
        refused("20788", "20909"),
        WirePolicyError::Policy(PolicyError::WindowReversed { .. })
    ));
    let overlap = refused("\"other_payee_named\"", "\"acknowledged\"");
    assert!(matches!(
        overlap,
        WirePolicyError::Policy(PolicyError::FlagsOverlap { .. })
    ));
    assert_eq!(
        refused("\"5\"", "\"6\""),
        WirePolicyError::Debtors(DebtorsError::RootMismatch)
    );
    assert_eq!(
        refused("\"5\"", "\"2\""),
        WirePolicyError::Debtors(DebtorsError::NotAscending { position: 2 })
    );
    assert!(matches!(
        refused("\"acknowledged\"", "\"signed\""),
        WirePolicyError::Flag(_)
    ));
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Request::parse(&bytes).is_err());
    }

    #[test]
    fn a_byte_changed_is_refused_or_changes_nothing(at in 0usize..1000, byte in any::<u8>()) {
        let mut bytes = text().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(request) = Request::parse(&bytes) {
            prop_assert_eq!(request.draft(), &draft());
        }
    }

    #[test]
    fn any_request_round_trips(
        minor in 1u64..,
        days in any::<[u32; 2]>(),
        ids in proptest::collection::vec(1u64.., 1..8),
        bits in 0u16..4,
        nonce in any::<[u8; 32]>(),
        issued in 0u64..LAST_SECOND,
    ) {
        let debtors = ApprovedDebtors::new(ids.into_iter().map(|id| PartyId::from_fr(Fr::from(id)))).unwrap();
        let policy = Policy::new(
            Amount::new(minor, Currency::from_alpha("JPY").unwrap()),
            DueWindow { from: Day(days[0].min(days[1])), to: Day(days[0].max(days[1])) },
            debtors,
            Flags::from_bits(bits),
            Flags::from_bits(3 & !bits),
        ).unwrap();
        let draft = RequestDraft {
            policy,
            nonce: Nonce::from_bytes(nonce),
            issued: UnixSeconds(issued),
            expires: UnixSeconds(issued + 1),
            lock_until: UnixSeconds(issued),
            ..draft()
        };
        let request = Request::sign(draft, &key()).unwrap();
        prop_assert_eq!(Request::parse(&request.to_json()), Ok(request));
    }
}
