//! A ceremony's key is imported, proves, and is exported again; everything else is refused with its reason.

mod attacks;
mod dealer;

use std::io::Cursor;

use ark_ff::UniformRand;
use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;
use sha2::{Digest, Sha256};
use tradeseal_circuits::Statement;
use tradeseal_primitives::Fr;
use tradeseal_verifier::groth16::{Provenance, TranscriptDigest};

use super::{CheckedZkey, ZkeyError, check_zkey, section, zkey};
use crate::files::{Powers, circuit_digest};
use crate::keys::{CircuitPin, KeyRegistry, insecure_dev_setup};
use crate::progress::Silent;
use crate::prove::prove;
use crate::reference::prove_with_ark_groth16;
use crate::test_circuit::TwoNumbers;
use dealer::{Secret, Secrets, Sections};

const BEACON: &[u8] = b"the hash of a block that was named before it existed";

fn pin() -> CircuitPin {
    CircuitPin {
        statement: TwoNumbers::ID,
        digest: circuit_digest::<TwoNumbers>().unwrap(),
    }
}

/// Two people and a beacon.
fn ceremony(seed: u64) -> (Secrets, Sections) {
    let rng = &mut StdRng::seed_from_u64(seed);
    let secrets = Secrets::random(rng);
    let contributions = [
        Secret::Private(Fr::rand(rng)),
        Secret::Private(Fr::rand(rng)),
        Secret::Beacon(BEACON, 4),
    ];
    let key = secrets.zkey::<TwoNumbers>(&contributions, rng);
    (secrets, key)
}

fn powers(file: &[u8]) -> Result<Powers, crate::files::PtauError> {
    Powers::read(&mut Cursor::new(file), 8, &mut StdRng::seed_from_u64(3))
}

fn check(file: &[u8], powers: Option<&Powers>) -> Result<CheckedZkey, ZkeyError> {
    check_zkey::<TwoNumbers>(&pin(), file, powers, &mut StdRng::seed_from_u64(2), &mut Silent)
}

#[test]
fn a_ceremonys_key_is_kept_proves_and_names_its_transcript() {
    let (secrets, mut key) = ceremony(1);
    let powers = powers(&secrets.ptau(4).file_as(super::super::ptau::KIND)).unwrap();
    let checked = check(&key.file(), Some(&powers)).unwrap();
    assert!(checked.is_bound_to_powers());
    let names: Vec<_> = checked.contributions().iter().map(|one| one.name.as_deref()).collect();
    assert_eq!(names, [Some("participant 0"), Some("participant 1"), None]);
    let beacon = checked.contributions()[2].beacon.as_ref().unwrap();
    assert_eq!((&beacon.value[..], beacon.exponent), (BEACON, 4));

    let folder = tempfile::tempdir().unwrap();
    let registry = KeyRegistry::new(folder.path(), None);
    let numbers = [3, 11];
    let rows = TwoNumbers::true_rows(numbers);
    let rng = &mut StdRng::seed_from_u64(5);
    let kept = registry
        .import_ceremony::<TwoNumbers>(checked, (&rows, &numbers), rng, &mut Silent)
        .unwrap();
    let transcript = TranscriptDigest(Sha256::digest(key.get(section::CONTRIBUTIONS)).into());
    assert_eq!(kept.record().provenance, Provenance::Ceremony { transcript });
    assert_eq!(registry.ceremony_keys(&pin()).unwrap(), [kept.record().clone()]);

    let loaded = registry.load(TwoNumbers::ID, kept.id()).unwrap();
    let generator = || StdRng::seed_from_u64(6);
    let ours = prove::<TwoNumbers>(&loaded, &rows, &numbers, &mut generator(), &mut Silent).unwrap();
    let arks = prove_with_ark_groth16::<TwoNumbers>(&loaded, &rows, &numbers, &mut generator()).unwrap();
    assert_eq!(ours.proof, arks.proof);

    // Exported again it is the same key: the same checks hold of it, powers of tau included.
    let transcript = registry.transcript(kept.record()).unwrap();
    let exported = zkey::<TwoNumbers>(&loaded, transcript.as_deref()).unwrap();
    assert_eq!(exported.len(), key.file().len());
    let again = check(&exported, Some(&powers)).unwrap();
    assert_eq!(again.proving_key, *loaded.proving_key());
}

#[test]
fn without_powers_of_tau_the_key_says_that_it_is_not_bound_to_any() {
    let (_, key) = ceremony(1);
    assert!(!check(&key.file(), None).unwrap().is_bound_to_powers());
}

#[test]
fn a_changed_transcript_on_disk_is_noticed() {
    let (_, key) = ceremony(1);
    let folder = tempfile::tempdir().unwrap();
    let registry = KeyRegistry::new(folder.path(), None);
    let (rows, rng) = (TwoNumbers::true_rows([3, 11]), &mut StdRng::seed_from_u64(5));
    let checked = check(&key.file(), None).unwrap();
    let kept = registry
        .import_ceremony::<TwoNumbers>(checked, (&rows, &[3, 11]), rng, &mut Silent)
        .unwrap();
    let path = folder
        .path()
        .join(format!("keys/receivable-disclosure-v1/{}.transcript", kept.id()));
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[70] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let refused = registry.transcript(kept.record()).unwrap_err();
    assert!(refused.to_string().contains("provenance"), "{refused}");
}

#[test]
fn a_development_key_is_exported_and_refused_as_a_ceremonys() {
    let key = insecure_dev_setup(&pin(), TwoNumbers::blank_circuit(), &mut Silent).unwrap();
    let exported = zkey::<TwoNumbers>(&key, None).unwrap();
    let refused = check(&exported, None).unwrap_err();
    // Its gamma is random, as ark-groth16 makes it; a ceremony's is the generator.
    assert!(matches!(refused, ZkeyError::Gamma), "{refused}");
}
