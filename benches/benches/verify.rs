//! Verifying, one proof at a time and in batches, beside ark-groth16's prepared verifier, on one thread (`tradeseal_trapdoor::figures`).
#![allow(missing_docs, clippy::print_stdout)]

use std::time::Duration;

use ark_std::rand::SeedableRng;
use tradeseal_benches::Rng;
use tradeseal_trapdoor::figures::{batches, singles};

const SINGLE_ROUNDS: usize = 300;
const BATCHES: [usize; 4] = [1, 8, 64, 1024];

fn main() {
    let mut rng = Rng::seed_from_u64(1);
    println!("one at a time, median microseconds");
    println!(
        "{:<28} {:>8} {:>8} {:>6} {:>10}",
        "statement", "ark", "ours", "ratio", "from bytes"
    );
    for single in singles(SINGLE_ROUNDS, &mut rng) {
        let [theirs, ours, from_bytes] = [single.ark_groth16, single.ours, single.from_bytes].map(us);
        let (statement, ratio) = (single.statement, ours / theirs);
        println!("{statement:<28} {theirs:>8.0} {ours:>8.0} {ratio:>6.2} {from_bytes:>10.0}");
    }
    println!("\nin batches, all statements mixed, from bytes, median microseconds a proof");
    println!("{:>5} {:>8} {:>14} {:>6}", "n", "batch", "one at a time", "ratio");
    for batched in batches(&BATCHES, &mut rng) {
        let [together, alone] = [batched.together, batched.alone].map(us);
        println!(
            "{:>5} {together:>8.0} {alone:>14.0} {:>6.2}",
            batched.n,
            alone / together
        );
    }
}

fn us(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
