//! Many at once, on two histories: the log witness signs one.

use crate::fixture::*;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tradeseal_verifier::log::LogHash;
use tradeseal_witness::{Refusal, Witness};

const THREADS: u64 = 16;
const ATTEMPTS: u64 = 60;
const SIZE: u64 = 400;
const FORK_AT: u64 = 3;

/// Submits ever larger checkpoints of one branch, following the sizes that the log witness names.
fn push(witness: &Witness, log: &Log, seed: u64, cosigned: &Mutex<Vec<(u64, LogHash)>>) {
    let mut state = seed;
    let mut old_size = 0;
    for _ in 0..ATTEMPTS {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let size = (old_size + (state >> 33) % 9).min(SIZE);
        match witness.add_checkpoint(&log.body(old_size, size)) {
            Ok(_) => {
                cosigned.lock().unwrap().push((size, log.root(size)));
                old_size = size;
            }
            Err(Refusal::WrongOldSize { cosigned }) => old_size = cosigned,
            Err(Refusal::OtherRoot { .. } | Refusal::NotConsistent(_)) => {}
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
#[allow(clippy::print_stdout)]
fn sixteen_threads_with_two_histories_get_cosignatures_on_one() {
    let folder = tempfile::tempdir().unwrap();
    let witness = open(folder.path());
    let branches = [1, 2].map(|branch| Arc::new(Log::new(SIZE, FORK_AT, branch)));
    let cosigned = Mutex::new(vec![]);
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (witness, cosigned) = (&witness, &cosigned);
            let log = branches[usize::try_from(thread % 2).unwrap()].clone();
            scope.spawn(move || push(witness, &log, thread + 1, cosigned));
        }
    });
    let cosigned = cosigned.into_inner().unwrap();
    let mut roots = BTreeMap::new();
    for (size, root) in &cosigned {
        assert_eq!(*roots.entry(*size).or_insert(*root), *root, "two roots of size {size}");
    }
    let on = |log: &Log| roots.iter().all(|(size, root)| log.root(*size) == *root);
    assert!(on(&branches[0]) || on(&branches[1]), "cosignatures on both histories");
    let (largest, _) = roots.last_key_value().unwrap();
    assert!(
        *largest > FORK_AT && cosigned.len() > 20,
        "{} cosignatures up to {largest}",
        cosigned.len()
    );
    // Nothing rolled back: the head is the largest that was cosigned.
    let logs = witness.logs().unwrap();
    assert_eq!(logs[0].1.as_ref().unwrap().size, *largest);
    println!(
        "{} cosignatures from {THREADS} threads up to size {largest}, all on one of two histories",
        cosigned.len()
    );
}
