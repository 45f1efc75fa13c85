//! Vectors made with circomlibjs, zk-kit and iden3, and light-poseidon as a second implementation.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use ark_ff::{BigInteger, PrimeField};
use serde_json::Value;
use std::path::PathBuf;
use tradeseal_primitives::{Fr, babyjubjub, eddsa, field, poseidon::poseidon};

fn vectors() -> Option<Value> {
    let root = std::env::var_os("TRADESEAL_SHARED_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"),
        PathBuf::from,
    );
    let path = root.join("vectors/zk_compat_vectors.json");
    match std::fs::read(&path) {
        Ok(bytes) => Some(serde_json::from_slice(&bytes).unwrap()),
        Err(_) => {
            eprintln!("skipped: no vectors at {}", path.display());
            None
        }
    }
}

fn fr(value: &Value) -> Fr {
    field::from_decimal(value.as_str().unwrap()).unwrap()
}

#[test]
fn poseidon_agrees_with_circomlibjs() {
    let Some(v) = vectors() else { return };
    let v = &v["poseidon_bn254"];
    let up_to = |n: u64| (1..=n).map(Fr::from).collect::<Vec<_>>();
    assert_eq!(poseidon(&[Fr::from(1u64)]), fr(&v["p1_1"]));
    assert_eq!(poseidon(&up_to(2)), fr(&v["p2_1_2"]));
    assert_eq!(poseidon(&[Fr::from(0u64); 2]), fr(&v["p2_0_0"]));
    // The vector file's five-input case is circomlibjs' own test input (1, 2, 0, 0, 0).
    assert_eq!(poseidon(&[1u64, 2, 0, 0, 0].map(Fr::from)), fr(&v["p5"]));
    for n in [3, 4, 6, 16] {
        assert_eq!(poseidon(&up_to(n)), fr(&v[format!("p{n}")]), "{n} inputs");
    }
}

#[test]
fn poseidon_agrees_with_light_poseidon_up_to_its_largest_width() {
    use light_poseidon::PoseidonHasher;
    for n in 1..=12usize {
        let inputs: Vec<Fr> = (0..n as u64).map(|i| -Fr::from(i * i + 7)).collect();
        let mut oracle = light_poseidon::Poseidon::<Fr>::new_circom(n).unwrap();
        assert_eq!(poseidon(&inputs), oracle.hash(&inputs).unwrap(), "{n} inputs");
    }
}

#[test]
fn the_curve_is_circomlibs() {
    let Some(v) = vectors() else { return };
    let v = &v["babyjub"];
    let base = babyjubjub::base8();
    assert_eq!([base.x, base.y], [fr(&v["Base8"][0]), fr(&v["Base8"][1])]);
    let double = babyjubjub::multiply(&base, &babyjubjub::Scalar::from(2u64));
    assert_eq!([double.x, double.y], [fr(&v["base8_x2"][0]), fr(&v["base8_x2"][1])]);
    assert_eq!(babyjubjub::Scalar::MODULUS.to_string(), v["subOrder"].as_str().unwrap());
    assert_eq!(
        hex::encode(babyjubjub::pack(&base)),
        v["pack_base8_hex"].as_str().unwrap()
    );
    let generator = babyjubjub::Point::new_unchecked(fr(&v["Generator"][0]), fr(&v["Generator"][1]));
    assert!(generator.is_on_curve());
    assert!(
        babyjubjub::subgroup_point(generator.x, generator.y).is_err(),
        "the full generator is outside the subgroup"
    );
}

#[test]
fn signatures_are_byte_for_byte_those_of_circomlibjs_and_zk_kit() {
    let Some(v) = vectors() else { return };
    let mut key = [0u8; 32];
    hex::decode_to_slice(v["eddsa_circomlibjs"]["prv"].as_str().unwrap(), &mut key).unwrap();
    let key = eddsa::PrivateKey::from_bytes(key);
    let message = fr(&v["eddsa_circomlibjs"]["msg"]);
    for maker in ["eddsa_circomlibjs", "eddsa_zkkit"] {
        let v = &v[maker];
        assert_eq!(
            [key.public().x(), key.public().y()],
            [fr(&v["pub"][0]), fr(&v["pub"][1])],
            "{maker}"
        );
        let signature = key.sign(message);
        assert_eq!(
            [signature.r8.x, signature.r8.y],
            [fr(&v["R8"][0]), fr(&v["R8"][1])],
            "{maker}"
        );
        assert_eq!(
            signature.s.into_bigint().to_string(),
            v["S"].as_str().unwrap(),
            "{maker}"
        );
        key.public().verify(message, &signature).unwrap();
    }
}

/// LeanIMT is zk-kit's binary tree: a node with one child is that child. Another use of Poseidon by another library.
#[test]
fn two_input_nodes_rebuild_zk_kits_lean_tree() {
    let Some(v) = vectors() else { return };
    for (count, expected) in (1u64..).zip(v["leanimt"]["roots"].as_array().unwrap()) {
        let mut level: Vec<Fr> = (1..=count).map(Fr::from).collect();
        while level.len() > 1 {
            level = level
                .chunks(2)
                .map(|pair| if pair.len() == 2 { poseidon(pair) } else { pair[0] })
                .collect();
        }
        assert_eq!(level[0], fr(expected), "{count} leaves");
    }
}

#[test]
fn a_semaphore_identity_commits_to_its_public_key() {
    let Some(v) = vectors() else { return };
    let v = &v["semaphore_v4"];
    let key = [fr(&v["publicKey"][0]), fr(&v["publicKey"][1])];
    assert!(babyjubjub::subgroup_point(key[0], key[1]).is_ok());
    assert_eq!(poseidon(&key), fr(&v["commitment"]));
    let scalar = babyjubjub::Scalar::from_be_bytes_mod_order(&field::to_bytes(&fr(&v["secretScalar"])));
    let public = babyjubjub::multiply(&babyjubjub::base8(), &scalar);
    assert_eq!([public.x, public.y], key);
    assert!(!scalar.into_bigint().is_zero());
}
