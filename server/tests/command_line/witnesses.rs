//! Log witnesses as processes, and the policy that names them.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tradeseal_verifier::log::{CosignerKey, LogKey, TlogProof, WitnessPolicy};

use crate::gate::{Gate, Manner};
use crate::machine::Machine;

/// A running `witness serve`, stopped by SIGTERM; killed if a test fails before.
pub(crate) struct Serving {
    child: Child,
    pub(crate) key: String,
    pub(crate) url: String,
}

impl Serving {
    /// Starts the log witness in a folder and reads its first line.
    pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tradeseal"))
            .args(["witness", "serve", "--json", "--dir"])
            .arg(folder)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let data: Value = serde_json::from_str(&line).unwrap_or_else(|cause| panic!("{cause}: {line}"));
        let text = |key: &str| data[key].as_str().unwrap().to_owned();
        let (key, url) = (text("verifier_key"), text("url"));
        assert_eq!(url, format!("http://{}", text("address")));
        Self { child, key, url }
    }

    /// Asks it to stop; its exit code.
    pub(crate) fn stop(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) const ANY_PORT: [&str; 2] = ["--listen", "127.0.0.1:0"];

fn show(machine: &Machine, folder: &Path) -> Value {
    machine
        .run(&["witness", "show", "--json", "--dir", folder.to_str().unwrap()])
        .data()
}

#[test]
fn a_log_witness_needs_a_name_once_and_stops_when_asked() {
    let machine = Machine::new();
    let folder = machine.path("court");
    let nameless = machine.run(&["witness", "serve", "--json", "--dir", folder.to_str().unwrap()]);
    assert_eq!(nameless.error()["code"], "witness_name");
    let log = "ledger.example/log+ec0e2cf8+AQICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC";
    let not_a_key = machine.run(&["witness", "serve", "--json", "--log", log]).error();
    assert_eq!(not_a_key["code"], "usage");

    let first = Serving::start(&folder, &[&ANY_PORT[..], &["--name", "witness.example/court"]].concat());
    let key = first.key.clone();
    assert_eq!(
        CosignerKey::parse(&key).unwrap().name().as_str(),
        "witness.example/court"
    );
    assert_eq!(show(&machine, &folder)["running"], true);
    assert_eq!(first.stop(), Some(0), "SIGTERM is an orderly end");

    let again = Serving::start(&folder, &ANY_PORT);
    assert_eq!(again.key, key);
    assert_eq!(again.stop(), Some(0));
    let shown = show(&machine, &folder);
    assert_eq!(
        (&shown["running"], &shown["verifier_key"]),
        (&false.into(), &key.into())
    );
    assert_eq!(shown["logs"], Value::Array(vec![]));
}

#[test]
fn a_log_witness_does_not_live_in_a_ledgers_folder() {
    let machine = Machine::with_keys();
    drop(machine.ledger());
    let refused = machine.run(&["witness", "serve", "--json", "--name", "witness.example/court"]);
    assert_eq!(refused.error()["code"], "witness_folder");
}

#[test]
fn a_policy_must_name_this_log_and_ask_for_something() {
    let machine = Machine::with_keys();
    drop(machine.ledger());
    let shown = machine.run(&["log", "checkpoint", "--json"]).data();
    let log = shown["verifier_key"].as_str().unwrap();
    let court = Serving::start(
        &machine.path("court"),
        &[&ANY_PORT[..], &["--name", "witness.example/court", "--log", log]].concat(),
    );
    let other = LogKey::parse(log).unwrap();
    let secret = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
    let other = LogKey::new(other.name().clone(), secret.verifying_key().as_bytes()).unwrap();
    let witness = format!("witness court {} {}\n", court.key, court.url);
    let set = |text: &str| machine.run(&["log", "policy", "set", &machine.file("policy.txt", text), "--json"]);
    for wrong in [
        format!("{witness}quorum court\n"),
        format!("log {other}\n{witness}quorum court\n"),
        format!("log {log}\nquorum none\n"),
        format!("log {log}\nwitness court {}\nquorum court\n", court.key),
        format!("log {log}\n{witness}quorum notary\n"),
        format!("log {log}\n{witness}"),
    ] {
        assert_eq!(set(&wrong).error()["code"], "witness_policy", "{wrong}");
        assert_eq!(
            machine.run(&["log", "policy", "show", "--json"]).data()["policy"],
            Value::Null
        );
    }
    let right = format!("# receipts wait for the court\nlog {log}\n{witness}quorum court\n");
    assert_eq!(set(&right).code, 0);
    let shown = machine.run(&["log", "policy", "show", "--json"]).data();
    assert_eq!(shown["policy"], right);
    assert_eq!(shown["witnesses"][0]["verifier_key"], court.key);
    WitnessPolicy::parse(&machine.run(&["log", "policy", "show"]).stdout).unwrap();
    assert_eq!(
        machine.run(&["log", "policy", "clear", "--json"]).data()["policy"],
        Value::Null
    );
    assert_eq!(
        machine.run(&["log", "policy", "show", "--json"]).data()["policy"],
        Value::Null
    );
    assert_eq!(court.stop(), Some(0));
}

