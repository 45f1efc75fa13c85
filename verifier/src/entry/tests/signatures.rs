use super::*;
use crate::log::KeyName;

#[test]
fn a_signature_serves_its_signer_its_log_and_its_body() {
    let enrol = Signed::sign(enrol_body(), &origin(), &secret(1)).unwrap();
    enrol.verify(&origin()).unwrap();
    let elsewhere = KeyName::new("other.example/log").unwrap();
    assert!(matches!(
        enrol.verify(&elsewhere),
        Err(EntryError::Signature {
            kind: EntryKind::Enrol,
            ..
        })
    ));

    let mut other_body = enrol.clone();
    other_body.body.revision += 1;
    assert!(other_body.verify(&origin()).is_err());
    let mut other_signer = enrol.clone();
    other_signer.body.registrar = Ed25519Key::of(&secret(2));
    assert!(other_signer.verify(&origin()).is_err());
    for bit in 0..512 {
        let mut other_signature = enrol.clone();
        other_signature.signature.0[bit / 8] ^= 1 << (bit % 8);
        assert!(other_signature.verify(&origin()).is_err(), "bit {bit}");
    }
}

#[test]
fn a_body_is_signed_only_by_the_key_it_names() {
    let refused = Signed::sign(lock_body(), &origin(), &secret(1)).unwrap_err();
    let (named, given) = (Ed25519Key::of(&secret(3)), Ed25519Key::of(&secret(1)));
    assert_eq!(
        refused,
        EntryError::WrongSigner {
            kind: EntryKind::Lock,
            named,
            given
        }
    );
}

#[test]
fn a_lock_is_signed_with_its_proof() {
    let mut lock = Signed::sign(lock_body(), &origin(), &secret(3)).unwrap();
    lock.verify(&origin()).unwrap();
    lock.body.proof[255] ^= 1;
    assert!(lock.verify(&origin()).is_err());
}

#[test]
fn a_transfer_is_consented_to_by_the_bank_it_names_and_no_other() {
    assert_eq!(transfer(None).verify_consent(&origin()), Ok(()));
    let consented = transfer(Some(3));
    assert_eq!(consented.verify_consent(&origin()), Ok(()));
    let mut unsigned = consented.clone();
    unsigned.bank_signature = None;
    let mut unnamed = consented.clone();
    unnamed.body.bank = None;
    let mut changed = consented.clone();
    changed.body.commitments.swap(0, 1);
    let mut other = consented.clone();
    other.bank_signature = Some(Transfer::consent(&other.body, &origin(), &secret(4)));
    for (what, forged) in [
        ("unsigned", unsigned),
        ("unnamed", unnamed),
        ("changed", changed),
        ("other", other),
    ] {
        assert!(forged.verify_consent(&origin()).is_err(), "{what}");
    }
    assert!(
        consented
            .verify_consent(&KeyName::new("another.example/log").unwrap())
            .is_err()
    );
}

/// One signed entry of each new kind, and what a signature for it must not serve.
#[test]
fn a_rotation_and_a_dilution_serve_one_log_one_kind_and_one_body() {
    let elsewhere = KeyName::new("other.example/log").unwrap();
    let registry = Signed::sign(registry_body(), &origin(), &secret(1)).unwrap();
    let dilute = Signed::sign(dilute_body(), &origin(), &secret(5)).unwrap();
    registry.verify(&origin()).unwrap();
    dilute.verify(&origin()).unwrap();
    assert!(registry.verify(&elsewhere).is_err() && dilute.verify(&elsewhere).is_err());
    let prefix = |kind: &str| alloc::format!("tradeseal/{kind}/v1\nledger.example/tradeseal\n").into_bytes();
    assert!(registry.signing_bytes(&origin()).starts_with(&prefix("registry")));
    assert!(dilute.signing_bytes(&origin()).starts_with(&prefix("dilute")));

    let mut later = registry.clone();
    later.body.revision += 1;
    let mut less = dilute.clone();
    less.body.remaining = RemainingPpb::new(0).unwrap();
    let mut another = dilute.clone();
    another.body.number = ReceivableNumber::new(1).unwrap();
    let mut stranger = dilute;
    stranger.body.dilution_key = Ed25519Key::of(&secret(6));
    assert!(later.verify(&origin()).is_err());
    for forged in [less, another, stranger] {
        assert!(forged.verify(&origin()).is_err(), "{:?}", forged.body);
    }
}

#[test]
fn a_lock_is_signed_with_the_dilutions_it_counts() {
    let mut lock = Signed::sign(lock_body(), &origin(), &secret(3)).unwrap();
    lock.body.dilution_root = DilutionRoot::from_fr(Fr::from(17u64));
    assert!(lock.verify(&origin()).is_err());
}
