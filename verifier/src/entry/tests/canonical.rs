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
        Entry::decode(&[0xa1, 0x00, 0x0b]),
        Err(EntryError::UnknownKind { number: 11 })
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

/// Replaces the one value of a field, head and all, in bytes that hold it once.
fn with_value(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let places: Vec<usize> = (0..=bytes.len() - old.len())
        .filter(|at| bytes[*at..].starts_with(old))
        .collect();
    assert_eq!(places.len(), 1, "the value must be there once");
    [&bytes[..places[0]], new, &bytes[places[0] + old.len()..]].concat()
}

/// A field's key and value as CBOR.
fn byte_field(key: u8, value: &[u8]) -> Vec<u8> {
    let mut encoder = minicbor::Encoder::new(Vec::new());
    encoder.u8(key).unwrap().bytes(value).unwrap();
    encoder.into_writer()
}

fn refused_field(bytes: &[u8], expected: u8, what: &str) {
    match Entry::decode(bytes) {
        Err(EntryError::Field { field, .. }) => assert_eq!(field, expected, "{what}"),
        other => panic!("{what}: {other:?}"),
    }
}

/// Low order, not on the curve, the identity, not canonical, cut.
fn bad_points() -> Vec<(&'static str, Vec<u8>)> {
    let modulus = {
        let mut bytes = field::to_bytes(&-Fr::from(1u64));
        bytes[31] += 1;
        bytes
    };
    let zero = [0; 32];
    let one = field::to_bytes(&Fr::from(1u64));
    let minus_one = field::to_bytes(&-Fr::from(1u64));
    vec![
        ("the identity", [zero, one].concat()),
        ("the point of order 2", [zero, minus_one].concat()),
        ("off the curve", [one, one].concat()),
        ("x at the modulus", [modulus, one].concat()),
        ("y at the modulus", [zero, modulus].concat()),
        ("cut", point(3)[..63].to_vec()),
        ("nothing", Vec::new()),
    ]
}

#[test]
fn a_bad_point_is_refused_by_the_name_of_its_field() {
    let (mint, genesis) = (mint().encode(), Entry::Genesis(genesis()).encode());
    let registry = Signed::sign(registry_body(), &origin(), &secret(1)).unwrap().encode();
    for (what, bad) in bad_points() {
        for (bytes, field, factor) in [
            (&mint, 8, 3),
            (&mint, 9, 4),
            (&mint, 11, 5),
            (&genesis, 6, 2),
            (&registry, 1, 6),
        ] {
            let changed = with_value(bytes, &byte_field(field, &point(factor)), &byte_field(field, &bad));
            refused_field(&changed, field, what);
        }
    }
    // A point of the subgroup plus the one of order 2: on the curve, and of order 2l.
    let mut mixed = point(3);
    for half in [0, 32] {
        let value = field::from_bytes(mixed[half..half + 32].try_into().unwrap()).unwrap();
        mixed[half..half + 32].copy_from_slice(&field::to_bytes(&-value));
    }
    let changed = with_value(&mint, &byte_field(8, &point(3)), &byte_field(8, &mixed));
    refused_field(&changed, 8, "of order 2l");
}

#[test]
fn a_proof_of_evaluation_whose_scalars_are_not_canonical_is_refused() {
    let order = {
        let mut bytes = scalar_to_bytes(&-Scalar::from(1u64));
        bytes[31] += 1;
        bytes
    };
    let one = scalar_to_bytes(&Scalar::from(1u64));
    for bad in [[order, one].concat(), [one, order].concat(), vec![0; 63]] {
        for (field, challenge) in [(10, 42), (12, 44)] {
            let good = byte_field(field, &dleq(challenge).to_bytes());
            refused_field(
                &with_value(&mint().encode(), &good, &byte_field(field, &bad)),
                field,
                "scalars",
            );
        }
    }
}

#[test]
fn the_previous_keys_three_fields_are_there_together_or_not_at_all() {
    let (both, one) = (mint().encode(), first_era_mint().encode());
    let tag = field::to_bytes(&Fr::from(41u64));
    let present = [
        (7, byte_field(7, &tag)),
        (11, byte_field(11, &point(5))),
        (12, byte_field(12, &dleq(44).to_bytes())),
    ];
    for (field, value) in &present {
        let without = with_value(&both, value, &byte_field(*field, &[]));
        refused_field(&without, if *field == 7 { 11 } else { *field }, "left out");
        // Between its neighbours, so that the empty value is found once.
        let neighbour = match field {
            7 => byte_field(8, &point(3)),
            11 => byte_field(12, &[]),
            _ => vec![13, 0],
        };
        let empty = [byte_field(*field, &[]), neighbour.clone()].concat();
        let with = with_value(&one, &empty, &[value.clone(), neighbour].concat());
        refused_field(&with, if *field == 7 { 11 } else { *field }, "on its own");
    }
}

