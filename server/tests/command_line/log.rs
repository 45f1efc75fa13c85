//! Checkpoints and proofs of the ledger at hand.

use std::fs;

use tradeseal_verifier::log::{LogKey, SignedCheckpoint, TlogProof};

use crate::machine::Machine;

#[test]
fn without_a_ledger_the_log_has_nothing_to_show() {
    let machine = Machine::new();
    for arguments in [vec!["log", "checkpoint", "--json"], vec!["log", "proof", "0", "--json"]] {
        assert_eq!(machine.run(&arguments).error()["code"], "ledger_missing");
    }
    assert!(!machine.path("state").exists());
}

#[test]
fn the_logs_checkpoint_and_proofs_verify_with_the_key_it_names() {
    let machine = Machine::with_keys();
    drop(machine.ledger());
    let checkpoint = machine.run(&["log", "checkpoint", "--json"]);
    let data = checkpoint.data();
    let keys = [LogKey::parse(data["verifier_key"].as_str().unwrap()).unwrap()];
    let note = machine.run(&["log", "checkpoint"]).stdout;
    let signed = SignedCheckpoint::parse(&note).unwrap();
    assert_eq!(signed.verify(&keys).unwrap().size(), data["size"].as_u64().unwrap());
    assert_eq!(data["checkpoint"], note);

    let genesis = machine.run(&["log", "proof", "0", "--json"]).data();
    assert_eq!(genesis["kind"], "genesis");
    let entry = hex::decode(genesis["entry"].as_str().unwrap()).unwrap();
    let file = machine.path("0.tlog-proof");
    let written = machine.run(&["log", "proof", "0", "-o", file.to_str().unwrap()]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    let proof = TlogProof::parse(&fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(proof.verify(&entry, &keys).unwrap().index, 0);

    let beyond = machine.run(&["log", "proof", "1000", "--json"]).error();
    assert_eq!(beyond["code"], "log_no_entry");
}
