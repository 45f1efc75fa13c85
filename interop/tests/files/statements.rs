//! Every statement: its circuit and a sample pass snarkjs' check, and each side proves what the other verifies under one key.

use std::fs;
use std::path::Path;

use ark_std::rand::SeedableRng;
use tradeseal_circuits::pins;
use tradeseal_circuits::receivable::{disclosure::Disclosure, eligibility::Eligibility, mint::Mint, transfer::Transfer};
use tradeseal_circuits::sample::{SampleRng, Sampled};
use tradeseal_circuits::statement::Blank;
use tradeseal_prover::keys::{CircuitPin, KeyRegistry, LoadedKey, development_key_cache};
use tradeseal_prover::{Silent, files, prove};
use tradeseal_verifier::groth16::verify;
use tradeseal_verifier::interop::snarkjs as forms;

use crate::{snarkjs, snarkjs_proof};

fn development_key<S: Sampled>(folder: &Path) -> LoadedKey {
    let pin = CircuitPin {
        statement: S::ID,
        digest: pins::pin(S::ID).unwrap().digest,
    };
    let registry = KeyRegistry::new(folder, development_key_cache());
    registry.insecure_dev_key(&pin, Blank::<S>::default(), &mut Silent).unwrap()
}

fn agrees_with_snarkjs<S: Sampled>() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (public, private) = S::sample(&mut SampleRng::seed_from_u64(7));
    fs::write(folder.join("circuit.r1cs"), files::r1cs::<S>().unwrap()).unwrap();
    fs::write(folder.join("sample.wtns"), &files::wtns::<S>(&public, &private).unwrap()[..]).unwrap();
    let said = snarkjs(folder, &["wtns", "check", "circuit.r1cs", "sample.wtns"]);
    assert!(said.contains("WITNESS IS CORRECT"), "{said}");

    let key = development_key::<S>(folder);
    fs::write(folder.join("key.zkey"), files::zkey::<S>(&key, None).unwrap()).unwrap();
    snarkjs(folder, &["groth16", "prove", "key.zkey", "sample.wtns", "proof.json", "public.json"]);
    let (proof, rows) = snarkjs_proof(folder);
    assert_eq!(rows, S::rows(&public));
    assert_eq!(verify(key.prepared(), &proof, &rows), Ok(()));

    let proven = prove::<S>(&key, &public, &private, &mut SampleRng::seed_from_u64(8), &mut Silent).unwrap();
    fs::write(folder.join("vk.json"), forms::verification_key(key.verifying_key())).unwrap();
    fs::write(folder.join("ours.json"), forms::proof(&proven.proof)).unwrap();
    let said = snarkjs(folder, &["groth16", "verify", "vk.json", "public.json", "ours.json"]);
    assert!(said.contains("OK!"), "{said}");
    println!("{}: snarkjs and we agree", S::ID);
}

#[test]
fn disclosure() {
    agrees_with_snarkjs::<Disclosure>();
}

#[test]
fn eligibility() {
    agrees_with_snarkjs::<Eligibility>();
}

#[test]
fn transfer() {
    agrees_with_snarkjs::<Transfer>();
}

#[test]
fn mint() {
    agrees_with_snarkjs::<Mint>();
}
