//! Our proofs against ark-groth16's: the same key, inputs, randomness, threads and build, taken in turns.
//!
//! `cargo run --release -p tradeseal-prover --example against_ark -- [runs] [statement]`; with `TRADESEAL_PORTABLE=1` without vector
//! instructions. Times are medians in milliseconds of checking and proving, without the assignment, which is given apart.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

#[path = "../../circuits/tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use ark_std::rand::SeedableRng;
use rayon::ThreadPoolBuilder;
use support::{TestRng, disclosure::disclosing, minting::minting, scenario::eligible, scenario::transferring};
use tradeseal_circuits::receivable::{
    disclosure::Disclosure, eligibility::Eligibility, mint::Mint, transfer::Transfer,
};
use tradeseal_circuits::{Statement, pins, statement::Blank};
use tradeseal_prover::keys::{CircuitPin, KeyRegistry, development_key_cache};
use tradeseal_prover::reference::prove_with_ark_groth16;
use tradeseal_prover::{Silent, prove};

fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e3
}

fn compare<S: Statement<Public: Sync, Private: Sync>>(runs: u64, public: &S::Public, private: &S::Private) {
    let pin = pins::pin(S::ID).unwrap();
    let circuit = CircuitPin {
        statement: S::ID,
        digest: pin.digest,
    };
    let registry = KeyRegistry::new("target".as_ref(), development_key_cache());
    let key = registry
        .insecure_dev_key(&circuit, Blank::<S>::default(), &mut Silent)
        .unwrap();
    let start = Instant::now();
    let size = key.make_ready::<S>(&mut Silent).unwrap();
    println!(
        "{}: {} constraints, tables of {} MiB ready in {:.0} ms",
        S::ID,
        pin.constraints,
        size.table_bytes >> 20,
        start.elapsed().as_secs_f64() * 1e3,
    );
    for threads in [1, 2] {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let (mut ours, mut arks, mut assignments) = (Vec::new(), Vec::new(), Vec::new());
        for seed in 0..runs {
            pool.install(|| {
                let generator = || TestRng::seed_from_u64(seed);
                let proven = prove::<S>(&key, public, private, &mut generator(), &mut Silent).unwrap();
                let reference = prove_with_ark_groth16::<S>(&key, public, private, &mut generator()).unwrap();
                assert_eq!(proven.proof, reference.proof);
                ours.push(proven.timings.check + proven.timings.proof);
                assignments.push(proven.timings.synthesis);
                arks.push(reference.proving);
            });
        }
        let (ours, arks, assignments) = (median(&mut ours), median(&mut arks), median(&mut assignments));
        println!(
            "  {threads} threads: ours {ours:.1}, ark-groth16 {arks:.1}, {:.2} times faster; assignment {assignments:.1}",
            arks / ours
        );
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let runs = arguments.next().map_or(9, |runs| runs.parse().unwrap());
    let only = arguments.next().unwrap_or_default();
    let wanted = |statement: &str| statement.contains(&only);
    if wanted("transfer") {
        let scenario = transferring(1, [1_000, 500_000]);
        compare::<Transfer>(runs, &scenario.public, &scenario.private);
    }
    if wanted("mint") {
        let scenario = minting(1, true);
        compare::<Mint>(runs, &scenario.public, &scenario.private);
    }
    if wanted("eligibility") {
        let scenario = eligible(1);
        compare::<Eligibility>(runs, &scenario.public, &scenario.private);
    }
    if wanted("disclosure") {
        let scenario = disclosing(1);
        compare::<Disclosure>(runs, &scenario.public, &scenario.private);
    }
}