#[test]
fn sealed_notes_and_the_senders_record_have_one_length() {
    let mint = mint().encode();
    let transfer = Entry::Transfer(Box::new(transfer(None))).encode();
    let lengths = |length: usize| [0, length - 1, length + 1, 1024];
    for length in lengths(SEALED_NOTE_BYTES) {
        let note = byte_field(4, &[1; SEALED_NOTE_BYTES]);
        refused_field(
            &with_value(&mint, &note, &byte_field(4, &vec![1; length])),
            4,
            "a mint's",
        );
        for byte in [1, 4] {
            let note = &byte_field(0, &[byte; SEALED_NOTE_BYTES])[1..];
            let other = &byte_field(0, &vec![byte; length])[1..];
            refused_field(&with_value(&transfer, note, other), 8, "a transfer's");
        }
    }
    for length in lengths(SENDER_RECORD_BYTES) {
        let record = byte_field(11, &[5; SENDER_RECORD_BYTES]);
        refused_field(
            &with_value(&transfer, &record, &byte_field(11, &vec![5; length])),
            11,
            "the record",
        );
    }
    let three = with_value(&transfer, &[8, 0x84], &[8, 0x83]);
    refused_field(&three, 8, "three outputs");
}

#[test]
fn a_days_a_numbers_and_a_remainders_bounds_hold_exactly() {
    let mut last = mint();
    last.body.issue_to = Day(u32::MAX);
    let last = last.encode();
    Entry::decode(&last).unwrap();
    let beyond = with_value(
        &last,
        &[14, 0x1a, 0xff, 0xff, 0xff, 0xff],
        &[14, 0x1b, 0, 0, 0, 1, 0, 0, 0, 0],
    );
    refused_field(&beyond, 14, "the day 2^32");

    let dilution = |remaining| {
        let body = DiluteBody {
            remaining,
            ..dilute_body()
        };
        Signed::sign(body, &origin(), &secret(5)).unwrap().encode()
    };
    let whole = dilution(RemainingPpb::WHOLE);
    Entry::decode(&whole).unwrap();
    Entry::decode(&dilution(RemainingPpb::new(0).unwrap())).unwrap();
    let more = with_value(
        &whole,
        &[2, 0x1a, 0x3b, 0x9a, 0xca, 0x00],
        &[2, 0x1a, 0x3b, 0x9a, 0xca, 0x01],
    );
    refused_field(&more, 2, "more than the whole");
    let none = with_value(&whole, &[&[1, 0x1b][..], &[0xff; 8]].concat(), &[1, 0]);
    refused_field(&none, 1, "the number 0");
}

#[test]
fn bounds_hold_exactly() {
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

#[test]
fn an_anchor_of_nothing_of_too_much_or_without_a_plain_purpose_is_refused() {
    let refused = |body: &AnchorBody, field: u8| {
        let entry = Signed::sign(body.clone(), &origin(), &secret(6)).unwrap();
        let found = Entry::decode(&entry.encode());
        assert!(
            matches!(found, Err(EntryError::Field { kind: EntryKind::Anchor, field: at, .. }) if at == field),
            "{found:?}"
        );
    };
    assert_eq!((ItemCount::new(0), ItemCount::new((1 << 40) + 1)), (None, None));
    assert_eq!(ItemCount::new(1 << 40), Some(ItemCount::MAX));
    let mut body = anchor_body();
    body.root = crate::log::empty_root();
    refused(&body, 2);
    for text in ["", " lot", "lot\n8", "lot\u{202e}8"] {
        assert_eq!(text.parse::<Purpose>(), Err(PurposeError), "{text:?}");
    }

    let bytes = Signed::sign(anchor_body(), &origin(), &secret(6)).unwrap().encode();
    assert_eq!(bytes[3..13], [0x01, 0x1b, 0, 0, 1, 0, 0, 0, 0, 0]);
    let with_count = |count: &[u8]| Entry::decode(&[&bytes[..4], count, &bytes[13..]].concat());
    for count in [&[0x00][..], &[0x1b, 0, 0, 1, 0, 0, 0, 0, 1]] {
        assert!(
            matches!(with_count(count), Err(EntryError::Field { field: 1, .. })),
            "{count:?}"
        );
    }
    assert!(with_count(&[0x01]).is_ok());
}

#[test]
fn a_deposit_at_the_modulus_is_refused_not_reduced() {
    let largest = Deposit {
        commitment: DepositCommitment::from_fr(-Fr::from(1u64)),
    };
    let mut bytes = Entry::Deposit(largest).encode();
    assert_eq!(Entry::decode(&bytes), Ok(Entry::Deposit(largest)));
    *bytes.last_mut().unwrap() += 1;
    assert!(matches!(
        Entry::decode(&bytes),
        Err(EntryError::Field {
            kind: EntryKind::Deposit,
            field: 1,
            ..
        })
    ));
}
