use super::super::{
    LogError, LogHash, empty_root, inclusion_proof_length, leaf_hash, verify_consistency, verify_inclusion,
};
use super::{entries, reference};

const LARGEST: usize = 70;

#[test]
fn every_entry_of_every_small_log_is_proven_at_its_index_and_at_no_other() {
    let all = entries(LARGEST);
    for size in 1..=LARGEST {
        let (log, root) = (&all[..size], reference::root(&all[..size]));
        for index in 0..size {
            let (leaf, proof) = (leaf_hash(&log[index]), reference::inclusion(index, log));
            assert_eq!(inclusion_proof_length(index as u64, size as u64).unwrap(), proof.len());
            verify_inclusion(leaf, index as u64, size as u64, &proof, &root).unwrap();
            for other in (0..size as u64).filter(|o| *o != index as u64) {
                assert!(
                    verify_inclusion(leaf, other, size as u64, &proof, &root).is_err(),
                    "{index} at {other} of {size}"
                );
            }
        }
    }
}

#[test]
fn an_inclusion_proof_with_a_changed_missing_or_extra_hash_is_refused() {
    let log = entries(45);
    let root = reference::root(&log);
    for index in 0..log.len() {
        let (leaf, proof) = (leaf_hash(&log[index]), reference::inclusion(index, &log));
        let check = |proof: &[LogHash]| verify_inclusion(leaf, index as u64, 45, proof, &root);
        for at in 0..proof.len() {
            let mut changed = proof.clone();
            changed[at].0[31] ^= 1;
            assert!(matches!(
                check(&changed),
                Err(LogError::RootMismatch { what: "inclusion", .. })
            ));
        }
        let expected = proof.len();
        assert_eq!(
            check(&proof[1..]),
            Err(LogError::ProofLength {
                what: "inclusion",
                actual: expected - 1,
                expected
            })
        );
        let mut longer = proof.clone();
        longer.push(root);
        assert_eq!(
            check(&longer),
            Err(LogError::ProofLength {
                what: "inclusion",
                actual: expected + 1,
                expected
            })
        );
    }
}

#[test]
fn an_index_outside_the_log_is_refused_even_at_the_largest_sizes() {
    let hash = leaf_hash(b"entry");
    assert_eq!(
        verify_inclusion(hash, 0, 0, &[], &empty_root()),
        Err(LogError::IndexOutOfRange { index: 0, size: 0 })
    );
    assert_eq!(
        verify_inclusion(hash, 7, 7, &[], &hash),
        Err(LogError::IndexOutOfRange { index: 7, size: 7 })
    );
    assert_eq!(inclusion_proof_length(0, u64::MAX).unwrap(), 64);
    assert_eq!(inclusion_proof_length(u64::MAX - 1, u64::MAX).unwrap(), 63);
}

#[test]
fn every_small_log_is_consistent_with_each_of_its_beginnings() {
    let all = entries(LARGEST);
    for new_size in 0..=LARGEST {
        let new_root = reference::root(&all[..new_size]);
        for old_size in 0..=new_size {
            let old_root = reference::root(&all[..old_size]);
            let proof = reference::consistency(old_size, &all[..new_size]);
            verify_consistency(old_size as u64, &old_root, new_size as u64, &new_root, &proof).unwrap();
        }
    }
}

#[test]
fn a_log_that_changed_an_old_entry_is_not_consistent_with_its_past() {
    let mut log = entries(33);
    let roots: Vec<LogHash> = (0..=33).map(|size| reference::root(&log[..size])).collect();
    log[2].push(0);
    for (old_size, old_root) in roots.iter().enumerate().take(33).skip(3) {
        let (new_root, proof) = (reference::root(&log), reference::consistency(old_size, &log));
        let refused = verify_consistency(old_size as u64, old_root, 33, &new_root, &proof);
        assert!(
            matches!(refused, Err(LogError::RootMismatch { .. })),
            "{old_size}: {refused:?}"
        );
    }
}

#[test]
fn a_consistency_proof_with_a_changed_missing_or_extra_hash_is_refused() {
    let log = entries(37);
    let new_root = reference::root(&log);
    for old_size in 1..37 {
        let (old_root, proof) = (
            reference::root(&log[..old_size]),
            reference::consistency(old_size, &log),
        );
        let check = |proof: &[LogHash]| verify_consistency(old_size as u64, &old_root, 37, &new_root, proof);
        for at in 0..proof.len() {
            let mut changed = proof.clone();
            changed[at].0[0] ^= 0x80;
            assert!(matches!(check(&changed), Err(LogError::RootMismatch { .. })));
        }
        assert!(matches!(check(&proof[1..]), Err(LogError::ProofLength { .. })));
        let mut longer = proof.clone();
        longer.push(old_root);
        assert!(matches!(check(&longer), Err(LogError::ProofLength { .. })));
    }
}

#[test]
fn a_log_cannot_shrink_nor_begin_with_another_empty_root() {
    let root = leaf_hash(b"entry");
    assert_eq!(
        verify_consistency(2, &root, 1, &root, &[]),
        Err(LogError::SizesReversed {
            old_size: 2,
            new_size: 1
        })
    );
    assert!(matches!(
        verify_consistency(0, &root, 1, &root, &[]),
        Err(LogError::RootMismatch { .. })
    ));
    assert!(matches!(
        verify_consistency(0, &empty_root(), 1, &root, &[root]),
        Err(LogError::ProofLength { .. })
    ));
    assert!(matches!(
        verify_consistency(1, &empty_root(), 1, &root, &[]),
        Err(LogError::RootMismatch { .. })
    ));
}
