//! Trees of dilutions around one receivable's number.

use super::{TestRng, scenario::EligibilityScenario};
use ark_std::rand::Rng;
use tradeseal_primitives::{
    receivable::{ReceivableNumber, RemainingPpb},
    tree::{
        self, DILUTION_DEPTH,
        dilution::{DilutionError, DilutionLeaf, DilutionProof, MemoryDilutions, lookup, lower},
    },
};
use tradeseal_verifier::statement::DilutionRoot;

pub fn number(number: u64) -> ReceivableNumber {
    ReceivableNumber::new(number).unwrap()
}

pub fn ppb(billionths: u32) -> RemainingPpb {
    RemainingPpb::new(billionths).unwrap()
}

/// Lowers what remains of a number, unless as little remains already.
pub fn record(tree: &mut MemoryDilutions, number: ReceivableNumber, remaining: RemainingPpb) {
    match lower(tree, number, remaining) {
        Ok(_) | Err(DilutionError::NotLower { .. }) => {}
        Err(error) => panic!("{error}"),
    }
}

/// Dilutions of some receivables, the neighbours of this number among them, but not of this one.
pub fn dilutions_of_others(rng: &mut TestRng, own: ReceivableNumber) -> MemoryDilutions {
    let mut tree = MemoryDilutions::default();
    let mut others: Vec<u64> = (0..rng.gen_range(0..6)).map(|_| rng.r#gen()).collect();
    others.extend([own.get().wrapping_sub(1), own.get().wrapping_add(1)]);
    for other in others.into_iter().filter_map(ReceivableNumber::new) {
        if other != own {
            record(&mut tree, other, ppb(rng.gen_range(0..1_000_000_000)));
        }
    }
    tree
}

impl EligibilityScenario {
    /// The ledger records that no more than this is left of the receivable, and owner and request follow.
    pub fn dilute(&mut self, remaining: RemainingPpb) {
        lower(&mut self.dilutions, self.private.terms.number, remaining).unwrap();
        self.reseal();
    }

    /// Another leaf of the same tree, with its true path.
    pub fn show_leaf_of(&mut self, other: ReceivableNumber) {
        self.private.dilution = lookup(&self.dilutions, other).unwrap();
    }

    /// A ledger that holds this one leaf, whether it could come about or not.
    pub fn show_lone_leaf(&mut self, leaf: DilutionLeaf) {
        let mut nodes = tree::MemoryNodes::default();
        let root = tree::set_leaf::<DILUTION_DEPTH, _>(&mut nodes, 0, leaf.hash()).unwrap();
        let path = tree::path(&nodes, 0).unwrap();
        self.private.dilution = DilutionProof { leaf, path };
        self.public.dilution_root = DilutionRoot::from_fr(root);
    }
}
