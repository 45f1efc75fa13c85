//! snarkjs reads the files that we write, proves under our keys, and makes keys that we import.
//!
//! Needs node, and the packages of `package.json` beside this folder (`npm ci`).
#![allow(clippy::unwrap_used)]

mod ceremony;
mod small;
mod statements;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ark_bn254::{Fq, Fq2, Fr, G1Affine, G2Affine};
use serde_json::Value;
use tradeseal_verifier::groth16::Proof;

fn interop() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn output(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "{command:?}: {said}");
    said
}

/// Runs snarkjs in a folder.
fn snarkjs(folder: &Path, arguments: &[&str]) -> String {
    let cli = interop().join("node_modules/snarkjs/build/cli.cjs");
    assert!(cli.is_file(), "run `npm ci` in {} first", interop().display());
    output(Command::new("node").arg(cli).args(arguments).current_dir(folder))
}

/// Runs the script that a ceremony's people follow.
fn step(folder: &Path, arguments: &[&str]) -> String {
    output(Command::new(interop().join("../scripts/ceremony")).args(arguments).current_dir(folder))
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn coordinate(value: &Value) -> Fq {
    value.as_str().unwrap().parse().unwrap()
}

fn g1(value: &Value) -> G1Affine {
    G1Affine::new(coordinate(&value[0]), coordinate(&value[1]))
}

/// A proof and its rows as snarkjs writes them.
fn snarkjs_proof(folder: &Path) -> (Proof, Vec<Fr>) {
    let proof = json(&folder.join("proof.json"));
    let [x, y] = [0, 1].map(|at| &proof["pi_b"][at]).map(|pair| Fq2::new(coordinate(&pair[0]), coordinate(&pair[1])));
    let proof = Proof::from_points(g1(&proof["pi_a"]), G2Affine::new(x, y), g1(&proof["pi_c"])).unwrap();
    let rows = json(&folder.join("public.json"));
    let rows = rows.as_array().unwrap().iter().map(|row| row.as_str().unwrap().parse().unwrap()).collect();
    (proof, rows)
}
