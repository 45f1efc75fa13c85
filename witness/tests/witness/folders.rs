//! A log witness's folder: what is missing, foreign, exposed or damaged is refused, and says what to do.

use crate::fixture::*;
use ed25519_dalek::SigningKey;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tempfile::tempdir;
use tradeseal_verifier::log::{CosignerKey, KeyName, LogSigner};
use tradeseal_witness::{LogAdded, Refusal, SystemClock, Witness, WitnessError, add_log, verifier_key};

fn reopen(folder: &Path) -> Result<Witness, WitnessError> {
    Witness::open(folder, Box::new(SystemClock))
}

fn log_key(origin: &str, seed: u8) -> tradeseal_verifier::log::LogKey {
    let secret = SigningKey::from_bytes(&[seed; 32]);
    LogSigner::new(KeyName::new(origin).unwrap(), secret)
        .unwrap()
        .key()
        .clone()
}

/// The error, where a log witness itself has no text.
fn refused(outcome: Result<Witness, WitnessError>) -> WitnessError {
    outcome.err().expect("it opened")
}

#[test]
fn a_log_witness_comes_back_with_its_key_and_what_it_cosigned() {
    let (folder, log) = (tempdir().unwrap(), Log::of(9));
    let key: CosignerKey = {
        let witness = open(folder.path());
        witness.add_checkpoint(&log.body(0, 5)).unwrap();
        witness.key().clone()
    };
    for _ in 0..3 {
        let witness = reopen(folder.path()).unwrap();
        assert_eq!(*witness.key(), key);
        assert_eq!(
            witness.add_checkpoint(&log.body(0, 9)),
            Err(Refusal::WrongOldSize { cosigned: 5 })
        );
        witness.add_checkpoint(&log.body(5, 5)).unwrap();
    }
    let head = reopen(folder.path()).unwrap().logs().unwrap()[0].1.clone().unwrap();
    assert_eq!(
        (head.size, head.root, head.checkpoint),
        (5, log.root(5), log.checkpoint(5).to_string())
    );
}

#[test]
fn key_and_folder_are_its_users_only_and_an_exposed_key_is_refused() {
    let folder = tempdir().unwrap();
    let inner = folder.path().join("a").join("b");
    drop(open(&inner));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let key = inner.join("key");
    assert_eq!((mode(&inner), mode(&key)), (0o700, 0o600));
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(
        refused(reopen(&inner)),
        WitnessError::KeyExposed { mode: 0o640, .. }
    ));
}

#[test]
fn two_processes_or_two_openings_of_one_folder_exclude_each_other() {
    let folder = tempdir().unwrap();
    let first = open(folder.path());
    // Its verifier key can be read all the same.
    assert_eq!(verifier_key(folder.path()).unwrap(), *first.key());
    assert!(matches!(refused(reopen(folder.path())), WitnessError::InUse(_)));
    drop(first);
    reopen(folder.path()).unwrap();
}

#[test]
fn a_folder_without_a_log_witness_or_with_another_is_not_taken_for_it() {
    let folder = tempdir().unwrap();
    assert!(matches!(refused(reopen(folder.path())), WitnessError::NotCreated(_)));
    assert!(matches!(
        add_log(folder.path(), &log_key("a.example", 2)),
        Err(WitnessError::NotCreated(_))
    ));
    drop(open(folder.path()));
    let other = Witness::open_or_create(folder.path(), &name("notary"), Box::new(SystemClock));
    assert!(matches!(refused(other), WitnessError::OtherName { .. }));
}

#[test]
fn a_key_whose_history_is_gone_never_signs_again() {
    let folder = tempdir().unwrap();
    drop(open(folder.path()));
    fs::remove_file(folder.path().join("history")).unwrap();
    for outcome in [
        reopen(folder.path()),
        Witness::open_or_create(folder.path(), &name("court"), Box::new(SystemClock)),
    ] {
        assert!(matches!(refused(outcome), WitnessError::HistoryLost(_)));
    }
}

#[test]
fn a_history_does_not_get_another_key() {
    let (folder, other) = (tempdir().unwrap(), tempdir().unwrap());
    open(folder.path()).add_checkpoint(&Log::of(1).body(0, 1)).unwrap();
    drop(open(other.path()));
    fs::remove_file(folder.path().join("key")).unwrap();
    let again = || Witness::open_or_create(folder.path(), &name("court"), Box::new(SystemClock));
    assert!(matches!(refused(again()), WitnessError::KeyLost { .. }));
    assert!(matches!(refused(reopen(folder.path())), WitnessError::KeyLost { .. }));
    fs::copy(other.path().join("key"), folder.path().join("key")).unwrap();
    assert!(matches!(refused(again()), WitnessError::HistoryOfOtherKey { .. }));
}

