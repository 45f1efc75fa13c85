//! Secrets stay in the wallet: nothing that is printed, handed over or kept beside it holds one, in any spelling.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tradeseal_primitives::field;
use tradeseal_server::wallet::{BankKey, HeldNote, LedgerLogKey, Party, RegistrarKey, Wallet, WalletItem};

use crate::financed;
use crate::folder::{Contents, NONE};
use crate::machine::Machine;
use crate::stage::open_wallet;

/// A secret, with what it is.
pub(crate) type Named = (String, [u8; 32]);

/// Every secret in a wallet: keys of parties, banks, registrar and log, and what hides a note.
pub(crate) fn secrets_of(wallet: &Wallet) -> Vec<Named> {
    let mut secrets = Vec::new();
    for (name, party) in wallet.list::<Party>().unwrap() {
        secrets.push((format!("spending key of {name}"), *party.spending_key().as_bytes()));
        secrets.push((
            format!("nullifier key of {name}"),
            field::to_bytes(&party.nullifier_key().expose()),
        ));
        secrets.push((format!("encryption key of {name}"), party.encryption_key().to_bytes()));
    }
    for (name, note) in wallet.list::<HeldNote>().unwrap() {
        for (what, value) in [
            (
                "salt",
                note.opening
                    .source
                    .map_or(note.opening.randomness.r, |source| source.salt),
            ),
            ("rho", note.opening.randomness.rho),
            ("r", note.opening.randomness.r),
        ] {
            secrets.push((format!("{what} of {name}"), field::to_bytes(&value)));
        }
    }
    secrets.extend(keys(wallet, |key: &BankKey| key.signing_key().to_bytes()));
    secrets.extend(keys(wallet, |key: &RegistrarKey| key.signing_key().to_bytes()));
    secrets.extend(keys(wallet, |key: &LedgerLogKey| key.signing_key().to_bytes()));
    assert!(secrets.len() >= 3 + 3 + 2, "a wallet with a party, a note and a ledger");
    secrets
}

fn keys<T: WalletItem>(wallet: &Wallet, secret: fn(&T) -> [u8; 32]) -> Vec<Named> {
    let named = wallet.list::<T>().unwrap().into_iter();
    named
        .map(|(name, key)| (format!("signing key {name}"), secret(&key)))
        .collect()
}

/// The spellings in which 32 bytes could slip out: raw, hexadecimal, base64 and decimal, in both byte orders.
fn spellings(bytes: &[u8; 32]) -> Vec<Vec<u8>> {
    let mut reversed = *bytes;
    reversed.reverse();
    [*bytes, reversed]
        .iter()
        .flat_map(|value| {
            let hex = hex::encode(value);
            [
                value.to_vec(),
                hex.to_uppercase().into_bytes(),
                hex.into_bytes(),
                STANDARD.encode(value).trim_end_matches('=').into(),
                decimal(value).into_bytes(),
            ]
        })
        .collect()
}

/// A big-endian number in decimal digits, by long division.
fn decimal(bytes: &[u8; 32]) -> String {
    let mut rest = bytes.map(u32::from);
    let mut digits = Vec::new();
    while rest.iter().any(|byte| *byte > 0) {
        let mut remainder = 0;
        for byte in &mut rest {
            let value = remainder * 256 + *byte;
            (*byte, remainder) = (value / 10, value % 10);
        }
        digits.push(char::from_digit(remainder, 10).unwrap());
    }
    digits.iter().rev().collect()
}

/// Where secrets were found: what and in which file.
pub(crate) fn found_in(contents: &Contents, secrets: &[Named]) -> Vec<String> {
    let mut found = Vec::new();
    for (what, bytes) in secrets {
        for spelling in spellings(bytes) {
            found.extend(
                contents
                    .holding(&spelling)
                    .iter()
                    .map(|file| format!("{what} in {file}")),
            );
        }
    }
    found
}

/// A machine after the demo, and everything that can be seen of it: files, and what was printed.
fn everything(machine: &Machine, arguments: &[&str]) -> Contents {
    let answer = machine.run_as_typed(arguments);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let mut contents = machine.contents();
    contents.0.insert("(stdout)".into(), answer.stdout.into_bytes());
    contents.0.insert("(stderr)".into(), answer.stderr.into_bytes());
    contents
}

#[test]
fn no_secret_is_printed_or_left_readable_by_the_demo() {
    for arguments in [&["demo", "--json"][..], &["demo"]] {
        let machine = Machine::new();
        let contents = everything(&machine, arguments);
        let mut found = found_in(&contents, &secrets_of(&open_wallet(&machine)));
        // A disclosure opens notes, which is what it is for, and evidence made of one with it; keys they never hold.
        let opens = |place: &String| {
            let opening = ["salt of ", "rho of ", "r of "]
                .iter()
                .any(|what| place.starts_with(what));
            opening
                && [".disclosure.json", "receivable.evidence.json"]
                    .iter()
                    .any(|file| place.ends_with(file))
        };
        assert!(found.iter().any(opens), "the demo discloses: {found:?}");
        found.retain(|place| !opens(place));
        assert_eq!(found, NONE, "{arguments:?}");
        let key = contents.0[Path::new("wallet.key")].trim_ascii_end().to_vec();
        assert_eq!(contents.holding(&key), ["wallet.key"], "{arguments:?}");
    }
}

/// What the ledger keeps and a bank is handed must not tell which invoice it is about.
#[test]
fn neither_the_ledger_nor_a_bank_learns_the_invoice() {
    let machine = financed::machine();
    let mut shared = machine.everything();
    let endings = [".request.json", ".presentation.json", "trust.json"];
    shared.0.retain(|file, _| {
        let name = file.to_string_lossy();
        file.starts_with("state/ledger") || endings.iter().any(|ending| name.ends_with(ending))
    });
    assert!(shared.0.len() > 5, "a ledger, and files for two banks");
    let (_, note) = open_wallet(&machine).list::<HeldNote>().unwrap().swap_remove(0);

    let private = [
        ("fingerprint", note.opening.source.unwrap().fingerprint.to_bytes()),
        ("debtor", note.terms().debtor.to_bytes()),
        ("document", note.terms().document.to_bytes()),
        ("receivable", note.terms().receivable.to_bytes()),
        ("terms", note.note().terms.to_bytes()),
    ];
    let private = private.map(|(what, bytes)| (what.to_owned(), bytes));
    let found = found_in(&shared, &private);
    // The directory is public: it names whom it enrolled. A policy names whom it approves, among others.
    let expected = |place: &String| place.starts_with("debtor in ");
    assert!(found.iter().all(expected), "{found:?}");
    assert_eq!(shared.holding(note.invoice_number().unwrap().as_bytes()), NONE);

    // The search finds what is there: the commitment is on the ledger, and only there.
    let commitment = [("commitment".to_owned(), note.commitment().to_bytes())];
    let found = found_in(&shared, &commitment);
    assert!(
        !found.is_empty()
            && found
                .iter()
                .all(|place| place.starts_with("commitment in state/ledger/")),
        "{found:?}"
    );
}
