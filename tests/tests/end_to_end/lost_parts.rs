//! A part of the state folder is gone: nothing is begun anew under an old name, and the user is told what to restore.

use std::fs;

use crate::flow;
use crate::machine::Machine;

#[test]
fn a_log_key_that_has_signed_does_not_begin_a_second_history() {
    let machine = Machine::new();
    flow::enrol_both(&machine);
    let ledger = machine.state().join("ledger");
    let (kept, before) = (machine.state().join("kept"), machine.run(&["log", "checkpoint"]).data());
    fs::rename(&ledger, &kept).unwrap();
    for command in [&["party", "enrol", "acme"][..], &["demo"]] {
        assert_eq!(machine.run(command).error()["code"], "ledger_lost", "{command:?}");
        assert!(!ledger.exists(), "{command:?}");
    }
    fs::rename(&kept, &ledger).unwrap();
    assert_eq!(machine.run(&["log", "checkpoint"]).data(), before);
}

#[test]
fn a_ledger_without_its_wallet_says_so() {
    let machine = Machine::new();
    flow::enrol_both(&machine);
    fs::remove_dir_all(machine.state().join("wallet")).unwrap();
    for command in [&["log", "checkpoint"][..], &["demo"]] {
        assert_eq!(
            machine.run(command).error()["code"],
            "ledger_without_wallet",
            "{command:?}"
        );
    }
}