/// One court and three notaries, each a process with a folder and a key of its own, and the policy that names them in force.
struct Town {
    machine: Machine,
    log: String,
    witnesses: Vec<(String, Option<Serving>)>,
}

const NAMES: [&str; 4] = ["court", "notary-a", "notary-b", "notary-c"];

impl Town {
    fn new() -> Self {
        let machine = Machine::with_keys();
        drop(machine.ledger());
        let shown = machine.run(&["log", "checkpoint", "--json"]).data();
        assert_eq!(shown["receipt"], "log_only");
        let log = shown["verifier_key"].as_str().unwrap().to_owned();
        let mut policy = format!("log {log}\n");
        let mut witnesses = vec![];
        for name in NAMES {
            let full = format!("witness.example/{name}");
            let arguments = [&ANY_PORT[..], &["--name", &full, "--log", &log]].concat();
            let serving = Serving::start(&machine.path(name), &arguments);
            policy.push_str(&format!("witness {name} {} {}\n", serving.key, serving.url));
            witnesses.push((serving.url.clone(), Some(serving)));
        }
        policy.push_str("group notaries 2 notary-a notary-b notary-c\ngroup both all court notaries\nquorum both\n");
        let file = machine.file("policy.txt", &policy);
        assert_eq!(machine.run(&["log", "policy", "set", &file]).code, 0);
        Self {
            machine,
            log,
            witnesses,
        }
    }

    fn stop(&mut self, name: &str) {
        let serving = self.place(name).1.take().unwrap();
        assert_eq!(serving.stop(), Some(0));
    }

    fn start(&mut self, name: &str) {
        let folder = self.machine.path(name);
        let place = self.place(name);
        let address = place.0.strip_prefix("http://").unwrap().to_owned();
        place.1 = Some(Serving::start(&folder, &["--listen", &address]));
    }

    fn place(&mut self, name: &str) -> &mut (String, Option<Serving>) {
        let index = NAMES.iter().position(|known| *known == name).unwrap();
        &mut self.witnesses[index]
    }

    fn enrol(&self, name: &str, vat: &str) -> Value {
        assert_eq!(self.machine.run(&["party", "new", name, "--id", vat]).code, 0);
        let enrolled = self.machine.run(&["party", "enrol", name, "--json"]);
        assert_eq!(enrolled.code, 0, "{}", enrolled.stderr);
        let data = enrolled.data();
        assert_eq!(
            enrolled.stderr.contains("has no receipt yet"),
            data["receipt"] == "pending",
            "{}",
            enrolled.stderr
        );
        data
    }

    /// The entry's proof, and whether the policy's quorum cosigned the checkpoint in it.
    fn proof(&self, index: &Value) -> (Value, bool) {
        let proof = self.machine.run(&["log", "proof", &index.to_string(), "--json"]);
        assert_eq!(proof.code, 0, "{}", proof.stderr);
        let data = proof.data();
        let text = data["proof"].as_str().unwrap();
        let proof = TlogProof::parse(text).unwrap();
        let entry = hex::decode(data["entry"].as_str().unwrap()).unwrap();
        proof.verify(&entry, &[LogKey::parse(&self.log).unwrap()]).unwrap();
        let policy = self.machine.run(&["log", "policy", "show"]).stdout;
        let met = WitnessPolicy::parse(&policy)
            .unwrap()
            .verify(proof.checkpoint())
            .unwrap()
            .is_met();
        (data, met)
    }
}

