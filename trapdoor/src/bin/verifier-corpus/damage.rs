//! Ways in which files and proofs go wrong.

use ark_bn254::{Fq, Fq2, G2Affine};
use ark_ff::{BigInteger, PrimeField, UniformRand};
use ark_std::rand::rngs::StdRng;
use serde_json::Value;

const TEXT: &str = "our files are text";

/// Presentations that are none in canonical form.
pub(crate) fn files(good: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let text = str::from_utf8(good).expect(TEXT);
    vec![
        ("empty", Vec::new()),
        ("no-json", b"\xff\xfe\x00".to_vec()),
        ("cut-short", good[..good.len() / 2].to_vec()),
        ("one-space-more", text.replacen(": ", ":  ", 1).into_bytes()),
        ("unknown-field", text.replacen('{', "{\n  \"note\": 1,", 1).into_bytes()),
        ("row-above-the-modulus", row_above_the_modulus(text)),
        ("too-long", [good, &vec![b' '; 600_000]].concat()),
    ]
}

fn row_above_the_modulus(text: &str) -> Vec<u8> {
    let mut value: Value = serde_json::from_str(text).expect(TEXT);
    value["rows"]["nullifier"] = Value::String(ark_bn254::Fr::MODULUS.to_string());
    serde_json::to_vec_pretty(&value).expect(TEXT)
}

/// 256 bytes, or nearly, that are no proof of what the good one proves.
pub(crate) fn proofs(good: &[u8], rng: &mut StdRng) -> Vec<(&'static str, Vec<u8>)> {
    let edited = |edit: &dyn Fn(&mut Vec<u8>)| {
        let mut proof = good.to_vec();
        edit(&mut proof);
        proof
    };
    let stray = stray_point(rng);
    vec![
        ("proof-short", edited(&|proof| proof.truncate(255))),
        ("proof-long", edited(&|proof| proof.push(0))),
        ("proof-empty", Vec::new()),
        ("a-off-the-curve", edited(&|proof| proof[63] ^= 1)),
        ("b-off-the-curve", edited(&|proof| proof[191] ^= 1)),
        ("a-not-canonical", edited(&|proof| add_modulus(&mut proof[..32]))),
        ("c-not-canonical", edited(&|proof| add_modulus(&mut proof[224..]))),
        ("a-is-the-identity", edited(&|proof| proof[..64].fill(0))),
        ("b-is-the-identity", edited(&|proof| proof[64..192].fill(0))),
        (
            "b-outside-the-subgroup",
            edited(&|proof| proof[64..192].copy_from_slice(&stray)),
        ),
        ("a-negated", edited(&|proof| negate(&mut proof[32..64]))),
        (
            "a-and-c-swapped",
            edited(&|proof| {
                let a = proof[..64].to_vec();
                proof.copy_within(192.., 0);
                proof[192..].copy_from_slice(&a);
            }),
        ),
    ]
}

/// Twice the value plus the modulus would not fit: coordinates below 2^254, and 2^256 above both.
fn add_modulus(coordinate: &mut [u8]) {
    let mut value = Fq::from_be_bytes_mod_order(coordinate).into_bigint();
    value.add_with_carry(&Fq::MODULUS);
    coordinate.copy_from_slice(&value.to_bytes_be());
}

fn negate(coordinate: &mut [u8]) {
    let value = -Fq::from_be_bytes_mod_order(coordinate);
    coordinate.copy_from_slice(&value.into_bigint().to_bytes_be());
}

/// A point of the twist outside the subgroup, encoded.
fn stray_point(rng: &mut StdRng) -> Vec<u8> {
    loop {
        if let Some(point) = G2Affine::get_point_from_x_unchecked(Fq2::rand(rng), true) {
            let parts: [Fq; 4] = [point.x.c1, point.x.c0, point.y.c1, point.y.c0];
            return parts.iter().flat_map(|part| part.into_bigint().to_bytes_be()).collect();
        }
    }
}

/// The same request with white space of another kind: its signature is over its values.
pub(crate) fn reformatted(request: &[u8]) -> Vec<u8> {
    let value: Value = serde_json::from_slice(request).expect(TEXT);
    serde_json::to_vec(&value).expect(TEXT)
}

/// One digit of the request's signature changed.
pub(crate) fn other_request_signature(request: &[u8]) -> Vec<u8> {
    let mut value: Value = serde_json::from_slice(request).expect(TEXT);
    let signature = value["signature"].as_str().expect(TEXT);
    let first = if signature.starts_with('0') { "1" } else { "0" };
    value["signature"] = Value::String(format!("{first}{}", &signature[1..]));
    serde_json::to_vec(&value).expect(TEXT)
}

/// The log's signature line with one character of its signature changed.
pub(crate) fn other_signature(tlog_proof: &str) -> String {
    let at = tlog_proof.trim_end().len() - 20;
    let with = if tlog_proof.as_bytes()[at] == b'A' { "B" } else { "A" };
    let mut changed = tlog_proof.to_owned();
    changed.replace_range(at..=at, with);
    changed
}
