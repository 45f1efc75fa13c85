//! Appending one leaf to the note tree in memory: sixteen nodes of four children.
#![allow(missing_docs)]

use ark_ff::UniformRand;
use ark_std::rand::SeedableRng;
use criterion::{Criterion, criterion_group, criterion_main};
use tradeseal_benches::Rng;
use tradeseal_primitives::{
    Fr,
    tree::{self, MemoryNodes, NOTE_DEPTH},
};

fn append(criterion: &mut Criterion) {
    let leaf = Fr::rand(&mut Rng::seed_from_u64(1));
    let (mut nodes, mut index) = (MemoryNodes::default(), 0);
    criterion.bench_function("note_tree/append", |bencher| {
        bencher.iter(|| {
            let root = tree::set_leaf::<NOTE_DEPTH, _>(&mut nodes, index, leaf).expect("memory can be written");
            index += 1;
            root
        });
    });
}

criterion_group!(benches, append);
criterion_main!(benches);