#[test]
fn receipts_wait_for_one_court_and_two_notaries() {
    let mut town = Town::new();
    let first = town.enrol("acme", "VAT:DE123456789");
    assert_eq!(first["receipt"], "cosigned");
    assert!(town.proof(&first["entry_index"]).1);

    town.stop("notary-a");
    assert_eq!(
        town.enrol("buyer", "VAT:NL805174962B01")["receipt"],
        "cosigned",
        "two notaries are enough"
    );

    town.stop("court");
    let waiting = town.enrol("third", "VAT:FR12345678901");
    assert_eq!(waiting["receipt"], "pending");
    assert!(
        waiting["missing_witnesses"]
            .as_array()
            .unwrap()
            .contains(&"court".into())
    );
    let (data, met) = town.proof(&waiting["entry_index"]);
    assert_eq!((&data["receipt"], met), (&"pending".into(), false));
    assert!(town.proof(&first["entry_index"]).1, "receipts that were had stay");

    town.start("court");
    let (data, met) = town.proof(&waiting["entry_index"]);
    assert_eq!(
        (&data["receipt"], met),
        (&"cosigned".into(), true),
        "the receipt comes later"
    );

    town.stop("notary-b");
    let one_notary = town.enrol("fourth", "VAT:BE0123456749");
    assert_eq!(one_notary["receipt"], "pending", "one notary is not enough");
    assert_eq!(town.machine.run(&["log", "policy", "clear"]).code, 0);
    assert_eq!(
        town.machine.run(&["log", "checkpoint", "--json"]).data()["receipt"],
        "log_only"
    );
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn an_older_copy_of_the_ledger_gets_no_second_cosigned_history() {
    let town = Town::new();
    town.enrol("acme", "VAT:DE123456789");
    let (ledger, older) = (town.machine.path("state").join("ledger"), town.machine.path("older"));
    copy(&ledger, &older);
    let lost = town.enrol("buyer", "VAT:NL805174962B01");
    assert_eq!(lost["receipt"], "cosigned");

    std::fs::remove_dir_all(&ledger).unwrap();
    copy(&older, &ledger);
    // The same number of entries, others in them; then more.
    for (name, vat) in [("third", "VAT:FR12345678901"), ("fourth", "VAT:BE0123456749")] {
        assert_eq!(town.machine.run(&["party", "new", name, "--id", vat]).code, 0);
        let forked = town.machine.run(&["party", "enrol", name, "--json"]);
        assert_eq!(
            (forked.code, &forked.data()["receipt"]),
            (0, &"pending".into()),
            "{}",
            forked.stderr
        );
        assert!(forked.stderr.contains("older copy of the ledger"), "{}", forked.stderr);
        let index = &forked.data()["entry_index"];
        assert!(!town.proof(index).1);
    }
    let mut town = town;
    town.stop("court");
    let forks = show(&town.machine, &town.machine.path("court"))["forks"].clone();
    assert_eq!(
        forks.as_array().unwrap().len(),
        1,
        "both sides of the fork are kept: {forks}"
    );
}

impl Town {
    /// The same policy, with a gate before the court.
    fn gated() -> (Self, Gate) {
        let town = Self::new();
        let gate = Gate::before(&town.witnesses[0].0);
        let policy = town.machine.run(&["log", "policy", "show"]).stdout;
        let policy = policy.replace(&town.witnesses[0].0, &gate.url);
        let file = town.machine.file("gated.txt", &policy);
        assert_eq!(town.machine.run(&["log", "policy", "set", &file]).code, 0);
        (town, gate)
    }
}

#[test]
fn a_silent_deaf_lying_or_broken_court_costs_a_receipt_and_nothing_else() {
    let (town, gate) = Town::gated();
    let mut waiting = vec![];
    let manners = [
        (Manner::Silent, "VAT:DE123456789"),
        (Manner::Deaf, "VAT:NL805174962B01"),
        (Manner::Lying, "VAT:FR12345678901"),
        (Manner::Torn, "VAT:BE0123456749"),
    ];
    for (number, (manner, vat)) in (0..).zip(manners) {
        gate.behave(manner);
        let data = town.enrol(&format!("party-{number}"), vat);
        assert_eq!(data["receipt"], "pending", "{manner:?}");
        assert_eq!(
            data["missing_witnesses"],
            serde_json::json!(["court"]),
            "{manner:?}: {data}"
        );
        waiting.push((manner, data));
    }
    gate.behave(Manner::Honest);
    for (manner, data) in &waiting {
        let (proof, met) = town.proof(&data["entry_index"]);
        assert_eq!((&proof["receipt"], met), (&"cosigned".into(), true), "{manner:?}");
    }
    let court = town.machine.path("court");
    let mut town = town;
    town.stop("court");
    assert_eq!(show(&town.machine, &court)["forks"], serde_json::json!([]));
}

/// Killed when the entry is durable and nobody has cosigned, and when all have cosigned and the ledger does not know.
#[test]
fn a_ledger_killed_while_it_is_being_cosigned_gives_the_receipt_later_and_never_another_history() {
    let (town, gate) = Town::gated();
    let phases = [Manner::Silent, Manner::Deaf, Manner::Silent, Manner::Deaf];
    let vats = [
        "VAT:DE123456789",
        "VAT:NL805174962B01",
        "VAT:FR12345678901",
        "VAT:BE0123456749",
    ];
    for (number, (manner, vat)) in (0..).zip(phases.into_iter().zip(vats)) {
        gate.behave(Manner::Honest);
        let name = format!("party-{number}");
        assert_eq!(town.machine.run(&["party", "new", &name, "--id", vat]).code, 0);
        let before = town.machine.run(&["log", "checkpoint", "--json"]).data()["size"]
            .as_u64()
            .unwrap();
        gate.forget();
        gate.behave(manner);
        let mut enrolling = town.machine.start(&["party", "enrol", &name, "--json"]);
        // The first request may be about the checkpoint that was there; it is cosigned already, so none is made.
        gate.wait_for_request();
        enrolling.kill().unwrap();
        enrolling.wait().unwrap();

        gate.behave(Manner::Honest);
        let shown = town.machine.run(&["log", "checkpoint", "--json"]).data();
        assert_eq!(
            shown["size"],
            before + 2,
            "{manner:?}: the entry and its state record are durable"
        );
        assert_eq!(shown["receipt"], "cosigned", "{manner:?}");
        let (proof, met) = town.proof(&before.into());
        assert_eq!((&proof["kind"], met), (&"enrol".into(), true), "{manner:?}");
    }
    let court = town.machine.path("court");
    let mut town = town;
    town.stop("court");
    assert_eq!(show(&town.machine, &court)["forks"], serde_json::json!([]));
}
