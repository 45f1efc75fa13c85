//! Folders verified at once, and exports for other people's verifiers, on presentations whose key's secrets are known.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;
use serde_json::Value;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_trapdoor::Scenario;
use tradeseal_verifier::groth16::{Provenance, TranscriptDigest};

use crate::machine::Machine;

/// A machine with a folder of two requests and three presentations, the last of which answers the wrong one; and a trust file.
struct HandedOver {
    machine: Machine,
    folder: String,
    trust: String,
}

impl HandedOver {
    fn new() -> Self {
        let machine = Machine::new();
        let mut rng = StdRng::seed_from_u64(7);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let scenario = Scenario::new(UnixSeconds(now - 60), &mut rng);
        let requests = [0, 1].map(|_| scenario.signed(scenario.draft(2, &mut rng)));
        let mut presentations = [0, 0, 1].map(|at| scenario.presentation(&requests[at], &mut rng));
        presentations[2].proof = presentations[0].proof.clone();
        let folder = machine.path("handed-over");
        fs::create_dir(&folder).unwrap();
        for (name, request) in ["one", "two"].iter().zip(&requests) {
            fs::write(folder.join(format!("{name}.request.json")), request.to_json()).unwrap();
        }
        for (name, presentation) in ["a", "b", "c"].iter().zip(&presentations) {
            fs::write(folder.join(format!("{name}.presentation.json")), presentation.to_json()).unwrap();
        }
        let ceremony = Provenance::Ceremony {
            transcript: TranscriptDigest([9; 32]),
        };
        let trust = String::from_utf8(scenario.trust(ceremony, false).to_json()).unwrap();
        Self {
            trust: machine.file("trust.json", &trust),
            folder: folder.to_str().unwrap().to_owned(),
            machine,
        }
    }

    fn presentation(&self, name: &str) -> String {
        format!("{}/{name}.presentation.json", self.folder)
    }
}

#[test]
fn a_folder_is_judged_at_once_and_the_bad_presentation_is_named() {
    let HandedOver { machine, folder, trust } = &HandedOver::new();
    let arguments = ["verify", "--batch", folder, "--trust", trust];
    let answer = machine.run(&[&arguments[..], &["--json"]].concat());
    assert_eq!((answer.code, answer.stderr.as_str()), (1, ""));
    let data = answer.data();
    assert_eq!(data["verdict"], "not_verified");
    assert_eq!(data["proofs_together"], 3);
    let bad = data["not_verified"].as_array().unwrap();
    assert!(
        bad.len() == 1 && bad[0].as_str().unwrap().ends_with("c.presentation.json"),
        "{bad:?}"
    );
    let verdicts: Vec<&Value> = data["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["report"]["verdict"])
        .collect();
    assert_eq!(verdicts, ["inconclusive", "inconclusive", "not_verified"]);
    assert_eq!(
        data["results"][2]["report"]["checks"].as_array().unwrap().len(),
        data["results"][0]["report"]["checks"].as_array().unwrap().len()
    );
    assert!(machine.run(&arguments).stdout.starts_with("Not verified: of 3 files"));
    fs::remove_file(format!("{folder}/c.presentation.json")).unwrap();
    assert_eq!(machine.run(&arguments).code, 3);
    for (folder, code) in [("absent", "file_missing"), ("empty", "nothing_to_verify")] {
        let folder = machine.path(folder);
        if code == "nothing_to_verify" {
            fs::create_dir(&folder).unwrap();
        }
        let folder = folder.to_str().unwrap();
        let refused = machine.run(&["verify", "--batch", folder, "--trust", trust, "--json"]);
        assert_eq!(refused.error()["code"], code);
    }
}

#[test]
fn a_presentation_is_exported_for_snarkjs_with_the_trust_files_key() {
    let handed = HandedOver::new();
    let machine = &handed.machine;
    let out = machine.path("for-snarkjs");
    let out = out.to_str().unwrap();
    let presentation = handed.presentation("a");
    let without_key = machine.run(&["export", "snarkjs", &presentation, "--out", out, "--json"]);
    assert_eq!(without_key.error()["code"], "key_unknown");
    let answer = machine.run(&[
        "export",
        "snarkjs",
        &presentation,
        "--trust",
        &handed.trust,
        "--out",
        out,
        "--json",
    ]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert_eq!(answer.data()["files"].as_array().unwrap().len(), 3);
    let read = |name: &str| -> Value { serde_json::from_slice(&fs::read(format!("{out}/{name}")).unwrap()).unwrap() };
    let presented: Value = serde_json::from_slice(&fs::read(&presentation).unwrap()).unwrap();
    let rows = read("public.json");
    assert_eq!(rows[2], presented["rows"]["nullifier"]);
    assert_eq!(rows[3], presented["request_digest"]);
    assert_eq!(read("verification_key.json")["nPublic"], rows.as_array().unwrap().len());
    assert_eq!(read("proof.json")["protocol"], "groth16");
    let rubbish = machine.file("rubbish.json", "{}");
    let refused = machine.run(&["export", "snarkjs", &rubbish, "--out", out, "--json"]);
    assert_eq!(refused.error()["code"], "presentation_refused");
}

#[test]
fn a_contract_is_exported_for_a_statement_and_warns_of_a_development_key() {
    let machine = Machine::with_keys();
    let out = machine.path("Verifier.sol");
    let out = out.to_str().unwrap();
    let answer = machine.run(&[
        "export",
        "solidity",
        "--statement",
        "receivable/disclosure",
        "--out",
        out,
    ]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(answer.stderr.contains("development key"), "{}", answer.stderr);
    let source = fs::read_to_string(out).unwrap();
    assert!(source.contains("contract TradesealVerifier") && source.contains("DEVELOPMENT KEY"));
    let unknown = machine.run(&[
        "export",
        "solidity",
        "--statement",
        "receivable/wish",
        "--out",
        out,
        "--json",
    ]);
    assert_eq!(unknown.error()["code"], "usage");
    let other = [
        "export",
        "solidity",
        "--statement",
        "receivable/disclosure",
        "--key",
        "000000",
        "--out",
        out,
        "--json",
    ];
    assert_eq!(machine.run(&other).error()["code"], "key_unknown");
}

#[test]
fn verification_is_measured_beside_ark_groth16() {
    let answer = Machine::new().run(&["bench", "verify", "--runs", "1", "--largest", "2", "--json"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let data = answer.data();
    for time in [
        &data["single_ms"],
        &data["ark_single_ms"],
        &data["batch"][1]["per_proof_ms"],
    ] {
        assert!(time.as_f64().is_some_and(|time| time > 0.0), "{data}");
    }
    assert_eq!(data["batch"][1]["n"], 2);
}
