//! The wallet keeps its promises: sealed at rest, opened by its secret alone, nothing moved or weakened unseen.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tradeseal_primitives::field;
use tradeseal_primitives::party::PartyIdentifier;

use super::*;

fn passphrase(text: &str) -> Secret {
    Secret::passphrase(text.as_bytes().to_vec()).unwrap()
}

fn open_or_create(dir: &Path, secret: &Secret) -> Wallet {
    Wallet::open_or_create(dir, secret).unwrap().0
}

fn name(text: &str) -> ItemName {
    text.parse().unwrap()
}

fn acme() -> Party {
    Party::generate(Some(PartyIdentifier::new("VAT", "DE123456789").unwrap())).unwrap()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] })
        .collect()
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn no_secret_and_no_name_is_readable_on_disk() {
    let dir = tempfile::tempdir().unwrap();
    let secret = passphrase("correct horse battery staple");
    let wallet = open_or_create(dir.path(), &secret);
    let (party, bank) = (acme(), BankKey::generate().unwrap());
    wallet.add(&name("acme"), &party).unwrap();
    wallet.add(&name("First Bank"), &bank).unwrap();

    let secrets: Vec<Vec<u8>> = [
        party.spending_key().as_bytes().to_vec(),
        field::to_bytes(&party.nullifier_key().expose()).to_vec(),
        party.encryption_key().to_bytes().to_vec(),
        bank.signing_key().to_bytes().to_vec(),
    ]
    .into_iter()
    .flat_map(|bytes| [hex::encode(&bytes).into_bytes(), bytes])
    .chain(["correct horse", "acme", "DE123456789", "First Bank"].map(|text| text.as_bytes().to_vec()))
    .collect();
    let files = files_below(dir.path());
    assert_eq!(files.len(), 3, "{files:?}");
    for path in files {
        let content = [
            fs::read(&path).unwrap(),
            path.to_string_lossy().into_owned().into_bytes(),
        ]
        .concat();
        for secret in &secrets {
            assert!(!holds(&content, secret), "{} shows {secret:?}", path.display());
        }
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o077,
            0,
            "{}",
            path.display()
        );
    }
}

#[test]
fn what_was_kept_comes_back_in_a_later_session() {
    let dir = tempfile::tempdir().unwrap();
    let party = acme();
    open_or_create(dir.path(), &Secret::KeyFile)
        .add(&name("acme"), &party)
        .unwrap();
    let back: Party = Wallet::open(dir.path(), &Secret::KeyFile)
        .unwrap()
        .get(&name("acme"))
        .unwrap();
    assert_eq!(back.handle(), party.handle());
    assert_eq!(back.identifier(), party.identifier());
    assert_eq!(back.spending_key().as_bytes(), party.spending_key().as_bytes());
}

#[test]
fn a_passphrase_opens_its_wallet_and_no_other_does() {
    let dir = tempfile::tempdir().unwrap();
    open_or_create(dir.path(), &passphrase("right"));
    assert!(
        Wallet::open(dir.path(), &passphrase("right\n")).is_ok(),
        "a line end after it does not count"
    );
    assert!(matches!(
        Wallet::open(dir.path(), &passphrase("Right")),
        Err(WalletError::WrongPassphrase { .. })
    ));
    assert!(matches!(
        Wallet::open(dir.path(), &Secret::KeyFile),
        Err(WalletError::PassphraseNeeded { .. })
    ));
}

#[test]
fn without_a_passphrase_a_key_file_for_the_owner_alone_is_made_and_told() {
    let dir = tempfile::tempdir().unwrap();
    let (_, notice) = Wallet::open_or_create(dir.path(), &Secret::KeyFile).unwrap();
    let path = dir.path().join("wallet.key");
    let notice = notice.unwrap().to_string();
    assert!(
        notice.contains("TRADESEAL_PASSPHRASE_FILE") && notice.lines().count() == 1,
        "{notice}"
    );
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(Wallet::open_or_create(dir.path(), &Secret::KeyFile).unwrap().1, None);
    assert!(matches!(
        Wallet::open(dir.path(), &passphrase("x")),
        Err(WalletError::NotByPassphrase { .. })
    ));
}

#[test]
fn a_key_file_that_is_missing_foreign_or_readable_by_others_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    open_or_create(dir.path(), &Secret::KeyFile);
    let path = dir.path().join("wallet.key");
    let open = || Wallet::open(dir.path(), &Secret::KeyFile).map(|_| ());

    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(open(), Err(WalletError::KeyFileReadable { mode: 0o640, .. })));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(&path, format!("{}\n", "0".repeat(64))).unwrap();
    assert!(matches!(open(), Err(WalletError::KeyFileWrong { .. })));
    fs::remove_file(&path).unwrap();
    assert!(matches!(open(), Err(WalletError::KeyFileMissing { .. })));
    assert!(
        Wallet::open_or_create(dir.path(), &Secret::KeyFile).is_err(),
        "no new key for an old wallet"
    );
}

