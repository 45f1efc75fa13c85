use super::super::{Checkpoint, LogError, LogHash, SignedCheckpoint, TlogProof, leaf_hash};
use super::{ORIGIN, entries, signed_checkpoint, signer, tlog_proof};

#[test]
fn a_checkpoint_keeps_its_extension_lines_and_its_bytes() {
    let root = leaf_hash(b"entry");
    let text = format!("{ORIGIN}\n1\n{root}\nany thing\nmore\n");
    let read = Checkpoint::parse(&text).unwrap();
    assert_eq!((read.origin(), read.size(), read.root()), (ORIGIN, 1, &root));
    assert_eq!(read.extensions(), ["any thing", "more"]);
    assert_eq!(read.to_string(), text);
}

#[test]
fn checkpoints_in_any_other_form_are_refused() {
    let root = leaf_hash(b"entry").to_string();
    for size in ["", "01", "+1", "-1", " 1", "1 ", "1_0", "0x1", "18446744073709551616"] {
        let refused = Checkpoint::parse(&format!("{ORIGIN}\n{size}\n{root}\n"));
        assert!(
            matches!(
                refused,
                Err(LogError::Number {
                    what: "checkpoint size",
                    ..
                })
            ),
            "{size:?}"
        );
    }
    for size in ["0", "18446744073709551615"] {
        Checkpoint::parse(&format!("{ORIGIN}\n{size}\n{root}\n")).unwrap();
    }
    let (unpadded, short) = (root.trim_end_matches('='), &root[4..]);
    for refused in [
        String::new(),
        format!("{ORIGIN}\n1\n"),
        format!("{ORIGIN}\n1\n{root}"),
        format!("\n1\n{root}\n"),
        format!("{ORIGIN}\n1\n{root}\n\n"),
        format!("{ORIGIN}\n1\n{root}\n\nextension\n"),
        format!("{ORIGIN}\n1\n{unpadded}\n"),
        format!("{ORIGIN}\n1\n{short}\n"),
        format!("{ORIGIN}\r\n1\n{root}\n"),
    ] {
        assert!(Checkpoint::parse(&refused).is_err(), "{refused:?}");
    }
}

#[test]
fn base64_with_stray_final_bits_is_refused() {
    let root = LogHash([0; 32]).to_string();
    assert!(root.ends_with("A="));
    let stray = root[..42].to_string() + "B=";
    assert_eq!(
        LogHash::from_base64("root", &stray),
        Err(LogError::Base64 { what: "root" })
    );
}

#[test]
fn a_trusted_key_of_another_log_does_not_vouch_for_this_one() {
    let (ours, other) = (signer(ORIGIN, 1), signer("other.example/log", 2));
    let checkpoint = signed_checkpoint(&entries(3), &ours);
    checkpoint.verify(&[ours.key().clone()]).unwrap();
    let note = other.sign(checkpoint.unchecked_checkpoint().to_string()).unwrap();
    let foreign = SignedCheckpoint::parse(&note.to_string()).unwrap();
    let refused = foreign.verify(&[ours.key().clone(), other.key().clone()]);
    assert_eq!(
        refused,
        Err(LogError::NoTrustedSignature {
            lines: 1,
            origin: ORIGIN.into()
        })
    );
    assert!(SignedCheckpoint::sign(checkpoint.unchecked_checkpoint().clone(), &other).is_err());
}

#[test]
fn a_proof_verifies_its_entry_and_is_read_back_byte_for_byte() {
    let (log, signer) = (entries(21), signer(ORIGIN, 1));
    for index in 0..log.len() {
        let text = tlog_proof(&log, index, &signer).to_string();
        let proof = TlogProof::parse(&text).unwrap();
        assert_eq!(proof.to_string(), text);
        let verified = proof.verify(&log[index], &[signer.key().clone()]).unwrap();
        assert_eq!((verified.index, verified.checkpoint.size()), (index as u64, 21));
        assert!(proof.verify(b"another entry", &[signer.key().clone()]).is_err());
        assert!(proof.verify(&log[index], &[]).is_err());
    }
}

#[test]
fn a_proof_that_has_any_one_byte_changed_no_longer_reads_or_no_longer_verifies() {
    let (log, signer) = (entries(11), signer(ORIGIN, 1));
    let (text, keys) = (tlog_proof(&log, 6, &signer).to_string(), [signer.key().clone()]);
    for at in 0..text.len() {
        for flip in [0x01, 0x04, 0x20] {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= flip;
            let Ok(changed) = String::from_utf8(bytes) else {
                continue;
            };
            let accepted = TlogProof::parse(&changed).and_then(|proof| proof.verify(&log[6], &keys));
            assert!(accepted.is_err(), "byte {at} ^ {flip:#x}");
        }
    }
}

#[test]
fn extra_data_is_kept_bounded_and_told_apart() {
    let (log, signer) = (entries(2), signer(ORIGIN, 1));
    let text = tlog_proof(&log, 1, &signer).to_string();
    assert_eq!(TlogProof::parse(&text).unwrap().extra(), None);
    let with = |extra: &str| text.replacen("\nindex", &format!("\nextra {extra}\nindex"), 1);
    let read = TlogProof::parse(&with("aGVsbG8=")).unwrap();
    assert_eq!(read.extra(), Some(&b"hello"[..]));
    assert_eq!(read.to_string(), with("aGVsbG8="));
    read.verify(&log[1], &[signer.key().clone()]).unwrap();
    for refused in ["", "aGVsbG8", "aGVsbG9=", &"AAAA".repeat(16 * 1024 / 3 + 1)] {
        assert!(TlogProof::parse(&with(refused)).is_err());
    }
}

#[test]
fn proofs_in_any_other_form_are_refused() {
    let (log, signer) = (entries(5), signer(ORIGIN, 1));
    let text = tlog_proof(&log, 4, &signer).to_string();
    for (from, to) in [
        ("@v1\n", "@v2\n"),
        ("@v1\n", "@v1\n\n"),
        ("index 4", "index 04"),
        ("index 4", "index  4"),
        ("index 4", "Index 4"),
        ("index 4", "index 4\r"),
        ("index 4\n", ""),
        ("index 4\n", "index 4\nindex 4\n"),
        ("\n\n", "\n\n\n"),
    ] {
        let refused = text.replacen(from, to, 1);
        assert_ne!(refused, text);
        assert!(TlogProof::parse(&refused).is_err(), "{refused}");
    }
    assert!(TlogProof::parse(text.trim_end()).is_err());
    assert!(TlogProof::parse(&format!("{text}\n")).is_err());
    assert!(TlogProof::parse(&"x".repeat(300_000)).is_err());
}
