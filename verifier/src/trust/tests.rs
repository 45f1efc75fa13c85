//! A trust file is believed only as a whole, and only if each key is what its id says.

use alloc::string::{String, ToString};
use alloc::{format, vec};

use ark_bn254::Bn254;
use ark_groth16::Groth16;
use ark_snark::SNARK;
use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;
use ed25519_dalek::SigningKey;
use proptest::prelude::*;

use super::*;
use crate::groth16::TranscriptDigest;
use crate::test_circuit::RandomCircuit;

fn key(statement: StatementId, seed: u64) -> VerifyingKey {
    let mut rng = StdRng::seed_from_u64(seed);
    let circuit = RandomCircuit::new(statement.row_count(), &mut rng);
    let (_, vk) = Groth16::<Bn254>::circuit_specific_setup(circuit, &mut rng).unwrap();
    let (beta, gamma, delta) = (vk.beta_g2, vk.gamma_g2, vk.delta_g2);
    VerifyingKey::from_points(statement, vk.alpha_g1, beta, gamma, delta, vk.gamma_abc_g1).unwrap()
}

fn log_key(origin: &str) -> LogKey {
    let public = SigningKey::from_bytes(&[3; 32]).verifying_key().to_bytes();
    LogKey::new(KeyName::new(origin).unwrap(), &public).unwrap()
}

fn trust() -> Trust {
    let ceremony = Provenance::Ceremony {
        transcript: TranscriptDigest([0xab; 32]),
    };
    let keys = vec![
        TrustedKey::new(key(StatementId::RECEIVABLE_ELIGIBILITY_V2, 1), Provenance::InsecureDev),
        TrustedKey::new(key(StatementId::RECEIVABLE_MINT_V2, 2), ceremony),
    ];
    Trust::new(vec![log_key("ledger.example")], keys, true, Some(3600)).unwrap()
}

fn text() -> String {
    String::from_utf8(trust().to_json()).unwrap()
}

#[test]
fn a_trust_file_reads_as_it_was_written() {
    let read = Trust::parse(text().as_bytes()).unwrap();
    assert_eq!(read.to_json(), trust().to_json());
    assert!(read.allow_insecure_dev());
    assert_eq!(read.max_state_age_seconds(), Some(3600));
    let id = key(StatementId::RECEIVABLE_MINT_V2, 2).key_id();
    let found = read.key(id).unwrap();
    assert_eq!((found.id(), found.statement()), (id, StatementId::RECEIVABLE_MINT_V2));
    assert_eq!(
        found.provenance(),
        Provenance::Ceremony {
            transcript: TranscriptDigest([0xab; 32])
        }
    );
    assert_eq!(
        read.log_keys(&KeyName::new("ledger.example").unwrap()),
        [log_key("ledger.example")]
    );
    assert!(read.log_keys(&KeyName::new("another.example").unwrap()).is_empty());
    assert!(read.key(KeyId::from_bytes([0; 32])).is_none());
}

#[test]
fn the_age_limit_may_be_left_out() {
    let without = text().replace(",\n  \"max_state_age_seconds\": 3600", "");
    assert_ne!(without, text());
    assert_eq!(Trust::parse(without.as_bytes()).unwrap().max_state_age_seconds(), None);
}

#[test]
fn a_key_that_is_not_what_its_id_says_is_refused() {
    let (real, other) = (trust().keys[0].id, trust().keys[1].id);
    let renamed = text().replace(&real.to_string(), &"00".repeat(32));
    let error = Trust::parse(renamed.as_bytes()).unwrap_err();
    assert_eq!(
        error,
        TrustError::KeyId {
            given: KeyId::from_bytes([0; 32]),
            computed: real
        }
    );
    let relisted = text().replacen("receivable/eligibility/v2", "receivable/mint/v2", 1);
    let error = Trust::parse(relisted.as_bytes()).unwrap_err();
    assert!(matches!(error, TrustError::Statement { id, .. } if id == real));
    let bytes = hex::encode(trust().keys[1].key.to_bytes());
    let damaged = text().replace(&bytes, &bytes[2..]);
    assert!(matches!(Trust::parse(damaged.as_bytes()), Err(TrustError::Key { id, .. }) if id == other));
}

