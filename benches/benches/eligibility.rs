//! `receivable/eligibility/v1`: proving, and our verifier beside ark-groth16's on the same proof.
#![allow(missing_docs)]

use std::hint::black_box;
use std::path::Path;

use ark_bn254::Bn254;
use ark_groth16::{Groth16, PreparedVerifyingKey, VerifyingKey, prepare_verifying_key};
use ark_std::rand::SeedableRng;
use criterion::{Criterion, criterion_group, criterion_main};
use tradeseal_benches::{Rng, keys::insecure_dev_key};
use tradeseal_circuits::{receivable::eligibility::Eligibility, sample::Sampled};
use tradeseal_prover::{Proven, Silent, keys::LoadedKey, prove};
use tradeseal_verifier::groth16::{self, Proof};

fn eligibility(criterion: &mut Criterion) {
    let key = insecure_dev_key::<Eligibility>(Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("a development key");
    let mut rng = Rng::seed_from_u64(1);
    let (public, private) = Eligibility::sample(&mut rng);
    let mut proven = || prove::<Eligibility>(&key, &public, &private, &mut rng, &mut Silent).expect("true inputs");
    let sample = proven();
    let mut group = criterion.benchmark_group("eligibility");
    group.sample_size(10);
    group.bench_function("prove", |bencher| bencher.iter(&mut proven));
    group.sample_size(100);
    group.bench_function("verify/tradeseal", |bencher| {
        bencher.iter(|| groth16::verify(key.prepared(), black_box(&sample.proof), &sample.public_rows));
    });
    let bytes = sample.proof.to_bytes();
    group.bench_function("verify/tradeseal, from bytes", |bencher| {
        bencher.iter(|| {
            let proof = Proof::from_bytes(black_box(&bytes)).expect("a proof");
            groth16::verify(key.prepared(), &proof, &sample.public_rows)
        });
    });
    let (their_key, their_proof) = for_ark_groth16(&key, &sample);
    group.bench_function("verify/ark-groth16", |bencher| {
        bencher.iter(|| Groth16::<Bn254>::verify_proof(&their_key, black_box(&their_proof), &sample.public_rows));
    });
    group.finish();
}

/// The same key and proof for ark-groth16, which must accept them too, or the comparison compares nothing.
fn for_ark_groth16(key: &LoadedKey, proven: &Proven) -> (PreparedVerifyingKey<Bn254>, ark_groth16::Proof<Bn254>) {
    let (alpha, beta, gamma, delta) = key.verifying_key().group_points();
    let prepared = prepare_verifying_key(&VerifyingKey::<Bn254> {
        alpha_g1: *alpha,
        beta_g2: *beta,
        gamma_g2: *gamma,
        delta_g2: *delta,
        gamma_abc_g1: key.verifying_key().input_points().to_vec(),
    });
    let (a, b, c) = proven.proof.points();
    let proof = ark_groth16::Proof { a: *a, b: *b, c: *c };
    let accepted = Groth16::<Bn254>::verify_proof(&prepared, &proof, &proven.public_rows);
    assert!(accepted.expect("well-formed"), "ark-groth16 refuses the proof");
    groth16::verify(key.prepared(), &proven.proof, &proven.public_rows).expect("our verifier accepts the proof");
    (prepared, proof)
}

criterion_group!(benches, eligibility);
criterion_main!(benches);
