use super::super::{
    Checkpoint, Cosigner, CosignerKey, KeyName, LogError, LogHash, LogKey, MAX_COSIGNATURE_TIME, MAX_NOTE_SIGNATURES,
    NoteSignature, SignedCheckpoint,
};
use super::{ORIGIN, entries, signed_checkpoint, signer};
use alloc::format;
use alloc::string::ToString;
use ed25519_dalek::SigningKey;
use tradeseal_primitives::receivable::UnixSeconds;

const COURT: &str = "witness.example/court";
const TIME: UnixSeconds = UnixSeconds(1_679_315_147);

fn cosigner(name: &str, seed: u8) -> Cosigner {
    Cosigner::new(KeyName::new(name).unwrap(), SigningKey::from_bytes(&[seed; 32])).unwrap()
}

fn checkpoint() -> SignedCheckpoint {
    signed_checkpoint(&entries(3), &signer(ORIGIN, 1))
}

fn cosigned(cosigner: &Cosigner, time: UnixSeconds) -> SignedCheckpoint {
    let checkpoint = checkpoint();
    let line = cosigner.cosign(checkpoint.unchecked_checkpoint(), time).unwrap();
    checkpoint.with_signature(line).unwrap()
}

/// Made by `aics-tlog` 0.2.1 (PyPI), another implementation of the specification, with the keys 32 times 1 and 32 times 7.
#[test]
fn a_cosigned_checkpoint_made_by_another_implementation_verifies_and_is_made_here_byte_for_byte() {
    let vkey = "witness.example/court+6fa09d27+BOpKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs";
    let text = "ledger.example/tradeseal\n3\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n\
        — ledger.example/tradeseal HSjOEtN8qcYlUIx8JmT3WX/lh+V4WEW9twFCqJAhR0NlmDv1T1EIwbaDzRax6OxM9n9+cVUbQxJd/AcZmZcF0YODigE=\n\
        — witness.example/court b6CdJwAAAABkGFDLBkmCES6Rx8Yea1O1U8eFsOI3IN0wCaWdwNuDgIggAj3KY/CqHJHZ+X/5cd+JyxHShyfc/YIidwbERCKh95slAg==\n";
    let keys = [CosignerKey::parse(vkey).unwrap()];
    let read = SignedCheckpoint::parse(text).unwrap();
    read.verify(&[signer(ORIGIN, 1).key().clone()]).unwrap();
    let cosignatures = read.cosignatures(&keys).unwrap();
    assert_eq!((cosignatures.len(), cosignatures[0].time), (1, TIME));

    let ours = cosigner(COURT, 7);
    assert_eq!(ours.key().to_string(), vkey);
    let root = LogHash(core::array::from_fn(|i| u8::try_from(i).unwrap()));
    let checkpoint = SignedCheckpoint::sign(Checkpoint::new(ORIGIN, 3, root).unwrap(), &signer(ORIGIN, 1)).unwrap();
    let line = ours.cosign(checkpoint.unchecked_checkpoint(), TIME).unwrap();
    assert_eq!(checkpoint.with_signature(line).unwrap().to_string(), text);
}

#[test]
fn a_cosigner_key_and_a_log_key_of_one_name_and_key_have_different_ids_and_neither_reads_as_the_other() {
    let (log, witness) = (signer(COURT, 7).key().clone(), cosigner(COURT, 7).key().clone());
    assert_eq!(log.public_key(), witness.public_key());
    assert_ne!(log.id(), witness.id());
    let refused = CosignerKey::parse(&log.to_string());
    assert!(matches!(
        refused,
        Err(LogError::KeyType {
            found: 1,
            expected: 4,
            ..
        })
    ));
    let refused = LogKey::parse(&witness.to_string());
    assert!(matches!(
        refused,
        Err(LogError::KeyType {
            found: 4,
            expected: 1,
            ..
        })
    ));
}

#[test]
fn a_post_quantum_cosigner_key_is_refused_naming_its_type() {
    let vkey = "witness.example/court+6fa09d27+BupKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs";
    let refused = CosignerKey::parse(vkey).unwrap_err();
    assert!(refused.to_string().contains("0x06"), "{refused}");
}

#[test]
fn a_cosignature_verifies_for_its_own_checkpoint_time_name_and_key_only() {
    let court = cosigner(COURT, 7);
    let (key, note) = (court.key().clone(), cosigned(&court, TIME));
    let line = note.note().signatures()[1].clone();
    assert_eq!(key.verify(note.unchecked_checkpoint(), &line), Ok(TIME));

    let larger = signed_checkpoint(&entries(4), &signer(ORIGIN, 1));
    assert!(key.verify(larger.unchecked_checkpoint(), &line).is_err());
    let extended = Checkpoint::parse(&format!("{}an extension\n", note.unchecked_checkpoint())).unwrap();
    assert!(key.verify(&extended, &line).is_err());
    for at in 0..line.signature().len() {
        let mut bytes = line.signature().to_vec();
        bytes[at] ^= 1;
        let changed = NoteSignature::new(line.name().clone(), line.key_id(), bytes).unwrap();
        assert!(key.verify(note.unchecked_checkpoint(), &changed).is_err(), "byte {at}");
    }
    for length in [1, 7, 8, 64, 71, 73] {
        let mut bytes = line.signature().to_vec();
        bytes.resize(length, 0);
        let changed = NoteSignature::new(line.name().clone(), line.key_id(), bytes).unwrap();
        assert!(
            key.verify(note.unchecked_checkpoint(), &changed).is_err(),
            "length {length}"
        );
    }
    for other in [cosigner(COURT, 8), cosigner("witness.example/notary", 7)] {
        assert!(other.key().verify(note.unchecked_checkpoint(), &line).is_err());
    }
}

