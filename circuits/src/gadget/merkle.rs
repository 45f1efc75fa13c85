//! Membership in a 4-ary Merkle tree.
//!
//! In scope: recomputing the root from a leaf and a path. Out of scope: what the leaf means.
//! An attacker who finds a gap here owns notes that nobody minted.

use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::tree::{MerklePath, with_child};

use super::poseidon;
use crate::circuit::{Circuit, Wire};

/// The root that `leaf` leads to along a private path. Each level: four private children, one of which is the node on the path, and one
/// hash. Which of the four is not asked: no formula depends on a leaf's position.
///
/// # Errors
/// arkworks' own.
pub fn root<const DEPTH: usize>(
    circuit: &mut Circuit,
    leaf: &Wire,
    path: &MerklePath<DEPTH>,
) -> Result<Wire, SynthesisError> {
    let mut on_path = leaf.clone();
    for (position, siblings) in path.positions().zip(path.siblings()) {
        let [c0, c1, c2, c3] = with_child(on_path.value(), position, siblings);
        let children = [
            circuit.private(c0)?,
            circuit.private(c1)?,
            circuit.private(c2)?,
            circuit.private(c3)?,
        ];
        enforce_one_of(circuit, &on_path, &children)?;
        on_path = poseidon::node(circuit, &children)?;
    }
    Ok(on_path)
}

/// `(n - c0) (n - c1) (n - c2) (n - c3) = 0`: in a field, `n` is one of the four.
fn enforce_one_of(circuit: &mut Circuit, node: &Wire, children: &[Wire; 4]) -> Result<(), SynthesisError> {
    let [d0, d1, d2, d3] = children.each_ref().map(|child| node - child);
    let first = circuit.product(&d0, &d1)?;
    let second = circuit.product(&d2, &d3)?;
    circuit.enforce(&first, &second, &Wire::zero())
}
