//! A ceremony from the first step to a key in use, with the script that its people follow.

use std::fs::{self, File};
use std::path::Path;

use ark_std::rand::rngs::OsRng;
use tradeseal_circuits::Statement;
use tradeseal_prover::files::{self, Powers, check_zkey, circuit_digest};
use tradeseal_prover::keys::{CircuitPin, KeyRegistry};
use tradeseal_prover::{Silent, prove};
use tradeseal_verifier::groth16::{Provenance, verify};
use tradeseal_verifier::interop::snarkjs as forms;

use crate::small::Small;
use crate::{json, snarkjs, snarkjs_proof, step};

const BEACON: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

fn pin() -> CircuitPin {
    CircuitPin {
        statement: Small::ID,
        digest: circuit_digest::<Small>().unwrap(),
    }
}

/// Powers of tau, the first key, two people, the beacon.
fn hold(folder: &Path) {
    fs::write(folder.join("circuit.r1cs"), files::r1cs::<Small>().unwrap()).unwrap();
    step(folder, &["rehearsal-powers", "4", "powers.ptau"]);
    step(folder, &["setup", "circuit.r1cs", "powers.ptau", "0.zkey"]);
    step(folder, &["contribute", "0.zkey", "1.zkey", "First Bank"]);
    step(folder, &["contribute", "1.zkey", "2.zkey", "Chamber of Notaries"]);
    step(folder, &["beacon", "2.zkey", "final.zkey", BEACON, "6"]);
}

#[test]
fn a_ceremony_ends_with_a_key_that_we_and_snarkjs_prove_and_verify_with() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    hold(folder);
    step(folder, &["verify", "circuit.r1cs", "powers.ptau", "final.zkey"]);

    let zkey = fs::read(folder.join("final.zkey")).unwrap();
    let powers = Powers::read(&mut File::open(folder.join("powers.ptau")).unwrap(), 8, &mut OsRng).unwrap();
    let checked = check_zkey::<Small>(&pin(), &zkey, Some(&powers), &mut OsRng, &mut Silent).unwrap();
    let names: Vec<_> = checked.contributions().iter().map(|one| one.name.clone().unwrap()).collect();
    assert_eq!(names, ["First Bank", "Chamber of Notaries", "beacon"]);
    let beacon = checked.contributions()[2].beacon.as_ref().unwrap();
    assert_eq!(beacon.value[..4], [0x00, 0x11, 0x22, 0x33]);

    let registry = KeyRegistry::new(&folder.join("state"), None);
    let numbers = [3, 11];
    let rows = Small::rows_of(numbers);
    let key = registry.import_ceremony::<Small>(checked, (&rows, &numbers), &mut OsRng, &mut Silent).unwrap();
    assert!(matches!(key.record().provenance, Provenance::Ceremony { .. }));

    // Our proof, snarkjs' verifier, and the verifying key that snarkjs itself takes out of its file.
    let proven = prove::<Small>(&key, &rows, &numbers, &mut OsRng, &mut Silent).unwrap();
    fs::write(folder.join("ours.json"), forms::proof(&proven.proof)).unwrap();
    fs::write(folder.join("rows.json"), forms::public(&proven.public_rows)).unwrap();
    snarkjs(folder, &["zkey", "export", "verificationkey", "final.zkey", "key.json"]);
    let said = snarkjs(folder, &["groth16", "verify", "key.json", "rows.json", "ours.json"]);
    assert!(said.contains("OK!"), "{said}");
    let exported: serde_json::Value = serde_json::from_slice(&forms::verification_key(key.verifying_key())).unwrap();
    let theirs = json(&folder.join("key.json"));
    for part in ["vk_alpha_1", "vk_beta_2", "vk_gamma_2", "vk_delta_2", "IC"] {
        assert_eq!(exported[part], theirs[part], "{part}");
    }

    // snarkjs' proof under the key as we export it again, our verifier; and snarkjs finds nothing wrong with that file.
    let transcript = registry.transcript(key.record()).unwrap();
    fs::write(folder.join("again.zkey"), files::zkey::<Small>(&key, transcript.as_deref()).unwrap()).unwrap();
    step(folder, &["verify", "circuit.r1cs", "powers.ptau", "again.zkey"]);
    fs::write(folder.join("sample.wtns"), &files::wtns::<Small>(&rows, &numbers).unwrap()[..]).unwrap();
    snarkjs(folder, &["groth16", "prove", "again.zkey", "sample.wtns", "proof.json", "public.json"]);
    let (proof, their_rows) = snarkjs_proof(folder);
    assert_eq!(their_rows, proven.public_rows);
    assert_eq!(verify(key.prepared(), &proof, &their_rows), Ok(()));
}

#[test]
fn the_key_that_nobody_contributed_to_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("circuit.r1cs"), files::r1cs::<Small>().unwrap()).unwrap();
    step(folder, &["rehearsal-powers", "3", "powers.ptau"]);
    step(folder, &["setup", "circuit.r1cs", "powers.ptau", "0.zkey"]);
    let zkey = fs::read(folder.join("0.zkey")).unwrap();
    let refused = check_zkey::<Small>(&pin(), &zkey, None, &mut OsRng, &mut Silent).unwrap_err();
    assert!(refused.to_string().contains("gamma equals delta"), "{refused}");
}
