use super::*;
use crate::log::KeyName;
use alloc::string::ToString;
use minicbor::Encoder;
use tradeseal_primitives::field;
use tradeseal_primitives::hash::sha256;

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
    encoder.map(8).unwrap().u8(0).unwrap().u8(0).unwrap();
    encoder.u8(1).unwrap().str("ledger.example/tradeseal").unwrap();
    encoder.u8(2).unwrap().u64(1_700_000_000).unwrap();
    encoder.u8(3).unwrap().array(2).unwrap();
    let mut registrars = [1, 2].map(|seed| secret(seed).verifying_key().to_bytes());
    registrars.sort_unstable();
    encoder.bytes(&registrars[0]).unwrap().bytes(&registrars[1]).unwrap();
    encoder.u8(4).unwrap().map(2).unwrap();
    encoder.str("receivable/mint/v2").unwrap().array(2).unwrap();
    encoder.bytes(&[7; 32]).unwrap().bytes(&[8; 32]).unwrap();
    encoder
        .str("receivable/eligibility/v2")
        .unwrap()
        .array(1)
        .unwrap()
        .bytes(&[9; 32])
        .unwrap();
    encoder.u8(5).unwrap().u32(86_400).unwrap();
    encoder.u8(6).unwrap().bytes(&point(2)).unwrap();
    encoder.u8(7).unwrap().u32(31_536_000).unwrap();
    let bytes = encoder.into_writer();
    assert_eq!(genesis.ledger_id(), LedgerId(sha256(&bytes)));
    assert_eq!(Entry::Genesis(genesis).encode(), bytes);
}

#[test]
fn a_ledgers_id_is_told_apart_by_every_field_of_its_genesis_and_has_one_text() {
    let id = genesis().ledger_id();
    let mut other = genesis();
    other.registry_era_seconds += 1;
    assert_ne!(other.ledger_id(), id);
    let mut other = genesis();
    other.registry_key = RegistryPublicKey::from_bytes(&point(3)).unwrap();
    assert_ne!(other.ledger_id(), id);
    assert_eq!(id.to_string().parse(), Ok(id));
    for text in ["", "00", &id.to_string().to_uppercase(), &"0".repeat(65)] {
        assert_eq!(text.parse::<LedgerId>(), Err(LedgerIdError), "{text:?}");
    }
}

fn bytes_of(encoder: &mut Encoder<Vec<u8>>, key: u8, bytes: &[u8]) {
    encoder.u8(key).unwrap().bytes(bytes).unwrap();
}

fn element(value: u64) -> [u8; 32] {
    field::to_bytes(&Fr::from(value))
}

/// Fields 7, 11 and 12 hold the previous key's or nothing.
#[test]
fn a_mint_is_what_minicbor_writes_for_the_same_map() {
    for (mint, previous) in [(mint(), true), (first_era_mint(), false)] {
        let or_none = |bytes: &[u8]| if previous { bytes.to_vec() } else { Vec::new() };
        let mut encoder = Encoder::new(Vec::new());
        encoder.map(17).unwrap().u8(0).unwrap().u8(3).unwrap();
        bytes_of(&mut encoder, 1, &element(7));
        bytes_of(&mut encoder, 2, &element(8));
        encoder.u8(3).unwrap().bool(true).unwrap();
        bytes_of(&mut encoder, 4, &[1; 496]);
        bytes_of(&mut encoder, 5, &[8; 32]);
        bytes_of(&mut encoder, 6, &element(40));
        bytes_of(&mut encoder, 7, &or_none(&element(41)));
        bytes_of(&mut encoder, 8, &point(3));
        bytes_of(&mut encoder, 9, &point(4));
        bytes_of(&mut encoder, 10, &[element(42), element(43)].concat());
        bytes_of(&mut encoder, 11, &or_none(&point(5)));
        bytes_of(&mut encoder, 12, &or_none(&[element(44), element(45)].concat()));
        encoder
            .u8(13)
            .unwrap()
            .u8(0)
            .unwrap()
            .u8(14)
            .unwrap()
            .u16(20_000)
            .unwrap();
        bytes_of(&mut encoder, 15, &secret(5).verifying_key().to_bytes());
        bytes_of(&mut encoder, 16, &[4; 256]);
        assert_eq!(mint.encode(), encoder.into_writer());
    }
}

