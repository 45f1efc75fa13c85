use super::*;
use crate::log::KeyName;
use minicbor::Encoder;

#[test]
fn a_release_is_these_bytes() {
    let release = Signed::sign(release_body(), &origin(), &secret(3)).unwrap();
    let mut expected = vec![0xa5, 0x00, 0x05, 0x01, 0x58, 0x20];
    expected.extend([0; 31]);
    expected.extend([10, 0x02, 0x58, 0x20]);
    expected.extend(secret(3).verifying_key().to_bytes());
    expected.extend([0x03, 0x18, 42, 0x04, 0x58, 0x40]);
    expected.extend(release.signature.0);
    assert_eq!(Entry::Release(release.clone()).encode(), expected);

    let mut signed = b"tradeseal/release/v1\nledger.example/tradeseal\n".to_vec();
    signed.push(0xa4);
    signed.extend(&expected[1..expected.len() - 67]);
    assert_eq!(release.signing_bytes(&origin()), signed);
}

/// The statement with the shorter name comes first although the other sorts before it as text.
#[test]
fn a_genesis_is_what_minicbor_writes_for_the_same_map() {
    let genesis = genesis();
    let mut encoder = Encoder::new(Vec::new());
    encoder.map(6).unwrap().u8(0).unwrap().u8(0).unwrap();
    encoder.u8(1).unwrap().str("ledger.example/tradeseal").unwrap();
    encoder.u8(2).unwrap().u64(1_700_000_000).unwrap();
    encoder.u8(3).unwrap().array(2).unwrap();
    let mut registrars = [1, 2].map(|seed| secret(seed).verifying_key().to_bytes());
    registrars.sort_unstable();
    encoder.bytes(&registrars[0]).unwrap().bytes(&registrars[1]).unwrap();
    encoder.u8(4).unwrap().map(2).unwrap();
    encoder.str("receivable/mint/v1").unwrap().array(2).unwrap();
    encoder.bytes(&[7; 32]).unwrap().bytes(&[8; 32]).unwrap();
    encoder
        .str("receivable/eligibility/v1")
        .unwrap()
        .array(1)
        .unwrap()
        .bytes(&[9; 32])
        .unwrap();
    encoder.u8(5).unwrap().u32(86_400).unwrap();
    assert_eq!(Entry::Genesis(genesis).encode(), encoder.into_writer());
}

#[test]
fn every_kind_is_read_back_and_says_what_it_is() {
    let numbers: Vec<u8> = every_kind().iter().map(|entry| entry.kind().number()).collect();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6, 6, 255]);
    for entry in every_kind() {
        let bytes = entry.encode();
        assert_eq!(Entry::decode(&bytes).as_ref(), Ok(&entry));
        assert_eq!(EntryKind::from_number(entry.kind().number()), Some(entry.kind()));
    }
}

#[test]
fn a_state_record_answers_for_its_own_roots_only() {
    let state = StateRecord::decode(&state().encode()).unwrap();
    assert!(state.contains_note_root(NoteRoot::from_fr(Fr::from(12u64))));
    assert!(!state.contains_note_root(NoteRoot::from_fr(Fr::from(14u64))));
    assert!(state.contains_directory_root(DirectoryRoot::from_fr(Fr::from(14u64))));
    assert!(!state.contains_directory_root(DirectoryRoot::from_fr(Fr::from(12u64))));
    assert_eq!(state.root(StateTree::Nullifiers), Fr::from(13u64));
    assert_eq!(state.root(StateTree::Revocations), Fr::from(15u64));
    let refused = StateRecord::decode(&Entry::Mint(mint()).encode());
    assert!(matches!(
        refused,
        Err(EntryError::Field {
            kind: EntryKind::Mint,
            field: 0,
            ..
        })
    ));
}

#[test]
fn a_genesis_accepts_the_keys_it_lists_for_the_statement_it_lists_them_for() {
    let genesis = genesis();
    assert_eq!(genesis.origin, KeyName::new("ledger.example/tradeseal").unwrap());
    assert!(genesis.accepts(StatementId::RECEIVABLE_MINT_V1, &KeyId::from_bytes([7; 32])));
    assert!(!genesis.accepts(StatementId::RECEIVABLE_MINT_V1, &KeyId::from_bytes([9; 32])));
    assert!(!genesis.accepts(StatementId::RECEIVABLE_ELIGIBILITY_V1, &KeyId::from_bytes([7; 32])));
}
