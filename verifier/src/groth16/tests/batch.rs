//! A batch says of each proof what verifying it alone says, whatever stands beside it.

use alloc::vec::Vec;

use ark_bn254::Fr;
use ark_ff::{One, UniformRand, Zero};
use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;

use super::case::outside_the_subgroup;
use super::trapdoor::{Trapdoor, g1};
use crate::groth16::batch::{BatchItem, BatchRefusal, BatchReport, Finding, Weight, Weighted, verify_batch, weights};
use crate::groth16::{PointError, Proof, ProofError, ProofPoint, ProofRefusal, point, verify};
use crate::statement::StatementId;

/// Proofs of every statement in turn, all true.
struct Batch {
    trapdoors: Vec<Trapdoor>,
    rows: Vec<Vec<Fr>>,
    proofs: Vec<Vec<u8>>,
    rng: StdRng,
}

impl Batch {
    fn of(count: usize) -> Self {
        let mut rng = StdRng::seed_from_u64(31);
        let trapdoors: Vec<Trapdoor> = StatementId::REGISTRY
            .iter()
            .map(|(id, _)| Trapdoor::new(*id, &mut rng))
            .collect();
        let mut batch = Self {
            trapdoors,
            rows: Vec::new(),
            proofs: Vec::new(),
            rng,
        };
        for at in 0..count {
            let rows = batch.trapdoors[at % batch.trapdoors.len()].rows(&mut batch.rng);
            batch.rows.push(rows);
            batch.proofs.push(Vec::new());
            batch.prove(at, Fr::zero());
        }
        batch
    }

    fn prove(&mut self, at: usize, error: Fr) {
        let trapdoor = &self.trapdoors[at % self.trapdoors.len()];
        self.proofs[at] = trapdoor.proof(&self.rows[at], error, &mut self.rng).to_bytes().to_vec();
    }

    fn items(&self) -> Vec<BatchItem<'_>> {
        let item = |at: usize| BatchItem {
            key: &self.trapdoors[at % self.trapdoors.len()].key,
            proof: &self.proofs[at],
            rows: &self.rows[at],
        };
        (0..self.proofs.len()).map(item).collect()
    }

    /// The batch's report, held to what each item gets alone.
    fn verify(&self) -> BatchReport {
        let items = self.items();
        let report = verify_batch(&items);
        assert_eq!(report.items(), items.len());
        for (at, item) in items.iter().enumerate() {
            let alone = Proof::from_bytes(item.proof)
                .map_err(BatchRefusal::Encoding)
                .and_then(|proof| verify(item.key, &proof, item.rows).map_err(BatchRefusal::Refused));
            assert_eq!(report.item(at).map_err(Clone::clone), alone, "item {at}");
        }
        report
    }

    fn refused(&self) -> Vec<usize> {
        self.verify().refused().map(|(at, _)| at).collect()
    }
}

#[test]
fn true_proofs_of_all_statements_together_are_accepted_in_any_number() {
    for count in [0, 1, 2, 3, 7, 20, 130] {
        assert!(Batch::of(count).verify().all_hold(), "{count}");
    }
}

#[test]
fn one_false_proof_is_named_wherever_it_stands() {
    let count = 11;
    for bad in 0..count {
        let mut batch = Batch::of(count);
        batch.prove(bad, Fr::one());
        assert_eq!(batch.refused(), [bad]);
    }
}

#[test]
fn one_wrong_row_is_named_wherever_it_stands() {
    let mut batch = Batch::of(8);
    for bad in 0..8 {
        for row in 0..batch.rows[bad].len() {
            batch.rows[bad][row] += Fr::one();
            assert_eq!(batch.refused(), [bad], "row {row} of {bad}");
            batch.rows[bad][row] -= Fr::one();
        }
    }
}

#[test]
fn every_set_of_false_proofs_is_named_in_full() {
    let count = 5;
    for set in 0u32..1 << count {
        let mut batch = Batch::of(count);
        let bad: Vec<usize> = (0..count).filter(|at| set >> at & 1 == 1).collect();
        for at in &bad {
            let error = Fr::rand(&mut batch.rng);
            batch.prove(*at, error);
        }
        assert_eq!(batch.refused(), bad);
    }
}

