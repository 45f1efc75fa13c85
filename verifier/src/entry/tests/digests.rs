use super::*;
use crate::log::KeyName;
use tradeseal_primitives::hash::{Domain, digest_field, hash, sha256};

#[test]
fn a_mint_is_bound_to_its_body_and_its_log_but_not_to_its_proof_bytes() {
    let entry = mint();
    let mut expected = b"tradeseal/mint/v1\nledger.example/tradeseal\n".to_vec();
    let encoded = entry.encode();
    expected.push(0xa6);
    expected.extend(&encoded[1..encoded.len() - 260]);
    assert_eq!(encoded[encoded.len() - 260..][..4], [6, 0x59, 1, 0]);
    assert_eq!(entry.body.body_bytes(&origin()), expected);
    let digest = entry.body.body_digest(&origin());
    assert_eq!(digest.to_fr(), digest_field(Domain::MINT_ENTRY, &sha256(&expected)));

    assert_ne!(entry.body.body_digest(&KeyName::new("other.example").unwrap()), digest);
    let mut other = entry.body.clone();
    other.sealed_note[0] ^= 1;
    assert_ne!(other.body_digest(&origin()), digest);
    let one = Fr::from(1u64);
    let rows = [
        entry.body.commitment.to_fr(),
        entry.body.directory_root.to_fr(),
        one,
        digest.to_fr(),
    ];
    assert_eq!(entry.body.public(&origin()).rows(), rows);
}

#[test]
fn a_lock_proves_a_request_of_its_own_bank() {
    let body = lock_body();
    let key = digest_field(Domain::VERIFIER_KEY, &secret(3).verifying_key().to_bytes());
    let request = hash(Domain::REQUEST, &[key, Fr::from(11u64), Fr::from(1_700_000_900u64)]);
    assert_eq!(body.public().rows(), [Fr::from(9u64), Fr::from(10u64), request]);
    let mut other = body.clone();
    other.bank = Ed25519Key::of(&secret(4));
    assert_ne!(other.request_digest().to_fr(), request);
    let mut longer = body;
    longer.lock_until.0 += 1;
    assert_ne!(longer.request_digest().to_fr(), request);
}
