//! snarkjs on exported keys, proofs and rows.

use ark_bn254::{Fq, Fr};
use ark_ff::{One, PrimeField};
use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;
use serde_json::{Value, json};
use tradeseal_verifier::groth16::{Provenance, verify};
use tradeseal_verifier::interop::snarkjs;
use tradeseal_verifier::statement::StatementId;

use crate::node;
use crate::trapdoor::Trapdoor;

struct Export {
    key: Value,
    proof: Value,
    rows: Vec<String>,
}

impl Export {
    fn of(trapdoor: &Trapdoor, rng: &mut StdRng) -> Self {
        let rows = trapdoor.rows(rng);
        let proof = trapdoor.proof(&rows, rng);
        assert_eq!(verify(&trapdoor.key, &proof, &rows), Ok(()));
        let parsed = |bytes: Vec<u8>| serde_json::from_slice(&bytes).unwrap();
        Self {
            key: parsed(snarkjs::verification_key(trapdoor.key.key())),
            proof: parsed(snarkjs::proof(&proof)),
            rows: serde_json::from_slice(&snarkjs::public(&rows)).unwrap(),
        }
    }

    fn line(&self, proof: &Value, rows: &[String]) -> String {
        json!({ "key": self.key, "proof": proof, "public": rows }).to_string()
    }

    /// Every way in which these tests tamper, with its name.
    fn tampered(&self, other: &Self) -> Vec<(String, String)> {
        let mut cases = Vec::new();
        for at in 0..self.rows.len() {
            let value: Fr = self.rows[at].parse().unwrap();
            let mut changed = self.rows.clone();
            changed[at] = (value + Fr::one()).to_string();
            cases.push((format!("row {at} changed"), self.line(&self.proof, &changed)));
            changed[at] = (num(&self.rows[at]) + num(&Fr::MODULUS.to_string())).to_string();
            cases.push((format!("row {at} not reduced"), self.line(&self.proof, &changed)));
        }
        let mut swapped = self.rows.clone();
        swapped.swap(0, 1);
        cases.push(("rows swapped".into(), self.line(&self.proof, &swapped)));
        cases.push(("a row missing".into(), self.line(&self.proof, &self.rows[1..])));
        let mut longer = self.rows.clone();
        longer.push("0".into());
        cases.push(("a row too many".into(), self.line(&self.proof, &longer)));
        cases.push(("another's rows".into(), self.line(&self.proof, &other.rows)));
        let mut proof = self.proof.clone();
        proof["pi_a"] = self.proof["pi_c"].clone();
        cases.push(("C for A".into(), self.line(&proof, &self.rows)));
        let mut proof = self.proof.clone();
        let y: Fq = self.proof["pi_a"][1].as_str().unwrap().parse().unwrap();
        proof["pi_a"][1] = json!((-y).to_string());
        cases.push(("A negated".into(), self.line(&proof, &self.rows)));
        proof["pi_a"][1] = json!((y + Fq::one()).to_string());
        cases.push(("A off the curve".into(), self.line(&proof, &self.rows)));
        cases
    }
}

fn num(decimal: &str) -> revm::primitives::U256 {
    decimal.parse().unwrap()
}

#[test]
fn snarkjs_accepts_our_exports_and_refuses_each_one_tampered_with() {
    let mut rng = StdRng::seed_from_u64(41);
    let (mut names, mut lines) = (Vec::new(), Vec::new());
    for (statement, _) in StatementId::REGISTRY {
        let trapdoor = Trapdoor::new(statement, &mut rng);
        let (export, other) = (Export::of(&trapdoor, &mut rng), Export::of(&trapdoor, &mut rng));
        for good in [&export, &other] {
            names.push((format!("{statement}: as exported"), true));
            lines.push(good.line(&good.proof, &good.rows));
        }
        for (name, line) in export.tampered(&other) {
            names.push((format!("{statement}: {name}"), false));
            lines.push(line);
        }
    }
    let answers = node("snarkjs.mjs", &(lines.join("\n") + "\n"));
    let answers: Vec<Value> = answers
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), names.len());
    for ((name, good), answer) in names.iter().zip(&answers) {
        assert_eq!(*answer == json!(true), *good, "{name}: {answer}");
    }
    println!("snarkjs agreed on {} proofs", names.len());
}

#[test]
fn a_contract_under_a_development_key_says_so() {
    let trapdoor = Trapdoor::new(StatementId::REGISTRY[0].0, &mut StdRng::seed_from_u64(1));
    let key = trapdoor.key.key();
    let source = tradeseal_verifier::interop::solidity::verifier_contract(key, Provenance::InsecureDev);
    assert!(source.contains("DEVELOPMENT KEY") && source.contains(&key.key_id().to_string()));
    assert!(!source.contains('{') || !source.contains("{constants}"));
}
