//! What snarkjs and an Ethereum virtual machine say of our exports is what our verifier says.
//!
//! Needs node, and the packages of `package.json` beside this folder (`npm ci`).
#![allow(clippy::unwrap_used)]

mod ethereum;
mod snarkjs;
mod trapdoor;

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Runs one of the scripts beside this package with this input; gives its output.
fn node(script: &str, input: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    assert!(
        folder.join("node_modules").is_dir(),
        "run `npm ci` in {} first",
        folder.display()
    );
    let mut child = Command::new("node")
        .arg(folder.join(script))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{script} failed");
    String::from_utf8(output.stdout).unwrap()
}
