//! Verifying, one proof at a time and in batches, beside ark-groth16's prepared verifier, on one thread.
//!
//! Everything is measured in turns within one process, round by round, so that a machine that slows down slows all alike: the ratios
//! mean more than the times. Printed are medians. Keys and proofs are made from known secrets: verification cannot tell.
#![allow(missing_docs, clippy::print_stdout)]

mod trapdoor;

use std::hint::black_box;
use std::time::{Duration, Instant};

use ark_bn254::{Bn254, Fr};
use ark_groth16::{Groth16, PreparedVerifyingKey, VerifyingKey, prepare_verifying_key};
use ark_std::rand::SeedableRng;
use tradeseal_benches::Rng;
use tradeseal_verifier::groth16::{BatchItem, PreparedKey, Proof, verify, verify_batch};
use tradeseal_verifier::statement::StatementId;
use trapdoor::Trapdoor;

const SINGLE_ROUNDS: usize = 300;
const BATCHES: [usize; 4] = [1, 8, 64, 1024];

fn main() {
    let mut rng = Rng::seed_from_u64(1);
    println!("one at a time, median microseconds");
    println!(
        "{:<28} {:>4} {:>8} {:>8} {:>6} {:>10}",
        "statement", "rows", "ark", "ours", "ratio", "from bytes"
    );
    for (statement, _) in StatementId::REGISTRY {
        single(&Trapdoor::new(statement, &mut rng), &mut rng);
    }
    println!("\nin batches, all statements mixed, from bytes, median microseconds a proof");
    println!("{:>5} {:>8} {:>14} {:>6}", "n", "batch", "one at a time", "ratio");
    batches(&mut rng);
}

fn single(trapdoor: &Trapdoor, rng: &mut Rng) {
    let rows = trapdoor.rows(rng);
    let proof = trapdoor.proof(&rows, rng);
    let bytes = proof.to_bytes();
    let (their_key, their_proof) = for_ark_groth16(&trapdoor.key, &proof);
    let theirs = || Groth16::<Bn254>::verify_proof(&their_key, black_box(&their_proof), &rows);
    assert!(
        theirs().expect("well formed"),
        "ark-groth16 refuses the proof: the comparison would compare nothing"
    );
    let ours = || verify(&trapdoor.key, black_box(&proof), &rows);
    ours().expect("our verifier accepts the proof");
    let from_bytes = || Proof::from_bytes(black_box(&bytes)).map(|proof| verify(&trapdoor.key, &proof, &rows));
    let mut times: [Vec<Duration>; 3] = Default::default();
    for _ in 0..SINGLE_ROUNDS {
        times[0].push(timed(theirs));
        times[1].push(timed(ours));
        times[2].push(timed(from_bytes));
    }
    let [theirs, ours, from_bytes] = times.map(median_us);
    let statement = trapdoor.key.key().statement();
    let ratio = ours / theirs;
    println!(
        "{statement:<28} {:>4} {theirs:>8.0} {ours:>8.0} {ratio:>6.2} {from_bytes:>10.0}",
        rows.len()
    );
}

fn batches(rng: &mut Rng) {
    let trapdoors: Vec<Trapdoor> = StatementId::REGISTRY
        .iter()
        .map(|(id, _)| Trapdoor::new(*id, rng))
        .collect();
    let largest = BATCHES.into_iter().max().unwrap_or(0);
    let proofs: Vec<(&PreparedKey, [u8; Proof::BYTES], Vec<Fr>)> = trapdoors
        .iter()
        .cycle()
        .take(largest)
        .map(|trapdoor| {
            let rows = trapdoor.rows(rng);
            (&trapdoor.key, trapdoor.proof(&rows, rng).to_bytes(), rows)
        })
        .collect();
    let items: Vec<BatchItem<'_>> = proofs
        .iter()
        .map(|(key, proof, rows)| BatchItem { key, proof, rows })
        .collect();
    for n in BATCHES {
        let rounds = (2048 / n).clamp(5, 200);
        let mut times: [Vec<Duration>; 2] = Default::default();
        for _ in 0..rounds {
            times[0].push(timed(|| assert!(verify_batch(black_box(&items[..n])).all_hold())));
            times[1].push(timed(|| items[..n].iter().for_each(one_at_a_time)));
        }
        let [batch, alone] = times.map(|times| median_us(times) / n as f64);
        println!("{n:>5} {batch:>8.0} {alone:>14.0} {:>6.2}", alone / batch);
    }
}

fn one_at_a_time(item: &BatchItem<'_>) {
    let proof = Proof::from_bytes(item.proof).expect("a proof");
    verify(item.key, &proof, item.rows).expect("a true one");
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn median_us(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e6
}

fn for_ark_groth16(key: &PreparedKey, proof: &Proof) -> (PreparedVerifyingKey<Bn254>, ark_groth16::Proof<Bn254>) {
    let (alpha, beta, gamma, delta) = key.key().group_points();
    let prepared = prepare_verifying_key(&VerifyingKey::<Bn254> {
        alpha_g1: *alpha,
        beta_g2: *beta,
        gamma_g2: *gamma,
        delta_g2: *delta,
        gamma_abc_g1: key.key().input_points().to_vec(),
    });
    let (a, b, c) = proof.points();
    (prepared, ark_groth16::Proof { a: *a, b: *b, c: *c })
}
