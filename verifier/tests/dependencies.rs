//! The verifier stays light: nothing of the prover or the ledger, no threads, no randomness from the system.

#![allow(clippy::unwrap_used)]

use std::process::Command;

const NEVER: [&str; 9] = [
    "rocksdb",
    "librocksdb-sys",
    "tokio",
    "rayon",
    "ark-r1cs-std",
    "ark-groth16",
    "ark-relations",
    "getrandom",
    "axum",
];

/// Names in the tree of normal dependencies, with these extra arguments to `cargo tree`.
fn normal_dependencies(extra: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            "tradeseal-verifier",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--offline",
        ])
        .args(extra)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "cargo tree: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .filter_map(|line| line.split(' ').next())
        .map(String::from)
        .collect()
}

#[test]
fn the_verifier_depends_on_none_of_the_heavy_crates() {
    for extra in [&[][..], &["--no-default-features"][..]] {
        let names = normal_dependencies(extra);
        assert!(
            names.iter().any(|name| name == "ark-bn254"),
            "the tree was not read: {names:?}"
        );
        for heavy in NEVER {
            assert!(
                !names.iter().any(|name| name == heavy),
                "{heavy} is in the verifier's tree ({extra:?})"
            );
        }
    }
}
