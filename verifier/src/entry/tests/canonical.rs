use super::*;
use tradeseal_primitives::field;

#[test]
fn a_changed_byte_gives_a_refusal_or_another_entry_never_the_same_one() {
    for entry in every_kind() {
        let bytes = entry.encode();
        for at in 0..bytes.len() {
            for flip in [0x01, 0x20, 0x80, 0xff] {
                let mut changed = bytes.clone();
                changed[at] ^= flip;
                match Entry::decode(&changed) {
                    Err(_) => {}
                    Ok(other) => {
                        assert_ne!(other, entry, "{} byte {at}", entry.kind());
                        assert_eq!(other.encode(), changed);
                    }
                }
            }
        }
    }
}

#[test]
fn cut_and_lengthened_entries_are_refused() {
    for entry in every_kind() {
        let bytes = entry.encode();
        for length in 0..bytes.len() {
            assert!(
                Entry::decode(&bytes[..length]).is_err(),
                "{} cut to {length}",
                entry.kind()
            );
        }
        let longer = [&bytes[..], &[0]].concat();
        assert_eq!(
            Entry::decode(&longer),
            Err(EntryError::NotCanonical { kind: entry.kind() })
        );
    }
}

#[test]
fn other_encodings_of_the_same_values_are_refused() {
    let bytes = Entry::Release(Signed::sign(release_body(), &origin(), &secret(3)).unwrap()).encode();
    let at = bytes.len() - 67 - 3;
    assert_eq!(bytes[at..at + 3], [0x03, 0x18, 42]);
    let with = |from: usize, to: usize, new: &[u8]| [&bytes[..from], new, &bytes[to..]].concat();
    let canonical = Err(EntryError::NotCanonical {
        kind: EntryKind::Release,
    });
    assert_eq!(
        Entry::decode(&with(at + 1, at + 3, &[0x19, 0, 42])),
        canonical,
        "a longer integer"
    );
    assert_eq!(Entry::decode(&with(at, at + 1, &[0x18, 3])), canonical, "a longer key");
    assert_eq!(Entry::decode(&with(0, 1, &[0xb8, 5])), canonical, "a longer map head");
    assert_eq!(Entry::decode(&with(2, 3, &[0x18, 5])), canonical, "a longer kind");
    let endless = [&with(0, 1, &[0xbf])[..], &[0xff]].concat();
    assert_eq!(Entry::decode(&endless), Err(EntryError::NoKind), "an indefinite map");
    let tagged = with(at + 1, at + 1, &[0xc1]);
    assert!(
        matches!(Entry::decode(&tagged), Err(EntryError::Field { field: 3, .. })),
        "a tag"
    );
}

#[test]
fn fields_out_of_order_missing_or_too_many_are_refused() {
    let bytes = Entry::Release(Signed::sign(release_body(), &origin(), &secret(3)).unwrap()).encode();
    let (nullifier, bank) = (3..38, 38..73);
    let swapped = [&bytes[..3], &bytes[bank], &bytes[nullifier], &bytes[73..]].concat();
    assert!(matches!(
        Entry::decode(&swapped),
        Err(EntryError::Field { field: 1, .. })
    ));
    let kind = EntryKind::Release;
    let mut fewer = bytes.clone();
    fewer[0] = 0xa4;
    assert_eq!(
        Entry::decode(&fewer),
        Err(EntryError::FieldCount {
            kind,
            expected: 5,
            actual: 4
        })
    );
    let mut more = [&bytes[..], &[0x05, 0x00]].concat();
    more[0] = 0xa6;
    assert_eq!(
        Entry::decode(&more),
        Err(EntryError::FieldCount {
            kind,
            expected: 5,
            actual: 6
        })
    );
}

#[test]
fn unknown_kinds_and_other_things_are_refused() {
    assert_eq!(
        Entry::decode(&[0xa1, 0x00, 0x07]),
        Err(EntryError::UnknownKind { number: 7 })
    );
    assert_eq!(
        Entry::decode(&[0xa1, 0x00, 0x19, 0x01, 0x00]),
        Err(EntryError::UnknownKind { number: 256 })
    );
    for other in [
        &[][..],
        &[0xa0],
        &[0x80],
        &[0xa1, 0x01, 0x00],
        &[0xa1, 0x00, 0x20],
        b"text",
    ] {
        assert_eq!(Entry::decode(other), Err(EntryError::NoKind), "{other:?}");
    }
}

#[test]
fn a_value_at_the_modulus_and_a_point_off_the_subgroup_are_refused() {
    let mut entry = mint();
    entry.body.commitment = Commitment::from_fr(-Fr::from(1u64));
    let mut bytes = entry.encode();
    let at = bytes
        .windows(32)
        .position(|w| w == field::to_bytes(&-Fr::from(1u64)))
        .unwrap();
    bytes[at + 31] += 1;
    assert!(matches!(
        Entry::decode(&bytes),
        Err(EntryError::Field {
            kind: EntryKind::Mint,
            field: 1,
            ..
        })
    ));

    let enrol = Signed::sign(enrol_body(), &origin(), &secret(1)).unwrap();
    let mut bytes = enrol.encode();
    let y = field::to_bytes(&enrol.body.key.y());
    let at = bytes.windows(32).position(|w| w == y).unwrap();
    bytes[at + 31] ^= 1;
    assert!(matches!(
        Entry::decode(&bytes),
        Err(EntryError::Field {
            kind: EntryKind::Enrol,
            field: 3,
            ..
        })
    ));
}

#[test]
fn bounds_hold_exactly() {
    let mut entry = mint();
    entry.body.sealed_note = vec![0; MAX_SEALED_NOTE_BYTES];
    Entry::decode(&entry.encode()).unwrap();
    entry.body.sealed_note.push(0);
    assert!(matches!(
        Entry::decode(&entry.encode()),
        Err(EntryError::Field { field: 4, .. })
    ));

    let mut genesis = genesis();
    let keys = |count: u8| (0..count).map(|seed| Ed25519Key([seed; 32])).collect();
    genesis.registrars = keys(64);
    Entry::decode(&Entry::Genesis(genesis.clone()).encode()).unwrap();
    genesis.registrars = keys(65);
    assert!(matches!(
        Entry::decode(&Entry::Genesis(genesis).encode()),
        Err(EntryError::Field { field: 3, .. })
    ));
    let long = vec![0xa1; MAX_ENTRY_BYTES + 1];
    assert_eq!(
        Entry::decode(&long),
        Err(EntryError::TooLong {
            actual: 65_536,
            max: 65_535
        })
    );
}
