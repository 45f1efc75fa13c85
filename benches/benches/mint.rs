//! `receivable/mint/v2`: proving a mint with the debtor's acknowledgment.
#![allow(missing_docs)]

use std::path::Path;

use ark_std::rand::SeedableRng;
use criterion::{Criterion, criterion_group, criterion_main};
use tradeseal_benches::{Rng, keys::insecure_dev_key};
use tradeseal_circuits::{receivable::mint::Mint, sample::Sampled};
use tradeseal_prover::{Silent, prove};

fn mint(criterion: &mut Criterion) {
    let key = insecure_dev_key::<Mint>(Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("a development key");
    let mut rng = Rng::seed_from_u64(1);
    let (public, private) = Mint::sample(&mut rng);
    let mut group = criterion.benchmark_group("mint");
    group.sample_size(10);
    group.bench_function("prove", |bencher| {
        bencher.iter(|| prove::<Mint>(&key, &public, &private, &mut rng, &mut Silent).expect("true inputs"));
    });
    group.finish();
}

criterion_group!(benches, mint);
criterion_main!(benches);
