//! What verification takes, beside ark-groth16's prepared verifier, on one thread.
//!
//! In scope: proofs one at a time and in batches. Processor time of the measuring thread, so that other work on the machine counts as little
//! as can be. Everything is measured in turns within one process, round by round, so that a machine that slows down slows all alike: the
//! ratios mean more than the times. Medians. Each thing measured is first seen to say yes.

use std::hint::black_box;
use std::time::Duration;

use ark_bn254::{Bn254, Fr};
use ark_groth16::{Groth16, PreparedVerifyingKey, VerifyingKey, prepare_verifying_key};
use ark_std::rand::Rng;
use cpu_time::ThreadTime;
use tradeseal_verifier::groth16::{BatchItem, PreparedKey, Proof, verify, verify_batch};
use tradeseal_verifier::statement::StatementId;

use crate::Trapdoor;

/// What one proof takes, already read.
#[derive(Debug, Clone, Copy)]
pub struct Single {
    /// The statement, on whose number of rows it depends.
    pub statement: StatementId,
    /// ark-groth16, prepared key.
    pub ark_groth16: Duration,
    /// Ours, prepared key.
    pub ours: Duration,
    /// Ours, from the proof's bytes.
    pub from_bytes: Duration,
}

/// What each of `n` proofs takes, from bytes, all statements mixed.
#[derive(Debug, Clone, Copy)]
pub struct Batched {
    /// Proofs in the batch.
    pub n: usize,
    /// Each one's share of the batch.
    pub together: Duration,
    /// One at a time, in the same rounds.
    pub alone: Duration,
}

/// Measures single verification of every statement.
///
/// # Panics
/// If a verifier refuses a true proof: the comparison would compare nothing.
pub fn singles(rounds: usize, rng: &mut impl Rng) -> Vec<Single> {
    let trapdoors: Vec<Trapdoor> = StatementId::REGISTRY
        .iter()
        .map(|(id, _)| Trapdoor::new(*id, rng))
        .collect();
    trapdoors.iter().map(|trapdoor| single(trapdoor, rounds, rng)).collect()
}

fn single(trapdoor: &Trapdoor, rounds: usize, rng: &mut impl Rng) -> Single {
    let rows = trapdoor.rows(rng);
    let proof = trapdoor.proof(&rows, rng);
    let bytes = proof.to_bytes();
    let (their_key, their_proof) = for_ark_groth16(trapdoor.key(), &proof);
    let theirs = || Groth16::<Bn254>::verify_proof(&their_key, black_box(&their_proof), &rows);
    let ours = || verify(trapdoor.key(), black_box(&proof), &rows);
    let from_bytes = || Proof::from_bytes(black_box(&bytes)).map(|proof| verify(trapdoor.key(), &proof, &rows));
    assert!(theirs().is_ok_and(|holds| holds), "ark-groth16 refuses a true proof");
    assert!(
        ours().is_ok() && from_bytes() == Ok(Ok(())),
        "our verifier refuses a true proof"
    );
    let mut times: [Vec<Duration>; 3] = Default::default();
    for _ in 0..rounds {
        times[0].push(timed(theirs));
        times[1].push(timed(ours));
        times[2].push(timed(from_bytes));
    }
    let [ark_groth16, ours, from_bytes] = times.map(median);
    Single {
        statement: trapdoor.key().key().statement(),
        ark_groth16,
        ours,
        from_bytes,
    }
}

/// Measures batches of these sizes.
///
/// # Panics
/// If a true proof is refused.
pub fn batches(sizes: &[usize], rng: &mut impl Rng) -> Vec<Batched> {
    let trapdoors: Vec<Trapdoor> = StatementId::REGISTRY
        .iter()
        .map(|(id, _)| Trapdoor::new(*id, rng))
        .collect();
    let largest = sizes.iter().copied().max().unwrap_or(0);
    let proofs: Vec<(&PreparedKey, [u8; Proof::BYTES], Vec<Fr>)> = trapdoors
        .iter()
        .cycle()
        .take(largest)
        .map(|trapdoor| {
            let rows = trapdoor.rows(rng);
            (trapdoor.key(), trapdoor.proof(&rows, rng).to_bytes(), rows)
        })
        .collect();
    let items: Vec<BatchItem<'_>> = proofs
        .iter()
        .map(|(key, proof, rows)| BatchItem { key, proof, rows })
        .collect();
    sizes.iter().map(|n| batch(&items[..*n])).collect()
}

fn batch(items: &[BatchItem<'_>]) -> Batched {
    let n = items.len().max(1);
    let rounds = (2048 / n).clamp(5, 200);
    let mut times: [Vec<Duration>; 2] = Default::default();
    for _ in 0..rounds {
        times[0].push(timed(|| assert!(verify_batch(black_box(items)).all_hold())));
        times[1].push(timed(|| items.iter().for_each(one_at_a_time)));
    }
    let share = u32::try_from(n).unwrap_or(u32::MAX);
    let [together, alone] = times.map(|times| median(times) / share);
    Batched { n, together, alone }
}

fn one_at_a_time(item: &BatchItem<'_>) {
    let proof = Proof::from_bytes(item.proof).expect("a proof");
    verify(item.key, &proof, item.rows).expect("a true one");
}

/// Processor time that this thread spends on it, whatever comes of it.
fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = ThreadTime::now();
    black_box(work());
    start.elapsed()
}

/// The middle one; zero of none.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
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
