//! snarkjs on the exported files: the very same key and a sample of the same circuit.
//!
//! In scope: running it, once for each proof. Out of scope: threads: snarkjs takes all cores.
//! An attacker who owns the program named runs what it likes as this user.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tradeseal_prover::durable_file::{self, Readers};
use tradeseal_prover::keys::LoadedKey;

use crate::statements::Provable;
use crate::{Failure, files};

/// How long each proof took, start of the process included, as its users have it.
pub(super) fn prove(cli: &Path, provable: Provable, key: &LoadedKey, runs: u64) -> Result<Vec<Duration>, Failure> {
    let folder = std::env::temp_dir().join(format!("tradeseal-bench-{}", std::process::id()));
    let result = in_folder(&folder, cli, provable, key, runs);
    // The sample in it is nobody's secret; what cannot be removed is left to the system.
    let _ = std::fs::remove_dir_all(&folder);
    result
}

fn in_folder(
    folder: &Path,
    cli: &Path,
    provable: Provable,
    key: &LoadedKey,
    runs: u64,
) -> Result<Vec<Duration>, Failure> {
    let [zkey, wtns, proof, public] =
        ["key.zkey", "sample.wtns", "proof.json", "public.json"].map(|name| folder.join(name));
    let written = durable_file::replace(&zkey, &(provable.zkey)(key, None)?, Readers::Everyone);
    written.map_err(|cause| Failure::file("write", &zkey, &cause))?;
    files::write_for_owner(&wtns, &(provable.sample_wtns)()?)?;
    let one = |_| {
        let mut command = Command::new("node");
        command
            .arg(cli)
            .args(["groth16", "prove"])
            .args([&zkey, &wtns, &proof, &public]);
        let start = Instant::now();
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        match status {
            Ok(status) if status.success() => Ok(start.elapsed()),
            Ok(status) => Err(unusable(&format!("it ended with {status}"))),
            Err(cause) => Err(unusable(&cause.to_string())),
        }
    };
    (0..runs).map(one).collect()
}

fn unusable(why: &str) -> Failure {
    Failure::new(
        "snarkjs",
        format!("snarkjs made no proof: {why}"),
        "install Node.js and snarkjs, and name its build/cli.cjs; or leave --snarkjs out",
    )
}
