//! Leaves of indexed trees over set keys: absence, and the bounds that a leaf puts on a key.
//!
//! In scope: the leaf's formula, absence from a tree whose root is given. Out of scope: whose root that is.
//! An attacker who finds a gap here presents what was revoked.

use ark_ff::{One, Zero};
use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{
    Fr,
    credential::KEY_BITS,
    hash::Domain,
    tree::{AbsenceProof, IndexedLeaf},
};

use super::{interval, merkle, poseidon, range};
use crate::circuit::{Circuit, Wire};

/// A private leaf.
#[derive(Debug)]
pub struct LeafWires {
    /// Its value.
    pub value: Wire,
    /// The next larger value, or 0.
    pub next: Wire,
}

impl LeafWires {
    /// Allocates a leaf; both values are free.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn private(circuit: &mut Circuit, leaf: &IndexedLeaf) -> Result<Self, SynthesisError> {
        Ok(Self {
            value: circuit.private(leaf.value)?,
            next: circuit.private(leaf.next)?,
        })
    }

    /// `H(indexed-leaf; value, next)`.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn hash(&self, circuit: &mut Circuit) -> Result<Wire, SynthesisError> {
        poseidon::hash(circuit, Domain::INDEXED_LEAF, &[&self.value, &self.next])
    }

    /// Where `asked` (a bit) is 1, the largest key below the next value, which a next of 0 does not bound: `next - 1`, or 2^120 - 1; else 0.
    ///
    /// A private bit says that next is 0. It must be 0 where it is not asked for or next is not 0. Where it ought to be 1 and is not, the result
    /// is -1, which is above no key.
    ///
    /// # Errors
    /// arkworks' own.
    pub fn last_absent(&self, circuit: &mut Circuit, asked: &Wire) -> Result<Wire, SynthesisError> {
        let is_last = circuit.bit(self.next.value().is_zero() && asked.value().is_one())?;
        circuit.enforce(&self.next, &is_last, &Wire::zero())?;
        circuit.enforce(&asked.not(), &is_last, &Wire::zero())?;
        let bounded = circuit.product(&(&self.next - &Wire::one()), asked)?;
        Ok(&bounded + &is_last.scale(Fr::from(1u128 << KEY_BITS)))
    }
}

/// Enforces that `key`, a set key, is not in the tree of `root`, and is not 0.
///
/// The leaf's value has 120 bits, so that no larger one, of which the key would seem to lie a little above modulo r, passes for a lower bound.
/// The next value needs no check: it lies above the key and within 2^120 of it.
///
/// # Errors
/// arkworks' own.
pub fn enforce_absent(
    circuit: &mut Circuit,
    key: &Wire,
    root: &Wire,
    proof: &AbsenceProof,
) -> Result<(), SynthesisError> {
    let leaf = LeafWires::private(circuit, &proof.low)?;
    range::bits_le(circuit, &leaf.value, KEY_BITS)?;
    let hash = leaf.hash(circuit)?;
    let found = merkle::root(circuit, &hash, &proof.path)?;
    circuit.equal(&found, root)?;
    let first_absent = &leaf.value + &Wire::one();
    let last_absent = leaf.last_absent(circuit, &Wire::one())?;
    interval::enforce_between(circuit, key, [&first_absent, &last_absent])
}
