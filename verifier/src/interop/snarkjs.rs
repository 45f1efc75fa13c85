//! `verification_key.json`, `proof.json` and `public.json` as snarkjs writes and reads them.
//!
//! In scope: their contents. Out of scope: files. Coordinates are decimal strings, real parts of G2 first.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use ark_bn254::{Fr, G1Affine, G2Affine};
use serde::Serialize;

use super::decimal::{decimal, imaginary_first};
use crate::encoding;
use crate::groth16::{Proof, VerifyingKey};

type G1 = [String; 3];
type G2 = [[String; 2]; 3];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct VerificationKey {
    protocol: &'static str,
    curve: &'static str,
    n_public: usize,
    #[serde(rename = "vk_alpha_1")]
    alpha: G1,
    #[serde(rename = "vk_beta_2")]
    beta: G2,
    #[serde(rename = "vk_gamma_2")]
    gamma: G2,
    #[serde(rename = "vk_delta_2")]
    delta: G2,
    #[serde(rename = "IC")]
    inputs: Vec<G1>,
}

#[derive(Serialize)]
struct ProofPoints {
    pi_a: G1,
    pi_b: G2,
    pi_c: G1,
    protocol: &'static str,
    curve: &'static str,
}

const PROTOCOL: &str = "groth16";
/// snarkjs' name for BN254.
const CURVE: &str = "bn128";

/// `verification_key.json`. Without `vk_alphabeta_12`, which snarkjs writes and does not read.
pub fn verification_key(key: &VerifyingKey) -> Vec<u8> {
    let (alpha, beta, gamma, delta) = key.group_points();
    encoding::pretty_json(&VerificationKey {
        protocol: PROTOCOL,
        curve: CURVE,
        n_public: key.input_points().len() - 1,
        alpha: g1(alpha),
        beta: g2(beta),
        gamma: g2(gamma),
        delta: g2(delta),
        inputs: key.input_points().iter().map(g1).collect(),
    })
}

/// `proof.json`.
pub fn proof(proof: &Proof) -> Vec<u8> {
    let (a, b, c) = proof.points();
    encoding::pretty_json(&ProofPoints {
        pi_a: g1(a),
        pi_b: g2(b),
        pi_c: g1(c),
        protocol: PROTOCOL,
        curve: CURVE,
    })
}

/// `public.json`: the rows in the statement's order, without names, as snarkjs has them.
pub fn public(rows: &[Fr]) -> Vec<u8> {
    encoding::pretty_json(&rows.iter().map(|row| decimal(*row)).collect::<Vec<_>>())
}

fn g1(point: &G1Affine) -> G1 {
    [decimal(point.x), decimal(point.y), "1".to_string()]
}

fn g2(point: &G2Affine) -> G2 {
    let [x1, x0, y1, y0] = imaginary_first(point);
    [[x0, x1], [y0, y1], ["1".to_string(), "0".to_string()]]
}
