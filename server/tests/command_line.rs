//! The command line's manners: exit codes, what goes to which stream, the form of errors, and that every command explains
//! itself. These drive the real binary.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::CommandFactory;
use serde_json::Value;
use tempfile::TempDir;
use tradeseal_documents::{SAMPLE_CII_INVOICE, SAMPLE_UBL_INVOICE};
use tradeseal_prover::Silent;
use tradeseal_server::Context;
use tradeseal_server::operations::LocalLedger;
use tradeseal_verifier::log::{LogKey, SignedCheckpoint, TlogProof};

struct Answer {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Answer {
    fn data(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|cause| panic!("{cause}: {}", self.stdout))
    }

    /// The one JSON object on stderr of a command that failed, after checking its form.
    fn error(&self) -> Value {
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

struct Machine {
    folder: TempDir,
    key_cache: PathBuf,
}

impl Machine {
    /// With nothing on it.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key_cache = folder.path().join("cache");
        Self { folder, key_cache }
    }

    /// With development keys in its cache, kept from earlier runs of these tests.
    fn with_keys() -> Self {
        let key_cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("development-keys");
        Self {
            key_cache,
            ..Self::new()
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, content: &str) -> String {
        fs::write(self.path(name), content).unwrap();
        self.path(name).to_str().unwrap().to_owned()
    }

    fn run(&self, arguments: &[&str]) -> Answer {
        self.run_with(arguments, &[])
    }

    fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Answer {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tradeseal"));
        for name in ["TRADESEAL_PASSPHRASE", "TRADESEAL_PASSPHRASE_FILE"] {
            command.env_remove(name);
        }
        let output = command
            .args(arguments)
            .env("TRADESEAL_DIR", self.path("state"))
            .env("TRADESEAL_KEY_CACHE", &self.key_cache)
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

fn leaves(command: &clap::Command, path: &str, visit: &mut dyn FnMut(&str, &clap::Command)) {
    visit(path, command);
    for verb in command.get_subcommands() {
        leaves(verb, &format!("{path} {}", verb.get_name()), visit);
    }
}

#[test]
fn every_commands_help_shows_an_example_of_it() {
    let mut seen = 0;
    leaves(&tradeseal_server::Cli::command(), "tradeseal", &mut |path, command| {
        if command.has_subcommands() {
            return;
        }
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(help.contains("Example") && help.contains(path), "{path}: {help:?}");
        seen += 1;
    });
    assert!(seen >= 8, "{seen} commands");
    tradeseal_server::Cli::command().debug_assert();
}

#[test]
fn help_and_version_go_to_stdout_and_exit_0() {
    for arguments in [vec!["--help"], vec!["--version"], vec!["party", "new", "--help"]] {
        let answer = Machine::new().run(&arguments);
        assert_eq!((answer.code, answer.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(!answer.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn arguments_that_make_no_sense_exit_2_with_cause_then_remedy_on_stderr() {
    for arguments in [
        vec!["frobnicate"],
        vec!["party"],
        vec![],
        vec!["party", "new", "x", "--colour"],
    ] {
        let answer = Machine::new().run(&arguments);
        assert_eq!((answer.code, answer.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(
            answer.stderr.starts_with("error: ") && answer.stderr.contains("\n\n"),
            "{}",
            answer.stderr
        );
    }
}

#[test]
fn usage_errors_honour_json() {
    for arguments in [
        vec!["frobnicate", "--json"],
        vec!["--json", "verify"],
        vec!["--json", "party"],
    ] {
        assert_eq!(Machine::new().run(&arguments).error()["code"], "usage", "{arguments:?}");
    }
    let answer = Machine::new().run(&["party", "new", "acme", "--id", "nonsense", "--json"]);
    assert!(answer.error()["message"].as_str().unwrap().contains("SCHEME:VALUE"));
}

#[test]
fn a_party_is_made_shown_and_not_made_twice() {
    let machine = Machine::new();
    let made = machine.run(&["party", "new", "acme", "--id", "vat: de 123 456 789", "--json"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert!(
        made.stderr.contains("wallet.key"),
        "told once how the wallet is sealed: {}",
        made.stderr
    );
    assert_eq!(made.data()["identifier"], "VAT:DE123456789");
    assert!(made.data()["handle"].as_str().unwrap().starts_with("tradeseal1"));

    let shown = machine.run(&["party", "show", "acme", "--json"]);
    assert_eq!((shown.data(), shown.stderr.as_str()), (made.data(), ""));
    let all = machine.run(&["party", "show", "--json"]);
    assert_eq!(all.data()["parties"][0], made.data());

    let again = machine.run(&["party", "new", "acme", "--json"]).error();
    assert_eq!(again["code"], "name_taken");
}

#[test]
fn looking_for_a_party_makes_no_wallet() {
    let machine = Machine::new();
    let error = machine.run(&["party", "show", "nobody", "--json"]).error();
    assert_eq!(error["code"], "name_unknown");
    assert!(error["remedy"].as_str().unwrap().contains("tradeseal party"));
    assert!(!machine.path("state").exists());
}

#[test]
fn a_wrong_passphrase_is_told_and_never_printed() {
    let machine = Machine::new();
    let with = |passphrase| {
        let environment = [("TRADESEAL_PASSPHRASE", passphrase)];
        machine.run_with(&["party", "new", passphrase, "--json"], &environment)
    };
    assert_eq!(with("open sesame").code, 0);
    let refused = machine.run_with(&["party", "show", "--json"], &[("TRADESEAL_PASSPHRASE", "hunter2")]);
    assert_eq!(refused.error()["code"], "passphrase_wrong");
    assert!(!refused.stderr.contains("hunter2"));
    assert_eq!(
        machine.run(&["party", "show", "--json"]).error()["code"],
        "passphrase_needed"
    );
    let file = machine.file("passphrase", "open sesame\n");
    let opened = machine.run_with(&["party", "show", "--json"], &[("TRADESEAL_PASSPHRASE_FILE", &file)]);
    assert_eq!(opened.data()["parties"].as_array().unwrap().len(), 1);
}

#[test]
fn no_secret_of_a_party_is_printed_or_left_readable_in_the_state_folder() {
    let machine = Machine::new();
    let made = machine.run_with(
        &["party", "new", "acme", "--json"],
        &[("TRADESEAL_PASSPHRASE", "open sesame")],
    );
    let printed: Vec<String> = made.data().as_object().unwrap().keys().cloned().collect();
    for key in &printed {
        assert!(
            !key.contains("secret") && !key.contains("private") && !key.contains("spending"),
            "{printed:?}"
        );
    }
    for text in ["acme", "open sesame", made.data()["handle"].as_str().unwrap()] {
        assert!(!holds_text(&machine.path("state"), text), "{text}");
    }
}

fn holds_text(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .any(|path| {
            if path.is_dir() {
                return holds_text(&path, text);
            }
            fs::read(&path)
                .unwrap()
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        })
}

#[test]
fn an_invoice_is_read_into_the_contracts_keys_and_both_syntaxes_give_one_fingerprint() {
    let machine = Machine::new();
    let ubl = machine.file("ubl.xml", SAMPLE_UBL_INVOICE);
    let cii = machine.file("cii.xml", SAMPLE_CII_INVOICE);
    let (ubl, cii) = (
        ["receivable", "read", &ubl, "--json"],
        ["receivable", "read", &cii, "--json"],
    );
    let (ubl, cii) = (machine.run(&ubl), machine.run(&cii));
    assert_eq!((ubl.code, ubl.stderr.as_str()), (0, ""));
    let data = ubl.data();
    for key in [
        "invoice_number",
        "type_code",
        "currency",
        "supplier_id",
        "debtor_id",
        "fingerprint",
    ] {
        assert!(data[key].is_string(), "{key} in {data}");
    }
    assert!(data["issue_day"].is_u64() && data["amount_minor"].is_u64() && data["flags"].is_array());
    assert!(data.get("due_day").is_some_and(|day| day.is_u64() || day.is_null()));
    assert_eq!(data["fingerprint"], cii.data()["fingerprint"]);
}

#[test]
fn a_credit_note_is_refused_with_its_reason_and_leaves_nothing_behind() {
    let machine = Machine::new();
    let credit_note = SAMPLE_UBL_INVOICE.replace(">380<", ">381<");
    assert_ne!(credit_note, SAMPLE_UBL_INVOICE);
    let file = machine.file("credit-note.xml", &credit_note);
    let error = machine.run(&["receivable", "read", &file, "--json"]).error();
    assert_eq!(error["code"], "credit_note");
    assert!(error["message"].as_str().unwrap().contains("381") && error["remedy"] != "");
    assert!(!machine.path("state").exists());
}

#[test]
fn a_missing_file_is_named_with_what_to_do() {
    let machine = Machine::new();
    let error = machine
        .run(&["receivable", "read", "/no/such/invoice.xml", "--json"])
        .error();
    assert_eq!(error["code"], "file_missing");
    assert!(error["message"].as_str().unwrap().contains("/no/such/invoice.xml") && error["remedy"] != "");
    let text = machine.run(&["receivable", "read", "/no/such/invoice.xml"]);
    assert_eq!((text.code, text.stdout.as_str()), (2, ""));
    assert!(
        text.stderr.starts_with("error: cannot read /no/such/invoice.xml"),
        "{}",
        text.stderr
    );
}

const POLICY: &str = r#"{
  "min_amount": "1000.00 EUR",
  "due_from": "2026-12-01",
  "due_to": "2027-03-31",
  "approved_debtors": [{ "scheme": "VAT", "id": "DE123456789" }],
  "required_flags": ["acknowledged"]
}"#;

impl Machine {
    fn new_request(&self, extra: &[&str]) -> Answer {
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
    fn request_file(&self) -> String {
        let path = self.path("request.json").to_str().unwrap().to_owned();
        let made = self.new_request(&["-o", &path]);
        assert_eq!(made.code, 0, "{}", made.stderr);
        path
    }
}

#[test]
fn a_request_is_signed_shown_and_refused_once_altered() {
    let machine = Machine::new();
    let path = machine.request_file();
    let shown = machine.run(&["request", "show", &path, "--json"]);
    assert_eq!(shown.data()["status"], "valid", "{}", shown.stderr);
    assert!(shown.data()["request_digest"].is_string());

    let text = fs::read_to_string(&path).unwrap();
    let altered = text.replace("First Bank", "Worst Bank");
    assert_ne!(altered, text);
    let altered = machine.file("altered.json", &altered);
    let error = machine.run(&["request", "show", &altered, "--json"]).error();
    assert_eq!(error["code"], "request_signature");
}

#[test]
fn two_requests_of_one_bank_share_its_key_and_nothing_else() {
    let machine = Machine::new();
    let (first, second) = (machine.new_request(&[]), machine.new_request(&[]));
    assert!(
        first.stderr.contains("First Bank") && second.stderr.is_empty(),
        "told once of the new key"
    );
    let key = |answer: &Answer| answer.data()["verifier_key"].clone();
    assert!(key(&first).is_string() && key(&first) == key(&second));
    assert_ne!(first.data()["nonce"], second.data()["nonce"]);
}

#[test]
fn a_policy_that_cannot_be_read_names_the_value() {
    let machine = Machine::new();
    let policy = machine.file("bad.json", &POLICY.replace("1000.00 EUR", "1,000 EUR"));
    let arguments = [
        "request",
        "new",
        "--statement",
        "receivable/eligibility",
        "--policy",
        &policy,
    ];
    let answer = machine.run(&[&arguments[..], &["--origin", "ledger.example/r", "--json"]].concat());
    let error = answer.error();
    assert_eq!(error["code"], "policy_refused");
    assert!(error["message"].as_str().unwrap().contains("1,000 EUR"));
}

#[test]
fn rubbish_handed_over_as_a_presentation_is_not_verified_and_exits_1() {
    let machine = Machine::new();
    let request = machine.request_file();
    let trust = machine.file(
        "trust.json",
        r#"{"version":1,"logs":[],"keys":[],"allow_insecure_dev":false}"#,
    );
    let presentation = machine.file("presentation.json", "{}");
    let arguments = ["verify", &presentation, "--request", &request, "--trust", &trust];
    let json = machine.run(&[&arguments[..], &["--json"]].concat());
    assert_eq!((json.code, json.stderr.as_str()), (1, ""));
    assert_eq!(json.data()["verdict"], "not_verified");
    for key in ["sentence", "checks", "claims", "not_established"] {
        assert!(!json.data()[key].is_null(), "{key}");
    }
    let text = machine.run(&arguments);
    assert_eq!(text.code, 1);
    assert!(text.stdout.starts_with("Not verified: "), "{}", text.stdout);
}

#[test]
fn a_trust_file_that_cannot_be_read_is_an_error_and_no_verdict() {
    let machine = Machine::new();
    let request = machine.request_file();
    let trust = machine.file(
        "trust.json",
        r#"{"version":2,"logs":[],"keys":[],"allow_insecure_dev":false}"#,
    );
    let presentation = machine.file("presentation.json", "{}");
    let arguments = [
        "verify",
        &presentation,
        "--request",
        &request,
        "--trust",
        &trust,
        "--json",
    ];
    assert_eq!(machine.run(&arguments).error()["code"], "trust_refused");
}

#[test]
fn an_empty_registry_lists_no_keys_and_knows_none() {
    let machine = Machine::new();
    assert_eq!(
        machine.run(&["keys", "list", "--json"]).data()["keys"],
        Value::Array(Vec::new())
    );
    let error = machine.run(&["keys", "show", "receivable/mint/v1", "--json"]).error();
    assert_eq!(error["code"], "key_unknown");
    assert!(error["remedy"].as_str().unwrap().contains("tradeseal keys dev-setup"));
}

impl Machine {
    /// An open ledger in the state folder; it closes when dropped.
    fn ledger(&self) -> LocalLedger {
        let context = Context::in_folders(self.path("state"), Some(self.key_cache.clone()), true);
        let wallet = context.wallet().unwrap();
        LocalLedger::open_or_begin(&context, &wallet, &mut Silent).unwrap()
    }
}

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

#[test]
fn a_request_without_an_origin_is_for_the_ledger_at_hand() {
    let machine = Machine::with_keys();
    let policy = machine.file("policy.json", POLICY);
    let arguments = [
        "request",
        "new",
        "--statement",
        "receivable/eligibility",
        "--policy",
        &policy,
        "--json",
    ];
    assert_eq!(machine.run(&arguments).error()["code"], "origin_needed");
    let origin = machine.ledger().origin().to_string();
    assert_eq!(machine.run(&arguments).data()["origin"], origin);
}

#[test]
fn a_ledger_that_another_process_has_open_is_told_and_leaves_a_verdict_to_its_other_checks() {
    let machine = Machine::with_keys();
    let open = machine.ledger();
    assert_eq!(
        machine.run(&["log", "checkpoint", "--json"]).error()["code"],
        "ledger_in_use"
    );
    let request = machine.request_file();
    let trust = machine.file(
        "trust.json",
        r#"{"version":1,"logs":[],"keys":[],"allow_insecure_dev":false}"#,
    );
    let presentation = machine.file("presentation.json", "{}");
    let verdict = machine.run(&["verify", &presentation, "--request", &request, "--trust", &trust]);
    assert_eq!(verdict.code, 1, "{}", verdict.stderr);
    drop(open);
    assert_eq!(machine.run(&["log", "checkpoint"]).code, 0);
}