#[test]
fn a_log_key_that_is_not_the_logs_is_refused() {
    let renamed = text().replace("\"origin\": \"ledger.example\"", "\"origin\": \"another.example\"");
    assert!(matches!(
        Trust::parse(renamed.as_bytes()),
        Err(TrustError::LogKeyName { .. })
    ));
    let damaged = text().replace(&log_key("ledger.example").to_string(), "ledger.example+00000000+AAAA");
    assert!(matches!(
        Trust::parse(damaged.as_bytes()),
        Err(TrustError::LogKey { .. })
    ));
}

fn witnessing() -> Trust {
    let key = crate::test_log::signer().key().clone();
    let log = TrustedLog::witnessed(key, &crate::test_log::policy()).unwrap();
    Trust::in_logs(vec![log], vec![], false, None).unwrap()
}

#[test]
fn a_witness_policy_reads_as_it_was_written() {
    let written = witnessing();
    let read = Trust::parse(&written.to_json()).unwrap();
    assert_eq!(read.logs(), written.logs());
    assert_eq!(read.to_json(), written.to_json());
    let origin = KeyName::new(crate::test_log::ORIGIN).unwrap();
    assert!(read.requires_log_witnesses(&origin));
    assert_eq!(
        read.logs()[0].policy().unwrap().requirement(),
        "both: all of (court, notaries: 1 of (notary, notary-b))"
    );
    assert!(!trust().requires_log_witnesses(&KeyName::new("ledger.example").unwrap()));
}

#[test]
fn a_witness_policy_that_says_nothing_about_the_log_is_refused() {
    let (key, policy) = (crate::test_log::signer().key().clone(), crate::test_log::policy());
    let refused = |text: &str| TrustedLog::witnessed(key.clone(), text).unwrap_err();
    let other = log_key("ledger.example");
    assert!(matches!(
        refused(&policy.replace(&key.to_string(), &other.to_string())),
        TrustError::PolicyLog { .. }
    ));
    assert!(matches!(
        refused(&policy.replace("quorum both", "quorum none")),
        TrustError::PolicyAsksNothing { .. }
    ));
    for text in ["", "quorum nobody\n", &policy[..policy.len() - 1]] {
        assert!(matches!(refused(text), TrustError::Policy { .. }), "{text:?}");
    }
    let broken = String::from_utf8(witnessing().to_json())
        .unwrap()
        .replace("quorum both", "quorum all");
    let error = Trust::parse(broken.as_bytes()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the witness policy of log ledger.example/tradeseal"),
        "{error}"
    );
}

#[test]
fn anything_named_twice_is_refused() {
    let log = log_key("ledger.example");
    let twice = Trust::new(vec![log.clone(), log], vec![], false, None).unwrap_err();
    assert!(matches!(twice, TrustError::RepeatedLogKey { .. }));
    let mint = key(StatementId::RECEIVABLE_MINT_V2, 2);
    let keys = vec![
        TrustedKey::new(mint.clone(), Provenance::InsecureDev),
        TrustedKey::new(
            mint.clone(),
            Provenance::Ceremony {
                transcript: TranscriptDigest([1; 32]),
            },
        ),
    ];
    let twice = Trust::new(vec![], keys, false, None).unwrap_err();
    assert_eq!(twice, TrustError::RepeatedKey { id: mint.key_id() });
}

#[test]
fn other_shapes_are_refused_naming_what_is_wrong() {
    for (from, to, message) in [
        (
            "\"allow_insecure_dev\"",
            "\"allow_insecure\"",
            "unknown field `allow_insecure`",
        ),
        (
            "\"allow_insecure_dev\": true,",
            "",
            "missing field `allow_insecure_dev`",
        ),
        ("\"insecure_dev\"", "\"trust_me\"", "unknown variant `trust_me`"),
        (
            &format!("\"transcript\": \"{}\"", "ab".repeat(32)),
            "\"transcript\": \"ab\"",
            "64 lower-case hexadecimal",
        ),
        ("\"version\": 1", "\"version\": 2", "version 2"),
        ("3600", "-1", "invalid value"),
    ] {
        let changed = text().replacen(from, to, 1);
        assert_ne!(changed, text(), "{from}");
        let error = Trust::parse(changed.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(message), "{to}: {error}");
    }
    let huge = vec![b' '; MAX_TRUST_BYTES + 1];
    assert_eq!(
        Trust::parse(&huge).unwrap_err(),
        TrustError::TooLong { bytes: huge.len() }
    );
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Trust::parse(&bytes).is_err());
    }
}
