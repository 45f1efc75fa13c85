use super::super::{KeyName, LogError, LogKey, NoteSignature, SignedNote};
use super::{ORIGIN, signer};
use base64::{Engine as _, engine::general_purpose::STANDARD};

const TEXT: &str = "first line\n\nthird line\n";

fn note() -> SignedNote {
    signer(ORIGIN, 1).sign(TEXT.to_string()).unwrap()
}

fn with_line(note: &SignedNote, line: NoteSignature) -> SignedNote {
    let mut lines = note.signatures().to_vec();
    lines.push(line);
    SignedNote::new(note.text().to_string(), lines).unwrap()
}

#[test]
fn a_note_is_read_back_byte_for_byte_and_verifies() {
    let text = note().to_string();
    let read = SignedNote::parse(&text).unwrap();
    assert_eq!(read.text(), TEXT);
    assert_eq!(read.to_string(), text);
    let keys = [signer(ORIGIN, 2).key().clone(), signer(ORIGIN, 1).key().clone()];
    assert_eq!(read.verify(&keys).unwrap(), [&keys[1]]);
}

#[test]
fn a_line_by_an_unknown_key_is_ignored_and_one_by_a_known_key_that_fails_condemns_the_note() {
    let (known, stranger) = (signer(ORIGIN, 1), signer("stranger.example", 3));
    let forged = NoteSignature::new(stranger.key().name().clone(), stranger.key().id(), vec![7; 64]).unwrap();
    let note = with_line(&note(), forged);
    assert_eq!(note.verify(&[known.key().clone()]).unwrap(), [known.key()]);
    let keys = [known.key().clone(), stranger.key().clone()];
    let (name, id) = (stranger.key().name().clone(), stranger.key().id());
    assert_eq!(note.verify(&keys), Err(LogError::Signature { name, id }));
}

#[test]
fn a_known_key_that_signs_twice_and_a_note_nobody_known_signed_are_refused() {
    let key = signer(ORIGIN, 1).key().clone();
    let twice = with_line(&note(), note().signatures()[0].clone());
    let (name, id) = (key.name().clone(), key.id());
    assert_eq!(twice.verify(&[key]), Err(LogError::SignatureRepeated { name, id }));
    let stranger = signer(ORIGIN, 9).key().clone();
    let refused = Err(LogError::NoTrustedSignature {
        lines: 1,
        origin: "first line".into(),
    });
    assert_eq!(note().verify(&[stranger]), refused);
    assert_eq!(note().verify(&[]), refused);
}

#[test]
fn a_note_that_has_any_one_byte_changed_no_longer_reads_or_no_longer_verifies() {
    let (text, keys) = (note().to_string(), [signer(ORIGIN, 1).key().clone()]);
    for at in 0..text.len() {
        for flip in [0x01, 0x20, 0x80] {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= flip;
            let Ok(changed) = String::from_utf8(bytes) else {
                continue;
            };
            let accepted = SignedNote::parse(&changed).and_then(|note| note.verify(&keys).map(|_| ()));
            assert!(accepted.is_err(), "byte {at} ^ {flip:#x}");
        }
    }
}

#[test]
fn sixteen_post_quantum_lines_are_read_and_thirty_three_lines_are_not() {
    let line = |i: usize| {
        let name = KeyName::new(&format!("witness{i}.example")).unwrap();
        NoteSignature::new(name, super::super::NoteKeyId([0; 4]), vec![5; 4900]).unwrap()
    };
    let note = (0..16).fold(note(), |note, i| with_line(&note, line(i)));
    assert_eq!(SignedNote::parse(&note.to_string()).unwrap(), note);
    let short = note.signatures()[0].to_string() + "\n";
    let many = |lines: usize| format!("{TEXT}\n{}", short.repeat(lines));
    SignedNote::parse(&many(32)).unwrap();
    assert!(matches!(SignedNote::parse(&many(33)), Err(LogError::Malformed { .. })));
    assert!(matches!(
        SignedNote::parse(&"a".repeat(200_000)),
        Err(LogError::TooLong { .. })
    ));
}

#[test]
fn notes_in_any_other_form_are_refused() {
    let line = note().signatures()[0].to_string();
    let unpadded = line.trim_end_matches('=').to_string();
    for refused in [
        String::new(),
        TEXT.to_string(),
        format!("{TEXT}\n"),
        format!("{TEXT}{line}\n"),
        format!("{TEXT}\n{line}"),
        format!("{TEXT}\n{line}\n\n"),
        format!("{TEXT}\n{line}\r\n"),
        format!("{TEXT}\n{line} \n"),
        format!("{TEXT}\n {line}\n"),
        format!("{TEXT}\n{}\n", line.replace('—', "-")),
        format!("{TEXT}\n{unpadded}\n"),
        format!("{TEXT}\n— {ORIGIN} AAAAAA==\n"),
        format!("{TEXT}\n— {ORIGIN} AAAA\n"),
        format!("{TEXT}\n—  {}\n", STANDARD.encode([1u8; 68])),
        format!("a\ttab\n\n{line}\n"),
        format!("\n{line}\n"),
    ] {
        assert!(SignedNote::parse(&refused).is_err(), "{refused:?}");
    }
}

#[test]
fn a_verifier_key_has_one_text_and_that_text_must_agree_with_itself() {
    let key = signer(ORIGIN, 1).key().clone();
    let text = key.to_string();
    assert_eq!(LogKey::parse(&text).unwrap(), key);
    let parts: Vec<&str> = text.splitn(3, '+').collect();
    let (name, id, base64) = (parts[0], parts[1], parts[2]);
    assert!(matches!(
        LogKey::parse(&format!("other+{id}+{base64}")),
        Err(LogError::KeyIdMismatch { .. })
    ));
    assert!(matches!(
        LogKey::parse(&format!("{name}+00000000+{base64}")),
        Err(LogError::KeyIdMismatch { .. })
    ));
    let mut cosigner = STANDARD.decode(base64).unwrap();
    cosigner[0] = 4;
    let cosigner = format!("{name}+{id}+{}", STANDARD.encode(&cosigner));
    assert!(matches!(
        LogKey::parse(&cosigner),
        Err(LogError::KeyType { found: 4, .. })
    ));
    for refused in [
        "",
        "a",
        "a+b",
        &format!("{name}+{}+{base64}", id.to_uppercase().replace(char::is_numeric, "A")),
    ] {
        assert!(LogKey::parse(refused).is_err(), "{refused}");
    }
    assert!(LogKey::parse(&format!("{text} ")).is_err());
}

#[test]
fn a_key_of_small_order_is_refused() {
    let mut identity = [0u8; 32];
    identity[0] = 1;
    let name = KeyName::new(ORIGIN).unwrap();
    assert_eq!(LogKey::new(name.clone(), &identity), Err(LogError::PublicKey { name }));
}

#[test]
fn key_names_with_spaces_plus_signs_or_control_characters_are_refused() {
    for name in ["", "a b", "a\u{a0}b", "a+b", "a\nb", &"a".repeat(256)] {
        assert!(matches!(KeyName::new(name), Err(LogError::Name { .. })), "{name:?}");
    }
    KeyName::new("città.example/log").unwrap();
}