#[test]
fn a_rotation_and_a_dilution_are_what_minicbor_writes_for_the_same_maps() {
    let registry = Signed::sign(registry_body(), &origin(), &secret(1)).unwrap();
    let mut encoder = Encoder::new(Vec::new());
    encoder.map(5).unwrap().u8(0).unwrap().u8(7).unwrap();
    bytes_of(&mut encoder, 1, &point(6));
    encoder.u8(2).unwrap().u8(1).unwrap();
    bytes_of(&mut encoder, 3, &secret(1).verifying_key().to_bytes());
    bytes_of(&mut encoder, 4, &registry.signature.0);
    assert_eq!(registry.encode(), encoder.into_writer());

    let dilute = Signed::sign(dilute_body(), &origin(), &secret(5)).unwrap();
    let mut encoder = Encoder::new(Vec::new());
    encoder.map(5).unwrap().u8(0).unwrap().u8(8).unwrap();
    encoder.u8(1).unwrap().u64(u64::MAX).unwrap();
    encoder.u8(2).unwrap().u32(750_000_000).unwrap();
    bytes_of(&mut encoder, 3, &secret(5).verifying_key().to_bytes());
    bytes_of(&mut encoder, 4, &dilute.signature.0);
    assert_eq!(dilute.encode(), encoder.into_writer());
}

#[test]
fn a_deposit_and_an_anchor_are_what_minicbor_writes_for_the_same_maps() {
    let mut encoder = Encoder::new(Vec::new());
    encoder.map(2).unwrap().u8(0).unwrap().u8(9).unwrap();
    bytes_of(&mut encoder, 1, &element(50));
    assert_eq!(Entry::Deposit(deposit()).encode(), encoder.into_writer());

    let anchor = Signed::sign(anchor_body(), &origin(), &secret(6)).unwrap();
    let mut encoder = Encoder::new(Vec::new());
    encoder.map(6).unwrap().u8(0).unwrap().u8(10).unwrap();
    encoder.u8(1).unwrap().u64(1 << 40).unwrap();
    bytes_of(&mut encoder, 2, &[6; 32]);
    encoder.u8(3).unwrap().str("Identity cards, lot 7").unwrap();
    bytes_of(&mut encoder, 4, &secret(6).verifying_key().to_bytes());
    bytes_of(&mut encoder, 5, &anchor.signature.0);
    assert_eq!(anchor.encode(), encoder.into_writer());
}

#[test]
fn every_kind_is_read_back_and_says_what_it_is() {
    let numbers: Vec<u8> = every_kind().iter().map(|entry| entry.kind().number()).collect();
    assert_eq!(numbers, [0, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9, 10, 255]);
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
    assert_eq!(state.root(StateTree::Dilutions), Fr::from(16u64));
    assert_eq!(state.root(StateTree::Deposits), Fr::from(17u64));
    assert!(state.contains_deposit_root(DepositRoot::from_fr(Fr::from(17u64))));
    assert!(!state.contains_deposit_root(DepositRoot::from_fr(Fr::from(12u64))));
    assert!(state.contains_dilution_root(DilutionRoot::from_fr(Fr::from(16u64))));
    assert!(!state.contains_dilution_root(DilutionRoot::from_fr(Fr::from(12u64))));
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
    assert!(genesis.accepts(StatementId::RECEIVABLE_MINT_V2, &KeyId::from_bytes([7; 32])));
    assert!(!genesis.accepts(StatementId::RECEIVABLE_MINT_V2, &KeyId::from_bytes([9; 32])));
    assert!(!genesis.accepts(StatementId::RECEIVABLE_ELIGIBILITY_V2, &KeyId::from_bytes([7; 32])));
}
