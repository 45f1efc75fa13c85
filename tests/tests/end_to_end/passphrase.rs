//! A wallet under a passphrase: it opens with that and nothing else, and the disk holds nothing without it.

use tradeseal_server::wallet::{Secret, Wallet};

use crate::flow;
use crate::folder::NONE;
use crate::machine::Machine;
use crate::secrets::{found_in, secrets_of};

const PASSPHRASE: &str = "correct horse battery staple";
const ANOTHER: &str = "correct horse battery stable";

fn played() -> Machine {
    let mut machine = Machine::new();
    machine.passphrase = Some(PASSPHRASE);
    let invoice = flow::enrol_both(&machine);
    machine.run(&["receivable", "mint", &invoice, "--owner", "acme"]).data();
    machine
}

#[test]
fn a_wallet_under_a_passphrase_opens_with_it_alone_and_leaves_no_secret_on_the_disk() {
    let mut machine = played();
    assert_eq!(flow::only_receivable(&machine)["status"], "free");
    let contents = machine.contents();
    assert!(!contents.0.keys().any(|file| file.ends_with("wallet.key")));
    let secret = Secret::passphrase(PASSPHRASE.into()).unwrap();
    let secrets = secrets_of(&Wallet::open(&machine.state(), &secret).unwrap());
    assert_eq!(found_in(&contents, &secrets), NONE);
    assert_eq!(contents.holding(PASSPHRASE.as_bytes()), NONE);

    for (passphrase, code) in [(Some(ANOTHER), "passphrase_wrong"), (None, "passphrase_needed")] {
        machine.passphrase = passphrase;
        every_command_that_needs_the_wallet_fails(&machine, code);
        assert_eq!(machine.contents().differences(&contents), NONE, "{code}");
    }
}

fn every_command_that_needs_the_wallet_fails(machine: &Machine, code: &str) {
    let invoice = machine.path("invoice.xml");
    let commands: [&[&str]; 6] = [
        &["party", "show"],
        &["party", "new", "another"],
        &["receivable", "list"],
        &["receivable", "mint", &invoice, "--owner", "acme"],
        &["log", "checkpoint"],
        &["demo"],
    ];
    for arguments in commands {
        let answer = machine.run(arguments);
        let error = answer.error();
        assert_eq!(error["code"], code, "{arguments:?}: {error}");
        assert!(!answer.stderr.contains("battery"), "{}", answer.stderr);
    }
}
