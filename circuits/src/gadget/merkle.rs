//! Membership in a 4-ary Merkle tree.
//!
//! In scope: recomputing the root from a leaf and a path. Out of scope: what the leaf means.
//! An attacker who finds a gap here owns notes that nobody minted.

use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::tree::{MerklePath, with_child};

use super::poseidon;
use crate::circuit::{Circuit, Wire};

/// The root that `leaf` leads to along a private path. Each level: four private children, two position bits that pick the one on the path,
/// and one hash.
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
        let values = with_child(on_path.value(), position, siblings);
        let [c0, c1, c2, c3] = values;
        let children = [
            circuit.private(c0)?,
            circuit.private(c1)?,
            circuit.private(c2)?,
            circuit.private(c3)?,
        ];
        let low = circuit.bit(position & 1 == 1)?;
        let high = circuit.bit(position & 2 == 2)?;
        pick(circuit, &children, &low, &high, &on_path)?;
        on_path = poseidon::node(circuit, &children)?;
    }
    Ok(on_path)
}

/// `children[low + 2 high] = picked`, three constraints.
fn pick(
    circuit: &mut Circuit,
    children: &[Wire; 4],
    low: &Wire,
    high: &Wire,
    picked: &Wire,
) -> Result<(), SynthesisError> {
    let [c0, c1, c2, c3] = children;
    let step = &(c1 - c0);
    let in_low_pair = circuit.product(step, low)?;
    let cross = circuit.product(&(&(c3 - c2) - step), low)?;
    circuit.enforce(&(&(c2 - c0) + &cross), high, &(&(picked - c0) - &in_low_pair))
}
