//! The two files between owner and bank are read back as they were written, and nothing else is.

use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::{Commitment, Nullifier};
use tradeseal_verifier::entry::{Ed25519Key, Ed25519Signature, TransferBody};
use tradeseal_verifier::groth16::KeyId;
use tradeseal_verifier::log::KeyName;
use tradeseal_verifier::statement::{EntryDigest, NoteRoot};

use super::{Offer, SignedConsent};

fn origin() -> KeyName {
    KeyName::new("ledger.example/receivables").unwrap()
}

fn offer() -> Offer {
    let element = |n: u64| Fr::from(n);
    Offer {
        origin: origin(),
        body: TransferBody {
            note_root: NoteRoot::from_fr(element(1)),
            nullifiers: [2, 3].map(|n| Nullifier::from_fr(element(n))),
            commitments: [4, 5, 6, 7].map(|n| Commitment::from_fr(element(n))),
            sealed_notes: [8, 9, 10, 11].map(|byte| Box::new([byte; 496])),
            key_id: KeyId::from_bytes([12; 32]),
            bank: Some(Ed25519Key([13; 32])),
            sender_record: Box::new([14; 624]),
        },
    }
}

fn refused<T>(parsed: Result<T, crate::Failure>, code: &str) {
    assert_eq!(parsed.err().map(|failure| failure.code()), Some(code));
}

#[test]
fn an_offer_comes_back_as_it_was_written_and_holds_no_proof() {
    let json = offer().to_json();
    assert_eq!(Offer::parse(json.as_bytes()).unwrap(), offer());
    assert!(u64::try_from(json.len()).unwrap() < super::MAX_OFFER_BYTES);
    // 512 zeros where the proof would be.
    assert!(json.contains(&"0".repeat(512)));
}

#[test]
fn what_is_not_an_offer_is_refused() {
    let json = offer().to_json();
    for (from, to) in [
        ("tradeseal/offer/v1", "tradeseal/offer/v2"),
        ("\"origin\": \"ledger.example/receivables\"", "\"origin\": \"\""),
        ("\"origin\"", "\"surplus\": 1, \"origin\""),
        ("\"entry\": \"", "\"entry\": \"00"),
        ("\"entry\": \"", "\"entry\": \"x"),
    ] {
        assert!(json.contains(from), "{from}");
        refused(Offer::parse(json.replace(from, to).as_bytes()), "offer_malformed");
    }
    // A whole transfer, which a bank could complete by itself, is no offer.
    refused(
        Offer::parse(json.replacen(&"0".repeat(512), &"1".repeat(512), 1).as_bytes()),
        "offer_malformed",
    );
    refused(Offer::parse(b""), "offer_malformed");
}

#[test]
fn a_consent_comes_back_as_it_was_written_and_nothing_else_does() {
    let consent = SignedConsent {
        origin: origin(),
        digest: EntryDigest::from_fr(Fr::from(15u64)),
        signature: Ed25519Signature([16; 64]),
    };
    let json = consent.to_json();
    assert_eq!(SignedConsent::parse(json.as_bytes()).unwrap(), consent);
    for (from, to) in [
        ("consent/v1", "consent/v2"),
        ("\"digest\": \"15\"", "\"digest\": \"015\""),
        ("1010", "10"),
        ("\"origin\"", "\"surplus\": 1, \"origin\""),
    ] {
        assert!(json.contains(from), "{from}");
        refused(
            SignedConsent::parse(json.replacen(from, to, 1).as_bytes()),
            "consent_malformed",
        );
    }
}
