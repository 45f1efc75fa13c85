//! A machine of its own for each test: a fresh state folder, on which the real program is run.
//!
//! In scope: running commands and holding their answers to the manners that all of them share. Out of scope: what they do.
//! Development keys come from the cache that the environment names, so that a whole test run makes them once.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Once;

use serde_json::Value;
use tempfile::TempDir;

use crate::files::Files;
use crate::folder::Contents;

/// What a command answered.
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Answer {
    /// The data on stdout of a command that must have done its work.
    pub(crate) fn data(&self) -> Value {
        assert_eq!(self.code, 0, "{}\n{}", self.stdout, self.stderr);
        self.json()
    }

    /// The report on stdout of a command that must have come to this exit code.
    pub(crate) fn report(&self, code: i32) -> Value {
        assert_eq!(self.code, code, "{}\n{}", self.stdout, self.stderr);
        let verdict = match code {
            0 => "verified",
            1 => "not_verified",
            3 => "inconclusive",
            _ => panic!("no verdict has exit code {code}"),
        };
        let report = self.json();
        assert_eq!(report["verdict"], verdict, "{report:#}");
        report
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|cause| panic!("{cause}: {}", self.stdout))
    }

    /// The error on stderr of a command under `--json` that must have failed.
    pub(crate) fn error(&self) -> Value {
        assert_eq!((self.code, self.stdout.as_str()), (2, ""), "{}", self.stderr);
        let object: Value =
            serde_json::from_str(&self.stderr).unwrap_or_else(|cause| panic!("{cause}: {}", self.stderr));
        for key in ["code", "message", "remedy"] {
            assert!(
                object["error"][key].as_str().is_some_and(|text| !text.is_empty()),
                "{key} in {object}"
            );
        }
        object["error"].clone()
    }
}

/// The names of a report's checks that came out so.
pub(crate) fn checks(report: &Value, outcome: &str) -> Vec<String> {
    let all = report["checks"].as_array().unwrap();
    let chosen = all.iter().filter(|check| check["outcome"] == outcome);
    chosen.map(|check| check["name"].as_str().unwrap().to_owned()).collect()
}

/// A machine. Gone when dropped.
pub(crate) struct Machine {
    folder: TempDir,
    /// What is in the environment of every command, if anything.
    pub(crate) passphrase: Option<&'static str>,
}

impl Machine {
    /// With nothing on it.
    pub(crate) fn new() -> Self {
        let machine = Self {
            folder: tempfile::tempdir().unwrap(),
            passphrase: None,
        };
        make_development_keys();
        machine
    }

    /// The state folder.
    pub(crate) fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    /// Everything in the state folder.
    pub(crate) fn contents(&self) -> Contents {
        Contents::of(&self.state())
    }

    /// Everything on the machine: the state folder, and the files beside it.
    pub(crate) fn everything(&self) -> Contents {
        Contents::of(self.folder.path())
    }

    /// Writes what [`Self::everything`] read.
    pub(crate) fn restore(&self, everything: &Contents) {
        everything.write_to(self.folder.path());
    }

    /// The path of a file in the state folder.
    pub(crate) fn in_state(&self, name: &str) -> String {
        self.state().join(name).to_str().unwrap().to_owned()
    }

    /// The path of a file beside the state folder.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Writes a file beside the state folder; gives its path.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), content).unwrap();
        self.path(name)
    }

    /// Runs a command under `--json`.
    pub(crate) fn run(&self, arguments: &[&str]) -> Answer {
        self.run_as_typed(&[arguments, &["--json"]].concat())
    }

    /// Runs a command as people type it.
    pub(crate) fn run_as_typed(&self, arguments: &[&str]) -> Answer {
        let output = self.command(arguments).output().unwrap();
        Answer {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// A command that is not started yet.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command
            .arg("--dir")
            .arg(self.state())
            .args(arguments)
            .stdin(Stdio::null());
        if let Some(passphrase) = self.passphrase {
            command.env("TRADESEAL_PASSPHRASE", passphrase);
        }
        command
    }

    /// `tradeseal verify`.
    pub(crate) fn verify(&self, files: &Files) -> Answer {
        self.run(&[
            "verify",
            &files.presentation,
            "--request",
            &files.request,
            "--trust",
            &files.trust,
        ])
    }

    /// `tradeseal receivable lock`, for as long as the request asked for.
    pub(crate) fn lock(&self, files: &Files, bank: &str) -> Answer {
        let (presentation, request, trust) = (&files.presentation, &files.request, &files.trust);
        let locking = [
            "receivable",
            "lock",
            presentation,
            "--request",
            request,
            "--trust",
            trust,
        ];
        self.run(&[&locking[..], &["--bank", bank]].concat())
    }
}

/// The program under test, away from its user's own settings.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tradeseal-under-test"));
    for name in ["TRADESEAL_DIR", "TRADESEAL_PASSPHRASE", "TRADESEAL_PASSPHRASE_FILE"] {
        command.env_remove(name);
    }
    command
}

/// Once, and by one process: tests that run side by side would each spend the time.
fn make_development_keys() {
    static MADE: Once = Once::new();
    MADE.call_once(|| {
        let folder = tempfile::tempdir().unwrap();
        let mut command = program();
        command.arg("--dir").arg(folder.path()).args(["keys", "dev-setup"]);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    });
}
