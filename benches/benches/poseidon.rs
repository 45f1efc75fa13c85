//! Native Poseidon at the widths that the protocol uses.
#![allow(missing_docs)]

use std::hint::black_box;

use ark_ff::UniformRand;
use ark_std::rand::SeedableRng;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use tradeseal_benches::Rng;
use tradeseal_primitives::{Fr, poseidon::poseidon};

fn widths(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("poseidon");
    for width in [3, 5, 9, 17] {
        let mut rng = Rng::seed_from_u64(width);
        let inputs: Vec<Fr> = (1..width).map(|_| Fr::rand(&mut rng)).collect();
        group.bench_with_input(BenchmarkId::new("t", width), &inputs, |bencher, inputs| {
            bencher.iter(|| poseidon(black_box(inputs)));
        });
    }
    group.finish();
}

criterion_group!(benches, widths);
criterion_main!(benches);