/// Their errors cancel where all weights are equal; the test shows that they do, and that the drawn weights tell.
#[test]
fn two_false_proofs_whose_errors_would_cancel_are_both_named() {
    let mut batch = Batch::of(9);
    let step = batch.trapdoors.len();
    let error = Fr::rand(&mut batch.rng);
    batch.prove(1, error);
    batch.prove(1 + step, -error);
    let claims: Vec<_> = batch.items().iter().map(|item| item.read().unwrap()).collect();
    let equal = alloc::vec![Weight { low: 5, high: 7 }; claims.len()];
    let all: Vec<usize> = (0..claims.len()).collect();
    let careless = Weighted::with_weights(claims.iter().collect(), equal);
    assert!(matches!(careless.evaluate(&all), Finding::Holds));
    assert_eq!(batch.refused(), [1, 1 + step]);
}

#[test]
fn rows_and_proofs_swapped_between_two_presentations_are_both_named() {
    let mut batch = Batch::of(9);
    let step = batch.trapdoors.len();
    batch.rows.swap(0, step);
    assert_eq!(batch.refused(), [0, step]);
    batch.proofs.swap(0, step);
    assert!(batch.refused().is_empty());
    batch.proofs.swap(2, 3);
    assert!(batch.refused().contains(&2));
}

#[test]
fn unreadable_proofs_and_wrong_row_counts_are_named_beside_true_ones() {
    let mut batch = Batch::of(12);
    batch.proofs[0].pop();
    batch.proofs[2][0] = 0xff;
    batch.proofs[4][63] ^= 1;
    batch.proofs[5][64..192].fill(0);
    let extra = Fr::one();
    batch.rows[7].push(extra);
    batch.rows[8].pop();
    let report = batch.verify();
    assert_eq!(
        report.refused().map(|(at, _)| at).collect::<Vec<_>>(),
        [0, 2, 4, 5, 7, 8]
    );
    let rows = batch.rows[8].len();
    assert_eq!(
        report.item(8),
        Err(&BatchRefusal::Refused(ProofRefusal::RowCount {
            expected: rows + 1,
            got: rows
        }))
    );
}

/// The batch finds this out in its Miller loop, not when it reads the proof.
#[test]
fn points_outside_the_subgroup_are_named_and_hide_no_false_proof() {
    let mut batch = Batch::of(12);
    batch.prove(6, Fr::one());
    for (at, seed) in [(0, 1), (5, 2), (11, 3)] {
        let mut stray = Vec::new();
        point::write_g2(&outside_the_subgroup(seed), &mut stray);
        batch.proofs[at][64..192].copy_from_slice(&stray);
    }
    let report = batch.verify();
    let refusal = BatchRefusal::Encoding(ProofError::Point {
        point: ProofPoint::B,
        cause: PointError::WrongSubgroup,
    });
    for at in [0, 5, 11] {
        assert_eq!(report.item(at), Err(&refusal));
    }
    assert_eq!(report.item(6), Err(&BatchRefusal::Refused(ProofRefusal::Equation)));
    assert_eq!(report.refused().count(), 4);
}

/// Changing any byte of any proof, any row or any key changes every weight.
#[test]
fn weights_depend_on_every_key_row_and_proof() {
    let batch = Batch::of(3);
    let of = |items: &[BatchItem<'_>]| {
        let claims: Vec<_> = items.iter().map(|item| item.read().unwrap()).collect();
        weights(claims.iter())
    };
    let original = of(&batch.items());
    let differs = |items: &[BatchItem<'_>]| {
        let other = of(items);
        assert!(
            original
                .iter()
                .zip(&other)
                .all(|(one, two)| one.low != two.low && one.high != two.high)
        );
    };
    assert_eq!(of(&batch.items()), original);
    for at in 0..3 {
        for row in 0..batch.rows[at].len() {
            let mut rows = batch.rows[at].clone();
            rows[row] += Fr::one();
            let mut items = batch.items();
            items[at].rows = &rows;
            differs(&items);
        }
        let other = Trapdoor::new(
            batch.trapdoors[at].key.key().statement(),
            &mut StdRng::seed_from_u64(77),
        );
        let mut items = batch.items();
        items[at].key = &other.key;
        differs(&items);
        // Another point in each of a proof's places.
        let proof = Proof::from_bytes(&batch.proofs[at]).unwrap();
        let (a, b, c) = (g1(Fr::from(3u64)), -proof.b, g1(Fr::from(4u64)));
        for changed in [
            Proof { a, ..proof.clone() },
            Proof { b, ..proof.clone() },
            Proof { c, ..proof.clone() },
        ] {
            let bytes = changed.to_bytes();
            let mut items = batch.items();
            items[at].proof = &bytes;
            differs(&items);
        }
    }
    let mut swapped = batch.items();
    swapped.swap(0, 1);
    differs(&swapped);
    let first_two = of(&batch.items()[..2]);
    assert!(first_two.iter().zip(&original).all(|(one, two)| one != two));
}
