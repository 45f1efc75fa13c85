//! Proofs and rows as the fuzzer likes them, under a key whose secrets are known: ark-groth16, our single verification and our batch
//! must say the same.
#![no_main]

use std::sync::LazyLock;

use ark_bn254::{Bn254, Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::{CurveGroup, PrimeGroup};
use ark_ff::{Field, PrimeField};
use ark_groth16::{Groth16, PreparedVerifyingKey, prepare_verifying_key};
use libfuzzer_sys::fuzz_target;
use tradeseal_verifier::groth16::{BatchItem, PreparedKey, Proof, VerifyingKey, verify, verify_batch};
use tradeseal_verifier::statement::StatementId;

const ALPHA: u64 = 3;
const BETA: u64 = 5;
const GAMMA: u64 = 7;
const DELTA: u64 = 11;

struct Keys {
    ours: PreparedKey,
    theirs: PreparedVerifyingKey<Bn254>,
    inputs: Vec<Fr>,
}

static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let statement = StatementId::REGISTRY[0].0;
    let inputs: Vec<Fr> = (0..=statement.row_count())
        .map(|at| Fr::from(13 + 2 * at as u64))
        .collect();
    let points: Vec<G1Affine> = inputs.iter().map(|input| g1(*input)).collect();
    let [beta, gamma, delta] = [BETA, GAMMA, DELTA].map(|secret| g2(Fr::from(secret)));
    let key = VerifyingKey::from_points(statement, g1(Fr::from(ALPHA)), beta, gamma, delta, points.clone());
    let theirs = ark_groth16::VerifyingKey {
        alpha_g1: g1(Fr::from(ALPHA)),
        beta_g2: beta,
        gamma_g2: gamma,
        delta_g2: delta,
        gamma_abc_g1: points,
    };
    Keys {
        ours: PreparedKey::new(key.expect("a key")),
        theirs: prepare_verifying_key(&theirs),
        inputs,
    }
});

fn g1(scalar: Fr) -> G1Affine {
    (G1Projective::generator() * scalar).into_affine()
}

fn g2(scalar: Fr) -> G2Affine {
    (G2Projective::generator() * scalar).into_affine()
}

/// Scalars from the input, 16 bytes each, then zeros.
struct Scalars<'a>(&'a [u8]);

impl Scalars<'_> {
    fn next(&mut self) -> Fr {
        let (head, tail) = self.0.split_at(self.0.len().min(16));
        self.0 = tail;
        Fr::from_le_bytes_mod_order(head)
    }
}

fuzz_target!(|bytes: &[u8]| {
    let keys = &*KEYS;
    let Some((choice, bytes)) = bytes.split_first() else {
        return;
    };
    let mut scalars = Scalars(bytes);
    let (a, b, error) = (scalars.next(), scalars.next(), scalars.next());
    let rows: Vec<Fr> = keys.inputs[1..].iter().map(|_| scalars.next()).collect();
    let folded = keys.inputs[1..]
        .iter()
        .zip(&rows)
        .fold(keys.inputs[0], |sum, (input, row)| sum + *input * row);
    // Even choices make it true, odd ones leave it off by what the fuzzer likes.
    let error = if choice % 2 == 0 { Fr::from(0u64) } else { error };
    let product = a * b - Fr::from(ALPHA) * Fr::from(BETA) - Fr::from(GAMMA) * folded;
    let c = product * Fr::from(DELTA).inverse().expect("not zero") + error;
    let Ok(proof) = Proof::from_points(g1(a), g2(b), g1(c)) else {
        assert!([a, b, c].contains(&Fr::from(0u64)));
        return;
    };
    let (a, b, c) = proof.points();
    let theirs = ark_groth16::Proof { a: *a, b: *b, c: *c };
    let theirs = Groth16::<Bn254>::verify_proof(&keys.theirs, &theirs, &rows).expect("well formed");
    assert_eq!(theirs, error == Fr::from(0u64));
    assert_eq!(verify(&keys.ours, &proof, &rows).is_ok(), theirs);
    let bytes = proof.to_bytes();
    let item = BatchItem {
        key: &keys.ours,
        proof: &bytes,
        rows: &rows,
    };
    let report = verify_batch(&[item; 4]);
    assert_eq!(report.refused().count(), if theirs { 0 } else { 4 });
});
