//! Finding the bad proofs of a batch that does not hold as a whole.
//!
//! In scope: halving. Every proof named bad was refused on its own; every other one was in a part that held. Out of scope: the
//! equation. An attacker who owns this part can have a bad proof passed over.

use alloc::vec::Vec;

use super::equation::{Finding, Weighted};
use super::item::Claim;
use super::{BatchRefusal, BatchReport};
use crate::groth16::{PointError, Proof, ProofError, ProofPoint, verify};

/// Parts of a batch no larger than this are verified one by one: halving them further costs more.
const ONE_BY_ONE: usize = 2;

pub(super) struct Search<'a> {
    claims: Vec<&'a Claim<'a>>,
    /// Where each claim stands in the batch as it was given.
    positions: Vec<usize>,
}

impl<'a> Search<'a> {
    pub(super) fn new(readable: &'a [(usize, Claim<'a>)]) -> Self {
        Self {
            claims: readable.iter().map(|(_, claim)| claim).collect(),
            positions: readable.iter().map(|(position, _)| *position).collect(),
        }
    }

    pub(super) fn run(&self, report: &mut BatchReport) {
        let mut suspects: Vec<usize> = (0..self.claims.len()).collect();
        if suspects.len() <= ONE_BY_ONE {
            return suspects.iter().for_each(|at| self.verify_alone(*at, report));
        }
        let weighted = Weighted::new(self.claims.clone());
        loop {
            match weighted.evaluate(&suspects) {
                Finding::Holds => return,
                Finding::Fails => return self.halve(&weighted, &suspects, report),
                Finding::OutsideSubgroup(outside) => {
                    outside
                        .iter()
                        .for_each(|at| report.refuse(self.positions[*at], wrong_subgroup()));
                    suspects.retain(|at| !outside.contains(at));
                }
            }
        }
    }

    /// Names the bad ones among `suspects`, of which at least one is bad.
    fn halve(&self, weighted: &Weighted<'_>, suspects: &[usize], report: &mut BatchReport) {
        if suspects.len() <= ONE_BY_ONE {
            suspects.iter().for_each(|at| self.verify_alone(*at, report));
            return;
        }
        let (left, right) = suspects.split_at(suspects.len() / 2);
        let left_holds = matches!(weighted.evaluate(left), Finding::Holds);
        if !left_holds {
            self.halve(weighted, left, report);
        }
        // If the left half holds, the right one cannot.
        if left_holds || !matches!(weighted.evaluate(right), Finding::Holds) {
            self.halve(weighted, right, report);
        }
    }

    fn verify_alone(&self, at: usize, report: &mut BatchReport) {
        let claim = self.claims[at];
        let alone = Proof::from_points(claim.a, claim.b, claim.c)
            .map_err(BatchRefusal::Encoding)
            .and_then(|proof| verify(claim.key, &proof, claim.rows).map_err(BatchRefusal::Refused));
        if let Err(refusal) = alone {
            report.refuse(self.positions[at], refusal);
        }
    }
}

fn wrong_subgroup() -> BatchRefusal {
    BatchRefusal::Encoding(ProofError::Point {
        point: ProofPoint::B,
        cause: PointError::WrongSubgroup,
    })
}
