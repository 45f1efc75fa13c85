//! Proofs for every pair of sizes, against the verifier's checks and `tlog_tiles`.

use crate::fixture::*;
use tlog_tiles::{Error, Hash, HashReader};
use tradeseal_verifier::log::{LogHash, leaf_hash, verify_consistency, verify_inclusion};

const ENTRIES: u64 = 34;

struct Stored(Vec<Hash>);

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
        Ok(indexes.iter().map(|i| self.0[usize::try_from(*i).unwrap()]).collect())
    }
}

fn grown() -> World {
    let world = World::new();
    (0..(ENTRIES - 2) / 2).for_each(|number| drop(world.accept(enrol(number, 0))));
    assert_eq!(world.ledger.view().unwrap().size(), ENTRIES);
    world
}

#[test]
fn every_entry_is_proven_in_every_size_and_every_size_is_consistent_with_every_earlier_one() {
    let world = grown();
    let view = world.ledger.view().unwrap();
    let roots: Vec<LogHash> = (0..=ENTRIES).map(|size| view.log_root(size).unwrap()).collect();
    for size in 0..=ENTRIES {
        let root = &roots[usize::try_from(size).unwrap()];
        for index in 0..size {
            let leaf = leaf_hash(&view.entry(index).unwrap().bytes);
            let proof = view.inclusion_proof(index, size).unwrap();
            verify_inclusion(leaf, index, size, &proof, root).unwrap();
        }
        for old_size in 0..=size {
            let old_root = &roots[usize::try_from(old_size).unwrap()];
            let proof = view.consistency_proof(old_size, size).unwrap();
            verify_consistency(old_size, old_root, size, root, &proof).unwrap();
        }
    }
    assert_eq!(roots.last(), Some(view.checkpoint().unchecked_checkpoint().root()));
}

#[test]
fn roots_and_proofs_are_those_of_tlog_tiles() {
    let world = grown();
    let view = world.ledger.view().unwrap();
    let mut stored = Stored(vec![]);
    for index in 0..ENTRIES {
        let hashes = tlog_tiles::stored_hashes(index, &view.entry(index).unwrap().bytes, &stored).unwrap();
        stored.0.extend(hashes);
        let size = index + 1;
        assert_eq!(
            view.log_root(size).unwrap().0,
            tlog_tiles::tree_hash(size, &stored).unwrap().0
        );
        let theirs = tlog_tiles::prove_record(size, index / 2, &stored).unwrap();
        let ours: Vec<Hash> = view
            .inclusion_proof(index / 2, size)
            .unwrap()
            .into_iter()
            .map(|h| Hash(h.0))
            .collect();
        assert_eq!(ours, theirs);
        let theirs = tlog_tiles::prove_tree(size, size / 2 + 1, &stored);
        let ours = view.consistency_proof(size / 2 + 1, size);
        if let (Ok(theirs), Ok(ours)) = (theirs, ours) {
            assert_eq!(ours.into_iter().map(|h| Hash(h.0)).collect::<Vec<_>>(), theirs);
        }
    }
}