#[test]
fn what_an_interrupted_creation_leaves_is_completed() {
    let (made, folder) = (tempdir().unwrap(), tempdir().unwrap());
    drop(open(made.path()));
    // A history without a key, and the halves of files that never got their names.
    for left in ["history.new", "key.new"] {
        fs::write(folder.path().join(left), b"half").unwrap();
    }
    let key = open(folder.path()).key().clone();
    fs::write(folder.path().join("history.new"), b"half").unwrap();
    assert_eq!(*reopen(folder.path()).unwrap().key(), key);
}

#[test]
fn a_damaged_history_or_key_is_refused() {
    let folder = tempdir().unwrap();
    open(folder.path()).add_checkpoint(&Log::of(3).body(0, 3)).unwrap();
    let path = folder.path().join("key");
    let key = fs::read_to_string(&path).unwrap();
    let swapped_name = key.replace("court", "notary");
    for damaged in [
        "",
        "PRIVATE+KEY+",
        &key[..key.len() - 9],
        &swapped_name,
        &key.replace("+B", "+A"),
        &format!("{key}{key}"),
    ] {
        fs::write(&path, damaged).unwrap();
        let refused = refused(reopen(folder.path()));
        assert!(matches!(refused, WitnessError::Key { .. }), "{refused}");
        let secret = key.rsplit('+').next().unwrap().trim_end();
        assert!(!refused.to_string().contains(secret) && !format!("{refused:?}").contains(secret));
    }
    fs::write(&path, key).unwrap();
    let path = folder.path().join("history");
    let history = fs::read(&path).unwrap();
    fs::write(&path, &history[..history.len() / 2]).unwrap();
    assert!(matches!(refused(reopen(folder.path())), WitnessError::History { .. }));
    fs::write(&path, b"").unwrap();
    assert!(matches!(refused(reopen(folder.path())), WitnessError::History { .. }));
}

#[test]
fn logs_are_added_and_removed_while_it_runs() {
    let folder = tempdir().unwrap();
    let witness = Witness::open_or_create(folder.path(), &name("court"), Box::new(SystemClock)).unwrap();
    let log = Log::of(4);
    assert!(matches!(
        witness.add_checkpoint(&log.body(0, 1)),
        Err(Refusal::UnknownLog { .. })
    ));
    assert_eq!(add_log(folder.path(), log.signer.key()).unwrap(), LogAdded::Added);
    assert_eq!(
        add_log(folder.path(), log.signer.key()).unwrap(),
        LogAdded::AlreadyThere
    );
    witness.add_checkpoint(&log.body(0, 1)).unwrap();
    assert_eq!(
        add_log(folder.path(), &log_key(ORIGIN, 9)).unwrap(),
        LogAdded::AnotherKey
    );
    witness.add_checkpoint(&log.body(1, 2)).unwrap();

    let list = folder.path().join("logs");
    let lines = fs::read_to_string(&list).unwrap();
    fs::write(
        &list,
        format!("# the first key was retired\n\n  {}\n", lines.lines().nth(1).unwrap()),
    )
    .unwrap();
    assert!(matches!(
        witness.add_checkpoint(&log.body(2, 3)),
        Err(Refusal::NotSigned(_))
    ));
    fs::write(&list, "nonsense\n").unwrap();
    let refused = witness.add_checkpoint(&log.body(2, 3)).unwrap_err();
    assert!(
        matches!(&refused, Refusal::Unable { cause } if cause.contains("line 1")),
        "{refused}"
    );
    assert!(witness.health().is_err());
    assert!(matches!(
        add_log(folder.path(), log.signer.key()),
        Err(WitnessError::KnownLog { line: 1, .. })
    ));
    fs::write(&list, lines).unwrap();
    witness.add_checkpoint(&log.body(2, 3)).unwrap();
}

#[test]
fn a_log_has_at_most_eight_keys() {
    let folder = tempdir().unwrap();
    drop(open(folder.path()));
    for seed in 2..=8 {
        assert_eq!(
            add_log(folder.path(), &log_key(ORIGIN, seed)).unwrap(),
            LogAdded::AnotherKey
        );
    }
    assert!(matches!(
        add_log(folder.path(), &log_key(ORIGIN, 9)),
        Err(WitnessError::KnownLogs { .. })
    ));
    // The refused key is not in the list.
    drop(open(folder.path()));
}
