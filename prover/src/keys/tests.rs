//! The registry keeps its promises: one key everywhere, nothing damaged is used, two writers do no harm.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use ark_std::rand::rngs::OsRng;
use tradeseal_verifier::groth16::{KeyId, Provenance};

use super::{BucketSets, KeyError, KeyRegistry, insecure_dev_setup};
use crate::progress::{Progress, Silent, State};
use crate::prove::prove;
use crate::test_circuit::{SquareConstraint, TwoNumbers};

/// Remembers what a task said.
#[derive(Default)]
struct Said {
    states: Vec<&'static str>,
    notices: Vec<String>,
}

impl Progress for Said {
    fn enter(&mut self, state: State) {
        self.states.push(state.name);
    }

    fn notice(&mut self, text: &str) {
        self.notices.push(text.to_owned());
    }
}

fn registry(folder: &Path) -> KeyRegistry {
    KeyRegistry::new(&folder.join("state"), Some(folder.join("cache")))
}

fn dev_key(registry: &KeyRegistry, said: &mut Said) -> KeyId {
    registry
        .insecure_dev_key(&TwoNumbers::pin(), TwoNumbers::blank_circuit(), said)
        .unwrap()
        .id()
}

fn cached_file(folder: &Path, extension: &str) -> PathBuf {
    let statement = folder.join("cache/receivable-disclosure-v1");
    let mut files = fs::read_dir(statement).unwrap().map(|entry| entry.unwrap().path());
    files
        .find(|path| path.extension().is_some_and(|found| found == extension))
        .unwrap()
}

/// Pinned: made by this code once, and the same on every machine ever since.
const PINNED_KEY_ID: &str = "86b7784f027603b3b889dc5772b84ca84ad2fd408d6894e8d266f8e53ddc6395";

#[test]
fn the_development_key_is_the_same_on_every_machine() {
    let key = insecure_dev_setup(&TwoNumbers::pin(), TwoNumbers::blank_circuit(), &mut Silent).unwrap();
    assert_eq!(key.id().to_string(), PINNED_KEY_ID);
    assert_eq!(key.record().provenance, Provenance::InsecureDev);
}

#[test]
fn another_circuit_digest_gives_another_key() {
    let mut other = TwoNumbers::pin();
    other.digest = tradeseal_circuits::CircuitDigest::from_bytes([2; 32]);
    let key = insecure_dev_setup(&other, TwoNumbers::blank_circuit(), &mut Silent).unwrap();
    assert_ne!(key.id().to_string(), PINNED_KEY_ID);
}

#[test]
fn a_development_key_is_made_once_and_shared_between_installations() {
    let folder = tempfile::tempdir().unwrap();
    let (mut first, mut second) = (Said::default(), Said::default());
    let made = dev_key(&registry(folder.path()), &mut first);
    let elsewhere = KeyRegistry::new(&folder.path().join("other state"), Some(folder.path().join("cache")));
    assert_eq!(dev_key(&elsewhere, &mut second), made);
    assert!(first.states.contains(&"making the development key"));
    assert!(second.states.is_empty() && second.notices.is_empty());
}

#[test]
fn without_a_cache_the_key_stays_in_the_state_folder() {
    let folder = tempfile::tempdir().unwrap();
    let registry = KeyRegistry::new(folder.path(), None);
    let key = dev_key(&registry, &mut Said::default());
    let statement = TwoNumbers::pin().statement;
    assert_eq!(registry.load(statement, key).unwrap().id(), key);
    assert!(
        folder
            .path()
            .join("development-keys/receivable-disclosure-v1")
            .join(format!("{key}.json"))
            .exists()
    );
}

#[test]
fn a_damaged_file_is_noticed_and_made_again() {
    for extension in ["pk", "vk", "json"] {
        let folder = tempfile::tempdir().unwrap();
        let registry = registry(folder.path());
        let made = dev_key(&registry, &mut Said::default());
        let path = cached_file(folder.path(), extension);
        let whole = fs::read(&path).unwrap();
        let mut damaged = whole.clone();
        damaged[whole.len() / 2] ^= 1;
        fs::write(&path, &damaged).unwrap();

        let statement = TwoNumbers::pin().statement;
        assert!(
            matches!(registry.load(statement, made), Err(KeyError::Damaged { .. })),
            "{extension}"
        );
        let mut said = Said::default();
        assert_eq!(dev_key(&registry, &mut said), made);
        assert!(
            said.notices[0].contains(&path.display().to_string()),
            "{:?}",
            said.notices
        );
        assert_eq!(fs::read(&path).unwrap(), whole);
    }
}

#[test]
fn a_missing_or_cut_proving_key_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let registry = registry(folder.path());
    let made = dev_key(&registry, &mut Said::default());
    let path = cached_file(folder.path(), "pk");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    assert_eq!(dev_key(&registry, &mut Said::default()), made);
    fs::remove_file(&path).unwrap();
    assert_eq!(dev_key(&registry, &mut Said::default()), made);
    assert_eq!(fs::read(&path).unwrap(), whole);
}

