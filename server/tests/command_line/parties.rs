//! Parties and the wallet that keeps them.

use std::fs;
use std::path::Path;

use crate::machine::Machine;

#[test]
fn a_party_is_made_shown_and_not_made_twice() {
    let machine = Machine::new();
    let made = machine.run(&["party", "new", "acme", "--id", "vat: de 123 456 789", "--json"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert!(
        made.stderr.contains("wallet.key"),
        "told once how the wallet is sealed: {}",
        made.stderr
    );
    assert_eq!(made.data()["identifier"], "VAT:DE123456789");
    assert!(made.data()["handle"].as_str().unwrap().starts_with("tradeseal1"));

    let shown = machine.run(&["party", "show", "acme", "--json"]);
    assert_eq!((shown.data(), shown.stderr.as_str()), (made.data(), ""));
    let all = machine.run(&["party", "show", "--json"]);
    assert_eq!(all.data()["parties"][0], made.data());

    let again = machine.run(&["party", "new", "acme", "--json"]).error();
    assert_eq!(again["code"], "name_taken");
}

#[test]
fn looking_for_a_party_makes_no_wallet() {
    let machine = Machine::new();
    let error = machine.run(&["party", "show", "nobody", "--json"]).error();
    assert_eq!(error["code"], "name_unknown");
    assert!(error["remedy"].as_str().unwrap().contains("tradeseal party"));
    assert!(!machine.path("state").exists());
}

#[test]
fn a_wrong_passphrase_is_told_and_never_printed() {
    let machine = Machine::new();
    let with = |passphrase| {
        let environment = [("TRADESEAL_PASSPHRASE", passphrase)];
        machine.run_with(&["party", "new", passphrase, "--json"], &environment)
    };
    assert_eq!(with("open sesame").code, 0);
    let refused = machine.run_with(&["party", "show", "--json"], &[("TRADESEAL_PASSPHRASE", "hunter2")]);
    assert_eq!(refused.error()["code"], "passphrase_wrong");
    assert!(!refused.stderr.contains("hunter2"));
    assert_eq!(
        machine.run(&["party", "show", "--json"]).error()["code"],
        "passphrase_needed"
    );
    let file = machine.file("passphrase", "open sesame\n");
    let opened = machine.run_with(&["party", "show", "--json"], &[("TRADESEAL_PASSPHRASE_FILE", &file)]);
    assert_eq!(opened.data()["parties"].as_array().unwrap().len(), 1);
}

#[test]
fn no_secret_of_a_party_is_printed_or_left_readable_in_the_state_folder() {
    let machine = Machine::new();
    let made = machine.run_with(
        &["party", "new", "acme", "--json"],
        &[("TRADESEAL_PASSPHRASE", "open sesame")],
    );
    let printed: Vec<String> = made.data().as_object().unwrap().keys().cloned().collect();
    for key in &printed {
        assert!(
            !key.contains("secret") && !key.contains("private") && !key.contains("spending"),
            "{printed:?}"
        );
    }
    for text in ["acme", "open sesame", made.data()["handle"].as_str().unwrap()] {
        assert!(!holds_text(&machine.path("state"), text), "{text}");
    }
}

fn holds_text(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .any(|path| {
            if path.is_dir() {
                return holds_text(&path, text);
            }
            fs::read(&path)
                .unwrap()
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        })
}
