//! A machine of its own for each test, and what the binary answered on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use tradeseal_prover::Silent;
use tradeseal_server::Context;
use tradeseal_server::operations::LocalLedger;

pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Answer {
    pub(crate) fn data(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|cause| panic!("{cause}: {}", self.stdout))
    }

    /// The one JSON object on stderr of a command that failed, after checking its form.
    pub(crate) fn error(&self) -> Value {
        assert_eq!(self.code, 2, "{}", self.stderr);
        assert_eq!(self.stdout, "", "an error prints no data");
        let object: Value =
            serde_json::from_str(&self.stderr).unwrap_or_else(|cause| panic!("{cause}: {}", self.stderr));
        let error = object["error"].clone();
        for key in ["code", "message", "remedy"] {
            assert!(error[key].is_string(), "{key} in {object}");
        }
        error
    }
}

pub(crate) struct Machine {
    pub(crate) folder: TempDir,
    pub(crate) key_cache: PathBuf,
}

impl Machine {
    /// With nothing on it.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key_cache = folder.path().join("cache");
        Self { folder, key_cache }
    }

    /// With development keys in its cache, kept from earlier runs of these tests.
    pub(crate) fn with_keys() -> Self {
        let key_cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("development-keys");
        Self {
            key_cache,
            ..Self::new()
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn file(&self, name: &str, content: &str) -> String {
        fs::write(self.path(name), content).unwrap();
        self.path(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Answer {
        self.run_with(arguments, &[])
    }

    /// Starts a command without waiting for it.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        let mut command = self.command(arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tradeseal"));
        for name in ["TRADESEAL_PASSPHRASE", "TRADESEAL_PASSPHRASE_FILE"] {
            command.env_remove(name);
        }
        command
            .args(arguments)
            .env("TRADESEAL_DIR", self.path("state"))
            .env("TRADESEAL_KEY_CACHE", &self.key_cache);
        command
    }

    pub(crate) fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Answer {
        let output = self
            .command(arguments)
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        Answer {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

pub(crate) const POLICY: &str = r#"{
  "min_amount": "1000.00 EUR",
  "due_from": "2026-12-01",
  "due_to": "2027-03-31",
  "approved_debtors": [{ "scheme": "VAT", "id": "DE123456789" }],
  "required_flags": ["acknowledged"]
}"#;

impl Machine {
    pub(crate) fn new_request(&self, extra: &[&str]) -> Answer {
        let policy = self.file("policy.json", POLICY);
        let arguments = [
            "request",
            "new",
            "--statement",
            "receivable/eligibility",
            "--policy",
            &policy,
        ];
        let arguments = [
            &arguments[..],
            &["--origin", "ledger.example/r", "--bank", "First Bank", "--json"],
            extra,
        ];
        self.run(&arguments.concat())
    }

    /// A request written to a file.
    pub(crate) fn request_file(&self) -> String {
        let path = self.path("request.json").to_str().unwrap().to_owned();
        let made = self.new_request(&["-o", &path]);
        assert_eq!(made.code, 0, "{}", made.stderr);
        path
    }
}

impl Machine {
    /// An open ledger in the state folder; it closes when dropped.
    pub(crate) fn ledger(&self) -> LocalLedger {
        let context = Context::in_folders(self.path("state"), Some(self.key_cache.clone()), true);
        let wallet = context.wallet().unwrap();
        LocalLedger::open_or_begin(&context, &wallet, &mut Silent).unwrap()
    }
}