#[test]
fn many_writers_at_once_leave_one_whole_key() {
    let folder = tempfile::tempdir().unwrap();
    let ids: Vec<KeyId> = thread::scope(|scope| {
        let writers: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| dev_key(&registry(folder.path()), &mut Said::default())))
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    assert!(ids.iter().all(|id| *id == ids[0]));
    let mut said = Said::default();
    assert_eq!(dev_key(&registry(folder.path()), &mut said), ids[0]);
    assert!(said.notices.is_empty() && said.states.is_empty());
    let files = fs::read_dir(folder.path().join("cache/receivable-disclosure-v1"))
        .unwrap()
        .count();
    assert_eq!(files, 3, "pk, vk, json and no left-over");
}

#[test]
fn a_key_that_nobody_has_is_told_with_the_folders_searched() {
    let folder = tempfile::tempdir().unwrap();
    let refused = registry(folder.path())
        .load(TwoNumbers::pin().statement, KeyId::from_bytes([9; 32]))
        .unwrap_err();
    assert!(
        matches!(&refused, KeyError::Unknown { searched, .. } if searched.len() == 2),
        "{refused}"
    );
}

#[test]
fn a_verifying_key_loads_without_the_proving_key() {
    let folder = tempfile::tempdir().unwrap();
    let registry = registry(folder.path());
    let made = dev_key(&registry, &mut Said::default());
    fs::remove_file(cached_file(folder.path(), "pk")).unwrap();
    let (record, key) = registry.verifying_key(TwoNumbers::pin().statement, made).unwrap();
    assert_eq!((record.key_id, key.key_id()), (made, made));
}

#[test]
fn a_circuit_with_other_public_rows_than_its_statement_gets_no_key() {
    let mut pin = TwoNumbers::pin();
    pin.statement = tradeseal_verifier::statement::StatementId::RECEIVABLE_MINT_V2;
    let refused = insecure_dev_setup(&pin, TwoNumbers::blank_circuit(), &mut Silent).unwrap_err();
    assert!(
        matches!(
            refused,
            KeyError::PublicRows {
                expected: 16,
                got: 3,
                ..
            }
        ),
        "{refused}"
    );
}

#[test]
fn constraints_that_groth16_would_leave_unproven_are_refused() {
    let refused = insecure_dev_setup(&TwoNumbers::pin(), SquareConstraint, &mut Silent).unwrap_err();
    assert!(matches!(refused, KeyError::Circuit { .. }), "{refused}");
}

const NUMBERS: [u64; 2] = [3, 11];

fn prove_with(registry: &KeyRegistry, said: &mut Said) {
    let key = registry
        .insecure_dev_key(&TwoNumbers::pin(), TwoNumbers::blank_circuit(), said)
        .unwrap();
    let rows = TwoNumbers::true_rows(NUMBERS);
    prove::<TwoNumbers>(&key, &rows, &NUMBERS, &mut OsRng, said).unwrap();
}

#[test]
fn the_provers_tables_are_built_once_and_read_ever_after() {
    let folder = tempfile::tempdir().unwrap();
    let (mut first, mut second) = (Said::default(), Said::default());
    prove_with(&registry(folder.path()), &mut first);
    prove_with(&registry(folder.path()), &mut second);
    assert!(first.states.contains(&"building the prover's tables"));
    assert!(!second.states.contains(&"building the prover's tables"));
    assert!(second.notices.is_empty(), "{:?}", second.notices);
}

#[test]
fn damaged_tables_are_noticed_and_made_again() {
    let folder = tempfile::tempdir().unwrap();
    prove_with(&registry(folder.path()), &mut Said::default());
    let path = cached_file(folder.path(), "tables");
    let whole = fs::read(&path).unwrap();
    let (head, middle, end) = (100, whole.len() / 2, whole.len() - 1);
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };
    let longer = [&whole[..], &[0]].concat();
    for damaged in [
        flipped(head),
        flipped(middle),
        flipped(end),
        whole[..end].to_vec(),
        longer,
    ] {
        fs::write(&path, damaged).unwrap();
        let mut said = Said::default();
        prove_with(&registry(folder.path()), &mut said);
        assert!(said.notices[0].contains("is damaged"), "{:?}", said.notices);
        assert_eq!(fs::read(&path).unwrap(), whole);
    }
}

#[test]
fn tables_of_another_key_or_setting_are_replaced_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    prove_with(&registry(folder.path()), &mut Said::default());
    let path = cached_file(folder.path(), "tables");
    let whole = fs::read(&path).unwrap();
    let mut of_another_key = whole.clone();
    of_another_key[40] ^= 1;
    fs::write(&path, of_another_key).unwrap();
    let mut said = Said::default();
    prove_with(&registry(folder.path()), &mut said);
    assert!(said.notices.is_empty() && fs::read(&path).unwrap() == whole);

    let two = BucketSets::new(2.try_into().unwrap());
    prove_with(&registry(folder.path()).with_bucket_sets(two), &mut said);
    assert!(said.notices.is_empty() && fs::read(&path).unwrap().len() < whole.len());
}
