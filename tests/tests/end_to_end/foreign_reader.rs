//! An implementation of the log's specifications that others wrote reads what is exported here, cosignatures included.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::flow::text;
use crate::machine::Machine;

/// What the script exits with where the other implementation cannot be installed.
const NOT_INSTALLED: i32 = 77;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Runs the other implementation over a folder. `None` if it cannot be had here.
#[allow(clippy::print_stdout)]
fn read_by_others(folder: &Path, log: &str, witnesses: &[&str]) -> Option<Output> {
    let mut command = Command::new(root().join("scripts/tlog-interop"));
    command.arg(folder).args(["--log", log]);
    for witness in witnesses {
        command.args(["--witness", witness]);
    }
    let output = command.output().unwrap();
    if output.status.code() == Some(NOT_INSTALLED) {
        println!(
            "skipped: aics-tlog cannot be installed here: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        return None;
    }
    Some(output)
}

#[test]
fn an_exported_and_cosigned_log_is_accepted_by_another_implementation_and_an_altered_one_is_not() {
    let machine = Machine::new();
    machine.run(&["demo"]).data();
    let trust: Value = serde_json::from_slice(&fs::read(machine.in_state("court.trust.json")).unwrap()).unwrap();
    let (log, policy) = (
        text(&trust["logs"][0], "verifier_key"),
        text(&trust["logs"][0], "policy"),
    );
    let lines = policy.lines().filter(|line| line.starts_with("witness "));
    let witnesses: Vec<&str> = lines.map(|line| line.split(' ').nth(2).unwrap()).collect();
    assert_eq!(witnesses.len(), 3, "{policy}");
    let folder = machine.state().join("public");

    let Some(accepted) = read_by_others(&folder, &log, &witnesses) else {
        return;
    };
    assert!(
        accepted.status.success(),
        "{}",
        String::from_utf8_lossy(&accepted.stderr)
    );
    let read: Value = serde_json::from_slice(&accepted.stdout).unwrap();
    let own = machine.run(&["log", "audit", folder.to_str().unwrap()]).report(0);
    assert_eq!(
        (&read["origin"], &read["size"]),
        (&own["log"]["origin"], &own["log"]["size"])
    );
    assert_eq!(read["cosigned"], 3);

    let stranger = "elsewhere.example/witness+63f838d4+BCbXW8OwrXqNKtN0JLjx045Mk71eEzSlOz5Kpnwb2KAD";
    assert!(!read_by_others(&folder, &log, &[stranger]).unwrap().status.success());
    let bundles = folder.join("tile/entries");
    let bundle = fs::read_dir(bundles.join("000.p"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let mut bytes = fs::read(&bundle).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&bundle, bytes).unwrap();
    assert!(!read_by_others(&folder, &log, &witnesses).unwrap().status.success());
}
