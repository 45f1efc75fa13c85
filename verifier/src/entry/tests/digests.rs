use super::*;
use crate::log::KeyName;
use tradeseal_primitives::field;
use tradeseal_primitives::hash::{Domain, digest_field, hash, sha256};

#[test]
fn a_mint_is_bound_to_its_body_and_its_log_but_not_to_its_proof_bytes() {
    let entry = mint();
    let mut expected = b"tradeseal/mint/v1\nledger.example/tradeseal\n".to_vec();
    let encoded = entry.encode();
    expected.push(0xb0);
    assert_eq!(encoded[0], 0xb1);
    expected.extend(&encoded[1..encoded.len() - 260]);
    assert_eq!(encoded[encoded.len() - 260..][..4], [16, 0x59, 1, 0]);
    assert_eq!(entry.body.body_bytes(&origin()), expected);
    let digest = entry.body.body_digest(&origin());
    assert_eq!(digest.to_fr(), digest_field(Domain::MINT_ENTRY, &sha256(&expected)));

    assert_ne!(entry.body.body_digest(&KeyName::new("other.example").unwrap()), digest);
    let mut other = entry.body.clone();
    other.sealed_note[0] ^= 1;
    assert_ne!(other.body_digest(&origin()), digest);
}

fn coordinates(factor: u64) -> [Fr; 2] {
    let bytes = point(factor);
    [0, 32].map(|at| field::from_bytes(bytes[at..at + 32].try_into().unwrap()).unwrap())
}

#[test]
fn a_mints_public_rows_are_the_specifications_in_its_order() {
    let (ledger, key) = (LedgerId([6; 32]), secret(5).verifying_key().to_bytes());
    let number = sha256(&[&b"tradeseal/receivable-number/v1\n"[..], &key].concat());
    let number = Fr::from(u64::from_be_bytes(number[..8].try_into().unwrap()));
    let right = digest_field(Domain::DILUTION_RIGHT, &sha256(&[ledger.0, key].concat()));
    for (entry, previous_tag, previous_point) in [(mint(), 41u64, 5), (first_era_mint(), 40, 4)] {
        let rows: Vec<Fr> = [
            &[7u64, 8, 1, 40, previous_tag].map(Fr::from)[..],
            &coordinates(3),
            &coordinates(4),
            &coordinates(previous_point),
            &[0u64, 20_000].map(Fr::from),
            &[number, right, entry.body.body_digest(&origin()).to_fr()],
        ]
        .concat();
        let public = entry.body.public(&origin(), &ledger);
        assert_eq!(public.rows().to_vec(), rows);
        assert_eq!(StatementId::RECEIVABLE_MINT_V2.row_count(), rows.len());
        let elsewhere = entry.body.public(&origin(), &LedgerId([7; 32]));
        assert_ne!(elsewhere.dilution_right, public.dilution_right);
    }
}

#[test]
fn a_transfer_is_bound_to_what_it_seals() {
    let body = transfer(None).body;
    let digest = body.body_digest(&origin());
    for at in 0..4 {
        let mut other = body.clone();
        other.sealed_notes[at][SEALED_NOTE_BYTES - 1] ^= 1;
        assert_ne!(other.body_digest(&origin()), digest, "output {at}");
    }
    let mut other = body.clone();
    other.sender_record[0] ^= 1;
    assert_ne!(other.body_digest(&origin()), digest);
}

#[test]
fn a_lock_proves_a_request_of_its_own_bank() {
    let body = lock_body();
    let key = digest_field(Domain::VERIFIER_KEY, &secret(3).verifying_key().to_bytes());
    let request = hash(Domain::REQUEST, &[key, Fr::from(11u64), Fr::from(1_700_000_900u64)]);
    let [notes, dilutions, nullifier] = [9u64, 16, 10].map(Fr::from);
    assert_eq!(body.public().rows(), [notes, dilutions, nullifier, request]);
    let mut other = body.clone();
    other.bank = Ed25519Key::of(&secret(4));
    assert_ne!(other.request_digest().to_fr(), request);
    let mut longer = body;
    longer.lock_until.0 += 1;
    assert_ne!(longer.request_digest().to_fr(), request);
}