#[test]
fn weakened_stretching_parameters_do_not_open_the_wallet() {
    let dir = tempfile::tempdir().unwrap();
    open_or_create(dir.path(), &passphrase("right"));
    let path = dir.path().join("wallet/header.json");
    let header = fs::read_to_string(&path).unwrap();
    assert!(header.contains("\"passes\": 3"), "{header}");
    fs::write(&path, header.replace("\"passes\": 3", "\"passes\": 1")).unwrap();
    assert!(matches!(
        Wallet::open(dir.path(), &passphrase("right")),
        Err(WalletError::WrongPassphrase { .. })
    ));
    fs::write(
        &path,
        header.replace("\"memory_kib\": 65536", "\"memory_kib\": 4294967295"),
    )
    .unwrap();
    assert!(matches!(
        Wallet::open(dir.path(), &passphrase("right")),
        Err(WalletError::Damaged { .. })
    ));
    fs::write(&path, header.replace("\"version\": 1", "\"version\": 2")).unwrap();
    assert!(matches!(
        Wallet::open(dir.path(), &passphrase("right")),
        Err(WalletError::Damaged { .. })
    ));
}

#[test]
fn a_sealed_file_that_was_altered_or_moved_does_not_open() {
    let dir = tempfile::tempdir().unwrap();
    let wallet = open_or_create(dir.path(), &Secret::KeyFile);
    wallet.add(&name("a"), &BankKey::generate().unwrap()).unwrap();
    wallet.add(&name("b"), &BankKey::generate().unwrap()).unwrap();
    let files = files_below(&dir.path().join("wallet/bank"));
    let [one, other] = files.as_slice() else {
        panic!("{files:?}")
    };
    let whole = fs::read(one).unwrap();

    let registrars = dir.path().join("wallet/registrar");
    fs::create_dir(&registrars).unwrap();
    fs::copy(one, registrars.join(one.file_name().unwrap())).unwrap();
    assert!(
        matches!(wallet.list::<RegistrarKey>(), Err(WalletError::Damaged { .. })),
        "another kind"
    );
    fs::copy(one, other).unwrap();
    assert!(
        matches!(wallet.list::<BankKey>(), Err(WalletError::Damaged { .. })),
        "another name"
    );
    fs::remove_file(other).unwrap();
    for index in [0, 20, 44, whole.len() - 1] {
        let mut altered = whole.clone();
        altered[index] ^= 1;
        fs::write(one, altered).unwrap();
        assert!(
            matches!(wallet.list::<BankKey>(), Err(WalletError::Damaged { .. })),
            "byte {index}"
        );
    }
}

#[test]
fn adding_never_replaces_and_a_missing_item_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let wallet = open_or_create(dir.path(), &Secret::KeyFile);
    let first = BankKey::generate().unwrap();
    wallet.add(&name("bank"), &first).unwrap();
    let refused = wallet.add(&name("bank"), &BankKey::generate().unwrap());
    assert!(matches!(refused, Err(WalletError::Taken { .. })));
    let (kept, made) = wallet.get_or_make(&name("bank"), BankKey::generate).unwrap();
    assert_eq!((kept.public_key(), made), (first.public_key(), false));
    assert!(matches!(
        wallet.get::<BankKey>(&name("other")),
        Err(WalletError::Unknown { .. })
    ));
    assert!(
        wallet.find::<RegistrarKey>(&name("bank")).unwrap().is_none(),
        "kinds do not share names"
    );
}

#[test]
fn items_are_listed_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let wallet = open_or_create(dir.path(), &Secret::KeyFile);
    for text in ["zeta", "alpha", "Müller & Söhne"] {
        wallet.add(&name(text), &RegistrarKey::generate().unwrap()).unwrap();
    }
    let names: Vec<String> = wallet
        .list::<RegistrarKey>()
        .unwrap()
        .into_iter()
        .map(|(name, _)| name.to_string())
        .collect();
    assert_eq!(names, ["Müller & Söhne", "alpha", "zeta"]);
}

#[test]
fn names_that_could_play_tricks_are_refused() {
    let long = "x".repeat(256);
    for text in ["", " acme", "acme ", "ac\nme", "ac\u{1b}[2Jme", long.as_str()] {
        assert!(text.parse::<ItemName>().is_err(), "{text:?}");
    }
    assert!(
        "../../etc/passwd".parse::<ItemName>().is_ok(),
        "harmless: a name is never part of a path"
    );
}

#[test]
fn two_passphrases_or_an_empty_one_are_refused() {
    let some = |text: &str| Some(OsString::from(text));
    assert!(matches!(Secret::from_variables(None, None), Ok(Secret::KeyFile)));
    assert!(matches!(
        Secret::from_variables(some("a"), some("b")),
        Err(WalletError::TwoPassphrases)
    ));
    assert!(matches!(
        Secret::from_variables(some("\n"), None),
        Err(WalletError::EmptyPassphrase)
    ));
    assert!(matches!(
        Secret::from_variables(None, some("/nowhere")),
        Err(WalletError::Files { .. })
    ));
}

#[test]
fn secrets_are_not_printed() {
    assert_eq!(format!("{:?}", passphrase("hunter2")), "Secret::Passphrase(hidden)");
    let dir = tempfile::tempdir().unwrap();
    let shown = format!("{:?}", open_or_create(dir.path(), &Secret::KeyFile));
    assert!(shown.starts_with("Wallet") && !shown.contains("keys"), "{shown}");
}