#[test]
fn the_logs_plain_signature_is_no_cosignature_even_by_a_witness_of_the_same_key() {
    let (log, same) = (signer(ORIGIN, 1), cosigner(ORIGIN, 1));
    let checkpoint = checkpoint();
    assert_eq!(checkpoint.cosignatures(&[same.key().clone()]).unwrap(), []);
    // A cosignature's bytes under the log's key id do not verify as the log's signature either.
    let line = same.cosign(checkpoint.unchecked_checkpoint(), TIME).unwrap();
    let disguised =
        NoteSignature::new(log.key().name().clone(), log.key().id(), line.signature()[8..].to_vec()).unwrap();
    let disguised = checkpoint.with_signature(disguised).unwrap();
    assert!(matches!(
        disguised.verify(&[log.key().clone()]),
        Err(LogError::Signature { .. })
    ));
}

#[test]
fn a_time_of_2_to_63_is_neither_signed_nor_accepted() {
    let court = cosigner(COURT, 7);
    let note = cosigned(&court, MAX_COSIGNATURE_TIME);
    let keys = [court.key().clone()];
    assert_eq!(note.cosignatures(&keys).unwrap()[0].time, MAX_COSIGNATURE_TIME);
    let late = UnixSeconds(1 << 63);
    assert!(court.cosign(note.unchecked_checkpoint(), late).is_err());
    let message = format!("cosignature/v1\ntime {}\n{}", late.0, note.unchecked_checkpoint());
    let secret = SigningKey::from_bytes(&[7; 32]);
    let signature = ed25519_dalek::Signer::sign(&secret, message.as_bytes()).to_bytes();
    let bytes = [&late.0.to_be_bytes()[..], &signature].concat();
    let line = NoteSignature::new(court.key().name().clone(), court.key().id(), bytes).unwrap();
    assert!(court.key().verify(note.unchecked_checkpoint(), &line).is_err());
}

#[test]
fn lines_by_unknown_witnesses_are_ignored_and_a_failing_or_repeated_line_of_a_known_one_condemns_the_note() {
    let (court, stranger) = (cosigner(COURT, 7), cosigner("stranger.example", 9));
    let note = cosigned(&court, TIME);
    let id = stranger.key().id();
    let forged = NoteSignature::new(stranger.key().name().clone(), id, [3; 72].to_vec()).unwrap();
    let note = note.with_signature(forged).unwrap();
    let known = [court.key().clone()];
    assert_eq!(note.cosignatures(&known).unwrap().len(), 1);
    let both = [court.key().clone(), stranger.key().clone()];
    let name = stranger.key().name().clone();
    assert_eq!(note.cosignatures(&both), Err(LogError::Signature { name, id }));

    let twice = note.to_string() + &court.cosign(note.unchecked_checkpoint(), TIME).unwrap().to_string() + "\n";
    let twice = SignedCheckpoint::parse(&twice).unwrap();
    assert!(matches!(
        twice.cosignatures(&known),
        Err(LogError::SignatureRepeated { .. })
    ));
}

#[test]
fn a_newer_cosignature_takes_the_place_of_an_older_one_and_a_full_note_takes_no_more() {
    let court = cosigner(COURT, 7);
    let note = cosigned(&court, TIME);
    let later = UnixSeconds(TIME.0 + 1);
    let line = court.cosign(note.unchecked_checkpoint(), later).unwrap();
    let note = note.with_signature(line).unwrap();
    assert_eq!(note.note().signatures().len(), 2);
    assert_eq!(note.cosignatures(&[court.key().clone()]).unwrap()[0].time, later);

    let add = |note: SignedCheckpoint, index: usize| {
        let witness = cosigner(&format!("witness{index}.example"), u8::try_from(index + 10).unwrap());
        let line = witness.cosign(note.unchecked_checkpoint(), TIME).unwrap();
        note.with_signature(line)
    };
    let full = (2..MAX_NOTE_SIGNATURES).fold(note, |note, index| add(note, index).unwrap());
    assert!(add(full, MAX_NOTE_SIGNATURES).is_err());
}

#[test]
fn a_witness_secret_is_not_in_its_debug_text() {
    let shown = format!("{:?}", cosigner(COURT, 0xAB));
    assert!(shown.contains(COURT) && !shown.contains("171, 171") && !shown.contains("abab"));
}
